"""Akoma Ntoso elements: create them, assign eIds, and serialise them without changes to mixed content."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from publish.akn.names import ELEMENT_ONLY, NAMESPACE
from publish.model import nodes as n
from publish.model.text import plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ABBREVIATIONS = {
    "article": "art",
    "chapter": "chp",
    "component": "cmp",
    "debateBody": "body",
    "debateSection": "dbsect",
    "documentRef": "dref",
    "eventRef": "eref",
    "mainBody": "body",
    "paragraph": "para",
    "section": "sec",
    "wrapUp": "wrapup",
}
"""Abbreviations of element names in identifiers (Naming Convention, 5.4.2)."""


def sub(
    parent: Element, tag: str, attributes: dict[str, str] | None = None, text: str | None = None
) -> Element:
    """Append a child element."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes or {})
    element.text = text
    return element


def name(element: Element) -> str:
    """Return the local name of an element."""
    return str(etree.QName(element).localname)


class Ids:
    """Generator of eIds: the eId of the context, the name of the element, and a running number within the context."""

    def __init__(self) -> None:
        self.counts: collections.Counter[tuple[str, str]] = collections.Counter()
        self.taken: set[str] = set()

    def new(self, element_name: str, context: str = "") -> str:
        """Return the next eId for an element name in a context; the empty context counts through the document."""
        reference = ABBREVIATIONS.get(element_name, element_name)
        while True:
            self.counts[context, reference] += 1
            wanted = f"{context}__" if context else ""
            wanted += f"{reference}_{self.counts[context, reference]}"
            if wanted not in self.taken:
                self.taken.add(wanted)
                return wanted

    def numbered(self, element_name: str, number: str, context: str = "") -> str:
        """Return the eId of an element whose `num` contains a number; a repeated number gets a suffix."""
        reference = ABBREVIATIONS.get(element_name, element_name)
        first = f"{context}__{reference}_{number}" if context else f"{reference}_{number}"
        wanted, count = first, 1
        while wanted in self.taken:
            count += 1
            wanted = f"{first}_{count}"
        self.taken.add(wanted)
        return wanted

    def of_number(self, element_name: str, printed: str, context: str = "") -> str:
        """Return the eId of an element from its printed number, or else from a running number (Naming Convention, 5.4.3)."""
        number = re.sub(r"\W+", "-", printed).strip("-_")
        return self.numbered(element_name, number, context) if number else self.new(element_name, context)


def serialise(root: Element) -> bytes:
    """Return UTF-8 with a declaration; indent element-only parents and keep mixed content as it is."""
    _indent(root, 0)
    data: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _indent(element: Element, depth: int) -> None:
    if not isinstance(element.tag, str) or name(element) not in ELEMENT_ONLY or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def plain(inlines: Iterable[n.Inline]) -> str:
    """Return text for an attribute."""
    return " ".join(plain_text(inlines).split())
