"""Simulation of LibreOffice's note counters: if a counter would show a different label, the label is literal.

LibreOffice counts footnotes and endnotes in document order, and footnotes also again at each heading of level 1
(ODF 1.3, part 3, 6.3 and 16.29.3). A note with a literal label is not counted.
"""

from __future__ import annotations

from msgspec import Struct

from publish.model import nodes as n
from publish.model.policy import NoteKind, NumberFormat, Series
from publish.model.walk import document_nodes
from publish.resolve.labels import label as label_of
from publish.resolve.numbered import NumberedDocument

OFFICE_FORMATS: dict[NumberFormat, str] = {
    "decimal": "1",
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "symbols": "1",
}
"""Format of each series (20.314). LibreOffice has other symbols than publish, so symbols are literal."""

LARGEST = 32766
"""The largest number before the first that LibreOffice reads."""


class Counters(Struct, frozen=True):
    """Settings that make LibreOffice show the labels of a document."""

    literal: frozenset[str]
    """Ids of the notes whose labels are literal."""
    main: dict[NoteKind, Series]
    """The series that each of the two counters shows."""


def counters(numbered: NumberedDocument) -> Counters:
    """Simulate the counters of footnotes and endnotes through the document."""
    policy = numbered.document.note_policy
    names: dict[NoteKind, str] = {}
    for note in numbered.notes.values():
        names.setdefault(note.kind, note.series)
    main: dict[NoteKind, Series] = {kind: policy.of(name) for kind, name in names.items() if kind != "table"}
    numbers = {kind: series.start for kind, series in main.items()}
    chapters = {b.id for b in numbered.document.blocks if isinstance(b, n.Section) and b.title}
    literal: set[str] = set()
    for node in document_nodes(numbered.document):
        if (
            isinstance(node, n.Section)
            and node.id in chapters
            and "foot" in main
            and by_chapter(main["foot"])
        ):
            numbers["foot"] = main["foot"].start
        elif isinstance(node, n.NoteRef) and (call := numbered.call(node)).occurrence == 1:
            note = numbered.notes[call.note]
            if note.parent or note.kind == "table":
                continue  # printed without a counter of LibreOffice
            series = main[note.kind]
            if note.series == names[note.kind] and _shows(series, numbers[note.kind], note.label):
                numbers[note.kind] += 1
            else:
                literal.add(note.id)
    return Counters(frozenset(literal), main)


def by_chapter(series: Series) -> bool:
    """Return whether the numbers restart at headings of level 1."""
    return series.scope == "chapter"


def _shows(series: Series, number: int, label: str) -> bool:
    if series.format == "symbols" or not 1 <= series.start <= LARGEST:
        return False
    return label_of(number, series.format) == label
