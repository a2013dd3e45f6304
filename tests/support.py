"""Helper functions that many tests use."""

from __future__ import annotations

from pathlib import Path

from publish.diagnostics import Diagnostic
from publish.engine.clock import timestamp
from publish.engine.numbering import with_pages as with_marks
from publish.engine.pipeline import Rendering, style_of_profile
from publish.model.nodes import Document
from publish.profiles import apply_profile
from publish.readers.base import ReadResult, Source
from publish.readers.markdown.reader import read
from publish.request import Request
from publish.resolve import NumberedDocument, Resolved, resolve
from publish.style import load_style
from publish.writers.base import Context
from publish.writers.pdf.dispatch import pages
from publish.writers.registry import find_entry


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


def job(source: str, formats: tuple[str, ...] = ("all",), output: str = "output", **more: object) -> Request:
    return Request(source=source, formats=formats, output=output, **more)  # type: ignore[arg-type]


def context_for(document: Document, style: str = "", **options: str) -> Context:
    """Return the context of the PDF writer."""
    request = Request(style=style, options={"pdf": dict(options)} if options else {})
    rendering = Rendering(
        request, load_style(style) if style else style_of_profile(document), timestamp(document)
    )
    return rendering.context(find_entry("pdf"))


def with_pages(document: NumberedDocument, pdf_engine: str = "") -> NumberedDocument:
    """Return the document with a page mark at the start of each page of its PDF."""
    context = context_for(document.document, engine=pdf_engine)
    return with_marks(document, pages(document, context))
