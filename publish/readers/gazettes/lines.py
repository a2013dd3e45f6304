"""Pages and lines: what a PDF, or text taken out of one, comes to before it is a paper again."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics import Span


class Piece(Struct, frozen=True):
    """Characters of one look."""

    text: str
    superscript: bool = False
    bold: bool = False
    italic: bool = False
    href: str = ""
    """Where a link on it leads."""
    span: Span | None = None


class Line(Struct, frozen=True):
    """One line of a page."""

    pieces: tuple[Piece, ...]
    span: Span | None = None
    size: float = 0.0
    """Of its type, in points; 0 where it is not known."""
    left: float = 0.0
    """Where it begins, in points from the left edge; 0 where it is not known."""
    top: float = 0.0
    """Where it stands, in points from the top edge."""
    parted: bool = False
    """Whether more than usual parts it from the line above: a blank line, or a gap."""
    furniture: bool = False
    """Whether nearly every page prints it at its edge."""

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def plain(self) -> str:
        """Its characters without what is raised, with single spaces."""
        return " ".join("".join(p.text for p in self.pieces if not p.superscript).split())

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        words = [piece for piece in self.pieces if piece.text.strip()]
        return bool(words) and all(piece.bold for piece in words)


class Page(Struct):
    """The lines of a page, from top to bottom."""

    lines: list[Line]
    label: str = ""
    """The number that is printed on it; empty where it is not known."""
