"""Lists that are numbered by letters, by Roman numerals, or in parentheses, which CommonMark does not support.

`a.`, `(iii)`, `B)` and `(2)` are replaced with digits of the same width before the manuscript is parsed, so that
positions do not change. The original markers are stored by line. Two consecutive markers form a list; a single marker is
text. A capital letter with a full stop needs two spaces after it, as in pandoc, because `B. Jansen` is a name, unless it is
a Roman numeral that the next marker continues.

Inserted numbers such as `2a.`, `1bis.` and numbers such as `1°` are markers next to other markers; their text is kept.
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
_INSERTED = re.compile(
    r"(?P<before>[ \t>]*)(?P<open>)(?P<label>(?P<base>\d{1,4})(?:(?:bis|ter|quater|quinquies|sexies|septies|[a-z]{1,2})(?=[.)])|°))(?P<close>[.)]?)(?P<space>[ \t]+)(?=\S)"
)
"""Number with a suffix, or with a degree sign instead of a full stop."""

_COUNTED = re.compile(r"(?P<before>[ \t>]*)(?P<base>\d{1,4})[.)][ \t]+\S")
"""Marker that CommonMark supports."""

LETTERS = 26
"""Number of letters, after which `aa`, `bb` follow `z`, as in Dutch law and Word."""

LARGEST_GAP = 10
"""Maximum step between markers in a list of two or more, which allows for missing markers such as of a lapsed part."""


class Marker(Struct, frozen=True):
    """Marker at the beginning of a list item."""

    style: ListStyle
    delimiter: Delimiter
    value: int
    text: str = ""
    """Marker as typed, if no style can print it."""


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
    inserted = _inserted(lines)
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
    return [*out, *({line: marker} for line, marker in inserted.items())]


def _inserted(lines: list[str]) -> dict[int, Marker]:
    """Return the inserted numbers that belong to a list: the same or the next number is next to them."""
    out: dict[int, Marker] = {}
    last: dict[str, tuple[int, re.Match[str]]] = {}
    after_blank = False
    for number, line in enumerate(lines):
        if not line.strip(" \t>"):
            after_blank = True
            continue
        match = _INSERTED.match(line) or _COUNTED.match(line)
        if match is None:
            indent = len(line) - len(line.lstrip(" \t>"))
            if after_blank:
                last = {before: found for before, found in last.items() if len(before) < indent}
        else:
            before = last.get(match["before"])
            if before is not None and 0 <= int(match["base"]) - int(before[1]["base"]) <= 1:
                pair = (before, (number, match))
                out |= {k: _literal(m) for k, m in pair if m.re is _INSERTED}
            last[match["before"]] = number, match
        after_blank = False
    return out


def _literal(match: re.Match[str]) -> Marker:
    delimiter: Delimiter = ")" if match["close"] == ")" else "."
    return Marker("decimal", delimiter, int(match["base"]), match["label"] + (match["close"] or ""))


def as_digits(text: str, found: list[Chain]) -> str:
    """Replace these markers in the text with digits of the same width, as CommonMark expects them."""
    lines = text.split("\n")
    for chain in found:
        first = min(chain)
        for number, marker in chain.items():
            match = (_INSERTED if marker.text else _MARKER).match(lines[number])
            assert match is not None
            width = match.start("space") - match.end("before") - 1
            # Only the first number counts (CommonMark 0.31, 5.3); a list that does not begin with 1 cannot interrupt a paragraph.
            value = 1 if number == first and marker.value == 1 else 2
            digits = f"{value}".rjust(width) if match["open"] else f"{value:0{width}}"
            close = match["close"] or "."
            lines[number] = f"{match['before']}{digits}{close}{lines[number][match.start('space') :]}"
    return "\n".join(lines)


def _read(number: int, line: str) -> _Line | None:
    match = _MARKER.match(line)
    if match is None or (match["open"] and match["close"] == "."):
        return None
    label, delimiter = match["label"], "()" if match["open"] else match["close"]
    if label.isdecimal() and delimiter != "()":
        return None
    found = list(_values(label))
    if len(label) == 1 and label.isupper() and delimiter == "." and len(match["space"]) == 1:
        found = [(style, value) for style, value in found if style == "upper-roman" and value == 1]
    readings = tuple(Marker(style, delimiter, value) for style, value in found)  # type: ignore[arg-type]
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
        near = len(chain) > 1 or number == first.number + 1
        following = _next(found, last, near=near) if found and _beside(found, first) else None
        if following is not None:
            chain[number] = last = following
        elif after_blank and len(line) - len(line.lstrip(" \t>")) <= indent:
            break
        after_blank = False
    return chain


def _beside(line: _Line, first: _Line) -> bool:
    return line.match["before"] == first.match["before"]


def _next(line: _Line, last: Marker, *, near: bool) -> Marker | None:
    """Return the closest reading of a marker that follows the last marker; None if no reading follows it.

    Args:
        line: The line with the marker.
        last: The last marker.
        near: Whether markers can be missing between them: in a longer list, or if the lines are adjacent.
    """
    gap = LARGEST_GAP if near else 1
    found = [
        reading
        for reading in line.readings
        if (reading.style, reading.delimiter) == (last.style, last.delimiter)
        and 1 <= reading.value - last.value <= gap
    ]
    return min(found, key=lambda reading: reading.value) if found else None
