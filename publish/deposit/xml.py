"""XML of packages: elements in the order of the schema, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from publish.xml_parsers import closed_parser

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it


def namespaces(default: str, **prefixed: str) -> Any:  # noqa: ANN401 - the stubs do not know that a prefix may be None
    """Return a default namespace, and others by their prefixes."""
    return dict([(None, default), *prefixed.items()])


def child(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """Add a child in the namespace of the parent."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", dict(attributes or {}))
    if text:
        element.text = text
    return element


def written(root: Element) -> bytes:
    """Return an XML file."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def parsed(data: bytes) -> Element:
    """Return the root of an XML file; read nothing outside the file.

    Raises:
        etree.XMLSyntaxError: if it is not XML.
    """
    return etree.fromstring(data, closed_parser())
