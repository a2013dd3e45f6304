"""A million jobs through the engine, with work that does nothing: `python -m benchmarks.scale [COUNT]`.

What is measured is the engine alone: what a manuscript costs the program that hands out the work, how much memory it has, and how large
the manifest grows. A second run over the same jobs finds all of them done.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from publish.engine.batch import Batch, Outcome, fingerprint, run
from publish.engine.batch.manifest import Output
from publish.engine.batch.sources import Task
from publish.engine.batch.work import Done
from publish.request import Request
from tests.support import job

STEPS = 10


class Nothing:
    """A pool whose workers have done everything at once."""

    width = 64

    def submit(self, job: Request) -> Future[Done]:
        """Say that a manuscript was published in five formats."""
        future: Future[Done] = Future()
        outputs = tuple(Output(f"{job.output}/paper.{k}", 40_000, "0" * 64, 1) for k in range(5))
        future.set_result(Done(outputs, notes=7, agrees=True, ok=True, seconds=1.0))
        return future

    def flush(self) -> None:
        """Nothing waits."""

    def stop(self, *, now: bool) -> None:
        """Nothing runs."""


def memory() -> float:
    """Megabytes that this process has now."""
    with Path("/proc/self/statm").open(encoding="ascii") as numbers:
        return int(numbers.read().split()[1]) * resource.getpagesize() / 1024**2


def tasks(count: int) -> Iterator[Task]:
    """Manuscripts by names alone, in folders of a thousand."""
    return (Task(f"papers/{k // 1000:04}/{k:07}.md", f"{k // 1000:04}") for k in range(count))


def main() -> None:
    """Print what each tenth of the jobs cost."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    fingerprint.key = lambda source, around: fingerprint.digest(
        f"{source} {around}".encode()
    )  # no file is read
    seen = 0
    start = time.process_time()
    sys.stdout.write("| jobs | CPU s | µs a job | memory, MB |\n| ---: | ---: | ---: | ---: |\n")

    def tell(_: Outcome) -> None:
        nonlocal seen
        seen += 1
        if seen % max(count // STEPS, 1) == 0:
            spent = time.process_time() - start
            sys.stdout.write(f"| {seen:,} | {spent:.1f} | {spent / seen * 1e6:.0f} | {memory():.0f} |\n")

    with tempfile.TemporaryDirectory() as folder:
        summary = run(Batch(job("", ("all",), folder)), tasks(count), Nothing, tell)
        size = sum(path.stat().st_size for path in Path(folder, ".publish").iterdir()) / 1024**2
    sys.stdout.write(f"\n{summary.done:,} done, {summary.failed:,} failed; the manifest is {size:.0f} MB\n")


if __name__ == "__main__":
    main()
