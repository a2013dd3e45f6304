"""Pool of worker processes. Each runs one manuscript at a time, and one can die without affecting the others.

publish uses the pool of pebble, because in the pool of the standard library the death of one worker breaks the pool: with
24 manuscripts, one segmentation fault made 15 fail. With pebble, only one fails.
"""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from multiprocessing.forkserver import ensure_running
from multiprocessing.util import Finalize
from typing import Protocol

from pebble import ProcessPool

from publish.engine.batch.work import Done, begin, work
from publish.process import safe_path
from publish.request import Limits, Request
from publish.temporary import new_temporary_folder

PRELOADED = ["publish.engine.batch.work", "publish.verify.report"]
"""Modules that the fork server imports once, so that each worker starts with them."""

TASKS = 500
"""Number of manuscripts after which a new worker process replaces a worker."""

LONGEST_FOLDER = 89
"""Maximum number of bytes in the path of a folder of sockets: a name follows, and 107 bytes are the limit of `sun_path` (unix(7))."""


class Pool(Protocol):
    """Interface of a pool that runs jobs in other processes."""

    width: int
    """Number of jobs that run at the same time."""

    def submit(self, request: Request) -> Future[Done]:
        """Submit a job; the future returns its outcome."""

    def flush(self) -> None:
        """Start all submitted jobs. The caller submits no more jobs until one of them ends."""

    def stop(self, *, now: bool) -> None:
        """Stop the pool: now, or when its running jobs end."""


class Processes:
    """A pool of processes on this machine."""

    def __init__(self, width: int, limits: Limits, do: Callable[[Request], Done] = work) -> None:
        self.width = width
        self.limits = limits
        self.do = do
        _keep_sockets()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        with safe_path():
            ensure_running()
        self._pool = ProcessPool(
            max_workers=width, max_tasks=TASKS, initializer=begin, initargs=(limits.memory,), context=context
        )

    def submit(self, request: Request) -> Future[Done]:
        """Submit a job; it starts when a worker is free."""
        return self._pool.schedule(self.do, args=(request,), timeout=self.limits.timeout)

    def flush(self) -> None:
        """Do nothing: jobs start automatically."""

    def stop(self, *, now: bool) -> None:
        """Stop the pool; with `now`, also stop the running jobs."""
        if now:
            self._pool.stop()  # type: ignore[no-untyped-call]
        else:
            self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()


@cache
def _keep_sockets() -> None:
    """Let multiprocessing keep its sockets in a temporary folder that a later run removes if this process is killed.

    The fork server uses them until this process ends.
    """
    known: dict[str, str] = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001 - no public name
    if "tempdir" in known:
        return
    folder = new_temporary_folder(longest=LONGEST_FOLDER)
    known["tempdir"] = str(folder)
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=-100)
