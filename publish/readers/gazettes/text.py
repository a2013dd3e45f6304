"""Reader for text that a program extracted from an official PDF."""

from __future__ import annotations

from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.base import ReadResult, Source
from publish.readers.gazettes.dialects import FEED, DisorderedError, dialect
from publish.readers.gazettes.pages import document
from publish.readers.text import decode


def read(source: Source) -> ReadResult:
    """Read text that a program extracted from an official PDF.

    Raises:
        PublishError: PUB-R003 or PUB-R004, if the file is not text; PUB-R009, if it is not in a known format.
    """
    text, found = decode(source, keep=FEED)
    pages = dialect(text)
    if pages is None:
        hint = "Use `--from markdown` to read it as Markdown"
        message = "File is not recognised as the text of an official paper in a known layout"
        raise PublishError(make("PUB-R009", message, source=source.name, hint=hint))
    try:
        taken = pages(text)
    except DisorderedError:
        message = "Note numbers are separated from their texts"
        hint = "Give the PDF itself, or extract its text with `pdftotext -layout`"
        raise PublishError(make("PUB-R009", message, source=source.name, hint=hint)) from None
    result = document(taken, source.name, sized=False)
    return replace(result, diagnostics=(*found, *result.diagnostics))
