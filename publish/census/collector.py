"""Collector of what a source in XML shows, shared by the censuses of XML formats."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from xml.etree import ElementTree as ET

from publish.census.types import (
    ALL,
    BULLET,
    Census,
    Passage,
    SourceImage,
    SourceNote,
    SourceTable,
    Unseen,
    note_text,
)
from publish.diagnostics.types import Span

Element = ET.Element

WITHOUT_HEADINGS = ALL - {"headings"}
"""Kinds of content that the census of a format without headings of its own lists."""


def local(element: Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Collector:
    """Text that is being read: passages, tables and notes."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.notes: dict[str, SourceNote] = {}
        """Notes by key, in the order of their first calls."""
        self.tables: list[SourceTable] = []
        self.images: list[SourceImage] = []
        self.links: list[str] = []
        self.unseen: list[Unseen] = []
        self.words: list[str] = []
        self.label = ""
        self.heading = False
        self.span: Span | None = None
        """Position of the current passage, if the format has positions."""

    def end(self) -> None:
        """End the current passage."""
        text = "".join(self.words)
        if text.strip():
            self.passages.append(Passage(text, self.span, self.label, self.heading))
            self.label = ""
        self.words = []

    def end_item(self) -> None:
        """End an item or container; a label without text is a passage of its own."""
        self.end()
        if self.label and self.label != BULLET:
            self.passages.append(Passage("", self.span, self.label, self.heading))
        self.label = ""

    def begin_note(self) -> tuple[list[str], list[Passage], str, bool]:
        """Set the current passage aside for the text of a note; return it for `end_note`."""
        aside = self.words, self.passages, self.label, self.heading
        self.words, self.passages, self.label, self.heading = [], [], "", False
        return aside

    def text_since(self, aside: tuple[list[str], list[Passage], str, bool]) -> str:
        """Return the text since `begin_note`, and continue with the passage that was set aside."""
        self.end()
        text = note_text(self.passages)
        self.words, self.passages, self.label, self.heading = aside
        return text

    def begin_table(self) -> tuple[int, int, int]:
        """Reserve the place of a table before the tables in its cells; return it for `end_table`."""
        self.tables.append(SourceTable(0, 0))
        return len(self.tables) - 1, len(self.passages), len(self.images)

    def end_table(self, begun: tuple[int, int, int], rows: int, columns: int) -> None:
        """Record the size of a table; a table without words and images is not recorded."""
        self.end()
        at, *before = begun
        if [len(self.passages), len(self.images)] == before:
            del self.tables[at]
        else:
            self.tables[at] = SourceTable(rows, columns, self.span)

    def census(
        self, form: str, counted: frozenset[str], method: str, possible: tuple[str, ...] = ()
    ) -> Census:
        """Return the census, after all elements are counted."""
        self.end_item()
        return Census(
            form,
            tuple(self.passages),
            tuple(self.notes.values()),
            tuple(self.tables),
            tuple(self.images),
            tuple(self.links),
            tuple(self.unseen),
            counted=counted,
            possible=possible,
            method=method,
        )

    def end_note(self, key: str, label: str, aside: tuple[list[str], list[Passage], str, bool]) -> None:
        """Add the text since `begin_note` as a note, or a call to a known note."""
        text = self.text_since(aside)
        known = self.notes.get(key)
        self.notes[key] = SourceNote(label, text, 1 + (known.calls if known else 0), self.span)

    def call(self, key: str) -> bool:
        """Count another call of a note; return whether the note is known."""
        note = self.notes.get(key)
        if note is not None:
            self.notes[key] = SourceNote(note.label, note.text, note.calls + 1, note.span)
        return note is not None


class XmlCounter(ABC):
    """Walker through a document in XML; the format decides what an element means."""

    def __init__(self) -> None:
        self.out = Collector()

    @abstractmethod
    def element(self, element: Element, name: str) -> None:
        """Count an element.

        Args:
            element: The element.
            name: Its name without its namespace.
        """

    def children(self, element: Element, skip: Element | None = None) -> None:
        """Count the text and the children of an element, without the child `skip`."""
        self.out.words.append(element.text or "")
        for child in element:
            if child is not skip and local(child):
                self.element(child, local(child))
            self.out.words.append(child.tail or "")


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table without those of the tables in its cells."""
    inner = {id(e) for t in table.iter() if t is not table and local(t) == "table" for e in t.iter()}
    return [e for e in table.iter() if local(e) == "tr" and id(e) not in inner]


def width_of(rows: list[Element]) -> int:
    """Return the number of columns, with cells that span rows (HTML, 4.9.12)."""
    taken: dict[int, int] = {}
    width = 0
    for row in rows:
        column = 0
        below: dict[int, int] = {c: n - 1 for c, n in taken.items() if n > 1}
        for cell in (c for c in row if local(c) in {"td", "th"}):
            while taken.get(column, 0):
                column += 1
            columns = max(integer(cell.get("colspan"), 1), 1)
            down = integer(cell.get("rowspan"), 1)
            for c in range(column, column + columns):
                if down > 1:
                    below[c] = down - 1
            column += columns
        width = max(width, column, *(c + 1 for c in taken), 0)
        taken = below
    return width


def integer(text: str | None, default: int) -> int:
    """Return a whole number in an attribute; `default` if it is not one."""
    return int(text) if text is not None and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default
