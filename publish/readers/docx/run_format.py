"""Format of runs, and the equivalent nodes of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.model import nodes as n
from publish.model.text import merge_text
from publish.readers.docx.names import W, is_on, value
from publish.readers.docx.styles import CODE_CHARACTERS, NOT_TEXT, NOTE_MARKS, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class RunFormat(Struct, frozen=True):
    """Format of a run, in addition to the format of its paragraph."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    small_caps: bool = False
    capitals: bool = False
    """Whether Word shows the letters as capitals."""
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


class Looks:
    """Reader of the properties of runs."""

    def __init__(self, styles: Styles, language: str) -> None:
        self.styles = styles
        self.language = language

    def of(self, properties: Element | None, *, link: bool = False, hidden: bool = False) -> RunFormat:
        """Return the format of a run with these properties (`w:rPr`).

        Args:
            properties: The element, if any.
            link: Whether the run is in a link, which is always underlined.
            hidden: Whether the styles of its paragraph and table hide the run.
        """
        if properties is None or not len(properties):
            return HIDDEN if hidden else PLAIN
        style = value(properties.find(W + "rStyle"))
        names = self.styles.run_names(style) if style else frozenset()

        def given(tag: str) -> Element | None:
            own = properties.find(W + tag)
            return own if own is not None else self.styles.run_property(style, tag) if style else None

        mark = not names.isdisjoint(NOTE_MARKS)
        position = value(given("vertAlign"))
        underlined = value(given("u")) not in {"", "none"} and "hyperlink" not in names and not link
        return RunFormat(
            bold=is_on(given("b")) or (is_on(given("bCs")) and is_on(given("rtl"))),
            italic=is_on(given("i")),
            underline=underlined,
            strike=is_on(given("strike")) or is_on(given("dstrike")),
            small_caps=is_on(given("smallCaps")),
            capitals=is_on(given("caps")),
            highlighted=value(given("highlight")) not in {"", "none"},
            superscript=position == "superscript" and not mark,
            subscript=position == "subscript",
            code=not names.isdisjoint(CODE_CHARACTERS),
            rtl=is_on(properties.find(W + "rtl")),
            language=self._language(properties),
            mark=mark,
            hidden=self._is_hidden(properties, style, by_styles=hidden),
            skipped=not names.isdisjoint(NOT_TEXT),
        )

    def _is_hidden(self, properties: Element, style: str, *, by_styles: bool) -> bool:
        own = properties.find(W + "vanish")
        if own is not None:
            return is_on(own)
        return by_styles != (bool(style) and is_on(self.styles.run_property(style, "vanish")))

    def _language(self, properties: Element) -> str:
        """Return the language of a run if it differs from the language of the document.

        Word writes `en-US` throughout texts that were never checked, so it has no meaning in a text in another language.
        """
        element = properties.find(W + "lang")
        tag = value(element, "bidi") if is_on(properties.find(W + "rtl")) else value(element)
        own, document = tag.partition("-")[0].lower(), self.language.partition("-")[0].lower()
        noise = not own or not document or own == document or tag.lower() == "en-us" or own == "x"
        return "" if noise else tag


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
