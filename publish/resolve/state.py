"""What the passes hand on to each other."""

from __future__ import annotations

from msgspec import Struct, field

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document
from publish.resolve.numbered import Call, NumberedNote


class State(Struct, frozen=True):
    """A document on its way through the passes. Each pass returns a new state and leaves the old one as it was."""

    document: Document
    title: str = ""
    notes: dict[str, NumberedNote] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
