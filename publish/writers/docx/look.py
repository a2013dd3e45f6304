"""How paragraphs look at some place of a story."""

from __future__ import annotations


class Look:
    """How paragraphs look here: their style, and how far they and their lists are set in."""

    def __init__(self, style: str = "", depth: int = 0, level: int = 1) -> None:
        self.style = style
        self.depth = depth
        """How many lists or quotations are around."""
        self.level = level
        """The level that a heading gets here."""

    def deeper(self) -> Look:
        """One list further in."""
        return Look(self.style, self.depth + 1, self.level)

    def in_header(self) -> Look:
        """Within a header cell of a table."""
        return Look(self.style or "TableHeading", self.depth, self.level)
