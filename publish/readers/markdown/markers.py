"""Lists that are numbered by letters, by Roman numerals, or in parentheses, which CommonMark does not support.

`a.`, `(iii)`, `B)` and `(2)` are replaced with digits of the same width before the manuscript is parsed, so that
positions do not change. The original markers are stored by line. Two consecutive markers form a list; a single marker is
text. A capital letter with a full stop needs two spaces after it, as in pandoc, because `B. Jansen` is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

from msgspec import Struct

from publish.model.numerals import from_roman

ListStyle = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
LIST_STYLES = frozenset(get_args(ListStyle))
Delimiter = Literal[".", ")", "()"]

_MARKER = re.compile(
    r"(?P<before>[ \t>]*)(?P<open>\(?)(?P<label>[A-Za-z]|(?P<twice>[a-z])(?P=twice)|[ivxlcdm]{2,7}|[IVXLCDM]{2,7}|\d{1,4})(?P<close>[.)])(?P<space>[ \t]+)(?=\S)"
)
LETTERS = 26
"""Number of letters, after which `aa`, `bb` follow `z`, as in Dutch law and Word."""

LARGEST_GAP = 10
"""Maximum step between markers in a list of two or more, which allows for missing markers such as of a lapsed part."""


class Marker(Struct, frozen=True):
    """Marker at the beginning of a list item."""

    style: ListStyle
    delimiter: Delimiter
    value: int


class _Line(Struct, frozen=True):
    number: int
    match: re.Match[str]
    readings: tuple[Marker, ...]
    """Possible readings of the marker: `i` is a letter or a numeral."""


Chain = dict[int, Marker]
"""Markers of one list, by line from 0."""


def chains(text: str) -> list[Chain]:
    """Return the lists of a text that CommonMark does not support."""
    lines = text.split("\n")
    marked = {k: found for k, line in enumerate(lines) if (found := _read(k, line)) is not None}
    out: list[Chain] = []
    taken: set[int] = set()
    for number, line in marked.items():
        if number in taken:
            continue
        chain = max((_follow(lines, marked, line, reading) for reading in line.readings), key=len)
        if len(chain) > 1:
            out.append(chain)
            taken |= set(chain)
    return out


def as_digits(text: str, found: list[Chain]) -> str:
    """Replace these markers in the text with digits of the same width, as CommonMark expects them."""
    lines = text.split("\n")
    for chain in found:
        first = min(chain)
        for number, marker in chain.items():
            match = _MARKER.match(lines[number])
            assert match is not None
            width = len(match["open"] + match["label"])
            # Only the first number counts (CommonMark 0.31, 5.3); a list that does not begin with 1 cannot interrupt a paragraph.
            value = 1 if number == first and marker.value == 1 else 2
            digits = f"{value}".rjust(width) if match["open"] else f"{value:0{width}}"
            lines[number] = f"{match['before']}{digits}{match['close']}{lines[number][match.end('close') :]}"
    return "\n".join(lines)


def _read(number: int, line: str) -> _Line | None:
    match = _MARKER.match(line)
    if match is None or (match["open"] and match["close"] == "."):
        return None
    label, delimiter = match["label"], "()" if match["open"] else match["close"]
    if label.isdecimal() and delimiter != "()":
        return None
    if len(label) == 1 and label.isupper() and delimiter == "." and len(match["space"]) == 1:
        return None
    readings = tuple(Marker(style, delimiter, value) for style, value in _values(label))  # type: ignore[arg-type]
    return _Line(number, match, readings) if readings else None


def _values(label: str) -> Iterator[tuple[ListStyle, int]]:
    if label.isdecimal():
        yield "decimal", int(label)
        return
    lower = label.islower()
    if len(label) == 1:
        yield "lower-alpha" if lower else "upper-alpha", ord(label.lower()) - ord("a") + 1
    elif lower and label == label[0] * 2:
        yield "lower-alpha", LETTERS + ord(label[0]) - ord("a") + 1
    value = from_roman(label.lower())
    if value:
        yield "lower-roman" if lower else "upper-roman", value


def _follow(lines: list[str], marked: dict[int, _Line], first: _Line, reading: Marker) -> Chain:
    """Return the markers of the list that begins with this line, for this reading of its first marker."""
    chain = {first.number: reading}
    indent = len(first.match["before"])
    last = reading
    after_blank = False
    for number in range(first.number + 1, len(lines)):
        line = lines[number]
        if not line.strip(" \t>"):
            after_blank = True
            continue
        found = marked.get(number)
        following = _next(found, last, len(chain)) if found and _beside(found, first) else None
        if following is not None:
            chain[number] = last = following
        elif after_blank and len(line) - len(line.lstrip(" \t>")) <= indent:
            break
        after_blank = False
    return chain


def _beside(line: _Line, first: _Line) -> bool:
    return line.match["before"] == first.match["before"]


def _next(line: _Line, last: Marker, length: int) -> Marker | None:
    """Return the closest reading of a marker that follows the last marker; None if there is none."""
    gap = LARGEST_GAP if length > 1 else 1
    found = [
        reading
        for reading in line.readings
        if (reading.style, reading.delimiter) == (last.style, last.delimiter)
        and 1 <= reading.value - last.value <= gap
    ]
    return min(found, key=lambda reading: reading.value) if found else None
