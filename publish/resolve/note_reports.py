"""Report notes that are uncalled, empty, nested, long, or called outside the table that their series requires."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.walk import nodes_in
from publish.resolve.numbered import NumberedNote
from publish.resolve.state import State

LONG_NOTE = 4000
"""The maximum number of characters of a note that certainly fits at the foot of a page of 63 lines."""

NESTED = 2
"""The maximum number of note levels that readers can follow: a note, and a note in that note."""


def report_notes(state: State) -> State:
    """Report problems with the notes of a document."""
    found: list[Diagnostic] = []
    for key, note in state.document.notes.items():
        numbered = state.notes.get(key)
        found += _uncalled(key, note, state) if numbered is None else _called(note, numbered, state)
    if state.notes and state.document.note_policy.by_page and not state.pages:
        message = "Per-page note numbers are unknown until the PDF is laid out"
        found.append(make("PUB-N015", message, source=state.document.source))
    return replace(state, diagnostics=(*state.diagnostics, *found))


def _uncalled(key: str, note: n.Note, state: State) -> Iterator[Diagnostic]:
    hint = f"Call it as `[^{key}]` where it belongs, or remove it"
    name = note.source_label or key
    yield make(
        "PUB-N002", f"Note '{name}' is never called", span=note.span, source=state.document.source, hint=hint
    )


def _called(note: n.Note, numbered: NumberedNote, state: State) -> Iterator[Diagnostic]:
    source, name = state.document.source, note.source_label or numbered.id
    length = sum(
        len(x.text) for x in nodes_in(note.blocks) if isinstance(x, n.Text | n.InlineCode | n.CodeBlock)
    )
    if length == 0 and not any(isinstance(x, n.Image | n.Math) for x in nodes_in(note.blocks)):
        yield make("PUB-N006", f"Note '{name}' is empty", span=note.span, source=source)
    if length > LONG_NOTE:
        yield make("PUB-N009", f"Note '{name}' is long: {length} characters", span=note.span, source=source)
    if numbered.parent:
        parent = state.notes[numbered.parent]
        deep = _depth(numbered, state) > NESTED
        message = f"Note '{name}' is called within note {parent.label}"
        message += ", which is itself within a note" if deep else ""
        yield make("PUB-N007" if deep else "PUB-N008", message, span=note.span, source=source)
    elif state.document.note_policy.of(note.series).kind == "table" and numbered.kind != "table":
        message = f"Note '{name}' belongs to a table, but its first call is not in a table"
        yield make("PUB-N016", message, span=note.span, source=source)


def _depth(note: NumberedNote, state: State) -> int:
    depth = 1
    while note.parent:
        note, depth = state.notes[note.parent], depth + 1
    return depth
