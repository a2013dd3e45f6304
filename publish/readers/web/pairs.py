"""Notes without roles: pairs of links between a call and its note, as office programs, Google Docs and MediaWiki write them.

A call is a link whose text is only a label. Its note is the block at its target, if that block has a link back to the call.
`mark_pairs` gives both the roles of DPUB-ARIA 1.1, so that `publish.readers.web.notes` extracts them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.readers.trees import local
from publish.readers.web.notes import BACK, BLOCKS, CALLS, NOTES, SERIES, Place, kinds, places_in, target

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from publish.readers.web.parts import Part

LABEL = re.compile(r"[\s\[(]*(?:\d{1,4}|[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6}|[*†‡§¶]{1,3})[\s\])]*")
"""Text of a call."""

WRAPPERS = frozenset({"div", "li", "aside", "dd", "section"})
"""Elements that can contain a whole note."""

ENDNOTE = re.compile(r"sdendnote|_edn|endnote", re.IGNORECASE)
"""Names that office programs give to endnotes."""


def mark_pairs(parts: list[Part]) -> None:
    """Give the calls, notes and backlinks of all pages their roles, in place."""
    elements = places_in(parts)
    found: list[tuple[Element, Element, Element]] = []
    backs: set[Element] = set()
    for part in parts:
        for call in part.body.iter("a"):
            pair = None if call in backs else _pair(call, part.path, elements)
            if pair is not None:  # the call comes first, then its note
                found.append((call, *pair))
                backs.add(pair[1])
    marks = {mark for _, mark, _ in found}
    for call, mark, back in found:
        note = _whole(mark, call, marks)
        call.set("role", "doc-noteref")
        note.set("role", "doc-footnote")
        back.set("role", "doc-backlink")
        if ENDNOTE.search(call.get("href", "")):
            note.set(SERIES, "end")


def _pair(call: Element, path: str, elements: dict[Place, Element]) -> tuple[Element, Element] | None:
    """Return the target of a call and the link back; None if the link is not a call."""
    if not LABEL.fullmatch("".join(map(str, call.itertext()))) or kinds(call) & (CALLS | BACK):
        return None
    mark = elements.get(target(path, call.get("href") or ""))
    if mark is None or mark is call:
        return None
    block = next((x for x in (mark, *mark.iterancestors()) if local(x) in BLOCKS or kinds(x) & NOTES), mark)
    around = {
        call,
        *(x for x in call.iterancestors() if local(x) in {"sup", "span"}),
        *call.iter(etree.Element),
    }
    for back in block.iter("a"):
        if back is not call and elements.get(target(path, back.get("href") or "")) in around:
            return mark, back
    return None


def _whole(mark: Element, call: Element, marks: set[Element]) -> Element:
    """Return the element that contains a whole note and nothing else."""
    note = next((x for x in (mark, *mark.iterancestors()) if local(x) in BLOCKS), mark)
    above = note.getparent()
    while above is not None and local(above) in WRAPPERS and next(above.iterchildren(etree.Element)) is note:
        others = sum(1 for x in above.iter(etree.Element) if x in marks)
        if others != 1 or any(x is call for x in above.iter("a")):
            break
        note, above = above, above.getparent()
    return note
