"""Pool on a Dask cluster: `dask://HOST:PORT`.

An empty task costs the scheduler some milliseconds, so jobs are sent in chunks. If a worker is killed, another worker runs
its whole chunk again and replaces each file as a whole. Paths must have the same meaning on every worker: use a shared
file system or URLs.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import msgspec

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.batch.chunk import Answer, Chunk, do
from publish.engine.batch.job_failure import JobFailure
from publish.engine.batch.work import Done
from publish.engine.paths import absolute
from publish.extras import hint as extra_hint
from publish.request import Limits, Request

SCHEME = "dask://"
SIZE = 25
"""Jobs in a chunk: some tens of seconds of work, so that the cost of a task and a process is negligible."""

PATIENCE = 20
"""Timeout in seconds for the connection to the scheduler."""

RETRIES = 3
"""Number of times to retry a chunk whose worker was lost."""


class Cluster:
    """A pool whose workers run on other machines."""

    def __init__(self, address: str, limits: Limits) -> None:
        """Connect to the scheduler.

        Raises:
            PublishError: PUB-C001, if the address does not start with `dask://`; PUB-C003, if no scheduler answers.
        """
        if not address.startswith(SCHEME):
            hint = f"Use {SCHEME}HOST:PORT for the scheduler of a Dask cluster"
            raise PublishError(make("PUB-C001", f"Unknown executor: '{address}'", hint=hint))
        self.limits = limits
        self.held: list[tuple[Request, Future[Done]]] = []
        self.client = _connected(address)
        threads = sum(
            worker["nthreads"] for worker in self.client.scheduler_info(n_workers=-1)["workers"].values()
        )
        self.width = max(threads, 1) * SIZE
        self.executor = self.client.get_executor(retries=RETRIES, pure=False)

    def submit(self, request: Request) -> Future[Done]:
        """Queue a job; send the queue to the cluster when it fills a chunk."""
        future: Future[Done] = Future()
        self.held.append((absolute(request), future))
        if len(self.held) >= SIZE:
            self.flush()
        return future

    def flush(self) -> None:
        """Send the queued jobs to the cluster as a chunk."""
        if not self.held:
            return
        held, self.held = self.held, []
        chunk = Chunk(tuple(request for request, _ in held), self.limits)
        running = self.executor.submit(do, msgspec.json.encode(chunk))
        running.add_done_callback(lambda ended: _settle(ended, held))

    def stop(self, *, now: bool) -> None:
        """Disconnect from the cluster; the cluster and its workers keep running."""
        if not now:
            self.flush()
        self.executor.shutdown(wait=not now)
        self.client.close()


def _connected(address: str) -> Any:  # noqa: ANN401 - distributed is untyped
    try:
        from distributed import Client
    except ImportError:
        hint = extra_hint("cluster")
        raise PublishError(make("PUB-C003", "Package not installed: distributed", hint=hint)) from None
    try:
        return Client(  # type: ignore[no-untyped-call]
            f"tcp://{address.removeprefix(SCHEME)}", timeout=PATIENCE
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise PublishError(make("PUB-C003", f"No scheduler answers at {address}: {error}")) from None


def _settle(ended: Future[list[bytes]], jobs: list[tuple[Request, Future[Done]]]) -> None:
    """Set the result or the failure of each job in a chunk."""
    error = ended.exception() if not ended.cancelled() else None
    if ended.cancelled() or error is not None:
        reason = str(error or "task cancelled").partition("\n")[0]
        for request, future in jobs:
            lost = make("PUB-B002", f"The cluster lost the task: {reason}", source=request.source)
            future.set_exception(JobFailure(lost, again=False))
        return
    for line, (_, future) in zip(ended.result(), jobs, strict=True):
        answer = msgspec.json.decode(line, type=Answer)
        if answer.done is not None:
            future.set_result(answer.done)
        elif answer.failure is not None:
            future.set_exception(JobFailure(answer.failure, again=answer.again))
