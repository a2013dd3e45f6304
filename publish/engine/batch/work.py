"""What a worker does with one manuscript: it runs the job, and hands back what is to be remembered."""

from __future__ import annotations

import faulthandler
import resource
import time

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError
from publish.engine.batch import keys
from publish.engine.batch.manifest import Output, seen
from publish.engine.job import Job, run
from publish.places import place


class Done(Struct, frozen=True):
    """What came of one manuscript; small, for it goes from process to process."""

    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    resources: dict[str, str] = {}
    notes: int = 0
    agrees: bool | None = None
    """Whether the files say the same; None where they were not read back."""
    ok: bool = False
    seconds: float = 0.0
    megabytes: int = 0
    """The most memory that the worker has had so far."""


def begin(megabytes: int) -> None:
    """Set a worker up: it may not take more memory than this, and says where it was when it dies."""
    faulthandler.enable()
    if megabytes:
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(job: Job) -> Done:
    """Publish one manuscript."""
    start = time.monotonic()
    try:
        result = run(job)
    except PublishError as error:
        return Done(diagnostics=error.diagnostics, seconds=time.monotonic() - start)
    report = result.report
    return Done(
        outputs=tuple(seen(path) for path in result.files),
        diagnostics=result.diagnostics,
        resources={path: keys.of_file(place(path)) for path in result.resources},
        notes=len(report.reference.notes) if report else 0,
        agrees=report.agrees if report else None,
        ok=result.ok,
        seconds=time.monotonic() - start,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
