"""Tables: what header cells head, and the links of header rows that are printed again on a further page."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree, number


def give_header_scopes(tree: Tree) -> None:
    """Say of each header cell whether it heads a column or a row (ISO 14289-1, 7.5).

    WeasyPrint names header cells by page, so a cell on a later page would name a header that is not there.
    """
    for element, _ in list(tree.descendants(tree.document)):
        attributes = element.get("A")
        if element["S"] == "/TH":
            element.pop("ID", None)
            html = tree.html(element)
            scope = "/Row" if html is not None and html.get("scope") == "row" else "/Column"
            element["A"] = pydyf.Dictionary({**(attributes or {}), "O": "/Table", "Scope": scope})
        elif element["S"] == "/TD" and attributes is not None:
            attributes.pop("Headers", None)
            if set(attributes) == {"O"}:
                del element["A"]


def drop_repeated_links(tree: Tree) -> None:
    """Take the links of repeated rows from their pages: a link must be in the structure tree (ISO 14289-1, 7.18.5)."""
    if not tree.repeated:
        return
    for item in tree.pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Page" and "Annots" in item:
            item["Annots"] = pydyf.Array([a for a in item["Annots"] if number(a) not in tree.repeated])
    gone = {tree.objects[index].pop("StructParent", None) for index in tree.repeated}
    nums = tree.parents["Nums"]
    kept = [pair for pair in zip(nums[0::2], nums[1::2], strict=True) if pair[0] not in gone]
    tree.parents["Nums"] = pydyf.Array([item for pair in kept for item in pair])
