"""Simulation of the note counters of Word: if a counter would show a different label, the marker is literal text.

Word counts footnotes and endnotes, each through the document or again in each section (ECMA-376-1, 17.11).

Formats as in ECMA-376-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from msgspec import Struct

from publish.model import nodes as n
from publish.model.numerals import doubled_letters, roman
from publish.model.policy import NoteKind, NumberFormat, Series
from publish.model.walk import document_nodes
from publish.resolve.numbered import NumberedDocument

WORD_FORMATS: dict[NumberFormat, str] = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "symbols": "chicago",
}

_CHICAGO = "*†‡§"


def word_label(number: int, style: NumberFormat) -> str:
    """Return the label that Word shows for note `number`: letters double after z (aa, bb), and there are four symbols."""
    match style:
        case "decimal":
            return str(number)
        case "lower-alpha" | "upper-alpha":
            text = doubled_letters(number)
        case "lower-roman" | "upper-roman":
            text = roman(number)
        case "symbols":
            round_, index = divmod(number - 1, len(_CHICAGO))
            return _CHICAGO[index] * (round_ + 1)
    return text.upper() if style.startswith("upper") else text


class Marks(Struct, frozen=True):
    """Settings that make the markers of a document show their labels in Word."""

    literal: frozenset[str]
    """Ids of the notes that the counters of Word cannot label; a literal marker does not increment the counter."""
    breaks: frozenset[str]
    """Ids of the sections that follow a section break, at which the counters of Word restart."""
    main: dict[NoteKind, str]
    """Series for each of the two counters of Word."""
    chapters: bool
    """Whether LibreOffice, whose counter can restart only at headings of level 1, then shows the same labels."""


def marks(numbered: NumberedDocument) -> Marks:
    """Simulate the counters of footnotes and endnotes of Word through the document."""
    policy = numbered.document.note_policy
    main: dict[NoteKind, str] = {}
    for note in numbered.notes.values():
        main.setdefault(note.kind, note.series)
    counters = {kind: _Counter(policy.of(series)) for kind, series in main.items() if kind != "table"}
    breakable = _at_body_level(numbered.document.blocks) & numbered.restarts
    chapters = {b.id for b in numbered.document.blocks if isinstance(b, n.Section) and b.title}
    literal: set[str] = set()
    breaks: set[str] = set()
    agrees = True
    for node in document_nodes(numbered.document):
        if isinstance(node, n.Section):
            for counter in counters.values():
                counter.enter(node.id, can_break=node.id in breakable, is_chapter=node.id in chapters)
        elif isinstance(node, n.NoteRef) and (call := numbered.call(node)).occurrence == 1:
            note = numbered.notes[call.note]
            if note.parent or note.kind == "table":
                continue  # printed without a counter of Word
            counter = counters[note.kind]
            if counter.must_break():
                breaks.add(counter.section)
                for other in counters.values():
                    other.start_again()
            counter.section = ""
            if note.series == main[note.kind] and counter.show(note.label):
                agrees = agrees and counter.shown_by_libreoffice(note.kind)
            else:
                literal.add(note.id)
    return Marks(frozenset(literal), frozenset(breaks), main, agrees)


def first_number(series: Series) -> int:
    """Return the first number in Word, which has no number below 1."""
    return max(series.start, 1)


def restarts(series: Series) -> bool:
    """Return whether the numbers restart at sections of the document, as at sections of Word."""
    return series.scope in {"chapter", "role"}


class _Counter:
    """One of the two counters of Word."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.number = self.office = first_number(series)
        """Next number in Word, and in LibreOffice if its counter restarts at headings of level 1."""
        self.section = ""
        """Last section after the last note that can have a section break before it."""

    def enter(self, section: str, *, can_break: bool, is_chapter: bool) -> None:
        """Register the start of a section."""
        if can_break:
            self.section = section
        if is_chapter:
            self.office = first_number(self.series)

    def must_break(self) -> bool:
        return restarts(self.series) and bool(self.section) and self.number != first_number(self.series)

    def start_again(self) -> None:
        if restarts(self.series):
            self.number = first_number(self.series)

    def shown_by_libreoffice(self, kind: NoteKind) -> bool:
        """Return whether LibreOffice shows the same label as Word: it restarts at chapters, and never for endnotes."""
        return not restarts(self.series) or (kind == "foot" and self.office == self.number)

    def show(self, label: str) -> bool:
        """Return whether the counter shows this label now; if so, increment it."""
        if self.series.start < 1 or word_label(self.number, self.series.format) != label:
            return False
        self.number += 1
        self.office += 1
        return True


def _at_body_level(blocks: tuple[n.Block, ...]) -> set[str]:
    """Return ids of sections outside lists, quotations and tables: only there can a section of Word end."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, n.Section):
            found |= {block.id} | _at_body_level(block.blocks)
    return found
