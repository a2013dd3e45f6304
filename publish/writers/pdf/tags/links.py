"""Links: one annotation for each piece of a link, descriptions of note links, and entries of a table of contents."""

from __future__ import annotations

import re

import pydyf

from publish.localisation import terms
from publish.writers.pdf.tags.tree import Object, Tree, number


def describe_links(tree: Tree) -> None:
    """Describe the targets of note links in words (ISO 14289-1, 7.18.5) instead of with names of anchors."""
    said = terms(tree.language)
    for item in tree.pdf.objects:
        if not (isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item):
            continue
        target = getattr(item["Dest"], "string", str(item["Dest"]))
        match = re.fullmatch(r"fn(ref)?(\d+)(?:-\d+)?", target)
        if match:
            text = f"{said.note} {tree.labels.get(f'fn{match[2]}', match[2])}"
            item["Contents"] = pydyf.String(f"{text}, {said.back}" if match[1] else text)


def drop_nested_links(tree: Tree) -> None:
    """Keep one annotation for each piece of a link.

    WeasyPrint creates an additional one for each emphasis, image or line break in the link, below an element that is not a
    Link (ISO 14289-1, 7.18.5).
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
            tree.unwanted.add(number(item["Obj"]))
        else:
            kept.append(kid)
    element["K"] = kept
    if element["S"] == "/Link":
        element["S"] = "/Span"


def drop_unwanted_links(tree: Tree) -> None:
    """Remove unwanted annotations from their pages: a link must be in the structure tree (ISO 14289-1, 7.18.5)."""
    if not tree.unwanted:
        return
    for item in tree.pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Page" and "Annots" in item:
            item["Annots"] = pydyf.Array([a for a in item["Annots"] if number(a) not in tree.unwanted])
    gone = {tree.objects[index].pop("StructParent", None) for index in tree.unwanted}
    nums = tree.parents["Nums"]
    kept = [pair for pair in zip(nums[0::2], nums[1::2], strict=True) if pair[0] not in gone]
    tree.parents["Nums"] = pydyf.Array([item for pair in kept for item in pair])


def wrap_entries(tree: Tree) -> None:
    """Wrap each entry of a table of contents in a TOCI (ISO 32000-1, table 333)."""
    for entry in tree.entries:
        tree.wrap(entry, tree.parent(entry), "/TOCI")
