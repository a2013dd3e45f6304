"""Word's own note counters, simulated: where one would show another label, the mark must be literal text.

Word counts footnotes and endnotes, each through the document or anew in each section (ECMA-376-1, 17.11).

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
    """What Word shows for its `number`th note: letters double after z (aa, bb), and there are four signs."""
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
    """How the marks of a document come to show their labels in Word."""

    literal: frozenset[str]
    """The ids of the notes that Word's counters cannot label; a literal mark does not step the counter."""
    breaks: frozenset[str]
    """The ids of the sections before which a section break lets Word's counters start again."""
    main: dict[NoteKind, str]
    """The series that each of Word's two counters follows."""
    chapters: bool
    """Whether LibreOffice, whose counter can start again at headings of level 1 only, then shows the same labels."""


def marks(numbered: NumberedDocument) -> Marks:
    """Follow Word's counters of footnotes and endnotes through the document."""
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
                continue  # printed where no counter reaches
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
    """Where Word begins to count: it has no number below 1."""
    return max(series.start, 1)


def restarts(series: Series) -> bool:
    """Whether sections of the document let the numbers start again, as sections of Word can."""
    return series.scope in {"chapter", "role"}


class _Counter:
    """One of Word's two counters."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.number = self.office = first_number(series)
        """What Word shows next, and LibreOffice, if it starts again at headings of level 1."""
        self.section = ""
        """The last section since the last note at which a break can stand."""

    def enter(self, section: str, *, can_break: bool, is_chapter: bool) -> None:
        """A section begins."""
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
        """Whether LibreOffice shows what Word just showed: it starts again at chapters, and never with endnotes."""
        return not restarts(self.series) or (kind == "foot" and self.office == self.number)

    def show(self, label: str) -> bool:
        """Whether the counter shows this label now; if so, it steps."""
        if self.series.start < 1 or word_label(self.number, self.series.format) != label:
            return False
        self.number += 1
        self.office += 1
        return True


def _at_body_level(blocks: tuple[n.Block, ...]) -> set[str]:
    """The ids of the sections that stand in no list, quotation or table: only there can a section of Word end."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, n.Section):
            found |= {block.id} | _at_body_level(block.blocks)
    return found
