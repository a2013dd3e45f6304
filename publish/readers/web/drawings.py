"""Drawings in the text of a page: an `svg` element becomes an image, because pandoc drops it with its words."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from lxml import etree

from publish.readers.svg_names import ELEMENTS, GEOMETRY, PROPERTIES
from publish.readers.trees import local, remove

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVG = "http://www.w3.org/2000/svg"

UNSHOWN = ("iframe", "object", "embed", "video", "audio", "canvas")
"""Elements that show a file of another type, which no format can contain."""

_NAMESPACES: Any = {None: SVG}

_CASE = {name.lower(): name for name in ELEMENTS | GEOMETRY | PROPERTIES}
"""Names as SVG writes them: an HTML parser makes them lowercase (HTML, 13.2.6.5)."""


def place_drawings(body: Element) -> None:
    """Replace each `svg` element by an image with the drawing, whose alternative text is the text of the drawing."""
    for element in [e for e in body.iter(etree.Element) if local(e) == "svg"]:
        parent = element.getparent()
        if parent is None or any(local(outer) == "svg" for outer in element.iterancestors()):
            continue
        data = base64.b64encode(etree.tostring(_drawing(element))).decode()
        image = etree.Element("img", src=f"data:image/svg+xml;base64,{data}", alt=_name(element))
        image.tail = element.tail
        parent.replace(element, image)


def remove_embedded(body: Element) -> list[str]:
    """Remove elements that show a file of another type, with the text for old browsers in them; return their names."""
    found = [element for element in body.iter(*UNSHOWN) if element.getparent() is not None]
    for element in found:
        remove(element)
    return [str(element.tag) for element in found]


def _name(drawing: Element) -> str:
    """Return the alternative text of a drawing: its name (SVG-AAM, 8.1), or else its words."""
    label = drawing.get("aria-label") or ""
    titles = (e.text or "" for e in drawing if local(e) == "title")
    words = " ".join(
        "".join(map(str, e.itertext())) for e in drawing.iter(etree.Element) if local(e) == "text"
    )
    return " ".join((label.strip() or next(titles, "").strip() or words).split())


def _drawing(element: Element) -> Element:
    """Return a drawing with the names of SVG."""
    name = _CASE.get(local(element).lower(), local(element))
    copy = etree.Element(f"{{{SVG}}}{name}", nsmap=_NAMESPACES)
    copy.text = element.text
    for attribute, value in element.items():
        key = str(attribute)
        if key.startswith("xmlns"):
            continue
        if ":" not in key or "}" in key:
            copy.set(_CASE.get(key, key), str(value))
        elif key == "xlink:href":
            copy.set("href", str(value))
    for child in element:
        if local(child):
            inner = _drawing(child)
            inner.tail = child.tail
            copy.append(inner)
    return copy
