"""Notes in Typst's language: footnotes are native in Typst, with the labels from `publish.resolve`."""

from __future__ import annotations

from publish.model import nodes as n
from publish.resolve.numbered import NumberedNote
from publish.writers.non_breaking import WORD_JOINER, breaks_before
from publish.writers.typst.flow import Flow
from publish.writers.typst.literal import array, label, string, text


class NoteBuilder:
    """Builds the source of notes and of their calls."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.by_table = flow.numbered.by_table()

    def call(self, ref: n.NoteRef) -> str:
        """Return a call. The first call of a footnote contains the note, which Typst moves to the foot of the page."""
        call = self.flow.numbered.call(ref)
        note = self.flow.numbered.notes[call.note]
        before = ""
        if call.adjacent:
            before = "#between;"
        elif self.flow.last and breaks_before(self.flow.last, call.label):
            before = text(WORD_JOINER)
        self.flow.last = call.label[-1:]
        if note.kind == "foot" and call.occurrence == 1:
            outer = self.flow.last
            source = f"#footnote(numbering: numbered({string(note.label)}))[{self._content(note)}]#{label(call.anchor)};"
            self.flow.last = outer
        else:
            source = f"#again({string(call.anchor)}, {string(note.anchor)}, {string(call.label)});"
        return before + source + self.flow.marks.anchor(call.anchor)

    def at_end(self) -> str:
        """Return the endnotes, below a rule."""
        found = [note for note in self.flow.numbered.of_kind("end") if not note.parent]
        if not found:
            return ""
        return f"#v(2em)\n#line(length: 100%, stroke: .5pt)\n{self._listed(found)}"

    def below(self, table: str) -> str:
        """Return the notes of a table, for the position below it."""
        found = self.by_table.get(table, [])
        return f"\n{self._listed(found)}" if found else ""

    def _listed(self, notes: list[NumberedNote]) -> str:
        """Return notes as the items of a list whose numbers are backlinks."""
        every = [x for note in notes for x in (note, *self._within(note))]
        marks = array(f"mark({string(note.calls[0])}, {string(note.label)})" for note in every)
        items = array(f"[{self._content(note)}]" for note in every)
        return f"#listed({marks}, {items})"

    def _within(self, note: NumberedNote) -> list[NumberedNote]:
        nested = self.flow.numbered.nested(note.id)
        return [x for inner in nested if inner.kind != "foot" for x in (inner, *self._within(inner))]

    def _content(self, note: NumberedNote) -> str:
        outer, self.flow.in_note = self.flow.in_note, True
        source = (
            f"#note-anchor({string(note.anchor)}, {string(f'to-{note.calls[0]}')})"
            + self.flow.marks.anchor(note.anchor)
        )
        source += self.flow.flowing(note.blocks, 6)
        self.flow.in_note = outer
        for index, call in enumerate(note.calls[1:], start=2):
            source += f"{text(' ')}#link({label(call)})[{text(f'↑{index}')}]"
        return source
