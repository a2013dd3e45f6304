"""Work of a worker process: run the job of one manuscript and return the result to store."""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError
from publish.engine.batch import fingerprint
from publish.engine.batch.manifest import Output, seen
from publish.engine.job import Result, run
from publish.process import collect_rarely, limit_memory, peak_memory, write_no_core
from publish.request import Request
from publish.storage import as_path


class Done(Struct, frozen=True):
    """Result of one manuscript. It is small, because it is sent between processes."""

    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: dict[str, str] = {}
    """Digest of each input file except the manuscript itself, by path."""
    notes: int = 0
    agrees: bool | None = None
    """Whether verification found that the files agree; None without verification."""
    ok: bool = False
    seconds: float = 0.0
    megabytes: int = 0
    """Peak memory of the worker process so far."""


def begin(megabytes: int) -> None:
    """Initialise a worker: limit its memory in megabytes, and enable a traceback if it crashes."""
    faulthandler.enable()
    collect_rarely()
    limit_memory(megabytes)
    write_no_core()


def work(request: Request) -> Done:
    """Publish one manuscript."""

    def publish() -> Done:
        result = run(request)
        return done(result, result.files)

    return measured(publish)


def done(result: Result, outputs: Iterable[str]) -> Done:
    """Return the result of a manuscript.

    Args:
        result: The result of its job.
        outputs: The files that a later run checks for changes.
    """
    report = result.report
    return Done(
        outputs=tuple(seen(path) for path in outputs),
        diagnostics=result.diagnostics,
        inputs={
            item.path: fingerprint.of_file(as_path(item.path))
            for item in result.inputs
            if item.use != "manuscript"
        },
        notes=len(report.reference.notes) if report else 0,
        agrees=report.agrees if report else None,
        ok=result.ok,
    )


def measured(do: Callable[[], Done]) -> Done:
    """Run a job and add its duration and peak memory. A `PublishError` becomes a result with its diagnostics."""
    start = time.monotonic()
    try:
        found = do()
    except PublishError as error:
        found = Done(diagnostics=error.diagnostics)
    return replace(found, seconds=time.monotonic() - start, megabytes=peak_memory())
