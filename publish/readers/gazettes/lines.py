"""Pages and lines: the form of a PDF, or of text extracted from a PDF, before conversion to a document."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics import Span


class Piece(Struct, frozen=True):
    """Characters with the same format."""

    text: str
    superscript: bool = False
    bold: bool = False
    italic: bool = False
    href: str = ""
    """Target of a link on the characters."""
    span: Span | None = None


class Line(Struct, frozen=True):
    """One line of a page."""

    pieces: tuple[Piece, ...]
    span: Span | None = None
    size: float = 0.0
    """Type size in points; 0 if unknown."""
    left: float = 0.0
    """Start position in points from the left edge; 0 if unknown."""
    top: float = 0.0
    """Position in points from the top edge."""
    parted: bool = False
    """Whether a blank line or a larger gap than usual separates it from the line above."""
    furniture: bool = False
    """Whether nearly every page prints this line at its edge."""

    @property
    def text(self) -> str:
        """Characters of the line."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def plain(self) -> str:
        """Characters of the line without superscript, with single spaces."""
        return " ".join("".join(p.text for p in self.pieces if not p.superscript).split())

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        words = [piece for piece in self.pieces if piece.text.strip()]
        return bool(words) and all(piece.bold for piece in words)


class Page(Struct):
    """The lines of a page, from top to bottom."""

    lines: list[Line]
    label: str = ""
    """Printed page number; empty if unknown."""
