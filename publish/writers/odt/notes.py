"""Notes in OpenDocument: native footnotes and endnotes, and sections with links for other notes.

LibreOffice does not open a file with a note within a note, and there are no table notes. So a note within a note is a
section at the end of that note, and a table note is a section below its table: with its label, and with links in both
directions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from publish.markup import escape, quoteattr
from publish.model import nodes as n
from publish.model.policy import END, NoteKind
from publish.resolve.numbered import NumberedDocument, NumberedNote
from publish.writers.odt.automatic import AutomaticStyles
from publish.writers.odt.counter import LARGEST, OFFICE_FORMATS, Counters, by_chapter
from publish.writers.odt.place import Place
from publish.writers.odt.runs import Properties, inner_link

CLASSES: dict[NoteKind, str] = {"foot": "footnote", "end": "endnote"}
NAMES: dict[NoteKind, str] = {"foot": "Footnote", "end": "Endnote"}
TAB = "<text:tab/>"


def configuration(numbered: NumberedDocument, counters: Counters) -> str:
    """Return the configuration of the notes of the text (16.29.3)."""
    policy = numbered.document.note_policy
    out = ""
    for kind, tag in CLASSES.items():
        series = counters.main.get(kind) or policy.of("" if kind == "foot" else END)
        start = series.start - 1 if 1 <= series.start <= LARGEST else 0
        name = NAMES[kind]
        again = "chapter" if by_chapter(series) and kind == "foot" else "document"
        where = f' text:footnotes-position="page" text:start-numbering-at="{again}"' if kind == "foot" else ""
        out += (
            f'<text:notes-configuration text:note-class="{tag}" text:citation-style-name="{name}_20_Symbol" '
            f'text:citation-body-style-name="{name}_20_anchor" text:default-style-name="{name}" '
            f'style:num-format="{OFFICE_FORMATS[series.format]}" text:start-value="{start}"{where}/>'
        )
    return out


class NoteFlow(Protocol):
    """Methods and fields that notes need from their story."""

    automatic: AutomaticStyles
    in_notes: bool

    def blocks(self, blocks: Iterable[n.Block], place: Place) -> str: ...  # noqa: D102

    def paragraph(self, content: str, place: Place, style: str = "", mark: str = "") -> str: ...  # noqa: D102

    def inlines(self, inlines: Iterable[n.Inline], properties: Properties) -> str: ...  # noqa: D102


class NoteWriter:
    """Writer of calls, notes and references to notes."""

    def __init__(
        self, story: NoteFlow, numbered: NumberedDocument, counters: Counters, place: Place, *, indented: bool
    ) -> None:
        self.story = story
        self.numbered = numbered
        self.counters = counters
        self.place = place
        """Position of the text, which gives the language of the notes."""
        self.gap = TAB if indented else " "
        """What separates the label of a note from its text."""

    def call(self, ref: n.NoteRef) -> str:
        """Return a call; a further call of a native note is a reference to it."""
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        raised = Properties(style=f"{NAMES.get(note.kind, 'Footnote')} anchor")
        separator = self.story.automatic.run(", ", raised) if call.adjacent else ""
        if not _is_native(note):
            link = self._link(note.anchor, call.label, raised)
            name = quoteattr(call.anchor)
            start, end = (f"<text:bookmark-{side} text:name={name}/>" for side in ("start", "end"))
            return f"{separator}{start}{link}{end}"
        if call.occurrence == 1 and not self.story.in_notes:
            return separator + self._native(note)
        return separator + self.story.automatic.span(self._reference(note, call.label), raised)

    def reference(self, inline: n.NoteCrossReference, properties: Properties) -> str:
        """Return a reference to a note, which LibreOffice updates when the number changes."""
        note = self.numbered.notes[inline.note]
        if _is_native(note):
            return self.story.automatic.span(self._reference(note, inline.text), properties)
        return self._link(note.anchor, inline.text, properties)

    def _reference(self, note: NumberedNote, label: str) -> str:
        return (
            f'<text:note-ref text:note-class="{CLASSES[note.kind]}" text:reference-format="text" '
            f"text:ref-name={quoteattr(note.anchor)}>{escape(label)}</text:note-ref>"
        )

    def _link(self, anchor: str, label: str, properties: Properties) -> str:
        return inner_link(anchor, self.story.automatic.run(label, properties))

    def _native(self, note: NumberedNote) -> str:
        kind, name = CLASSES[note.kind], NAMES[note.kind]
        own = f" text:label={quoteattr(note.label)}" if note.id in self.counters.literal else ""
        self.story.in_notes = True
        body = self._content(note, self.gap, self.place.but(style=name))
        body += self._nested(note)
        self.story.in_notes = False
        return (
            f'<text:note text:id={quoteattr(note.anchor)} text:note-class="{kind}"><text:note-citation{own}>'
            f"{escape(note.label)}</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
        )

    def section(self, note: NumberedNote) -> str:
        """Return a note that is no native note: a section, with its label as a link to its first call."""
        outer, self.story.in_notes = self.story.in_notes, True
        label = self._link(note.calls[0], note.label, Properties(style="Footnote anchor"))
        name = quoteattr(note.anchor)
        start = f"<text:bookmark text:name={name}/>{label}{self.gap}"
        content = self._content(note, start, self.place.but(style="Footnote")) + self._nested(note)
        self.story.in_notes = outer
        return f"<text:section text:name={name}>{content}</text:section>"

    def _nested(self, note: NumberedNote) -> str:
        """Return the notes whose first call is in a note."""
        return "".join(map(self.section, self.numbered.nested(note.id)))

    def _content(self, note: NumberedNote, start: str, place: Place) -> str:
        """Return the blocks of a note, with what begins its first paragraph."""
        first = note.blocks[0] if note.blocks else None
        if not isinstance(first, n.Paragraph):
            return self.story.paragraph(start, place) + self.story.blocks(note.blocks, place.but(flush=True))
        own = place.spoken(first.attrs)
        content = start + self.story.inlines(first.inlines, own.run)
        rest = self.story.blocks(note.blocks[1:], place.but(flush=True))
        return self.story.paragraph(content, own, mark=first.id) + rest


def _is_native(note: NumberedNote) -> bool:
    return not note.parent and note.kind in CLASSES
