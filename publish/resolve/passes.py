"""The order of the passes, as data.

Each pass is a pure function from state to state; its module documents its rule. Comments show the dependencies between
passes. A pass that changes only nodes of certain types is skipped if the document contains none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model import nodes as n
from publish.model.nodes import Document
from publish.model.walk import document_nodes, nodes_in
from publish.resolve.ids import give_ids
from publish.resolve.images import show_missing_images
from publish.resolve.note_references import link_note_references, settle_note_references
from publish.resolve.note_reports import report_notes
from publish.resolve.notes import drop_uncallable, free_calls_of_links, number_notes
from publish.resolve.numbered import NumberedDocument
from publish.resolve.references import settle_references
from publish.resolve.sections import number_sections
from publish.resolve.source_labels import report_source_labels
from publish.resolve.state import State
from publish.resolve.title import settle_title


class Pass(NamedTuple):
    """One pass."""

    run: Callable[[State], State]
    needs: frozenset[type] = frozenset()
    """Types of the nodes of which the document must contain one; empty if the pass always runs."""


CALLS = frozenset({n.NoteRef})

PASSES: tuple[Pass, ...] = (
    Pass(drop_uncallable, CALLS),  # before number_notes: only calls of existing notes remain
    Pass(give_ids),  # before settle_references: every target has its id
    Pass(number_sections),  # before settle_references: a cross-reference without text shows a number
    Pass(settle_references, frozenset({n.CrossReference})),
    Pass(show_missing_images, frozenset({n.Image})),
    Pass(free_calls_of_links, CALLS),  # before number_notes: it changes which calls are adjacent
    Pass(settle_note_references, frozenset({n.NoteCrossReference})),
    Pass(
        link_note_references, CALLS
    ),  # before number_notes: cross-references to notes get their labels there
    Pass(number_notes, CALLS),
    Pass(report_notes),
    Pass(report_source_labels),
    Pass(settle_title),
)


class Resolved(Struct, frozen=True):
    """The result of `resolve`."""

    document: NumberedDocument
    diagnostics: tuple[Diagnostic, ...]


def resolve(document: Document, pages: Mapping[str, int] | None = None) -> Resolved:
    """Resolve every number, id and link of a document.

    The function is idempotent: `resolve(resolve(d).document.document)` makes no more changes.

    Args:
        document: The document that a reader returned.
        pages: For numbers that restart on each page: the PDF page of the first call of each note, by the id of the note.
            Without it, such numbers continue through the document (PUB-N015).
    """
    state = State(document, pages=pages or {})
    notes = (nodes_in(note.blocks) for note in document.notes.values())
    there = set(map(type, chain(document_nodes(document), *notes)))
    for step in PASSES:
        if not step.needs or step.needs & there:
            state = step.run(state)
    numbered = NumberedDocument(
        state.document, state.title, state.notes, state.calls, state.ids, state.restarts, state.labels
    )
    return Resolved(numbered, state.diagnostics)
