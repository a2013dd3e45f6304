"""Conversion of lines to paragraphs: which lines belong together, and which hyphens only split a word at a line end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.text import finish
from publish.readers.addresses import is_address
from publish.readers.gazettes.lines import Line, Piece

CONJUNCTIONS = frozenset(
    [
        "en", "of", "tot", "dan", "als", "noch", "maar", "naar", "danwel", "ofwel", "respectievelijk",
        "resp.", "c.q.", "and", "or", "und", "oder", "et", "ou", "van", "t/m",
    ]
)  # fmt: skip
"""Words after a hyphen that is part of the word before it: `contact- of gebiedsverbod`."""

ENDINGS = (".", "?", "!", ":", ";")
_CLOSING = "»”’\"')"
_BROKEN = re.compile(r"(?P<head>[A-Za-zÀ-ž]*[a-zà-ž]{2})-\s+(?P<tail>[a-zà-ž]+)")

FILL = 0.96
"""Minimum width of a full line, as a share of the width of the widest lines."""


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, regardless of note calls after it."""
    bare = text.rstrip().rstrip(_CLOSING).rstrip()
    return bare.endswith(ENDINGS) or (text.rstrip()[-1:] in {"»", "”"} and bare[-1:] in ".?!")


def groups(lines: Sequence[Line], width: int) -> list[list[Line]]:
    """Return the lines of each paragraph.

    A paragraph ends at a gap, or with a sentence whose last line has room for the first word of the next line.

    Args:
        lines: Lines of text, without headings.
        width: Characters of a full line; 0 if lines have no width.
    """
    out: list[list[Line]] = []
    for line in lines:
        last = out[-1][-1] if out else None
        if last is None or line.parted or _ends(last, line, width):
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _ends(last: Line, line: Line, width: int) -> bool:
    text = last.plain
    first = line.plain.split(maxsplit=1)[0] if line.plain else ""
    has_room = len(text) + 1 + len(first) <= width * FILL
    return bool(width) and has_room and ends_sentence(text)


def full_width(lines: Sequence[Line]) -> int:
    """Return the number of characters of a full line: the 90th percentile of the line lengths."""
    lengths = sorted(len(line.plain) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def inlines(lines: Sequence[Line], joined: list[str]) -> tuple[n.Inline, ...]:
    """Join the text of lines; rejoin split words, and add them to `joined`."""
    pieces: list[Piece] = []
    for line in lines:
        following = [replace(p, text=p.text.replace("\u00a0", " ")) for p in line.pieces if p.text]
        if pieces and following:
            _continue(pieces, following, joined)
        for piece in following:
            if pieces and _look(pieces[-1]) == _look(piece):
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text + piece.text)
            else:
                pieces.append(piece)
    return finish(tuple(_inline(replace(p, text=_mended(p.text, joined))) for p in pieces))


def _look(piece: Piece) -> tuple[object, ...]:
    return piece.superscript, piece.bold, piece.italic, piece.href


def _inline(piece: Piece) -> n.Inline:
    text: n.Inline = n.Text(piece.text, span=piece.span)
    if piece.superscript:
        return n.Superscript((n.Text(piece.text.strip(), span=piece.span),), span=piece.span)
    if not piece.text.strip():
        return text
    if piece.italic:
        text = n.Emphasis((text,), span=piece.span)
    if piece.bold:
        text = n.Strong((text,), span=piece.span)
    if piece.href and is_address(piece.href):
        text = n.Link((text,), piece.href, span=piece.span)
    return text


def _continue(pieces: list[Piece], following: list[Piece], joined: list[str]) -> None:
    """Prepare the end of a line for the next line: add a space, or remove the hyphen of a word split at the line end."""
    last, first = pieces[-1], following[0]
    if first.superscript or last.superscript or (last.href != first.href and (last.href or first.href)):
        pieces.append(Piece(" "))
        return
    if last.href and last.href.startswith(last.text.strip()[:12]):
        return  # a printed address is split without an additional hyphen
    token = last.text.rstrip().rpartition(" ")[2]
    if "/" in token and token.endswith(("-", "/", ".", "_", "=", "&", "?")):
        pieces[-1] = replace(last, text=last.text.rstrip())
        return
    head = re.search(r"([A-Za-zÀ-ž]*[a-zà-ž]{2})[-\u00ad]\s*$", last.text)
    word = re.match(r"\s*(?:([a-zà-ž]+)|[A-ZÀ-Ž])", first.text)
    if head is None or word is None or word[1] in CONJUNCTIONS:
        pieces[-1] = replace(last, text=f"{last.text} ")
        return
    following[0] = replace(first, text=first.text.lstrip())
    if word[1] is None:  # the hyphen of a name, as in Verweij-Jonker
        pieces[-1] = replace(last, text=last.text.rstrip())
        return
    joined.append(head[1] + word[1])
    pieces[-1] = replace(last, text=last.text[: head.end(1)])


def _mended(text: str, joined: list[str]) -> str:
    """Rejoin words that were split at line ends that no longer exist: `zieken- huisnota`."""

    def whole(match: re.Match[str]) -> str:
        if match["tail"] in CONJUNCTIONS:
            return match[0]
        joined.append(match["head"] + match["tail"])
        return match["head"] + match["tail"]

    return _BROKEN.sub(whole, text)
