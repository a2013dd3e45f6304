"""Processes that each do one manuscript after the other, and of which one may die without the others.

pebble's pool is used, and not that of the standard library, because there the death of one worker breaks the pool: of 24 papers one
segmentation fault cost 15. Here it costs the one.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from pebble import ProcessPool

from publish.engine.batch.work import Done, begin, work
from publish.request import Request

PRELOADED = ["publish.engine.batch.work", "publish.verify.report"]
"""What the server that workers are forked from has imported, so that each begins with it."""

TASKS = 500
"""Manuscripts after which a worker is replaced by a fresh one."""


class Pool(Protocol):
    """Whatever takes jobs and does them elsewhere."""

    width: int
    """How many jobs it does at a time."""

    def submit(self, request: Request) -> Future[Done]:
        """Begin a job; its outcome comes with the future."""

    def flush(self) -> None:
        """Begin all that has been submitted: nothing more comes before some of it is done."""

    def stop(self, *, now: bool) -> None:
        """End it: now, or when what it has begun is done."""


class Processes:
    """A pool of processes on this machine."""

    def __init__(
        self, width: int, seconds: float, megabytes: int, do: Callable[[Request], Done] = work
    ) -> None:
        self.width = width
        self.seconds = seconds or None
        self.do = do
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._pool = ProcessPool(
            max_workers=width, max_tasks=TASKS, initializer=begin, initargs=(megabytes,), context=context
        )

    def submit(self, request: Request) -> Future[Done]:
        """Begin a job as soon as a worker is free."""
        return self._pool.schedule(self.do, args=(request,), timeout=self.seconds)

    def flush(self) -> None:
        """Everything begins by itself."""

    def stop(self, *, now: bool) -> None:
        """End the pool; what was begun is ended with it where that is to be now."""
        if now:
            self._pool.stop()  # type: ignore[no-untyped-call]
        else:
            self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()
