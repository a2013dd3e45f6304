"""Verify: read the produced files back and compare their notes and words.

This package does not import writers. Each extractor uses only what the standard of its format specifies, so that an
error in a writer cannot hide in the code that looks for it. The package is callable: `publish.verify(files)`.
"""

import sys
from collections.abc import Sequence
from types import ModuleType

from publish.storage import Named, Readable
from publish.verify.compare import Finding, compare
from publish.verify.expected import expect
from publish.verify.extractors.registry import extract
from publish.verify.observation import Call, Note, Observation, Reference
from publish.verify.report import Report, conformance, verify

__all__ = [
    "Call",
    "Finding",
    "Note",
    "Observation",
    "Reference",
    "Report",
    "compare",
    "conformance",
    "expect",
    "extract",
    "verify",
]


class _Callable(ModuleType):
    def __call__(self, sources: Sequence[Readable | Named], reference: Observation | None = None) -> Report:
        return verify(sources, reference)


sys.modules[__name__].__class__ = _Callable
