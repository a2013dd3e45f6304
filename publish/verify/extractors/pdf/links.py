"""Links of a PDF: from an annotation to its position on the page (ISO 32000-2, 12.3.2 and 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pdfminer.pdfdocument import PDFDocument, PDFException
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

from publish.verify.extractors.observer import Place


class Link(Struct):
    """The content of a link annotation."""

    uri: str = ""
    place: Place | None = None
    element: dict[str, Any] | None = None
    """The structure element of a structure destination; viewers that support structure destinations go there."""


def annotation(document: PDFDocument, found: dict[str, Any], pages: Mapping[int, int]) -> Link:
    """Return the target of an annotation; `pages` maps the object number of a page to its index."""
    action = resolve1(found.get("A")) or {}
    if "URI" in action:
        value = resolve1(action["URI"])
        return Link(uri=value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))
    target = _looked_up(document, found.get("Dest", action.get("D")))
    structure = action.get("SD")
    if isinstance(target, dict):
        target, structure = resolve1(target.get("D")), target.get("SD", structure)
    return Link(place=_place(target, pages), element=_element(structure) or _element(target))


def _looked_up(document: PDFDocument, dest: Any) -> Any:  # noqa: ANN401
    """Return the explicit destination, or the dictionary that contains it, of a named destination.

    Return other destinations unchanged.
    """
    dest = resolve1(dest)
    if isinstance(dest, bytes | PSLiteral):
        try:
            return resolve1(document.get_dest(dest if isinstance(dest, bytes) else name(dest)))
        except (PDFException, KeyError):
            return None
    return dest


def _element(dest: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Return the structure element of a structure destination, `[element /XYZ left top zoom]`."""
    dest = resolve1(dest)
    first = resolve1(dest[0]) if isinstance(dest, list) and dest else None
    return first if isinstance(first, dict) and "S" in first else None


def _place(dest: Any, pages: Mapping[int, int]) -> Place | None:  # noqa: ANN401
    """Return the position of an explicit destination: `[page /XYZ left top zoom]`.

    The first item may be a structure element instead of the page.
    """
    if not isinstance(dest, list) or not dest:
        return None
    element = _element(dest)
    page = element.get("Pg") if element is not None else dest[0]
    index = pages.get(page.objid) if isinstance(page, PDFObjRef) else None
    numbers = [resolve1(x) for x in dest[2:4]]
    if index is None or len(numbers) < 2 or not all(isinstance(x, int | float) for x in numbers):
        return None
    return index, float(numbers[0]), float(numbers[1])


def name(value: Any) -> str:  # noqa: ANN401
    """Return a name object as text; empty for None."""
    if isinstance(value, PSLiteral):
        return value.name if isinstance(value.name, str) else value.name.decode("latin-1")
    return str(value) if value is not None else ""
