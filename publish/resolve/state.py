"""The state that each pass returns to the next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document
from publish.resolve.numbered import Call, NumberedNote


class State(Struct, frozen=True):
    """A document between the passes. Each pass returns a new state and does not change the old one."""

    document: Document
    title: str = ""
    notes: dict[str, NumberedNote] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    restarts: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, int] = MappingProxyType({})
    """The PDF page of the first call of each note, if known; numbers per page depend on it."""
