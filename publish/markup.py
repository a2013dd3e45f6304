"""Functions for writing XML. The standard library's `xml.sax.saxutils` imports the modules of its network clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def escape(text: str) -> str:
    """Return text as the content of an element (XML 1.0, 2.4)."""
    return text.translate(_TEXT)


def quoteattr(text: str) -> str:
    """Return text as the value of an attribute, in quotation marks (XML 1.0, 3.3.3)."""
    value = text.translate(_ATTRIBUTE)
    if '"' not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'


def append_text(parent: Element, text: str) -> None:
    """Append characters after the content of an element."""
    last = next(parent.iterchildren(reversed=True), None)  # `len` counts all children
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
