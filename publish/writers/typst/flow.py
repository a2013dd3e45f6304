"""What the builders of notes and tables need of the source around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from publish.model import nodes as n
from publish.resolve.numbered import NumberedDocument
from publish.style.tokens import Style


class Flow(Protocol):
    """A source in the making (`publish.writers.typst.source`)."""

    numbered: NumberedDocument
    style: Style
    last: str
    """The last printed character."""
    in_note: bool
    columns: int
    """How many columns share the width of the text here."""

    def flowing(self, blocks: tuple[n.Block, ...], level: int) -> str:
        """Blocks as content."""

    def inlines(self, inlines: Iterable[n.Inline]) -> str:
        """Inlines as content."""

    def anchored(self, name: str) -> str:
        """The target of links to an id."""

    def asked(self, name: str) -> str:
        """What tells afterwards on which page an anchor is."""
