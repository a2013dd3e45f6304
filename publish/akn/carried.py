"""What a document from Akoma Ntoso carries with it, so that it can be written back as it was.

Each node that was an element remembers its name and attributes among its own attributes: `akn` is the name, `akn:eId` the
attribute `eId`, and `akn:{namespace}name` one of another namespace. What the model has no type for is carried as the XML that it
is, under `akn-xml`, with its text as what others show. Text whose white space was otherwise remembers that under `akn-text`.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.model.nodes import Attrs, Node

ELEMENT = "akn"
ATTRIBUTE = "akn:"
XML_TEXT = "akn-xml"
RAW_TEXT = "akn-text"
NAMESPACES = "akn-namespaces"
"""The namespaces that an element declared: prefixes and addresses, one after the other."""

IMPLIED = "-"
"""The name of a node that was no element, such as the list around the items of a `blockList`."""

RUN_IN = "akn-run-in"
"""Marks a section whose number stands in its first paragraph, and the span that holds it."""

ROLE = "akn:"
"""How roles begin that only name an element."""


def attrs(name: str, attributes: Mapping[str, str], **more: str) -> Attrs:
    """Attributes of a node that was this element."""
    values = [(ELEMENT, name), *((f"{ATTRIBUTE}{key}", value) for key, value in attributes.items())]
    values += [(key.replace("_", "-"), value) for key, value in more.items()]
    language = attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        values.append(("lang", language))
    return Attrs(tuple(attributes.get("class", "").split()), tuple(values))


def declared(node: Node) -> dict[str | None, str]:
    """The namespaces that the element declared, by prefix; None is the default one."""
    words = node.attrs.get(NAMESPACES).split()
    return {
        None if prefix == "-" else prefix: uri for prefix, uri in zip(words[::2], words[1::2], strict=True)
    }


def element(node: Node) -> str:
    """The name of the element that a node was; empty where it was none."""
    return node.attrs.get(ELEMENT)


def attributes(node: Node) -> dict[str, str]:
    """The attributes that the element had."""
    return {
        key.removeprefix(ATTRIBUTE): value for key, value in node.attrs.values if key.startswith(ATTRIBUTE)
    }
