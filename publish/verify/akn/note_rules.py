"""Rules for notes: each has a unique marker and text, in order, and no literal marker next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.verify.akn.tree import (
    AKN,
    DOCUMENTS,
    TEXT_BLOCKS,
    Fault,
    Tree,
    fault,
    inside,
    local,
    text,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CODE = "PUB-V020"
RESIDUE = "PUB-V022"

BEGINNINGS = DOCUMENTS | {"heading", "num", "table", "eop", "tblock", "component", "attachment", "mainBody"}
"""Elements at which note numbers may restart."""

APART = frozenset({"endnote", "table-note"})
"""Classes of notes that are numbered separately."""

_FOOTNOTE_MARKUP = re.compile(r"\[\^\w+\]|</?sup>|&lt;sup|\]\(#(fn|_?ftn)")
_STRONG_MARKUP = re.compile(r"\*\*\S(.*?\S)?\*\*")


def notes(tree: Tree) -> Iterator[Fault]:
    """Check the notes at the position of their call.

    A series may restart at the start of a section, a table, a page or a separate document. Between two such positions,
    each number must follow the previous one, and each other marker must occur once.
    """
    series: dict[str, _Series] = {}
    places = 0
    for element in tree.elements:
        name = local(element)
        if name in BEGINNINGS and not inside(element, "authorialNote"):
            places += 1
        elif name == "authorialNote":
            marker = (element.get("marker") or "").strip()
            yield from _note(element, marker)
            if marker:
                kinds = APART & set((element.get("class") or "").split())
                own = series.setdefault(" ".join(sorted(kinds)), _Series(free=tree.continues))
                yield from own.next(element, marker, places)


class _Series:
    """The notes of one class that have been read so far."""

    def __init__(self, *, free: bool) -> None:
        self.number = 0
        self.free = free
        """Whether the first number may have any value."""
        self.place = -1
        self.markers: set[str] = set()

    def next(self, note: Element, marker: str, place: int) -> Iterator[Fault]:
        begins = place != self.place
        if begins:
            self.markers.clear()
        if marker in self.markers:
            yield fault(CODE, "Duplicate marker", note, marker)
        elif marker.isdecimal():
            follows = int(marker) == self.number + 1 or (begins and int(marker) == 1) or self.free
            self.free = False
            if not follows:
                message = f"Expected number {self.number + 1}, found {marker}"
                yield fault(CODE, message, note, marker)
            self.number = int(marker)
        self.markers.add(marker)
        self.place = place


def _note(note: Element, marker: str) -> Iterator[Fault]:
    if not marker:
        yield fault(CODE, "Missing marker", note)
    words = text(note)
    if not words.strip() and next(note.iter(f"{AKN}img", f"{AKN}object"), None) is None:
        yield fault(CODE, "Missing text", note, marker)
    if inside(note, "authorialNote"):
        yield fault(CODE, "Note is within another note", note, marker)
    if marker.isdecimal():
        yield from _literal(note, marker, words)


def _literal(note: Element, marker: str, words: str) -> Iterator[Fault]:
    """Report a marker that is text next to the note or at the start of its text: it would be printed twice."""
    if re.match(rf"\s*[\[(]?{marker}[\])]\s|\s*[\[(]{marker}[\])]|\s*{marker}\.\s", words):
        yield fault(
            RESIDUE,
            f"Text of the note begins with the note's own marker: '{words.strip()[:30]}'",
            note,
            marker,
        )
    before = note.getprevious()
    parent = note.getparent()
    lead = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    if local(parent) == "sup" and re.search(rf"(^|\D){marker}$", lead):
        yield fault(RESIDUE, "Marker is repeated before the note", note, marker)
    after = note.getnext()
    for beside, between in ((before, before.tail if before is not None else ""), (after, note.tail)):
        if beside is None or local(beside) != "sup" or (between or "").strip():
            continue
        if text(beside).strip(" []()") == marker:
            yield fault(RESIDUE, "Marker is repeated next to the note", note, marker)


def calls(tree: Tree) -> Iterator[Fault]:
    """Check that further calls point to a note and show its marker, and that each editorial note has a call."""
    called: set[Element] = set()
    for element in tree.named("noteRef"):
        href = element.get("href") or ""
        target = tree.target(element, href[1:]) if href.startswith("#") else None
        if target is None:
            continue
        called.add(target)
        marker = element.get("marker") or ""
        if local(target) not in {"note", "authorialNote"}:
            yield fault(CODE, f"Reference points to <{local(target)}>, which is not a note", element, marker)
        elif target.get("marker") and marker and target.get("marker") != marker:
            yield fault(CODE, f"Call shows {marker} for note {target.get('marker')}", element, marker)
    for note in tree.named("note"):
        if note not in called:
            yield fault(CODE, "Note is never called", note)


def residue(tree: Tree) -> Iterator[Fault]:
    """Report markup of another format in the text."""
    for element in tree.elements:
        if local(element) not in TEXT_BLOCKS or inside(element, "meta"):
            continue
        words = text(element)
        if match := _FOOTNOTE_MARKUP.search(words):
            yield fault(RESIDUE, f"Footnote markup in the text: '{match[0]}'", element)
        elif match := _STRONG_MARKUP.search(words):
            yield fault(RESIDUE, f"Markdown markup in the text: '{match[0][:30]}'", element)
