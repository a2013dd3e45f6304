"""Information that a document keeps from Akoma Ntoso, so that it can be written back unchanged.

A node that was an element keeps the name and attributes of that element in its own attributes: `akn` is the name, `akn:eId`
the attribute `eId`, and `akn:{namespace}name` an attribute of another namespace. Content that the model has no type for is kept
as XML under `akn-xml`; other formats show its text. Text whose white space was different keeps its original under `akn-text`.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.model.nodes import Attrs, Node

ELEMENT = "akn"
ATTRIBUTE = "akn:"
XML_TEXT = "akn-xml"
RAW_TEXT = "akn-text"
NAMESPACES = "akn-namespaces"
"""Namespaces that an element declared: prefixes and URIs, alternating."""

IMPLIED = "-"
"""Name of a node that was not an element, such as the list around the items of a `blockList`."""

RUN_IN = "akn-run-in"
"""Attribute of a section whose number is in its first paragraph, and of the span that contains the number."""

ROLE = "akn:"
"""Prefix of roles that only name an element."""


def attrs(name: str, attributes: Mapping[str, str], **more: str) -> Attrs:
    """Return the attributes of a node that was this element."""
    values = [(ELEMENT, name), *((f"{ATTRIBUTE}{key}", value) for key, value in attributes.items())]
    values += [(key.replace("_", "-"), value) for key, value in more.items()]
    language = attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        values.append(("lang", language))
    return Attrs(tuple(attributes.get("class", "").split()), tuple(values))


def declared(node: Node) -> dict[str | None, str]:
    """Return the namespaces that the element declared, by prefix; None is the prefix of the default namespace."""
    words = node.attrs.get(NAMESPACES).split()
    return {
        None if prefix == "-" else prefix: uri for prefix, uri in zip(words[::2], words[1::2], strict=True)
    }


def element(node: Node) -> str:
    """Return the name of the element that the node was, or an empty string if it was not an element."""
    return node.attrs.get(ELEMENT)


def attributes(node: Node) -> dict[str, str]:
    """Return the attributes of the original element."""
    return {
        key.removeprefix(ATTRIBUTE): value for key, value in node.attrs.values if key.startswith(ATTRIBUTE)
    }
