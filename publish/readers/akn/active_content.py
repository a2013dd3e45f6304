"""Active content of an Akoma Ntoso file: scripts, event handlers, inclusions, and addresses that run code.

The writer keeps a document that was read from Akoma Ntoso as it is, so this content would reach a publication.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.akn.names import NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

XINCLUDE = "http://www.w3.org/2001/XInclude"

ACTIVE = frozenset(
    [
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "link",
        "form",
        "handler",
        "style",
        "portal",
    ]
)
"""Elements of HTML and SVG that run code or load addresses."""

ADDRESSES = frozenset(
    ["href", "src", "action", "formaction", "data", "poster", "background", "srcdoc", "to", "values"]
)
"""Attributes with an address."""

LINKS = frozenset(["a", "ref"])
"""Elements whose address is required; without it they become plain text."""

_RUNS = re.compile(
    r"(?:javascript|vbscript|livescript|mocha|data(?!:image/(?:png|jpeg|gif)[;,])):", re.IGNORECASE
)
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0]+")


def remove_active_content(root: Element) -> list[str]:
    """Remove active content from a file, and return what was removed."""
    found: list[str] = []
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element)
        foreign = name.namespace != NAMESPACE
        if name.namespace == XINCLUDE or (foreign and name.localname.lower() in ACTIVE):
            found.append(f"element '{name.localname}'")
            _remove(element)
            continue
        for key, value in list(element.attrib.items()):
            own = etree.QName(str(key)).localname.lower()
            if own.startswith("on") and foreign:
                found.append(f"event handler '{own}'")
                del element.attrib[key]
            elif own in ADDRESSES and _RUNS.match(_SPACE.sub("", str(value))):
                found.append(f"address '{str(value)[:40]}'")
                del element.attrib[key]
                if name.namespace == NAMESPACE and name.localname in LINKS:
                    element.tag = f"{{{NAMESPACE}}}span"
    return found


def _remove(element: Element) -> None:
    """Remove an element, but not the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
