"""What the schema says: validity (conformance level 1), and which elements must have an eId."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from lxml import etree

from publish.verify.akomantoso.tree import NAMESPACE, Fault, Tree

if TYPE_CHECKING:
    from lxml.etree import XMLSchema
    from lxml.etree import _Element as Element

MOST = 25
"""How many faults of the schema are told; one fault often brings many."""

_XSD = "{http://www.w3.org/2001/XMLSchema}"


def validity(tree: Tree) -> Iterator[Fault]:
    """Faults that the schema of the OASIS Standard (29 August 2018) finds."""
    schema = _schema()
    if schema.validate(tree.root.getroottree()):
        return
    for error in list(schema.error_log)[:MOST]:  # type: ignore[call-overload]
        yield Fault("PUB-V016", error.message.replace(f"{{{NAMESPACE}}}", ""), error.line)


@cache
def _definition() -> Element:
    folder = files("publish.verify.akomantoso") / "schema"
    with as_file(folder) as path:
        return etree.parse(path / "akomantoso30.xsd").getroot()


@cache
def _schema() -> XMLSchema:
    return etree.XMLSchema(_definition().getroottree())


@cache
def identified() -> frozenset[str]:
    """The elements whose eId the schema's attribute group `idreq` asks for (Naming Convention, 5.5.1)."""
    root = _definition()
    parts = {
        (etree.QName(e).localname, str(e.get("name"))): e
        for e in root.iterchildren(etree.Element)
        if e.get("name")
    }
    known: dict[tuple[str, str], bool] = {}

    def asks(kind: str, name: str) -> bool:
        """Whether a type or group of attributes has `idreq` in it, by itself or through what it extends."""
        if (kind, name) == ("attributeGroup", "idreq"):
            return True
        if (kind, name) not in known:
            known[kind, name] = False
            element = parts.get((kind, name))
            known[kind, name] = element is not None and within(element)
        return known[kind, name]

    def within(element: Element) -> bool:
        return any(
            asks("attributeGroup", str(g.get("ref"))) for g in element.iter(f"{_XSD}attributeGroup")
        ) or any(asks("complexType", str(e.get("base"))) for e in element.iter(f"{_XSD}extension"))

    return frozenset(
        name
        for (kind, name), element in parts.items()
        if kind == "element" and (asks("complexType", str(element.get("type"))) or within(element))
    )
