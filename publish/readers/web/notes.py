"""Extract calls, notes and backlinks of web pages and EPUB by role (DPUB-ARIA 1.1, EPUB Structural Semantics)."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from publish.readers.pandoc.tree import CALL_CLASS, PAGE_CLASS, REFERENCE_CLASS
from publish.readers.trees import local, remove
from publish.readers.web.parts import Part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CALLS = frozenset({"noteref", "doc-noteref"})
NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
BACK = frozenset({"backlink", "referrer", "doc-backlink"})
LISTS = frozenset({"footnotes", "endnotes", "rearnotes", "doc-endnotes", "doc-footnotes"})
PAGES = frozenset({"pagebreak", "doc-pagebreak"})
BLOCKS = frozenset({"li", "aside", "div", "p", "section", "dd", "tr", "td"})

SERIES = "data-publish-series"
"""Attribute with the series of a note."""

Place = tuple[str, str]
"""Path of a page and id on it."""

_OPS = "{http://www.idpf.org/2007/ops}type"
_SAID = (_OPS, "epub:type", "role")
"""The attributes that contain the role of an element."""
_LABEL = re.compile(r"\s*[\[(]?(?P<label>\d{1,4}|[*†‡§]{1,3}|[a-z])[\])]?[.:)]?\s*")


class Lifted(Struct):
    """A note that was extracted from its page."""

    key: str
    label: str
    """The label as printed at the first call."""
    element: Element
    series: str = ""


class Lifting(Struct):
    """The result of `lift`."""

    notes: list[Lifted]
    """The notes in the order of their first calls."""
    headings: list[str]
    """The texts of headings above lists that contained only notes."""
    dead: list[str]
    """The addresses of calls whose note was not found."""


def kinds(element: Element) -> frozenset[str]:
    """Return the roles of an element."""
    given = (element.get(name) for name in _SAID)
    return frozenset(word for text in given if text for word in text.split())


def lift(parts: list[Part]) -> Lifting:
    """Extract the notes from the pages, in place, and replace their calls and the page breaks by marked spans."""
    places = places_in(parts)
    found: dict[Place, Lifted] = {}
    called: set[str] = set()
    dead: list[str] = []
    for part in parts:
        for call in [e for e in part.body.iter("a") if kinds(e) & CALLS]:
            key = target(part.path, call.get("href") or "")
            element = places.get(key)
            if element is None:
                dead.append(call.get("href") or "")
                for name in _SAID:  # pandoc would make it an empty note
                    call.attrib.pop(name, "")
                continue
            called.add(call.get("id") or "")
            label = "".join(map(str, call.itertext())).strip().strip("[]()")
            note = found.setdefault(key, Lifted(f"note-{len(found) + 1}", label, _whole(element)))
            _replace(call, CALL_CLASS, note.key)
        for mark in [e for e in part.body.iter(etree.Element) if kinds(e) & PAGES]:
            label = mark.get("title") or mark.get("aria-label") or "".join(map(str, mark.itertext()))
            number = label.strip().rpartition(" ")[2]
            if number:
                _replace(mark, PAGE_CLASS, number)
    called.discard("")
    _mark_references(parts, places, found)
    notes = [_taken(note, called) for note in found.values()]
    return Lifting(notes, list(_empty_lists(parts)), dead)


def _mark_references(parts: list[Part], places: dict[Place, Element], found: dict[Place, Lifted]) -> None:
    """Replace the label in links to notes, such as "note 1", by a marked span."""
    keys = {note.element: note for note in found.values()}
    for part in parts:
        for link in [e for e in part.body.iter("a") if (e.get("href") or "") and not kinds(e) & BACK]:
            place = places.get(target(part.path, link.get("href") or ""))
            note = keys.get(place) if place is not None else None
            text = "".join(map(str, link.itertext()))
            if note is None or not len(text) or len(link) or not text.rstrip().endswith(note.label):
                continue
            before = text.rstrip()[: -len(note.label)] if note.label else text
            span = etree.SubElement(link, "span", {"class": REFERENCE_CLASS, "data-label": note.label})
            link.text, span.text = before, note.key
            link.tag = "span"
            del link.attrib["href"]


def places_in(parts: list[Part]) -> dict[Place, Element]:
    """Return the first element with each id on each page, or with each `name` of an `a` element."""
    places: dict[Place, Element] = {}
    for part in parts:
        for element in part.body.iter(etree.Element):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    places.setdefault((part.path, name), element)
    return places


def target(path: str, href: str) -> Place:
    """Return the page and the id that a link on a page points to."""
    file, _, fragment = href.partition("#")
    folder = posixpath.dirname(path)
    return (posixpath.normpath(posixpath.join(folder, unquote(file))) if file else path), unquote(fragment)


def _whole(element: Element) -> Element:
    """Return the note that contains an element with an id: the element itself or an ancestor."""
    for candidate in (element, *element.iterancestors()):
        if kinds(candidate) & NOTES:
            return candidate
    return next((x for x in (element, *element.iterancestors()) if local(x) in BLOCKS), element)


def _replace(element: Element, name: str, text: str) -> None:
    """Replace an element by a span, together with a `sup` around it that contains nothing else."""
    parent = element.getparent()
    while (
        parent is not None
        and local(parent) == "sup"
        and len(parent) == 1
        and not (parent.text or "").strip()
        and not (element.tail or "").strip()
    ):
        element, parent = parent, parent.getparent()
    if parent is None:
        return
    span = etree.Element("span", {"class": name})
    span.text, span.tail = text, element.tail
    element.tail = None
    parent.replace(element, span)


def _taken(note: Lifted, called: set[str]) -> Lifted:
    """Remove a note from its page, and return it without its backlinks and its label.

    Args:
        note: The note.
        called: The ids of all calls.
    """
    element = note.element
    copied = copy.deepcopy(element)
    copied.tail = None
    for link in [
        e for e in copied.iter("a") if kinds(e) & BACK or (e.get("href") or "").partition("#")[2] in called
    ]:
        _dissolve(link, note.label)
    _drop_label(copied, note.label)
    parent = element.getparent()
    if parent is not None:
        tail, before = element.tail or "", element.getprevious()
        if tail.strip() and before is not None:
            before.tail = (before.tail or "") + tail
        if before is not None and before.tag == "hr" and not (before.tail or "").strip():
            parent.remove(before)  # the line above the notes
        parent.remove(element)
        _remove_empty(parent)
    return Lifted(note.key, note.label, copied, element.get(SERIES, ""))


def _remove_empty(element: Element) -> None:
    """Remove an element that contained only notes, and the elements that contained only it."""
    above = element.getparent()
    while (
        above is not None
        and element.tag in {"div", "section", "aside", "ol", "ul", "dl"}
        and not kinds(element) & LISTS
        and all(child.tag in {"hr", "br"} for child in element)
        and not "".join(map(str, element.itertext())).strip()
    ):
        above.remove(element)
        element, above = above, above.getparent()


def _dissolve(link: Element, label: str) -> None:
    """Remove a backlink with its content, which is the label of the note or a symbol, not text."""
    tail = link.tail or ""
    if "".join(map(str, link.itertext())).strip().strip(".[]()") == label:
        tail = tail.lstrip(". \u00a0")
    remove(link, tail)


def _drop_label(note: Element, label: str) -> None:
    """Remove the label that is typed at the start of a note."""
    for element in note.iter():
        text = element.text or ""
        if not text.strip():
            continue
        match = _LABEL.match(text)
        whole = "".join(map(str, note.itertext())).strip()
        if match is not None and match["label"] == label and match[0].strip() != whole:
            element.text = text[match.end() :]
            if not element.text and element is not note:
                element.tail = (element.tail or "").lstrip()
        return


def _empty_lists(parts: list[Part]) -> Iterator[str]:
    """Remove lists that contained only notes, and yield the texts of their headings."""
    for part in parts:
        for element in [e for e in part.body.iter(etree.Element) if kinds(e) & LISTS]:
            heading = " ".join(
                "".join(map(str, h.itertext())).strip()
                for h in element.iter("h1", "h2", "h3", "h4", "h5", "h6", "p")
            )
            left = "".join(map(str, element.itertext())).strip()
            parent = element.getparent()
            if parent is not None and "".join(left.split()) == "".join(heading.split()):
                if heading:
                    yield heading
                parent.remove(element)
