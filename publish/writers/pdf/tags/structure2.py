"""What PDF 2.0 and PDF/UA-2 want otherwise: the finished tree of PDF 1.7 is made theirs (ISO 32000-2; ISO 14289-2, 8).

All that differs stands here, so that the tree of PDF 1.7 is made in one way for every kind of PDF.
"""

from __future__ import annotations

from collections.abc import Callable

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree

ONLY_IN_1_7 = frozenset(
    {"/Art", "/BlockQuote", "/Code", "/NonStruct", "/Quote", "/Reference", "/TOC", "/TOCI"}
)
"""Types of the PDF 1.7 namespace that PDF 2.0's lacks; types of both may be used (ISO 32000-2, 14.8.6; ISO 14289-2, 8.2.4)."""

INLINE_TAGS = {"em": "/Em", "strong": "/Strong"}
"""HTML elements that PDF 2.0 has a type for (ISO 32000-2, 14.8.4.7.2)."""

OLDER_TYPES = {"FENote": "/Note", "Em": "/Span", "Strong": "/Span"}
"""Types that came with PDF 2.0, and what readers of PDF 1.7 take them for; those that know namespaces do not look here."""

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
"""Values of ListNumbering (ISO 32000-2, 14.8.5.5) by those of `list-style-type`."""


def number_lists(tree: Tree) -> None:
    """Say of each list with labels what they are (ISO 14289-2, 8.2.5.25)."""
    for element, parent in tree.descendants(tree.document):
        if element["S"] != "/Lbl" or parent["S"] != "/LI":
            continue
        holder = tree.parent(parent)
        style = str(tree.boxes[holder.number].style["list_style_type"])
        # `lower-alpha-parens` is numbered as `lower-alpha` is: see `publish.style.css.lists`.
        kind = next((kind for name, kind in NUMBERINGS.items() if style.startswith(name)), "/Ordered")
        holder["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})


def name_types(tree: Tree) -> None:
    """Give each element its type of PDF 2.0, and that type's namespace (ISO 32000-2, 14.7.4; ISO 14289-2, 8.2.4)."""
    (namespace,) = tree.root["Namespaces"]
    tree.root["RoleMap"] = pydyf.Dictionary(OLDER_TYPES)
    tree.document["NS"] = namespace
    for element, parent in tree.descendants(tree.document):
        if element["S"] == "/Note":
            _name_note(tree, element)
        elif element["S"] == "/Caption" and parent["S"] == "/Div":
            # A Div is as though it were not there, and a caption is the first or the last of what holds it
            # (ISO 14289-2, 8.2.5.27).
            parent["S"] = "/Sect"
        elif element["S"] == "/Span":
            tag = getattr(tree.boxes.get(element.number), "element_tag", "")
            element["S"] = INLINE_TAGS.get(tag, "/Span")
        if element["S"] not in ONLY_IN_1_7:
            element["NS"] = namespace


def _name_note(tree: Tree, note: Object) -> None:
    """ISO 14289-2, 8.2.5.14: a note is an FENote, which says what kind of note it is."""
    at_end = "endnote" in tree.html(note).get("class").split()
    note["S"] = "/FENote"
    note["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Endnote" if at_end else "/Footnote"})


def refer(tree: Tree) -> None:
    """Let what names another element refer to it.

    A call or a citation refers to its note and the note to them all (ISO 14289-2, 8.2.5.14); an entry of a list of
    contents refers to its section (8.2.5.8).
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
    """Let each destination name the structure element that it leads to, beside its place on the page.

    ISO 14289-2, 8.8 wants structure destinations; readers that do not know them go to the page (ISO 32000-2, 12.3.2.3,
    12.3.2.4 and 12.6.4.2).
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
    """The anchor within the document that a link leads to."""
    address = tree.html(link).get("href") or ""
    return address[1:] if address.startswith("#") else ""


def _anchored(tree: Tree) -> dict[str, Object]:
    """The structure element of each anchor."""
    found: dict[str, Object] = {}
    for box, element in _said(tree):
        if box.element is not None and box.element.get("id"):
            found.setdefault(box.element.get("id"), element)
    return found


def _headings(tree: Tree) -> list[Object]:
    """The structure elements that the outline names, in its order."""
    return [e for box, e in _said(tree) if box.bookmark_label and box.style["bookmark_level"] != "none"]


def _said(tree: Tree) -> list[tuple[Object, Object]]:
    """Each box in the order of the pages, and the structure element by which it is said."""
    live = tree.live()
    out: list[tuple[Object, Object]] = []
    for index, box in sorted(tree.boxes.items()):
        element = tree.survivor(index) if index in tree.moved else tree.objects[index]
        # A pseudo-element is not where its element stands: what is left of a note at its call is not the note.
        if element.number in live and "::" not in (box.element_tag or ""):
            out.append((box, element))
    return out


STEPS: tuple[Callable[[Tree], None], ...] = (
    number_lists,
    name_types,
    refer,
    aim,
)
"""For PDF 2.0, after all steps that make the tree."""
