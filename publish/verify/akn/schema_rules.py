"""Rules of the schema: validity (conformance level 1), and the elements that must have an eId."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from lxml import etree

from publish.verify.akn.tree import NAMESPACE, Fault, Tree

if TYPE_CHECKING:
    from lxml.etree import XMLSchema
    from lxml.etree import _Element as Element

MOST = 25
"""Maximum number of schema errors to report; one error often causes many others."""

_XSD = "{http://www.w3.org/2001/XMLSchema}"


def validity(tree: Tree) -> Iterator[Fault]:
    """Report the violations of the schema of the OASIS Standard (29 August 2018)."""
    whole = tree.root.getroottree()
    names = frozenset(etree.QName(e).localname for e in tree.root.iter(etree.Element))
    if part_for(names).validate(whole):
        return
    schema = _schema()
    if schema.validate(whole):
        return
    for error in list(schema.error_log)[:MOST]:  # type: ignore[call-overload]
        yield Fault("PUB-V016", error.message.replace(f"{{{NAMESPACE}}}", ""), error.line)


@cache
def _definition() -> Element:
    folder = files("publish.verify.akn") / "schema"
    with as_file(folder) as path:
        return etree.parse(path / "akomantoso30.xsd").getroot()


@cache
def _schema() -> XMLSchema:
    return etree.XMLSchema(_definition().getroottree())


@lru_cache(maxsize=64)
def part_for(names: frozenset[str]) -> XMLSchema:
    """Return the part of the schema for documents with these elements; what it accepts, the whole schema accepts too.

    Compiling the whole schema takes as long as building a document. Remove from choices the elements that the document does
    not contain, and from sequences the optional ones; then remove unreachable declarations. Each removal can only make the
    schema reject more documents. Therefore, if this part rejects a document, validate it against the whole schema.
    """
    root = copy.deepcopy(_definition())
    for element in list(root.iter(f"{_XSD}element")):
        name, parent = element.get("ref") or "", element.getparent()
        if parent is None or not name or name in names or ":" in name:
            continue
        is_alternative = parent.tag == f"{_XSD}choice" and len(parent) > 1
        if is_alternative or element.get("minOccurs") == "0":
            parent.remove(element)
    for element in _unreached(root):
        root.remove(element)
    return etree.XMLSchema(root.getroottree())


def _unreached(root: Element) -> list[Element]:
    """Return the declarations that are unreachable from the root element of documents."""
    declared = {
        (etree.QName(e).localname, str(e.get("name"))): e
        for e in root.iterchildren(etree.Element)
        if e.get("name")
    }
    reached: set[tuple[str, str]] = set()
    left = [("element", "akomaNtoso")]
    while left:
        key = left.pop()
        if key in reached or key not in declared:
            continue
        reached.add(key)
        for element in declared[key].iter(etree.Element):
            left += [(etree.QName(element).localname, str(element.get("ref")))]
            types = " ".join(element.get(name) or "" for name in ("type", "base", "itemType", "memberTypes"))
            left += [(kind, name) for name in types.split() for kind in ("complexType", "simpleType")]
            left += [("element", str(element.get("substitutionGroup")))]
    return [element for key, element in declared.items() if key not in reached]


@cache
def identified() -> frozenset[str]:
    """Return the elements that require an eId by attribute group `idreq` of the schema (Naming Convention, 5.5.1)."""
    root = _definition()
    parts = {
        (etree.QName(e).localname, str(e.get("name"))): e
        for e in root.iterchildren(etree.Element)
        if e.get("name")
    }
    known: dict[tuple[str, str], bool] = {}

    def asks(kind: str, name: str) -> bool:
        """Return whether a type or attribute group contains `idreq`, directly or through its base type."""
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
