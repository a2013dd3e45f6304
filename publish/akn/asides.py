"""XML comments and processing instructions: they are not text of the document, but an archive needs them in the output.

The position of each one is given by the element that contains it, the preceding child of that element, and the number of
characters of text between them. It is inserted again if the output contains the same element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from publish.model.origin import Aside

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BEFORE, AFTER = -1, -2
"""Positions outside the root element."""


def taken(root: Element) -> tuple[Aside, ...]:
    """Return the comments and instructions of a file."""
    out = [Aside(BEFORE, "", xml=_xml(node)) for node in reversed(list(root.itersiblings(preceding=True)))]
    for ordinal, element in enumerate(root.iter(etree.Element)):
        child, offset = 0, len(element.text or "")
        for node in element:
            if _is_aside(node):
                out.append(Aside(ordinal, _name(element), child, offset, _xml(node)))
            else:
                child, offset = child + 1, 0
            offset += len(node.tail or "")
    return (*out, *(Aside(AFTER, "", xml=_xml(node)) for node in root.itersiblings()))


def put_back(root: Element, asides: tuple[Aside, ...]) -> None:
    """Insert comments and instructions at their original positions."""
    elements = list(root.iter(etree.Element))
    for aside in reversed(asides):
        node = etree.fromstring(f"<x>{aside.xml}</x>")[0]
        node.tail = None
        if aside.element == AFTER:
            root.addnext(node)
        elif aside.element == BEFORE:
            _first(root).addprevious(node)
        elif aside.element < len(elements) and _name(elements[aside.element]) == aside.tag:
            _insert(elements[aside.element], aside, node)


def _insert(element: Element, aside: Aside, node: Element) -> None:
    children = [child for child in element if isinstance(child.tag, str)]
    if aside.child > len(children):
        return
    before = children[aside.child - 1] if aside.child else None
    text = (element.text if before is None else before.tail) or ""
    offset = min(aside.offset, len(text))
    element.insert(0 if before is None else element.index(before) + 1, node)
    if before is None:
        element.text = text[:offset]
    else:
        before.tail = text[:offset]
    node.tail = text[offset:]


def _is_aside(node: object) -> bool:
    return not isinstance(getattr(node, "tag", ""), str)


def _first(root: Element) -> Element:
    """Return the root, or the first comment or instruction before it."""
    return next(reversed(list(root.itersiblings(preceding=True))), root)


def _xml(node: Element) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False)


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)
