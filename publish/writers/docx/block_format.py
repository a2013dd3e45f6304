"""How paragraphs look at some place of a story."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from publish.model.nodes import Attrs
from publish.writers.docx.runs import PLAIN, Properties


class BlockFormat(Struct, frozen=True):
    """How paragraphs look here: their style, how far they and their lists are set in, and what language they speak."""

    style: str = ""
    depth: int = 0
    """How many lists or quotations are around."""
    level: int = 1
    """The level that a heading gets here."""
    keep: bool = False
    """Whether a paragraph stays on the page of the next one, as a picture does with its caption."""
    flush: bool = False
    """Whether the first line of a paragraph begins where the others do: what goes on in a note has no mark to hang."""
    run: Properties = PLAIN
    """What holds for the runs of a paragraph: the language that is spoken here."""

    def but(self, **changes: object) -> BlockFormat:
        """The same look with some of it changed."""
        return replace(self, **changes)

    def spoken(self, attrs: Attrs) -> BlockFormat:
        """With the language and direction that attributes give."""
        return self.but(run=self.run.spoken(attrs))

    def paragraph(self, numbered: str = "") -> str:
        """Properties of a paragraph, in the order that the schema wants (CT_PPr); `numbered` is its `w:numPr`, if it has one."""
        keep = "<w:keepNext/>" if self.keep else ""
        direction = "<w:bidi/>" if self.run.right_to_left else ""
        indent = f'<w:ind w:left="{360 * self.depth}"/>' if self.depth and not numbered else ""
        if self.flush and not indent and not numbered:
            indent = '<w:ind w:hanging="0"/>'
        return f"{keep}{numbered}{direction}{indent}"
