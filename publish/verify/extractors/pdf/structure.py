"""Information in a structure element (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from publish.verify.extractors.pdf.links import name

INLINE = frozenset({"Span", "Em", "Strong", "Link", "Code", "Quote", "NonStruct"})
"""Structure types that do not separate words."""

NOTES = frozenset({"Note", "FENote"})
"""Structure types of a note, in PDF 1.7 and in PDF 2.0."""


def has_note_tags(document: PDFDocument) -> bool:
    """Return whether tags distinguish calls from text; office programs that write tags write none for calls."""
    root = resolve1(document.catalog.get("StructTreeRoot"))
    if root is None:
        return False
    left: list[tuple[Any, str, bool]] = [(root, "", False)]
    notes = False
    while left:
        value, parent, within = left.pop()
        element = resolve1(value)
        if isinstance(element, list):
            left += [(kid, parent, within) for kid in element]
        elif isinstance(element, dict):
            kind = name(resolve1(element.get("S")))
            if kind == "Reference" or (
                not within and is_call(element, kind, parent if kind == "Lbl" else "")
            ):
                return True
            notes = notes or kind in NOTES
            left.append((element.get("K"), kind, within or kind in NOTES))
    return not notes


def elements(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the structure elements directly within an element."""
    kids = resolve1(element.get("K"))
    values = (resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids]))
    return [value for value in values if isinstance(value, dict) and "S" in value]


def is_call(element: dict[str, Any], kind: str, parent: str) -> bool:
    """Return whether an element other than a Reference is a call: a label in the text that is a link, or a raised link.

    Typst tags calls in this way. The label of a list item is not a call, nor is the first label in a note, its marker.
    """
    if kind == "Lbl" and parent not in {"LI", "L"}:
        return any(name(resolve1(kid.get("S"))) == "Link" for kid in elements(element))
    return kind == "Link" and parent not in {"Lbl", "Reference"} and _is_raised(element)


def _is_raised(link: dict[str, Any]) -> bool:
    """Return whether all content of a link is above the baseline (ISO 32000-1, table 344)."""
    inside = elements(link)
    return bool(inside) and all(_baseline_shift(element) > 0 or _is_raised(element) for element in inside)


def _baseline_shift(element: dict[str, Any]) -> float:
    return float(attribute(element, "BaselineShift") or 0)


def attribute(element: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - of any type
    """Return an attribute of a structure element, from any attribute owner (ISO 32000-1, 14.7.5)."""
    attributes = resolve1(element.get("A"))
    for given in attributes if isinstance(attributes, list) else [attributes]:
        owner = resolve1(given)
        if isinstance(owner, dict) and key in owner:
            return resolve1(owner[key])
    return None


def said(element: dict[str, Any]) -> str:
    """Return the replacement text of an element (ISO 32000-1, 14.9.4), or else its alternate description (14.9.3)."""
    text = resolve1(element.get("ActualText")) or resolve1(element.get("Alt")) or b""
    return decode_text(text) if isinstance(text, bytes) else str(text)
