"""Interface to the surrounding source for the builders of notes and tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from publish.model import nodes as n
from publish.resolve.numbered import NumberedDocument
from publish.style.tokens import Style
from publish.writers.typst.positions import Marks


class Flow(Protocol):
    """A source that is under construction (`publish.writers.typst.source`)."""

    numbered: NumberedDocument
    style: Style
    last: str
    """The last printed character."""
    in_note: bool
    marks: Marks
    columns: int
    """Number of columns that share the text width at the current position."""

    def flowing(self, blocks: tuple[n.Block, ...], level: int) -> str:
        """Return blocks as content."""

    def inlines(self, inlines: Iterable[n.Inline]) -> str:
        """Return inlines as content."""

    def anchored(self, name: str) -> str:
        """Return the target of links to an id."""
