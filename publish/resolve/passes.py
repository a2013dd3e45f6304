"""The order of the passes, as data.

Each pass is a pure function from state to state and says in its own module which rule it carries out. Where one feeds
another, a comment says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document
from publish.resolve.ids import give_ids
from publish.resolve.images import show_missing_images
from publish.resolve.note_references import link_note_references
from publish.resolve.note_reports import report_notes
from publish.resolve.notes import drop_uncallable, free_calls_of_links, number_notes
from publish.resolve.numbered import NumberedDocument
from publish.resolve.references import settle_references
from publish.resolve.sections import number_sections
from publish.resolve.source_labels import report_source_labels
from publish.resolve.state import State
from publish.resolve.title import settle_title

PASSES: tuple[Callable[[State], State], ...] = (
    drop_uncallable,  # feeds number_notes: only calls of notes that exist are left
    give_ids,  # feeds settle_references: every target has its id
    number_sections,  # feeds settle_references: a reference without words of its own shows a number
    settle_references,
    show_missing_images,
    free_calls_of_links,  # feeds number_notes: it changes which calls stand side by side
    link_note_references,  # feeds number_notes: what cites a note gets its label there
    number_notes,
    report_notes,
    report_source_labels,
    settle_title,
)


class Resolved(Struct, frozen=True):
    """The outcome of `resolve`."""

    document: NumberedDocument
    diagnostics: tuple[Diagnostic, ...]


def resolve(document: Document, pages: Mapping[str, int] | None = None) -> Resolved:
    """Decide every number, id and link of a document.

    The result's document resolves to itself: `resolve(resolve(d).document.document)` changes nothing more.

    Args:
        document: A manuscript, read.
        pages: For numbers that start again on each page: the page of the PDF on which each note is called first, by the
            note's id. Without it such numbers run through the document (PUB-N015).
    """
    state = State(document, pages=pages or {})
    for step in PASSES:
        state = step(state)
    numbered = NumberedDocument(
        state.document, state.title, state.notes, state.calls, state.ids, state.restarts, state.labels
    )
    return Resolved(numbered, state.diagnostics)
