"""Compare the labels that the source prints at its notes with the labels that follow from their positions.

A gap, a duplicate or a swap shows that a note was lost, doubled or moved between the publication and the manuscript. No
other check detects this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.policy import Series
from publish.resolve.labels import label as series_label
from publish.resolve.numbered import NumberedNote
from publish.resolve.state import State

MANY = 5
"""The number of reports of one kind from which they may be replaced by one: the labels are not in sequence."""


class _Labelled(Struct, frozen=True):
    """A note with a label in the source."""

    source: n.Note
    numbered: NumberedNote
    numbering: Series
    running: int
    """The number of the note without restarts and without separate series for tables; 0 if neither applies."""

    @property
    def number(self) -> int:
        """The label as a number; 0 if it is not a number."""
        label = self.source.source_label
        return int(label) if label.isdecimal() else 0

    @property
    def expected(self) -> str:
        """The label of the source in the format of the series: a number is converted to a letter or symbol if necessary."""
        return series_label(self.number, self.numbering.format) if self.number else self.source.source_label


def report_source_labels(state: State) -> State:
    """Report gaps, duplicates and swaps in the labels of the source, and labels that differ from the resolved labels."""
    document = state.document
    series: dict[str, list[_Labelled]] = {}
    count: Counter[str] = Counter()
    for key, numbered in state.notes.items():
        note, numbering = document.notes[key], document.note_policy.of(numbered.series)
        if note.source_label and numbering.source_labels != "ignore":
            runs_on = numbering.scope == "document" and numbered.series == note.series
            running = 0 if runs_on else document.note_policy.of(note.series).start + count[note.series]
            series.setdefault(note.series, []).append(_Labelled(note, numbered, numbering, running))
        count[note.series] += bool(note.source_label)
    found: list[Diagnostic] = []
    for notes in series.values():
        checked = [x for x in notes if x.numbering.source_labels == "check"]
        found += _few(_sequence(notes, document.source), len(notes))
        found += _few(_differing(checked, document.source), len(notes))
    return replace(state, diagnostics=(*state.diagnostics, *found))


def _few(found: Iterator[Diagnostic], notes: int) -> list[Diagnostic]:
    """Return the reports; only the first, with a count, if there are at least `MANY` and at least half as many as notes.

    This happens, for example, if the labels are not numbers.
    """
    reports = list(found)
    if len(reports) < MANY or 2 * len(reports) < notes:
        return reports
    first = reports[0]
    message = f"{first.message}; the same applies to {len(reports) - 1} other notes, whose labels are not in sequence"
    return [replace(first, message=message)]


def _sequence(notes: list[_Labelled], source: str) -> Iterator[Diagnostic]:
    """Report errors in each sequence of numbers. A sequence ends where numbers restart, such as on each page of the source."""
    for row in _rows([note for note in notes if note.number]):
        present = {note.number for note in row}
        seen: set[int] = set()
        last = row[0].number - 1
        for note in row:
            number = note.number
            # A damaged number can be very large, so search only for the ends of the gap.
            gap = range(last + 1, number)
            first = next((k for k in gap if k not in present), None)
            final = next((k for k in reversed(gap) if k not in present), None)
            if number in seen:
                message = f"Duplicate note number in the source: '{number}'"
                yield make("PUB-N012", message, span=note.source.span, source=source)
            elif first is not None:
                gone = str(first) if first == final else f"{first} to {final}"
                message = f"Source skips {gone}: note {number} follows note {last}"
                yield make("PUB-N011", message, span=note.source.span, source=source)
            elif number < last:
                message = f"Source calls note {number} after note {last}"
                yield make("PUB-N013", message, span=note.source.span, source=source)
            seen.add(number)
            last = max(last, number)


def _rows(notes: list[_Labelled]) -> Iterator[list[_Labelled]]:
    row: list[_Labelled] = []
    for note in notes:
        if row and note.number == row[0].number == 1:
            yield row
            row = []
        row.append(note)
    if row:
        yield row


def _differing(notes: list[_Labelled], source: str) -> Iterator[Diagnostic]:
    """Report notes whose label differs from the source; only the first of consecutive notes with the same shift.

    If the numbers of the source continue where the note policy restarts them, this is not a difference.
    """
    hint = "To keep the source's labels, add `source-labels: keep` under `notes:` in the front matter"
    shift: int | None = 0
    group: list[_Labelled] = []
    for note in notes:
        resolved, label = note.numbered.label, note.expected
        both = note.number and resolved.isdecimal()
        moved = int(resolved) - note.number if both else None
        differs = resolved != label and not (note.running and note.number == note.running)
        if differs and (moved is None or moved != shift):
            yield from _group(group, source, hint)
            group = [note]
        elif differs:
            group.append(note)
        shift = moved
    yield from _group(group, source, hint)


def _group(group: list[_Labelled], source: str, hint: str) -> Iterator[Diagnostic]:
    if not group:
        return
    first = group[0]
    message = f"Note is labelled '{first.source.source_label}' in the source, but its position makes it {first.numbered.label}"
    if len(group) > 1:
        last = group[-1].source.source_label
        message += f"; the following notes shift in the same way, up to '{last}'"
    yield make("PUB-N004", message, span=first.source.span, source=source, hint=hint)
