"""Namespaces of a Word file, and functions that read its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OM = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": OM,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
    b"http://purl.oclc.org/ooxml/drawingml/chart": "{http://schemas.openxmlformats.org/drawingml/2006/chart}",
}
"""Namespaces of strict files (ISO/IEC 29500-1), with the equivalent transitional namespaces (29500-4)."""

OFF = frozenset({"0", "false", "off", "none"})
"""Values of a switch that is off (ST_OnOff); any other value is on."""


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """Return an attribute in Word's namespace; the default if there is no element or no attribute."""
    return default if element is None else str(element.get(W + name, default))


def child_value(element: Element | None, path: str, name: str = "val") -> str:
    """Return the attribute of the descendant at a path such as `pPr/jc`; empty if not found."""
    if element is None:
        return ""
    return value(element.find("/".join(W + step for step in path.split("/"))), name)


def is_on(element: Element | None) -> bool:
    """Return whether a switch is present and on."""
    return element is not None and value(element) not in OFF


def number(text: str, default: int = 0) -> int:
    """Parse a whole number as Word writes it; return the default for any other text."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default
