"""The input of writers: a document in which every number, id and link is resolved.

The type differs from `Document`, so that a writer cannot receive an unresolved document. The nodes are the same, with an
id for each call and each target; tables with these ids as keys contain the results.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from publish.model.formulas import Formula
from publish.model.nodes import Block, Document, Inline, Math, NoteRef, Section
from publish.model.outline import headings
from publish.model.policy import NoteKind
from publish.model.structure import PLAIN, Structure
from publish.model.walk import AnyNode, document_nodes, nodes_in


class Call(Struct, frozen=True, gc=False):
    """One call of a note."""

    anchor: str
    """The id of its `NoteRef`, such as `fnref3` or, for the second call of note 3, `fnref3-2`."""
    note: str
    """The id of the called note."""
    label: str
    """The label that is printed at the call."""
    occurrence: int
    """1 for the call that gives the note its number, 2 for the next call of the same note, and so on."""
    adjacent: bool = False
    """Whether the call directly follows another call, so that a separator is necessary: `1, 2`."""
    within: str = ""
    """The id of the note that contains this call; empty for a call in the document itself."""


class NumberedNote(Struct, frozen=True, gc=False):
    """One note with its label."""

    id: str
    anchor: str
    """The id of the printed note, such as `fn3`."""
    label: str
    ordinal: int
    """The position among all notes of the document, counted from 1. The anchor contains the same number."""
    kind: NoteKind
    """Where the note is printed: at the foot of its page, at the end of the document, or below its table."""
    blocks: tuple[Block, ...]
    calls: tuple[str, ...]
    """The anchors of the calls, in order."""
    parent: str = ""
    """The id of the note that contains the first call; empty if the first call is in the document itself."""
    nested: tuple[str, ...] = ()
    """The ids of the notes whose first call is in this note, in order."""
    series: str = ""
    """The series in which the note is numbered."""
    table: str = ""
    """The id of the table below which the note is printed; empty for other notes."""


class NumberedDocument(Struct, frozen=True):
    """A document that is ready for the writers; only `publish.resolve` creates it."""

    document: Document
    title: str
    """The title for metadata: never empty, without calls."""
    notes: dict[str, NumberedNote]
    """All called notes by id, in the order of their first calls."""
    calls: dict[str, Call]
    """All calls by anchor, in document order."""
    ids: frozenset[str]
    """The ids of all targets of the document."""
    restarts: frozenset[str] = frozenset()
    """The ids of the sections at which the numbers of a series restart."""
    labels: dict[str, str] = field(default_factory=dict)
    """The numbers of sections, tables and figures, such as `1.2` or `Table 3`, by id."""
    pages: int = 0
    """The number of PDF pages with a page mark in the document; 0 if there is no layout."""
    page_of: dict[str, int] = field(default_factory=dict)
    """The PDF page of each anchor; empty if there is no layout."""

    formulas: dict[tuple[str, bool], Formula] = field(default_factory=dict)
    """The formulas that can be typeset, by their TeX and whether they are display formulas.

    `publish.engine` adds them after resolve, because resolve runs no programs. Other formulas are printed as TeX."""

    def formula(self, node: Math) -> Formula | None:
        """Return the typeset formula; None if the formula is printed as TeX."""
        return self.formulas.get((node.text, node.display))

    def is_alone(self, inline: Inline) -> bool:
        """Return whether an inline is a display formula that can be typeset."""
        return isinstance(inline, Math) and inline.display and self.formula(inline) is not None

    def call(self, ref: NoteRef) -> Call:
        """Return the resolved call of this reference."""
        return self.calls[ref.id]

    def nodes(self) -> Iterator[AnyNode]:
        """Yield all nodes of the document in order, then those of its notes in order."""
        yield from document_nodes(self.document)
        for note in self.notes.values():
            yield from nodes_in(note.blocks)

    def nested(self, note_id: str) -> tuple[NumberedNote, ...]:
        """Return the notes whose first call is in this note, in order."""
        return tuple(self.notes[key] for key in self.notes[note_id].nested)

    def of_kind(self, kind: NoteKind) -> tuple[NumberedNote, ...]:
        """Return the notes of a kind that have their first call in the document itself, in order."""
        return tuple(x for x in self.notes.values() if x.kind == kind and not x.parent)

    def by_table(self) -> dict[str, list[NumberedNote]]:
        """Return the notes that are printed below each table, by table id, without nested notes."""
        found: dict[str, list[NumberedNote]] = {}
        for note in self.of_kind("table"):
            found.setdefault(note.table, []).append(note)
        return found

    def contents(self) -> list[tuple[Section, int]]:
        """Return the sections in the table of contents, with levels from 1; empty if there is no table of contents."""
        return list(headings(self.document.blocks, self.structure.contents))

    @property
    def structure(self) -> Structure:
        """The settings for numbers of sections and captions and for the table of contents."""
        return self.document.structure or PLAIN
