"""XML of packages: elements in the order in which a schema wants them, written the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml names it no other way


def namespaces(default: str, **prefixed: str) -> Any:  # noqa: ANN401 - the stubs do not know that a prefix may be None
    """A default namespace, and others by their prefixes."""
    return dict([(None, default), *prefixed.items()])


def child(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """A child in the parent's namespace."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", dict(attributes or {}))
    if text:
        element.text = text
    return element


def written(root: Element) -> bytes:
    """A file of XML."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def parsed(data: bytes) -> Element:
    """The root of a file of XML; nothing outside it is read.

    Raises:
        etree.XMLSyntaxError: it is none.
    """
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
