"""What a structure element says of itself (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from publish.verify.extractors.pdf.links import name

INLINE = frozenset({"Span", "Em", "Strong", "Link", "Code", "Quote", "NonStruct"})
"""Structure types that do not part words."""

NOTES = frozenset({"Note", "FENote"})
"""Structure types of a note: of PDF 1.7 and of PDF 2.0."""


def has_note_tags(document: PDFDocument) -> bool:
    """Whether a call is told from the text by its tag; office programs that write tags write none for calls."""
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
    """The structure elements directly within one."""
    kids = resolve1(element.get("K"))
    values = (resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids]))
    return [value for value in values if isinstance(value, dict) and "S" in value]


def is_call(element: dict[str, Any], kind: str, parent: str) -> bool:
    """Whether an element that is no Reference is a call nonetheless: a label in the text that is a link, or a raised link.

    That is how Typst tags calls. The label of a list's item is none, nor is the first one in a note, which is its mark.
    """
    if kind == "Lbl" and parent not in {"LI", "L"}:
        return any(name(resolve1(kid.get("S"))) == "Link" for kid in elements(element))
    return kind == "Link" and parent not in {"Lbl", "Reference"} and _is_raised(element)


def _is_raised(link: dict[str, Any]) -> bool:
    """Whether all that a link holds stands above the base line (ISO 32000-1, table 344)."""
    inside = elements(link)
    return bool(inside) and all(_baseline_shift(element) > 0 or _is_raised(element) for element in inside)


def _baseline_shift(element: dict[str, Any]) -> float:
    return float(attribute(element, "BaselineShift") or 0)


def attribute(element: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - of any type
    """An attribute of a structure element, whoever owns it (ISO 32000-1, 14.7.5)."""
    attributes = resolve1(element.get("A"))
    for given in attributes if isinstance(attributes, list) else [attributes]:
        owner = resolve1(given)
        if isinstance(owner, dict) and key in owner:
            return resolve1(owner[key])
    return None


def said(element: dict[str, Any]) -> str:
    """What an element says in place of its content (ISO 32000-1, 14.9.4), or else of it (14.9.3)."""
    text = resolve1(element.get("ActualText")) or resolve1(element.get("Alt")) or b""
    return decode_text(text) if isinstance(text, bytes) else str(text)
