"""Split the documents of a collection into one file each, and join them into one file again.

In one file, the identifiers of a component begin with the identifier of the component if they would otherwise occur twice. In a
separate file they do not, and references from one component to another are IRIs (Naming Convention, 4.8 and 5).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from publish.akn.names import DOCUMENTS, NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AKN = f"{{{NAMESPACE}}}"

POINTERS = frozenset(
    {"href", "src", "by", "to", "as", "source", "refersTo", "from", "upTo", "for", "placementBase", "period"}
)
"""Attributes that contain one or more local references."""

MAIN = "/!main"


def split(root: Element) -> dict[str, Element]:
    """Move the documents of a collection's components to separate files, and replace each one by a reference.

    Returns:
        The root of each component file, by file name.
    """
    components = [c for c in root.iter(f"{AKN}component") if _document(c) is not None]
    if not components:
        return {}
    places = dict(_places(root, components))
    listed = root.find(f".//{AKN}references")
    files: dict[str, Element] = {}
    for component in components:
        document, own = _document(component), str(component.get("eId"))
        assert document is not None, "Components without a document were skipped"
        title = document.find(f".//{AKN}docTitle")
        shown = "".join(map(str, title.itertext())) if title is not None else own
        attributes = {"eId": f"{own}__dref_1", "href": f"{_work(component)}{MAIN}", "showAs": shown}
        _lead_out(document, component, places)
        for element in document.iter(etree.Element):
            _rename(element, f"{own}__")
        component.replace(document, etree.Element(f"{AKN}documentRef", attributes))
        new = etree.Element(f"{AKN}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
        new.append(document)
        if listed is not None:
            _add_references(document, listed)
        files[f"{own}.xml"] = new
    _lead_out(root, None, places)
    return files


def _places(root: Element, components: list[Element]) -> Iterator[tuple[str, tuple[Element | None, str]]]:
    """Yield each eId with its component and its IRI; skip the main metadata, which is copied to each document."""
    main = _work(root)
    for element in root.iter(etree.Element):
        if element.get("eId") and next(element.iterancestors(f"{AKN}meta"), None) is None:
            yield str(element.get("eId")), (None, f"{main}{MAIN}~{element.get('eId')}")
    for component in components:
        own, iri = str(component.get("eId")), _work(component)
        for element in component.iter(etree.Element):
            eid = element.get("eId")
            if eid:
                inner = eid.removeprefix(f"{own}__")
                yield eid, (component, f"{iri}{MAIN}" + (f"~{inner}" if element is not component else ""))


def _lead_out(
    root: Element, component: Element | None, places: Mapping[str, tuple[Element | None, str]]
) -> None:
    """Replace references that leave a file by IRIs."""
    for element, name, value in list(_pointing(root)):
        owner, iri = places.get(value[1:], (component, ""))
        if owner is not component:
            _point(element, name, value, iri)


def join(root: Element, files: Mapping[str, Element]) -> None:
    """Insert the documents of the other files of a package into the components that refer to them.

    Args:
        root: The root of the main file.
        files: The roots of the other files, by the IRI of their work.
    """
    taken = {str(e.get("eId")) for e in root.iter(etree.Element) if e.get("eId")}
    joined: list[tuple[str, Element]] = []
    for reference in list(root.iter(f"{AKN}documentRef")):
        component = reference.getparent()
        iri = str(reference.get("href", "")).removesuffix(MAIN)
        document = _document(files[iri]) if iri in files else None
        if component is None or document is None or component.tag != f"{AKN}component":
            continue
        own = str(component.get("eId") or "")
        _merge_references(document, root)
        renamed: set[str] = set()
        for element in document.iter(etree.Element):
            eid = element.get("eId")
            if eid in taken:
                element.set("eId", f"{own}__{eid}")
                renamed.add(str(eid))
        for element, name, value in list(_pointing(document)):
            if value[1:] in renamed:
                _point(element, name, value, f"#{own}__{value[1:]}")
        taken |= {str(e.get("eId")) for e in document.iter(etree.Element) if e.get("eId")}
        component.replace(reference, document)
        joined.append((iri, document))
    works = {
        iri: str(holder.get("eId") or "")
        for iri, document in joined
        if (holder := document.getparent()) is not None
    }
    works[_work(root)] = ""
    for element in root.iter(etree.Element):
        start, _, eid = str(element.get("href", "")).partition("~")
        iri = start.removesuffix(MAIN)
        if start.endswith(MAIN) and iri in works:
            own = works[iri]
            inner = f"{own}__{eid}" if own and eid and f"{own}__{eid}" in taken else eid
            element.set("href", f"#{inner or own}")


def _document(parent: Element) -> Element | None:
    return next((e for e in parent if isinstance(e.tag, str) and etree.QName(e).localname in DOCUMENTS), None)


def _work(component: Element) -> str:
    uri = component.find(f".//{AKN}FRBRWork/{AKN}FRBRuri")
    return str(uri.get("value", "")) if uri is not None else ""


def _pointing(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each local reference, with its element and attribute."""
    for element in root.iter(etree.Element):
        for name in POINTERS.intersection(map(str, element.attrib)):
            for value in str(element.get(name)).split():
                if value.startswith("#"):
                    yield element, name, value


def _point(element: Element, name: str, old: str, new: str) -> None:
    values = str(element.get(name)).split()
    element.set(name, " ".join(new if value == old else value for value in values))


def _rename(element: Element, prefix: str) -> None:
    """Remove a prefix from the eId of an element, and from the eIds that it refers to."""
    eid = element.get("eId")
    if eid:
        element.set("eId", eid.removeprefix(prefix))
    for name in POINTERS.intersection(map(str, element.attrib)):
        values = str(element.get(name)).split()
        element.set(
            name, " ".join(f"#{v[1:].removeprefix(prefix)}" if v.startswith("#") else v for v in values)
        )


def _merge_references(document: Element, root: Element) -> None:
    """Remove the entries of a document that the main file also has, and make the document refer to those of the main file."""
    own = document.find(f"{AKN}meta/{AKN}references")
    listed = root.find(f".//{AKN}references")
    if own is None or listed is None:
        return
    known = {(e.tag, e.get("href")): str(e.get("eId")) for e in listed if isinstance(e.tag, str)}
    same = {f"#{e.get('eId')}": known[e.tag, e.get("href")] for e in own if (e.tag, e.get("href")) in known}
    for entry in [e for e in own if (e.tag, e.get("href")) in known]:
        own.remove(entry)
    if not len(own):
        own.getparent().remove(own)  # type: ignore[union-attr]
    for element, name, value in list(_pointing(document)):
        if value in same:
            _point(element, name, value, f"#{same[value]}")


def _add_references(document: Element, listed: Element) -> None:
    """Copy the entries that a document refers to into a new `references` element of the document."""
    meta = document.find(f"{AKN}meta")
    if meta is None:
        return
    known = {str(e.get("eId")): e for e in listed}
    used = {value[1:] for _, _, value in _pointing(document)} | {"publish"}
    own = etree.SubElement(meta, listed.tag, {"source": str(listed.get("source", ""))})
    own.extend(copy.deepcopy(entry) for eid, entry in known.items() if eid in used)
