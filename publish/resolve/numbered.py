"""What writers may see: a document in which every number, id and link is decided.

It is another type than `Document`, so that a writer cannot be handed an unresolved one. The tree is the same tree
with an id stamped on each note call and each target; the decisions stand in tables keyed by those ids.
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
    """The id of the note that it calls."""
    label: str
    """What is printed at the call."""
    occurrence: int
    """1 for the call that gives the note its number, 2 for the next call of the same note, and so on."""
    adjacent: bool = False
    """Whether it directly follows another call, so that the two must be set apart: `1, 2`."""
    within: str = ""
    """The id of the note whose text holds this call; empty for a call in the document itself."""


class NumberedNote(Struct, frozen=True, gc=False):
    """One note with its label."""

    id: str
    anchor: str
    """The id of the printed note, such as `fn3`."""
    label: str
    ordinal: int
    """Its place among all notes of the document, counted from 1. It is also the number in its anchor."""
    kind: NoteKind
    """Where it is printed: at the foot of its page, at the end of the document, or below its table."""
    blocks: tuple[Block, ...]
    calls: tuple[str, ...]
    """The anchors of its calls, in order."""
    parent: str = ""
    """The note within which it is called first; empty for a note that the document itself calls."""
    nested: tuple[str, ...] = ()
    """The ids of the notes that are called first from within this one, in order."""
    series: str = ""
    """The series in which it is numbered."""
    table: str = ""
    """The id of the table below which it is printed; empty for a note of another kind."""


class NumberedDocument(Struct, frozen=True):
    """A document that is ready for the writers; only `publish.resolve` makes one."""

    document: Document
    title: str
    """The title for metadata: never empty, without note calls."""
    notes: dict[str, NumberedNote]
    """Every note that is called, by its id, in the order of the first calls."""
    calls: dict[str, Call]
    """Every call by its anchor, in document order."""
    ids: frozenset[str]
    """The ids of all targets of the document."""
    restarts: frozenset[str] = frozenset()
    """The ids of the sections at which the numbers of some series start again."""
    labels: dict[str, str] = field(default_factory=dict)
    """The numbers of sections, tables and figures, such as `1.2` or `Table 3`, by their ids."""
    pages: int = 0
    """How many pages of the PDF have a mark in it; 0 where it was not laid out."""
    page_of: dict[str, int] = field(default_factory=dict)
    """The page of the PDF on which each anchor stands; empty where it was not laid out."""

    formulas: dict[tuple[str, bool], Formula] = field(default_factory=dict)
    """The formulas that can be set, by their TeX and by whether they stand on a line of their own; `publish.engine` adds
    them after resolve, which runs no program. Any other formula is printed as its TeX."""

    def formula(self, node: Math) -> Formula | None:
        """How a formula is set; None where it is printed as its TeX."""
        return self.formulas.get((node.text, node.display))

    def is_alone(self, inline: Inline) -> bool:
        """Whether an inline is a formula that stands on a line of its own."""
        return isinstance(inline, Math) and inline.display and self.formula(inline) is not None

    def call(self, ref: NoteRef) -> Call:
        """What was decided for this call."""
        return self.calls[ref.id]

    def nodes(self) -> Iterator[AnyNode]:
        """Every node of the document in its order, then those of its notes in theirs."""
        yield from document_nodes(self.document)
        for note in self.notes.values():
            yield from nodes_in(note.blocks)

    def nested(self, note_id: str) -> tuple[NumberedNote, ...]:
        """The notes that are called first from within this note, in order."""
        return tuple(self.notes[key] for key in self.notes[note_id].nested)

    def of_kind(self, kind: NoteKind) -> tuple[NumberedNote, ...]:
        """The notes of a kind that the text itself calls, in order."""
        return tuple(x for x in self.notes.values() if x.kind == kind and not x.parent)

    def by_table(self) -> dict[str, list[NumberedNote]]:
        """The notes that are printed below each table, by the table's id, without those within them."""
        found: dict[str, list[NumberedNote]] = {}
        for note in self.of_kind("table"):
            found.setdefault(note.table, []).append(note)
        return found

    def contents(self) -> list[tuple[Section, int]]:
        """What its list of contents holds, with levels from 1 on; nothing where it has no such list."""
        return list(headings(self.document.blocks, self.structure.contents))

    @property
    def structure(self) -> Structure:
        """What is numbered and listed."""
        return self.document.structure or PLAIN
