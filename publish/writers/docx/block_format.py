"""Format of paragraphs at a position in a story."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from publish.model.nodes import Attrs
from publish.writers.docx.runs import PLAIN, Properties


class BlockFormat(Struct, frozen=True):
    """Format of paragraphs: style, indent of paragraphs and lists, and language."""

    style: str = ""
    depth: int = 0
    """Number of enclosing lists and quotations."""
    level: int = 1
    """Level of a heading at this position."""
    keep: bool = False
    """Whether a paragraph stays on the page of the next one, such as an image with its caption."""
    flush: bool = False
    """Whether the first line has no hanging indent, because further paragraphs of a note have no marker."""
    run: Properties = PLAIN
    """Properties of the runs of a paragraph: the language at this position."""

    def but(self, **changes: object) -> BlockFormat:
        """Return a copy with these changes."""
        return replace(self, **changes)

    def spoken(self, attrs: Attrs) -> BlockFormat:
        """Return a copy with the language and direction from attributes."""
        return self.but(run=self.run.spoken(attrs))

    def paragraph(self, numbered: str = "") -> str:
        """Return properties of a paragraph in the order of the schema (CT_PPr); `numbered` is its `w:numPr`, if any."""
        keep = "<w:keepNext/>" if self.keep else ""
        direction = "<w:bidi/>" if self.run.right_to_left else ""
        indent = f'<w:ind w:left="{360 * self.depth}"/>' if self.depth and not numbered else ""
        if self.flush and not indent and not numbered:
            indent = '<w:ind w:hanging="0"/>'
        return f"{keep}{numbered}{direction}{indent}"
