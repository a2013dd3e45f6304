"""What is said of the links of notes, and the entries of a list of contents."""

from __future__ import annotations

import re

import pydyf

from publish.words import words
from publish.writers.pdf.tags.tree import Object, Tree, number


def describe_links(tree: Tree) -> None:
    """Say in words where the links of notes lead (ISO 14289-1, 7.18.5), in place of their anchors' names."""
    said = words(tree.language)
    for item in tree.pdf.objects:
        if not (isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item):
            continue
        target = getattr(item["Dest"], "string", str(item["Dest"]))
        match = re.fullmatch(r"fn(ref)?(\d+)(?:-\d+)?", target)
        if match:
            text = f"{said.note} {tree.labels.get(f'fn{match[2]}', match[2])}"
            item["Contents"] = pydyf.String(f"{text}, {said.back}" if match[1] else text)


def drop_nested_links(tree: Tree) -> None:
    """Leave a link one annotation for each piece of it.

    WeasyPrint makes one more for each emphasis, picture or line break within, below an element that is no Link
    (ISO 14289-1, 7.18.5).
    """
    for link, _ in tree.descendants(tree.document):
        if link["S"] == "/Link":
            for element, _ in list(tree.descendants(link)):
                _drop(tree, element)


def _drop(tree: Tree, element: Object) -> None:
    kept = pydyf.Array()
    for kid in element["K"]:
        item = tree.objects[number(kid)] if isinstance(kid, bytes | str) else kid
        if isinstance(item, dict) and item.get("Type") == "/OBJR":
            tree.repeated.add(number(item["Obj"]))
        else:
            kept.append(kid)
    element["K"] = kept
    if element["S"] == "/Link":
        element["S"] = "/Span"


def wrap_entries(tree: Tree) -> None:
    """Put each entry of a list of contents into a TOCI (ISO 32000-1, table 333)."""
    for entry in tree.entries:
        tree.wrap(entry, tree.parent(entry), "/TOCI")
