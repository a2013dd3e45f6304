"""Run a batch: keep a window of jobs in the pool and yield outcomes when jobs end. A failure affects only its manuscript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.engine.batch import fingerprint
from publish.engine.batch.job_failure import JobFailure, outcome
from publish.engine.batch.manifest import Manifest, Output, Record, state_folder
from publish.engine.batch.sources import Shard, Task
from publish.engine.batch.work import Done
from publish.request import Limits, Request
from publish.storage import as_path, is_remote
from publish.temporary import remove_parts

if TYPE_CHECKING:
    from publish.engine.batch.pool import Pool

WINDOW = 4
"""Maximum number of submitted jobs per worker: enough to keep it busy, few enough to discard."""

Status = Literal["done", "failed", "unchanged"]


class Outcome(Struct, frozen=True):
    """Outcome of one manuscript; a line of the report."""

    source: str
    status: Status
    seconds: float = 0.0
    notes: int = 0
    agrees: bool | None = None
    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    tries: int = 1
    megabytes: int = 0


class Batch(Struct, frozen=True):
    """Settings of a batch."""

    request: Request
    """Request for each manuscript; its source and output are replaced per manuscript."""
    limits: Limits = Limits()
    """Limits of each manuscript."""
    part: Shard = Shard()
    force: bool = False
    """Whether to publish unchanged manuscripts again."""
    state: str = ""
    """Folder of the manifest; if empty, a folder in the output."""
    also: str = ""
    """Text to include in the environment digest because it affects the result in addition to the request."""


class Summary(Struct):
    """Number of outcomes per status."""

    done: int = 0
    failed: int = 0
    unchanged: int = 0
    interrupted: bool = False

    def add(self, status: Status) -> None:
        """Count an outcome."""
        setattr(self, status, getattr(self, status) + 1)


def run(
    batch: Batch, tasks: Iterable[Task], pool: Callable[[], Pool], tell: Callable[[Outcome], None]
) -> Summary:
    """Publish many manuscripts.

    Args:
        batch: Settings of the batch.
        tasks: The manuscripts, consumed lazily.
        pool: Function that creates the pool; not called if all manuscripts are unchanged.
        tell: Function that receives each outcome when its job ends.

    Returns:
        Number of done, failed and unchanged manuscripts. If the user interrupts the run, running jobs stop and finished
        jobs keep their results.

    Raises:
        PublishError: if the manifest cannot be opened.
    """
    summary = Summary()
    state = state_folder(batch.request.output, batch.state)
    with closing(Manifest(state, batch.part)) as manifest:
        if batch.part.count == 1 and not is_remote(batch.request.output):
            remove_parts(as_path(batch.request.output), below=True)
        worker = _Worker(batch, manifest, pool)
        try:
            for found in worker.outcomes(tasks):
                summary.add(found.status)
                tell(found)
        except KeyboardInterrupt:
            summary.interrupted = True
            worker.stop(now=True)
        else:
            worker.stop(now=False)
    return summary


class _Waiting(Struct):
    request: Request
    key: str
    tries: int = 1


class _Worker:
    def __init__(self, batch: Batch, manifest: Manifest, pool: Callable[[], Pool]) -> None:
        self.batch = batch
        self.manifest = manifest
        self.around = fingerprint.environment_digest(batch.request, batch.also)
        self.make_pool = pool
        self.pool: Pool | None = None
        self.waiting: dict[Future[Done], _Waiting] = {}

    def stop(self, *, now: bool) -> None:
        if self.pool is not None:
            self.pool.stop(now=now)

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            folder = as_path(self.batch.request.output) / task.folder
            request = replace(self.batch.request, source=task.source, output=str(folder))
            if not self.manifest.takes(f"{folder}/{Path(task.source).stem}", task.source):
                message = f"Another manuscript with this name is also written to {folder}"
                yield Outcome(
                    task.source, "failed", diagnostics=(make("PUB-C001", message, source=task.source),)
                )
                continue
            key = fingerprint.key(task.source, self.around)
            record = None if self.batch.force else self.manifest.is_done(task.source, key)
            if record is not None:
                yield Outcome(task.source, "unchanged", notes=record.notes, outputs=record.outputs)
                continue
            self._begin(_Waiting(request, key))
            while self.pool is not None and len(self.waiting) >= WINDOW * self.pool.width:
                yield from self._next()
        while self.waiting:
            yield from self._next()

    def _begin(self, waiting: _Waiting) -> None:
        if self.pool is None:
            self.pool = self.make_pool()
        self.manifest.forget(waiting.request.source)
        self.waiting[self.pool.submit(waiting.request)] = waiting

    def _next(self) -> Iterator[Outcome]:
        """Wait until jobs end, and yield their outcomes."""
        if self.pool is not None:
            self.pool.flush()
        ended, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        for future in ended:
            waiting = self.waiting.pop(future)
            source = waiting.request.source
            try:
                done = outcome(future, source, self.batch.limits)
            except JobFailure as fate:
                if fate.again and waiting.tries == 1:
                    self._begin(replace(waiting, tries=2))
                    continue
                yield Outcome(source, "failed", diagnostics=(fate.diagnostic,), tries=waiting.tries)
                continue
            if done.ok:
                self.manifest.keep(source, waiting.key, Record(done.outputs, done.inputs, done.notes))
            yield Outcome(
                source,
                "done" if done.ok else "failed",
                done.seconds,
                done.notes,
                done.agrees,
                done.outputs,
                done.diagnostics,
                waiting.tries,
                done.megabytes,
            )
