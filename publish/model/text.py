"""Text of inlines: conversion to a string, splitting, wrapping, and removal of note calls."""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from publish.diagnostics.types import Span
from publish.model import nodes as n
from publish.model.walk import change_inlines, child_inlines


def plain_text(inlines: Iterable[n.Inline]) -> str:
    """Return the characters of inlines. Note calls and page marks have none; an image has its alternative text."""
    return "".join(_text(inline) for inline in inlines)


def _text(inline: n.Inline) -> str:
    match inline:
        case n.Text() | n.InlineCode() | n.Math() | n.RawInline() | n.NoteCrossReference():
            return inline.text
        case n.Image():
            return inline.alt
        case n.LineBreak():
            return "\n"
        case n.NoteRef() | n.PageMark():
            return ""
        case _:
            return plain_text(child_inlines(inline))


def outline_text(inlines: tuple[n.Inline, ...]) -> str:
    """Return a heading for outlines and tables of contents: plain text without note calls."""
    return " ".join(plain_text(without_notes(inlines)).split())


class _Ink(dict[int, int | None]):
    """Table for `str.translate` that removes characters that leave no ink; it adds each character at its first use."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = code if leaves_ink(chr(code)) else None
        return found


_INK = _Ink()


def printed_length(text: str) -> int:
    """Return the number of visible characters without hyphens, because a line break can add or remove a hyphen."""
    return len(text.translate(_INK))


@functools.cache
def leaves_ink(character: str) -> bool:
    """Return whether a character is always visible in print: no space, hyphen or invisible character.

    U+FFFD is printed where no font has a glyph; most often that is a character for private use, which has no Unicode letter.
    """
    return character not in "-\u2010\u2011\ufffd" and not unicodedata.category(character).startswith(
        ("Z", "C")
    )


def without_notes(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Return the inlines without note calls, for tables of contents, running heads, outlines and metadata."""

    def drop(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        return () if isinstance(inline, n.NoteRef) else inline

    return change_inlines(inlines, drop)


def without_page_marks(inlines: Iterable[n.Inline]) -> tuple[n.Inline, ...]:
    """Return the inlines without the page marks among them, with the texts that they divide joined again."""
    out: list[n.Inline] = []
    divided = False
    for inline in inlines:
        last = out[-1] if out else None
        if isinstance(inline, n.PageMark):
            divided = True
        elif divided and isinstance(inline, n.Text) and isinstance(last, n.Text):
            out[-1] = replace(last, text=last.text + inline.text)
        else:
            out.append(inline)
            divided = False
    return tuple(out)


def free_calls(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
    """Split a link that contains note calls into links without calls, with the calls between them.

    No format can nest links and calls. Use this function with `publish.model.walk.change_inlines`. The characters and
    their order do not change.
    """
    is_link = isinstance(inline, n.Link | n.CrossReference) or (
        isinstance(inline, n.Citation) and inline.href
    )
    if not is_link:
        return inline
    out: list[n.Inline] = []
    rest: n.Inline = inline
    while (found := _first_call(child_inlines(rest), 0)) is not None:
        offset, call = found
        left, right = split(child_inlines(rest), offset)
        left, right = without_call(left, call), without_call(right, call)
        if plain_text(left):
            out.append(replace(rest, inlines=left))
        out.append(call)
        rest = replace(rest, inlines=right, id="")
    if not out:
        return inline
    return (*out, rest) if plain_text(child_inlines(rest)) else tuple(out)


def _first_call(inlines: tuple[n.Inline, ...], offset: int) -> tuple[int, n.NoteRef] | None:
    for inline in inlines:
        if isinstance(inline, n.NoteRef):
            return offset, inline
        found = _first_call(child_inlines(inline), offset)
        if found is not None:
            return found
        offset += len(_text(inline))
    return None


def without_call(inlines: tuple[n.Inline, ...], call: n.NoteRef) -> tuple[n.Inline, ...]:
    """Return the inlines without this call object."""
    return change_inlines(inlines, lambda inline: () if inline is call else inline)


def split(inlines: tuple[n.Inline, ...], offset: int) -> tuple[tuple[n.Inline, ...], tuple[n.Inline, ...]]:
    """Divide inlines at one character offset of their plain text; see `divide`."""
    left, right = divide(inlines, (offset,))
    return left, right


def divide(inlines: tuple[n.Inline, ...], offsets: Sequence[int]) -> list[tuple[n.Inline, ...]]:
    """Divide inlines at character offsets of their plain text.

    A node without characters exactly at an offset goes to the left part, so that a note call stays with the word before it.
    A container that is divided is repeated in each part. Code, formulas and images are not divided: they stay on the left.

    Args:
        inlines: The inlines.
        offsets: Offsets in ascending order.

    Returns:
        The parts, one more than offsets.
    """
    parts: list[list[n.Inline]] = [[]]
    at = 0
    for inline in inlines:
        length = len(_text(inline))
        while length and len(parts) <= len(offsets) and offsets[len(parts) - 1] <= at:
            parts.append([])
        first = len(parts) - 1
        last = bisect_left(offsets, at + length, first)
        if first == last:
            parts[-1].append(inline)
        else:
            cut = _cut(inline, [offset - at for offset in offsets[first:last]])
            parts[-1] += cut[0]
            parts += map(list, cut[1:])
        at += length
    parts += ([] for _ in range(len(offsets) + 1 - len(parts)))
    return [tuple(part) for part in parts]


def _cut(inline: n.Inline, offsets: Sequence[int]) -> list[tuple[n.Inline, ...]]:
    if isinstance(inline, n.Text):
        edges = pairwise((0, *offsets, len(inline.text)))
        return [(replace(inline, text=inline.text[start:end]),) for start, end in edges]
    children = child_inlines(inline)
    if not children:
        return [(inline,), *(() for _ in offsets)]
    first, *others = divide(children, offsets)
    return [
        (replace(inline, inlines=first),),
        *((replace(inline, inlines=part, id=""),) for part in others),
    ]


Make = Callable[[tuple[n.Inline, ...]], n.Inline]
"""Function that creates a node around inlines."""


def wrap(inlines: tuple[n.Inline, ...], changes: Sequence[tuple[int, int, Make]]) -> tuple[n.Inline, ...]:
    """Put characters of the plain text into nodes.

    Args:
        inlines: The inlines.
        changes: Start and end of the characters, in ascending order without overlaps, and the function that creates the node.
    """
    out: list[n.Inline] = []
    parts = divide(inlines, [edge for start, end, _ in changes for edge in (start, end)])
    for index, part in enumerate(parts):
        out += (changes[index // 2][2](part),) if index % 2 else part
    return tuple(out)


def is_bold(inlines: Iterable[n.Inline]) -> bool:
    """Return whether every word of a text is bold; punctuation is not a word."""
    words = [inline for inline in inlines if any(map(str.isalnum, plain_text((inline,))))]
    return bool(words) and all(isinstance(inline, n.Strong) for inline in words)


def without_bold(inlines: Iterable[n.Inline]) -> tuple[n.Inline, ...]:
    """Remove the bold from a text that is completely bold."""
    return tuple(
        x for inline in inlines for x in (inline.inlines if isinstance(inline, n.Strong) else (inline,))
    )


def finish(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Replace line ends and runs of spaces with one space, and join adjacent runs of text."""
    if len(inlines) == 1 and isinstance(inlines[0], n.Text):
        text = _squeeze(inlines[0].text).strip(" ")
        return inlines if text == inlines[0].text and text else collapse_space(inlines)
    return merge_text(collapse_space(inlines))


def merge_text(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Join adjacent runs of text at this level."""
    out: list[n.Inline] = []
    for mergeable, group in groupby(inlines, lambda inline: isinstance(inline, n.Text) and not inline.id):
        nodes = list(group)
        out += (_joined(nodes),) if mergeable and len(nodes) > 1 else nodes
    return tuple(out)


def _joined(texts: Sequence[n.Inline]) -> n.Text:
    span = functools.reduce(_join, (text.span for text in texts))
    return n.Text("".join(map(_text, texts)), attrs=texts[0].attrs, span=span)


def _join(first: Span | None, second: Span | None) -> Span | None:
    if first is None or second is None:
        return first or second
    return Span(first.line, first.column, second.end_line, second.end_column)


def collapse_space(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Replace each run of ASCII white space in text with one space, also across nodes, and trim the ends."""
    state = _Space()
    out = change_inlines(inlines, state.change)
    return trimmed(out)


class _Space:
    """State that records whether the last character was a space, to prevent a second space after it."""

    def __init__(self) -> None:
        self.after_space = True

    def change(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if isinstance(inline, n.Text):
            words = _squeeze(inline.text)
            if self.after_space:
                words = words.removeprefix(" ")
            if words:
                self.after_space = words.endswith(" ")
            elif inline.text:
                return ()
            return inline if words == inline.text else replace(inline, text=words)
        if isinstance(inline, n.LineBreak):
            self.after_space = True
        elif not child_inlines(inline) and not isinstance(inline, n.PageMark):
            # The source contains the spaces on both sides of a call: keep both.
            self.after_space = False
        return inline


def _squeeze(text: str) -> str:
    if "  " not in text and not any(c in text for c in "\t\n\r\f"):
        return text
    out: list[str] = []
    for char in text:
        if char in " \t\n\r\f":
            if not out or out[-1] != " ":
                out.append(" ")
        else:
            out.append(char)
    return "".join(out)


def without_start(inlines: tuple[n.Inline, ...], characters: str) -> tuple[n.Inline, ...]:
    """Return the inlines without these characters at their beginning."""
    first = inlines[0] if inlines else None
    if isinstance(first, n.Text):
        text = first.text.lstrip(characters)
        return (replace(first, text=text), *inlines[1:]) if text else without_start(inlines[1:], characters)
    if isinstance(first, n.StyledInline | n.TextSpan):
        inside = without_start(first.inlines, characters)
        return (
            (replace(first, inlines=inside), *inlines[1:])
            if inside
            else without_start(inlines[1:], characters)
        )
    return inlines


def trimmed(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Return the inlines without spaces at their end."""
    while inlines:
        last = inlines[-1]
        match last:
            case n.Text(text=text) if text.endswith(" "):
                shorter = text.rstrip(" ")
                inlines = (*inlines[:-1], replace(last, text=shorter)) if shorter else inlines[:-1]
                if shorter:
                    return inlines
            case _ if child_inlines(last):
                inside = trimmed(child_inlines(last))
                return (*inlines[:-1], replace(last, inlines=inside))
            case _:
                return inlines
    return inlines
