"""What a worker of a batch does with one manuscript of a deposit."""

from __future__ import annotations

import resource
import time

from publish.deposit import fixity
from publish.deposit.request import Request
from publish.deposit.write import deposit
from publish.diagnostics import PublishError, has_errors
from publish.engine.batch import keys
from publish.engine.batch.manifest import seen
from publish.engine.batch.work import Done
from publish.engine.job import Job
from publish.places import place


def work(job: Job) -> Done:
    """Make the packages of one manuscript. What is remembered of each is the list of its digests."""
    assert isinstance(job, Request), "a deposit is asked for"
    start = time.monotonic()
    try:
        done = deposit(job)
    except PublishError as error:
        return Done(diagnostics=error.diagnostics, seconds=time.monotonic() - start)
    report = done.result.report
    return Done(
        outputs=tuple(seen(str(fixity.beside(place(package)))) for package in done.packages),
        diagnostics=done.diagnostics,
        resources={path: keys.of_file(place(path)) for path in done.pictures},
        notes=len(report.reference.notes) if report else 0,
        agrees=report.agrees if report else None,
        ok=not has_errors(done.diagnostics),
        seconds=time.monotonic() - start,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
