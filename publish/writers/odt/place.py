"""What applies to paragraphs at a position in a text."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from publish.model.nodes import Attrs
from publish.style.odt import Format, points
from publish.writers.odt.runs import PLAIN, Properties

QUOTE_STEP = 20
"""Indent of each quotation in another, in points."""


class Place(Struct, frozen=True):
    """Position in a text."""

    style: str = ""
    """Name of the paragraph style; empty for running text."""
    lists: int = 0
    """Number of lists around the position."""
    tight: bool = True
    """Whether the innermost of these lists has no space between its items."""
    quotes: int = 0
    """Number of quotations around the first."""
    level: int = 1
    """Level of a heading at this position."""
    keep: bool = False
    """Whether a paragraph stays on the page of the next one."""
    align: str = ""
    gap_after: str = ""
    """Distance to the next paragraph, instead of that of the style."""
    flush: bool = False
    """Whether the first line has no hanging indent, because further paragraphs of a note have no label."""
    run: Properties = PLAIN
    """Properties of the text: the language at this position."""

    def but(self, **changes: object) -> Place:
        """Return a copy with these changes."""
        return replace(self, **changes)

    def spoken(self, attrs: Attrs) -> Place:
        """Return a copy with the language and direction from attributes."""
        return self.but(run=self.run.spoken(attrs)) if attrs.values else self

    def format(self, *, document_rtl: bool) -> Format:
        """Return the properties of a paragraph in addition to those of its style.

        Args:
            document_rtl: Whether the document is written from right to left.
        """
        parts = ['fo:keep-with-next="always"'] if self.keep else []
        if self.align:
            parts.append(f'fo:text-align="{self.align}"')
        if self.run.right_to_left != document_rtl:
            parts.append(f'style:writing-mode="{"rl-tb" if self.run.right_to_left else "lr-tb"}"')
        if self.quotes > 1:
            parts.append(f'fo:margin-left="{points(QUOTE_STEP * self.quotes)}"')
        if self.gap_after:
            parts.append(f'fo:margin-bottom="{self.gap_after}"')
        if self.flush:
            parts.append('fo:text-indent="0pt"')
        return Format(" ".join(parts))
