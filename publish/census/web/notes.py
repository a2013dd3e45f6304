"""Notes of web pages: pairs of a call and a note, by their roles or by links that point to each other."""

from __future__ import annotations

import re
from operator import itemgetter

from msgspec import Struct, field

from publish.census.web.pages import Element, Page, Pages, Place, ancestors, resolved, roles, text_of

LABEL = re.compile(r"[\s\[(]*(\d{1,4}|[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6}|[*†‡§¶]{1,3})[\s\])]*")
BLOCKS = frozenset({"li", "aside", "div", "p", "section", "dd", "tr", "td"})
WRAPPERS = frozenset({"div", "li", "aside", "dd", "section"})
NOTES = frozenset({"footnote", "endnote", "rearnote"})

_Links = list[tuple[int, Element]]
"""Links in the order of their positions."""


class FoundNote(Struct):
    """A note with its calls."""

    label: str
    page: Page
    element: Element
    calls: int = 0


class Notes(Struct):
    """The notes of all pages, and the elements that are not text."""

    found: dict[int, FoundNote] = field(default_factory=dict)
    """Notes by the identity of their elements, in the order of their first calls."""
    calls: set[int] = field(default_factory=set)
    backlinks: set[int] = field(default_factory=set)


def notes_of(pages: Pages) -> Notes:
    """Find the notes of all pages."""
    targets = _targets(pages)
    blocks: dict[int, dict[int, _Links]] = {}
    pairs: list[tuple[Page, Element, Page, Element]] = []
    out = Notes()
    for page in pages.pages:
        for link in (e for e in page.body.iter("a") if id(e) not in out.backlinks):
            place = resolved(page.path, link.get("href") or "") if link.get("href") else None
            found = targets.get(place) if place is not None else None
            if found is None or found[1] is link or roles(link) & {"backlink", "referrer"}:
                continue
            is_call = bool(roles(link) & {"noteref"})
            back = _backlink(page, link, *found, targets, blocks) if LABEL.fullmatch(text_of(link)) else None
            if back is not None:
                out.backlinks.add(id(back))
            if is_call or back is not None:
                pairs.append((page, link, *found))
    marks = {id(mark) for *_, mark in pairs}
    calls = {id(call) for _, call, _, _ in pairs}
    for _, link, where, mark in pairs:
        note = _whole(where, mark, marks, calls)
        match = LABEL.fullmatch(text_of(link))
        label = match[1] if match else text_of(link).strip()
        out.found.setdefault(id(note), FoundNote(label, where, note)).calls += 1
        out.calls.add(id(link))
    _all_backlinks(pages, out, targets)
    return out


def _targets(pages: Pages) -> dict[Place, tuple[Page, Element]]:
    out: dict[Place, tuple[Page, Element]] = {}
    for page in pages.pages:
        for element in page.body.iter():
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    out.setdefault((page.path, name), (page, element))
    return out


def _backlink(
    page: Page,
    call: Element,
    where: Page,
    mark: Element,
    targets: dict[Place, tuple[Page, Element]],
    blocks: dict[int, dict[int, _Links]],
) -> Element | None:
    """Return the first link from the block of a note to a call."""
    block = next((e for e in ancestors(where, mark) if e.tag in BLOCKS), mark)
    around = {id(e) for e in ancestors(page, call) if e is call or e.tag in {"sup", "span"}}
    around |= {id(e) for e in call.iter()}
    if id(block) not in blocks:
        blocks[id(block)] = _links_of(block, where, targets)
    leading = (
        found for target in around for found in blocks[id(block)].get(target, ()) if found[1] is not call
    )
    return min(leading, default=(0, None), key=itemgetter(0))[1]


def _links_of(block: Element, page: Page, targets: dict[Place, tuple[Page, Element]]) -> dict[int, _Links]:
    """Return the links in a block, with their positions, by the identity of their targets."""
    out: dict[int, _Links] = {}
    for position, link in enumerate(block.iter("a")):
        found = targets.get(resolved(page.path, link.get("href") or ""))
        if found is not None:
            out.setdefault(id(found[1]), []).append((position, link))
    return out


def _whole(page: Page, mark: Element, marks: set[int], calls: set[int]) -> Element:
    """Return the element that contains a whole note."""
    for element in ancestors(page, mark):
        if roles(element) & NOTES:
            return element
    note = next((e for e in ancestors(page, mark) if e.tag in BLOCKS), mark)
    above = page.parents.get(note)
    while above is not None and above is not page.body and above.tag in WRAPPERS and above[0] is note:
        if sum(id(e) in marks for e in above.iter()) != 1 or any(id(e) in calls for e in above.iter("a")):
            break
        note, above = above, page.parents.get(above)
    return note


def _all_backlinks(pages: Pages, notes: Notes, targets: dict[Place, tuple[Page, Element]]) -> None:
    """Add the other links from notes to their calls."""
    around = set(notes.calls)
    for page in pages.pages:
        for link in page.body.iter("a"):
            if id(link) in notes.calls:
                around |= {id(e) for e in ancestors(page, link) if e.tag in {"sup", "span", "a"}}
    for note in notes.found.values():
        for link in note.element.iter("a"):
            found = targets.get(resolved(note.page.path, link.get("href") or ""))
            if roles(link) & {"backlink", "referrer"} or (found is not None and id(found[1]) in around):
                notes.backlinks.add(id(link))
