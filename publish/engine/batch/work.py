"""What a worker does with one manuscript: it runs the job, and hands back what is to be remembered."""

from __future__ import annotations

import faulthandler
import resource
import time
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError
from publish.engine.batch import fingerprint
from publish.engine.batch.manifest import Output, seen
from publish.engine.job import Result, run
from publish.request import Request
from publish.storage import as_path


class Done(Struct, frozen=True):
    """What came of one manuscript; small, for it goes from process to process."""

    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: dict[str, str] = {}
    """The digest of each file that it depends on, other than the manuscript itself, by path."""
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


def work(request: Request) -> Done:
    """Publish one manuscript."""

    def publish() -> Done:
        result = run(request)
        return done(result, result.files)

    return measured(publish)


def done(result: Result, outputs: Iterable[str]) -> Done:
    """What came of a manuscript.

    Args:
        result: What its job says.
        outputs: The files by which it is seen later whether what was made is still as it was.
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
    """Do a manuscript's work, with what it cost; what keeps it from being done is told of it."""
    start = time.monotonic()
    try:
        found = do()
    except PublishError as error:
        found = Done(diagnostics=error.diagnostics)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return replace(found, seconds=time.monotonic() - start, megabytes=most)
