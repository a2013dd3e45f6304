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
        "A manuscript of a batch took longer than --timeout allows. Its worker was stopped; the other manuscripts continued.",
        "Raise --timeout, or look for unusual content with `publish check`.",
    ),
    Code(
        "PUB-B002",
        "worker-died",
        Severity.ERROR,
        "Worker died",
        "The process for this manuscript died twice; the other manuscripts continued.",
        "Report the manuscript; run `publish build` on it alone to see more.",
    ),
    Code(
        "PUB-B003",
        "out-of-memory",
        Severity.ERROR,
        "Out of memory",
        "A manuscript of a batch needs more memory than --memory allows.",
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
