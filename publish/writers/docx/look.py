"""How paragraphs look at some place of a story."""

from __future__ import annotations


class Look:
    """How paragraphs look here: their style, and how far they and their lists are set in."""

    def __init__(self, style: str = "", depth: int = 0, level: int = 1, *, keep: bool = False) -> None:
        self.style = style
        self.depth = depth
        """How many lists or quotations are around."""
        self.level = level
        """The level that a heading gets here."""

        self.keep = keep
        """Whether a paragraph stays on the page of the next one."""

    def kept(self) -> Look:
        """On the page of what follows, as a picture with its caption."""
        return Look(self.style, self.depth, self.level, keep=True)

    def deeper(self) -> Look:
        """One list further in."""
        return Look(self.style, self.depth + 1, self.level)

    def in_header(self) -> Look:
        """Within a header cell of a table."""
        return Look(self.style or "TableHeading", self.depth, self.level)
