"""The table of rules, and the function that checks a file against all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree
from msgspec.structs import replace

from publish.verify.akn import (
    content_rules,
    identifier_rules,
    note_rules,
    package,
    reference_rules,
    schema_rules,
    work_rules,
)
from publish.verify.akn.tree import NAMESPACE, Fault, Tree
from publish.xml_parsers import closed_parser

RULES: tuple[Callable[[Tree], Iterator[Fault]], ...] = (
    schema_rules.validity,
    work_rules.completeness,
    work_rules.iris,
    identifier_rules.characters,
    identifier_rules.uniqueness,
    identifier_rules.presence,
    identifier_rules.shape,
    reference_rules.references,
    reference_rules.ontology,
    note_rules.notes,
    note_rules.calls,
    note_rules.residue,
    content_rules.languages,
    content_rules.dates,
    content_rules.printed_metadata,
    content_rules.characters,
    content_rules.questions,
)

DRAFT = re.compile(re.escape(NAMESPACE.encode()) + rb"/(?:CSD|WD)\d+")
"""Namespaces of drafts of the standard."""

_ENCODINGS = frozenset({"UTF-8", "ASCII", "US-ASCII"})


def check(data: bytes) -> list[Fault]:
    """Return the violations in an Akoma Ntoso file; none if it meets conformance level 2 and its content is consistent.

    A file that is not well-formed, or that has another namespace, has no violations here, because it is unreadable
    (PUB-V009). Check a file for a draft of the standard as if it were for the standard.
    """
    if package.is_package(data):
        return _package(data)
    return _file(data)


def _package(data: bytes) -> list[Fault]:
    """Return the violations in the XML files of a package; each message begins with the name of the file."""
    try:
        files, _ = package.members(data)
    except package.DamagedError:
        return []
    return [
        replace(found, message=f"{name}: {found.message}", line=0)
        for number, (name, member) in enumerate(files.items())
        for found in _file(member, continues=number > 0)
    ]


def _file(data: bytes, *, continues: bool = False) -> list[Fault]:
    if re.search(rb"<!DOCTYPE", data[:4096]):
        return [Fault("PUB-V016", "Document type declaration is not allowed in Akoma Ntoso", 1)]
    data = DRAFT.sub(NAMESPACE.encode(), data)
    parser = closed_parser(collect_ids=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root.tag != f"{{{NAMESPACE}}}akomaNtoso":
        return []
    faults: list[Fault] = []
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    if encoding not in _ENCODINGS:
        faults.append(Fault("PUB-V016", f"Encoding is {encoding}, not UTF-8", 1))
    tree = Tree(root, continues=continues)
    return faults + [found for rule in RULES for found in rule(tree)]
