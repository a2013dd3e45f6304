"""Format of runs, and the equivalent nodes of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from publish.model import nodes as n
from publish.model.text import merge_text


class RunFormat(Struct, frozen=True):
    """Format of a run, in addition to the format of its paragraph."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    small_caps: bool = False
    capitals: bool = False
    """Whether the program shows the letters as capitals."""
    highlighted: bool = False
    superscript: bool = False
    subscript: bool = False
    code: bool = False
    rtl: bool = False
    language: str = ""
    mark: bool = False
    """Whether the run has the style of a note marker, so that superscript adds no information."""
    hidden: bool = False
    skipped: bool = False
    """Whether the run is not text of the document."""


PLAIN = RunFormat()
HIDDEN = RunFormat(hidden=True)

STYLED: tuple[tuple[str, Callable[..., n.Inline]], ...] = (
    ("bold", n.Strong),
    ("italic", n.Emphasis),
    ("underline", n.Underline),
    ("strike", n.Strikethrough),
    ("small_caps", n.SmallCaps),
    ("superscript", n.Superscript),
    ("subscript", n.Subscript),
)
"""Node of the model for each property, from the outside in."""


class Piece(Struct, frozen=True):
    """An inline without its format, and its format."""

    inline: n.Inline
    run_format: RunFormat = PLAIN


def nodes(pieces: Sequence[Piece]) -> tuple[n.Inline, ...]:
    """Convert pieces to nodes of the model; adjacent pieces with the same format share one node."""
    return merge_text(tuple(_spoken(_without_separators(pieces))))


def _without_separators(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces without commas in marker style between two calls, which each output format adds again."""
    calls = [isinstance(piece.inline, n.NoteRef) for piece in pieces]
    return [
        piece
        for at, piece in enumerate(pieces)
        if not (
            piece.run_format.mark
            and 0 < at < len(pieces) - 1
            and calls[at - 1]
            and calls[at + 1]
            and _is_comma(piece)
        )
    ]


def _is_comma(piece: Piece) -> bool:
    return isinstance(piece.inline, n.Text) and piece.inline.text.strip() in {",", ""}


def _spoken(pieces: Sequence[Piece]) -> Iterable[n.Inline]:
    for group in _groups(pieces, lambda p: (p.run_format.language, p.run_format.rtl)):
        language, rtl = group[0].run_format.language, group[0].run_format.rtl
        inside = _wrapped(group, 0)
        values = (("lang", language),) * bool(language) + (("dir", "rtl"),) * bool(rtl)
        if values and any(isinstance(p.inline, n.Text) and p.inline.text.strip() for p in group):
            yield n.TextSpan(inside, attrs=n.Attrs(values=values), span=group[0].inline.span)
        else:
            yield from inside


def _wrapped(pieces: Sequence[Piece], at: int) -> tuple[n.Inline, ...]:
    if at == len(STYLED):
        return merge_text(tuple(_plain(piece) for piece in pieces))
    name, make = STYLED[at]
    out: list[n.Inline] = []
    for group in _groups(pieces, lambda p: getattr(p.run_format, name)):
        inside = _wrapped(group, at + 1)
        # The format of white space alone has no meaning.
        blank = all(isinstance(p.inline, n.Text) and not p.inline.text.strip() for p in group)
        if getattr(group[0].run_format, name) and not blank:
            out.append(make(inside, span=group[0].inline.span))
        else:
            out += inside
    return tuple(out)


def _plain(piece: Piece) -> n.Inline:
    if piece.run_format.code and isinstance(piece.inline, n.Text):
        return n.InlineCode(piece.inline.text, span=piece.inline.span)
    return piece.inline


def _groups(pieces: Sequence[Piece], key: Callable[[Piece], object]) -> Iterable[Sequence[Piece]]:
    """Yield groups of adjacent pieces with the same key."""
    start = 0
    for index in range(1, len(pieces) + 1):
        if index == len(pieces) or key(pieces[index]) != key(pieces[start]):
            yield pieces[start:index]
            start = index
