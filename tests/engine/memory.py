"""Print the maximum number of bytes that a run keeps: `python -m tests.engine.memory SOURCE OUTPUT COUNT`."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import Future

from publish.engine.batch import Batch, run
from publish.engine.batch.sources import Task
from publish.engine.batch.work import Done
from publish.request import Request
from tests.support import job


class Nothing:
    """A pool that completes each job immediately."""

    width = 2

    def submit(self, job: Request) -> Future[Done]:
        assert job.source
        future: Future[Done] = Future()
        future.set_result(Done(ok=True))
        return future

    def flush(self) -> None:
        pass

    def stop(self, *, now: bool) -> None:
        del now


def kept(source: str, output: str, count: int) -> int:
    """Return the maximum of the allocated bytes, measured after a garbage collection at every hundredth manuscript."""
    seen: list[int] = []

    def given() -> Iterator[Task]:
        for k in range(count):
            if k % 100 == 99:
                gc.collect()
                seen.append(tracemalloc.get_traced_memory()[0])
            yield Task(source, str(k))

    tracemalloc.start()
    assert run(Batch(job("", ("html",), output), force=True), given(), Nothing, lambda _: None).done == count
    return max(seen)


if __name__ == "__main__":
    sys.stdout.write(str(kept(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
