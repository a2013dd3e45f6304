"""Codes PUB-B…: batches."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-B001",
        "manuscript-timeout",
        Severity.ERROR,
        "Time limit exceeded",
        "The work on a manuscript or package took longer than --timeout allows, and was stopped. The other manuscripts of a batch continue.",
        "Raise --timeout, or divide the manuscript.",
    ),
    Code(
        "PUB-B002",
        "worker-died",
        Severity.ERROR,
        "Process died",
        "The process that worked on a manuscript or package died: a library crashed, or the system stopped it. In a batch, it died twice; the other manuscripts continue.",
        "Raise --memory; if that does not help, report the manuscript.",
    ),
    Code(
        "PUB-B003",
        "out-of-memory",
        Severity.ERROR,
        "Out of memory",
        "The work on a manuscript or package needs more memory than --memory allows.",
        "Raise --memory, or divide the manuscript.",
    ),
    Code(
        "PUB-B004",
        "not-reached",
        Severity.ERROR,
        "Not reached",
        "The run ended before this manuscript.",
        "Start the run again; it continues from there.",
    ),
    Code(
        "PUB-B005",
        "unexpected-error",
        Severity.ERROR,
        "Unexpected error",
        "An unexpected error occurred.",
        "Report it with the manuscript; run `publish build` on it alone with PUBLISH_DEBUG=1 to see where.",
    ),
)
