"""Links of a PDF: where an annotation leads, followed to the place on the page (ISO 32000-1, 12.3.2 and 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pdfminer.pdfdocument import PDFDocument, PDFException
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

Place = tuple[int, float, float]
"""Page index, x, and y of the top, in points from the lower left corner."""


class Link(Struct):
    """What a link annotation says."""

    uri: str = ""
    place: Place | None = None


def annotation(document: PDFDocument, found: dict[str, Any], pages: Mapping[int, int]) -> Link:
    """Where an annotation leads; `pages` gives the index of a page by its object number."""
    action = resolve1(found.get("A")) or {}
    if "URI" in action:
        value = resolve1(action["URI"])
        return Link(uri=value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))
    return Link(place=_destination(document, found.get("Dest", action.get("D")), pages))


def _destination(document: PDFDocument, dest: Any, pages: Mapping[int, int]) -> Place | None:  # noqa: ANN401
    """Where a destination lies: a named one is looked up, an explicit one is `[page /XYZ left top zoom]`."""
    dest = resolve1(dest)
    if isinstance(dest, bytes | PSLiteral):
        try:
            dest = resolve1(document.get_dest(dest if isinstance(dest, bytes) else name(dest)))
        except (PDFException, KeyError):
            return None
    if isinstance(dest, dict):
        dest = resolve1(dest.get("D"))
    if not isinstance(dest, list) or not dest or not isinstance(dest[0], PDFObjRef):
        return None
    page = pages.get(dest[0].objid)
    numbers = [resolve1(x) for x in dest[2:4]]
    if page is None or len(numbers) < 2 or not all(isinstance(x, int | float) for x in numbers):
        return None
    return page, float(numbers[0]), float(numbers[1])


def name(value: Any) -> str:  # noqa: ANN401
    """A name object as text; an empty text for what is none."""
    if isinstance(value, PSLiteral):
        return value.name if isinstance(value.name, str) else value.name.decode("latin-1")
    return str(value) if value is not None else ""
