"""What the passes hand on to each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
    restarts: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, int] = MappingProxyType({})
    """The page of the PDF on which each note is called first, where that is known; what numbers it may change."""
