"""Artifacts: content that is drawn on a page but not read aloud."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree, number


def mark_artifacts(tree: Tree) -> None:
    """Mark content outside the tree, such as running heads and page numbers, as pagination artifacts."""
    live = tree.live()
    nums = tree.parents["Nums"]
    by_page = dict(zip(nums[0::2], nums[1::2], strict=True))
    for page in tree.pdf.objects:
        if not (isinstance(page, dict) and page.get("Type") == "/Page"):
            continue
        owners = by_page[page["StructParents"]]
        dead = {index for index, owner in enumerate(owners) if number(owner) not in live}
        if dead:
            _mark(tree.objects[number(page["Contents"])].stream, dead)
        for index in dead:
            owners[index] = "null"


def _mark(stream: list[Object], dead: set[int]) -> None:
    for index, item in enumerate(stream):
        marked = isinstance(item, pydyf.Dictionary) and item.get("MCID") in dead
        if marked and stream[index + 1] == b"BDC":
            stream[index - 1] = "/Artifact"
            stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
