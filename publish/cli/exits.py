"""Exit codes of the command line."""

from __future__ import annotations

OK = 0
ERROR = 1
"""The document or an output has an error."""
USAGE = 2
INTERRUPTED = 130

USAGE_CODES = frozenset({"PUB-C001", "PUB-S001", "PUB-S002", "PUB-W003", "PUB-R007"})
"""Errors in the command and not in the document: they end with exit code 2."""
