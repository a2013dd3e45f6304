"""Read a PDF: by its tags if they distinguish calls from text, else by its links."""

from __future__ import annotations

import io

from pdfminer.pdfdocument import PDFDocument, PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import PSException

from publish.verify.extractors.pdf import plain
from publish.verify.extractors.pdf.structure import has_note_tags
from publish.verify.extractors.pdf.tagged import TaggedReader
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation


def extract(data: bytes, path: str) -> Observation:
    """Read a tagged PDF (ISO 32000-1, 14.7)."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        if has_note_tags(document):
            return TaggedReader(document).observation(path)
        return plain.read(document, path)
    except UnreadableError:
        raise
    except (
        PDFException,
        PSException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        AssertionError,
    ) as error:
        raise UnreadableError(f"Cannot read PDF: {type(error).__name__} {error}") from None
