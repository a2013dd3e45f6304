"""Convert the finished tree of PDF 1.7 to PDF 2.0 and PDF/UA-2 (ISO 32000-2; ISO 14289-2, 8).

This module contains all differences, so that the tree of PDF 1.7 is built in the same way for every variant.
"""

from __future__ import annotations

from collections.abc import Callable

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree

ONLY_IN_1_7 = frozenset(
    {"/Art", "/BlockQuote", "/Code", "/NonStruct", "/Quote", "/Reference", "/TOC", "/TOCI"}
)
"""Types that only the PDF 1.7 namespace contains; both namespaces are permitted (ISO 32000-2, 14.8.6; ISO 14289-2, 8.2.4)."""

INLINE_TAGS = {"em": "/Em", "strong": "/Strong"}
"""HTML elements for which PDF 2.0 has a type (ISO 32000-2, 14.8.4.7.2)."""

OLDER_TYPES = {"FENote": "/Note", "Em": "/Span", "Strong": "/Span"}
"""Types that PDF 2.0 introduced, and their equivalents for PDF 1.7 viewers; viewers with namespaces ignore this map."""

NUMBERINGS = {
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
}
"""Values of ListNumbering (ISO 32000-2, 14.8.5.5), by value of `list-style-type`."""


def number_lists(tree: Tree) -> None:
    """Set the type of labels of each list with labels (ISO 14289-2, 8.2.5.25)."""
    for element, parent in tree.descendants(tree.document):
        if element["S"] != "/Lbl" or parent["S"] != "/LI":
            continue
        holder = tree.parent(parent)
        style = str(tree.boxes[holder.number].style["list_style_type"])
        # `lower-alpha-parens` has the numbers of `lower-alpha`: see `publish.style.css.lists`.
        kind = next((kind for name, kind in NUMBERINGS.items() if style.startswith(name)), "/Ordered")
        holder["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})


def name_types(tree: Tree) -> None:
    """Set the PDF 2.0 type of each element, and its namespace (ISO 32000-2, 14.7.4; ISO 14289-2, 8.2.4)."""
    (namespace,) = tree.root["Namespaces"]
    tree.root["RoleMap"] = pydyf.Dictionary(OLDER_TYPES)
    tree.document["NS"] = namespace
    for element, parent in tree.descendants(tree.document):
        if element["S"] == "/Note":
            _name_note(tree, element)
        elif element["S"] == "/Caption" and parent["S"] == "/Div":
            # A Div does not count as a parent, and a caption must be the first or last child of its parent
            # (ISO 14289-2, 8.2.5.27).
            parent["S"] = "/Sect"
        elif element["S"] == "/Span":
            tag = getattr(tree.boxes.get(element.number), "element_tag", "")
            element["S"] = INLINE_TAGS.get(tag, "/Span")
        if element["S"] not in ONLY_IN_1_7:
            element["NS"] = namespace


def _name_note(tree: Tree, note: Object) -> None:
    """Change a note to an FENote, and set its type of note (ISO 14289-2, 8.2.5.14)."""
    at_end = "endnote" in tree.html(note).get("class").split()
    note["S"] = "/FENote"
    note["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Endnote" if at_end else "/Footnote"})


def refer(tree: Tree) -> None:
    """Add references from elements to the elements that they name.

    A call or a cross-reference refers to its note, and the note refers to all of them (ISO 14289-2, 8.2.5.14). An entry of a
    table of contents refers to its section (8.2.5.8).
    """
    anchored = _anchored(tree)
    entries = {entry.number for entry in tree.entries}
    for link, parent in tree.descendants(tree.document):
        target = _target(tree, link) if link["S"] == "/Link" else ""
        if target in tree.notes:
            source, note = (parent if parent["S"] == "/Reference" else link), tree.notes[target]
            source["Ref"] = pydyf.Array([note.reference])
            note["Ref"] = pydyf.Array([*note.get("Ref", ()), source.reference])
        elif target in anchored and parent.number in entries:
            tree.parent(parent)["Ref"] = pydyf.Array([anchored[target].reference])


def aim(tree: Tree) -> None:
    """Add the target structure element to each destination, which also keeps its position on the page.

    ISO 14289-2, 8.8 requires structure destinations. Viewers that do not support them go to the page (ISO 32000-2,
    12.3.2.3, 12.3.2.4 and 12.6.4.2).
    """
    anchored = _anchored(tree)
    names = tree.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for place in range(0, len(names), 2):
        element = anchored.get(names[place].string)
        if element is not None:
            names[place + 1] = _destination(names[place + 1], element)
    items = [item for item in tree.pdf.objects if isinstance(item, dict) and {"Title", "Dest"} <= set(item)]
    for item, heading in zip(items, _headings(tree), strict=True):
        item["A"] = pydyf.Dictionary({"S": "/GoTo", **_destination(item.pop("Dest"), heading)})


def _destination(place: Object, element: Object) -> Object:
    return pydyf.Dictionary({"D": place, "SD": pydyf.Array([element.reference, *place[1:]])})


def _target(tree: Tree, link: Object) -> str:
    """Return the anchor in the document that is the target of a link."""
    address = tree.html(link).get("href") or ""
    return address[1:] if address.startswith("#") else ""


def _anchored(tree: Tree) -> dict[str, Object]:
    """Return the structure element of each anchor."""
    found: dict[str, Object] = {}
    for box, element in _said(tree):
        if box.element is not None and box.element.get("id"):
            found.setdefault(box.element.get("id"), element)
    return found


def _headings(tree: Tree) -> list[Object]:
    """Return the structure elements that the outline names, in the order of the outline."""
    return [e for box, e in _said(tree) if box.bookmark_label and box.style["bookmark_level"] != "none"]


def _said(tree: Tree) -> list[tuple[Object, Object]]:
    """Return each box in the order of the pages, and the structure element that contains it."""
    live = tree.live()
    out: list[tuple[Object, Object]] = []
    for index, box in sorted(tree.boxes.items()):
        element = tree.survivor(index) if index in tree.moved else tree.objects[index]
        # A pseudo-element does not have the position of its element: the remainder of a note at its call is not the note.
        if element.number in live and "::" not in (box.element_tag or ""):
            out.append((box, element))
    return out


STEPS: tuple[Callable[[Tree], None], ...] = (
    number_lists,
    name_types,
    refer,
    aim,
)
"""Steps for PDF 2.0, after all steps that build the tree."""
