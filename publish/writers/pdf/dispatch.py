"""Write or lay out a PDF with the engine that the options select."""

from __future__ import annotations

from publish.entry_points import load
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context, Output, Pages
from publish.writers.pdf.engines import find_engine
from publish.writers.pdf.options import PdfOptions


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write a PDF.

    Raises:
        PublishError: if the engine cannot write the PDF.
    """
    output: Output = load(f"{_engine(context)}:write")(numbered, context)
    return output


def pages(numbered: NumberedDocument, context: Context) -> Pages:
    """Return where the pages of the PDF begin, and the page of each anchor.

    Raises:
        PublishError: if the engine cannot lay out the document.
    """
    found: Pages = load(f"{_engine(context)}:pages")(numbered, context)
    return found


def _engine(context: Context) -> str:
    return find_engine(context.options_as(PdfOptions).engine)
