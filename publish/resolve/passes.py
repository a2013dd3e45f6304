"""The order of the passes, as data.

Each pass is a pure function from state to state and says in its own module which rule it carries out. Where one feeds
another, a comment says so.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document
from publish.resolve.ids import give_ids
from publish.resolve.notes import drop_uncallable, free_calls_of_links, number_notes, report_notes
from publish.resolve.numbered import NumberedDocument
from publish.resolve.pictures import show_missing_pictures
from publish.resolve.references import settle_references
from publish.resolve.state import State
from publish.resolve.title import settle_title

PASSES: tuple[Callable[[State], State], ...] = (
    drop_uncallable,  # feeds number_notes: only calls of notes that exist are left
    give_ids,  # feeds settle_references: every target has its id
    settle_references,
    show_missing_pictures,
    free_calls_of_links,  # feeds number_notes: it changes which calls stand side by side
    number_notes,
    report_notes,
    settle_title,
)


class Resolved(Struct, frozen=True):
    """The outcome of `resolve`."""

    document: NumberedDocument
    diagnostics: tuple[Diagnostic, ...]


def resolve(document: Document) -> Resolved:
    """Decide every number, id and link of a document.

    The result's document resolves to itself: `resolve(resolve(d).document.document)` changes nothing more.
    """
    state = State(document)
    for step in PASSES:
        state = step(state)
    numbered = NumberedDocument(state.document, state.title, state.notes, state.calls, state.ids)
    return Resolved(numbered, state.diagnostics)
