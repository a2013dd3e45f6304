"""Run a million jobs that do nothing through the engine: `python -m benchmarks.scale [COUNT]`.

The benchmark measures only the engine: the cost per manuscript and the memory of the process that distributes the work,
and the size of the manifest.
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
    """A pool that completes each job immediately."""

    width = 64

    def submit(self, job: Request) -> Future[Done]:
        """Return the result of a manuscript published in five formats."""
        future: Future[Done] = Future()
        outputs = tuple(Output(f"{job.output}/paper.{k}", 40_000, "0" * 64, 1) for k in range(5))
        future.set_result(Done(outputs, notes=7, agrees=True, ok=True, seconds=1.0))
        return future

    def flush(self) -> None:
        """Do nothing: no job waits."""

    def stop(self, *, now: bool) -> None:
        """Do nothing: no job runs."""


def memory() -> float:
    """Return the current memory of this process in megabytes."""
    with Path("/proc/self/statm").open(encoding="ascii") as numbers:
        return int(numbers.read().split()[1]) * resource.getpagesize() / 1024**2


def tasks(count: int) -> Iterator[Task]:
    """Return tasks in folders of one thousand; the manuscripts do not exist."""
    return (Task(f"papers/{k // 1000:04}/{k:07}.md", f"{k // 1000:04}") for k in range(count))


def main() -> None:
    """Print the cost after each tenth of the jobs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    fingerprint.key = lambda source, around: fingerprint.digest(
        f"{source} {around}".encode()
    )  # the files do not exist
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
