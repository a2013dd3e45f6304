"""The order of the passes, as data.

Each pass is a pure function from state to state; its module documents its rule. Comments show the dependencies between
passes.
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
    drop_uncallable,  # before number_notes: only calls of existing notes remain
    give_ids,  # before settle_references: every target has its id
    number_sections,  # before settle_references: a cross-reference without text shows a number
    settle_references,
    show_missing_images,
    free_calls_of_links,  # before number_notes: it changes which calls are adjacent
    link_note_references,  # before number_notes: cross-references to notes get their labels there
    number_notes,
    report_notes,
    report_source_labels,
    settle_title,
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
    for step in PASSES:
        state = step(state)
    numbered = NumberedDocument(
        state.document, state.title, state.notes, state.calls, state.ids, state.restarts, state.labels
    )
    return Resolved(numbered, state.diagnostics)
