"""Positions of the lines in the margins of a page, for office programs: row by row, from left to right.

Lines that are side by side in print share a paragraph, with tab stops between them.
"""

from __future__ import annotations

from msgspec import Struct

from publish.style.furniture import lines
from publish.style.tokens import Furniture, Page

SAME_ROW = 8
"""Maximum distance, in points, between the middles of lines in the same row."""


class Piece(Struct, frozen=True):
    """One line of furniture and its position; y starts at the top of its margin, x at the left of the text."""

    furniture: Furniture
    text: str
    x: float
    y: float
    is_right: bool
    """Whether the line ends at x instead of starting there."""

    @property
    def middle(self) -> float:
        """Position of the middle of the line, from the top of its margin."""
        return self.y + self.furniture.line_height / 2

    @property
    def bottom(self) -> float:
        """Position of the end of the line, from the top of its margin."""
        return self.y + self.furniture.line_height


def rows(page: Page, chosen: list[Furniture], height: float, known: dict[str, str]) -> list[list[Piece]]:
    """Return the lines of boxes in a margin of this height, row by row from the top."""
    pieces = sorted((p for f in chosen for p in _pieces(page, f, height, known)), key=lambda p: p.middle)
    out: list[list[Piece]] = []
    for piece in pieces:
        if out and piece.middle - out[-1][0].middle <= SAME_ROW:
            out[-1].append(piece)
        else:
            out.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in out]


def _pieces(page: Page, furniture: Furniture, height: float, known: dict[str, str]) -> list[Piece]:
    shown = lines(furniture, known)
    pad = furniture.padding
    free = height - pad.top - pad.bottom - furniture.line_height * len(shown)
    start = pad.top + {"top": 0, "middle": free / 2, "bottom": free}[furniture.valign]
    width = page.width - page.margin.left - page.margin.right
    is_right = furniture.align == "right" and "right" in furniture.box
    if furniture.box.endswith("left-corner"):
        x = pad.left - page.margin.left
    elif "left" in furniture.box:
        x = pad.left
    elif "center" in furniture.box:
        x = width / 2
    else:
        x = width - pad.right - (0 if is_right else furniture.width)
    return [
        Piece(furniture, text, x, start + index * furniture.line_height, is_right)
        for index, text in enumerate(shown)
        if text.strip()
    ]
