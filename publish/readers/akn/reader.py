"""Akoma Ntoso reader: conversion of bytes to a `Document` that also keeps content without a type in the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree
from msgspec.structs import replace

from publish.akn.asides import taken
from publish.akn.names import DOCUMENTS, ELEMENT_ONLY, NAMESPACE, XML
from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.origin import Aside, Origin
from publish.model.policy import NotePolicy
from publish.readers.akn import package
from publish.readers.akn.active_content import is_unsafe_instruction, remove_active_content
from publish.readers.akn.content import ContentReader
from publish.readers.akn.elements import declared, holds_text
from publish.readers.akn.metadata import metadata_of, profile_of
from publish.readers.base import ReadResult, Source
from publish.readers.images import ImageLoader
from publish.readers.trees import local, namespace, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DRAFT = re.compile(re.escape(NAMESPACE) + r"/(?:CSD|WD)\d+|http://www\.akomantoso\.org/[23]\.0")
"""Namespaces of drafts of the standard, and of its predecessors."""

FRONT = frozenset({"coverPage", "preface"})

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?akomaNtoso[\s>]")


def recognise(data: bytes) -> bool:
    """Return whether the data is an Akoma Ntoso document in XML."""
    return _ROOT.search(data[:4096]) is not None


def read(source: Source) -> ReadResult:
    """Read an Akoma Ntoso document.

    Raises:
        PublishError: PUB-R009, if the file is not well-formed or contains no document; PUB-R031, if reading takes too long.
    """
    found: list[Diagnostic] = []
    images = ImageLoader(source.folder, source.name)
    root = package.read(source, images) if package.is_package(source.data) else _parsed(source, found)
    if local(root) != "akomaNtoso" or namespace(root) != NAMESPACE:
        message = f"Root element is '{local(root)}' in namespace '{namespace(root)}', not 'akomaNtoso' in the namespace of the standard"
        raise PublishError(make("PUB-R009", message, span=Span(1), source=source.name))
    document = next((child for child in root if local(child) in DOCUMENTS), None)
    if document is None:
        raise PublishError(make("PUB-R009", "No document in the file", span=Span(1), source=source.name))
    found += _duplicate_ids(root, source.name)
    removed = remove_active_content(root)
    if removed:
        names = ", ".join(list(dict.fromkeys(removed))[:5])
        message = f"Active content was removed ({len(removed)} times): {names}"
        found.append(make("PUB-R066", message, source=source.name))
    asides = tuple(aside for aside in taken(root) if not is_unsafe_instruction(aside.xml))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    _drop_white_space(root)
    reader = ContentReader(source.name, images, _targets(root), source.deadline())
    meta = next((child for child in document if local(child) == "meta"), None)
    reader.editorial = _editorial(meta)
    reader.authorial = {str(e.get("eId")): e for e in root.iter("{*}authorialNote") if e.get("eId")}
    front = tuple(reader.block(child) for child in document if local(child) in FRONT)
    blocks = tuple(
        reader.block(child)
        for child in document
        if local(child) not in FRONT | {"meta"} and isinstance(child.tag, str)
    )
    others = tuple(
        reader.block(child) for child in root if child is not document and isinstance(child.tag, str)
    )
    reader.read_uncalled()
    for name, count in reader.opaque.items():
        if name == "meta":
            continue
        message = f"'{name}' is kept unchanged and shown as plain text ({count} times)"
        found.append(make("PUB-R056", message, source=source.name))
    metadata = metadata_of(document, meta)
    result = n.Document(
        metadata=replace(metadata, subtitle=reader.subtitle) if reader.subtitle else metadata,
        title=reader.title,
        blocks=(*blocks, *others),
        front=front,
        notes=reader.notes,
        note_policy=NotePolicy(source_labels="keep"),
        resources=images.loaded,
        profile=profile_of(document),
        origin=_origin(root, document, meta, others, asides),
        source=source.name,
    )
    return ReadResult(result, (*found, *reader.found, *images.diagnostics), tuple(reader.account))


def _duplicate_ids(root: Element, source: str) -> Iterable[Diagnostic]:
    """Report values of `xml:id` that occur more than once (xml:id 1.0, 4)."""
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        name = element.get(f"{{{XML}}}id")
        if name and name in seen:
            line = getattr(element, "sourceline", None)
            span = Span(line) if isinstance(line, int) else None
            yield make("PUB-X002", f"Duplicate id '{name}'", span=span, source=source)
        seen.add(name or "")


def _parsed(source: Source, found: list[Diagnostic]) -> Element:
    """Return the root of a file; read a draft of the standard as the final standard."""
    root = parse(source.data, source.name, comments=True)
    draft = namespace(root)
    if not DRAFT.fullmatch(draft):
        return root
    message = f"File uses a draft version of the standard ({draft}); it is read as the final version"
    found.append(make("PUB-R055", message, span=Span(1), source=source.name))
    data = source.data.replace(f'"{draft}"'.encode(), f'"{NAMESPACE}"'.encode())
    return parse(data, source.name, comments=True)


def _targets(root: Element) -> frozenset[str]:
    """Return the ids that references in the document point to."""
    references = (str(e.get("href", "")) for e in root.iter("{*}ref", "{*}rref", "{*}a"))
    return frozenset(reference[1:] for reference in references if reference.startswith("#"))


def _drop_white_space(root: Element) -> None:
    """Remove white space from elements that contain no direct text."""
    for element in root.iter(etree.Element):
        if namespace(element) != NAMESPACE or local(element) not in ELEMENT_ONLY or holds_text(element):
            continue
        element.text = None
        for child in element:
            child.tail = None


def _editorial(meta: Element | None) -> dict[str, Element]:
    notes: Iterable[Element] = meta.iter(f"{{{NAMESPACE}}}note") if meta is not None else ()
    return {str(note.get("eId")): note for note in notes}


def _origin(
    root: Element,
    document: Element,
    meta: Element | None,
    others: tuple[n.Block, ...],
    asides: tuple[Aside, ...],
) -> Origin:
    return Origin(
        format="akn",
        name=local(document),
        attributes={str(k): str(v) for k, v in document.attrib.items()},
        root={str(k): str(v) for k, v in root.attrib.items()},
        namespaces=declared(root),
        own_namespaces=declared(document),
        metadata=etree.tostring(meta, encoding="unicode", with_tail=False) if meta is not None else "",
        outside=len(others),
        asides=asides,
    )
