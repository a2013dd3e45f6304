"""Codes PUB-C…: commands and settings."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-C001",
        "invalid-setting",
        Severity.ERROR,
        "Invalid setting",
        "publish.toml, an environment variable or an option contains an unknown key or a wrong value.",
        "See docs/configuration.md for every key.",
    ),
    Code(
        "PUB-C002",
        "folder-in-use",
        Severity.ERROR,
        "Folder in use",
        "Another batch run writes to the same folder.",
        "Wait for the other run, give this run another folder, or let it process only part of the work (--shard).",
    ),
    Code(
        "PUB-C003",
        "unreachable",
        Severity.ERROR,
        "URL or scheduler not reachable",
        "A URL or a scheduler does not answer, or needs a package that is not installed.",
        "Run the command in the hint, or check the address and the credentials that it needs.",
    ),
    Code(
        "PUB-C004",
        "program-not-installed",
        Severity.ERROR,
        "Program not installed",
        "A format needs a program that is not installed. Other formats do not need it.",
        "Run the command in the hint.",
    ),
)
