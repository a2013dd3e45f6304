"""Remove what a drawing contains and does not show: elements that are not displayed, and text outside text elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"

TEXT = frozenset(SVG + name for name in ("text", "tspan", "textPath", "title", "desc", "style"))
"""Elements that can contain characters."""

NEVER_DRAWN = frozenset(
    SVG + name
    for name in (
        "defs",
        "symbol",
        "clipPath",
        "mask",
        "marker",
        "pattern",
        "linearGradient",
        "radialGradient",
    )
)
"""Elements that are drawn only where others refer to them (SVG 2, 5.1)."""

_ADDRESS = re.compile(r"url\(\s*['\"]?#([^'\")]+)")
_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


def remove_unseen(root: Element) -> None:
    """Remove the elements of a drawing that no part of it shows, and characters that are not text of the drawing."""
    used = _referred_to(root)
    for element in list(root.iter(etree.Element)):
        if element.tag not in TEXT:
            element.text = None
        parent = element.getparent()
        if parent is None:
            continue
        if parent.tag not in TEXT:
            element.tail = None
        if _is_unseen(element, parent, used) and not any(
            e.get("id") in used for e in element.iter(etree.Element)
        ):
            _remove(element, parent)


def _referred_to(root: Element) -> set[str]:
    out: set[str] = set()
    for element in root.iter(etree.Element):
        for key, value in element.items():
            if key in {"href", HREF} and str(value).startswith("#"):
                out.add(str(value)[1:])
            out |= set(_ADDRESS.findall(str(value)))
        if element.tag == f"{SVG}style":
            out |= set(_ADDRESS.findall(element.text or ""))
    return out


def _is_unseen(element: Element, parent: Element, used: set[str]) -> bool:
    if element.tag == f"{SVG}style":
        return False
    if parent.tag in NEVER_DRAWN and not any(e.get("id") in used for e in element.iterancestors()):
        return True
    style = element.get("style") or ""
    gone = element.get("display") == "none" or _NOT_DISPLAYED.search(style)
    hidden = element.get("visibility") in {"hidden", "collapse"} or _HIDDEN.search(style)
    # A descendant of a hidden element can be visible.
    return bool(gone or (hidden and not len(element)))


def _remove(element: Element, parent: Element) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "") or None
    else:
        parent.text = (parent.text or "") + (element.tail or "") or None
    parent.remove(element)
