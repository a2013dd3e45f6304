"""Verify: read the produced files back and compare their notes and words.

Nothing here imports a writer. Each extractor knows only what the standard of its format says, so that an error in a
writer cannot hide in the code that looks for it. The package can be called: `publish.verify(paths)`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from publish.verify.compare import Finding, compare
from publish.verify.expected import expect
from publish.verify.extract import extract
from publish.verify.observation import Call, Edition, Note, Reference
from publish.verify.report import Report, conformance, verify

__all__ = [
    "Call",
    "Edition",
    "Finding",
    "Note",
    "Reference",
    "Report",
    "compare",
    "conformance",
    "expect",
    "extract",
    "verify",
]


class _Callable(ModuleType):
    def __call__(self, paths: Sequence[str | Path], reference: Edition | None = None) -> Report:
        return verify(paths, reference)


sys.modules[__name__].__class__ = _Callable
