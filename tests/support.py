"""Short ways to the things that many tests need."""

from __future__ import annotations

from pathlib import Path

from publish.diagnostics import Diagnostic
from publish.profiles import apply_profile
from publish.readers.base import ReadResult, Source
from publish.readers.markdown import read
from publish.resolve import NumberedDocument, Resolved, resolve


def markdown(text: str, folder: Path | None = None) -> ReadResult:
    return read(Source("text.md", text.encode(), folder))


def resolved(text: str, folder: Path | None = None) -> Resolved:
    return resolve(apply_profile(markdown(text, folder).document).document)


def numbered(text: str, folder: Path | None = None) -> NumberedDocument:
    return resolved(text, folder).document


def labels(document: NumberedDocument) -> list[str]:
    return [note.label for note in document.notes.values()]


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in diagnostics]
