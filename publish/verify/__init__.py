"""Verify: read the produced files back and compare their notes and words.

Nothing here imports a writer. Each extractor knows only what the standard of its format says, so that an error in a
writer cannot hide in the code that looks for it.
"""

from publish.verify.compare import Finding, compare
from publish.verify.expected import expect
from publish.verify.extract import extract
from publish.verify.observation import Call, Edition, Note
from publish.verify.report import Report, verify

__all__ = ["Call", "Edition", "Finding", "Note", "Report", "compare", "expect", "extract", "verify"]
