"""Names of OpenDocument 1.3 (ISO/IEC 26300, OASIS ODF 1.3 part 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ODF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, STYLE, TABLE, DRAW, META, FORM, MANIFEST = (
    _ODF.format(name) for name in ("office", "text", "style", "table", "drawing", "meta", "form", "manifest")
)
FO = _ODF.format("xsl-fo-compatible")
SVG = _ODF.format("svg-compatible")
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def whole(text: str | None, default: int) -> int:
    """Return a whole number in an attribute; `default` if it is not one."""
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default


LARGEST = 32767
"""The largest number that LibreOffice takes as the first number of a list or of notes."""


def first_number(text: str | None, default: int) -> int:
    """Return the first number of a list or of notes; `default` if it is missing or not in LibreOffice's range."""
    number = whole(text, default)
    return number if 0 <= number <= LARGEST else default


def count(element: Element, name: str) -> int:
    """Return a number of repetitions or spanned cells, from 1."""
    return max(whole(element.get(name), 1), 1)


_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}


def millimetres(length: str | None) -> float:
    """Return a length (ODF 1.3, 18.3.18) in millimetres; 0 if it is missing, relative or not a length."""
    text = (length or "").strip()
    try:
        return float(text[:-2]) * _MILLIMETRES[text[-2:]]
    except (ValueError, KeyError):
        return 0.0
