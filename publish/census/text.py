"""Census of text that a program extracted from a printed paper."""

from __future__ import annotations

import re

from publish.census.printed import apart, joins, labels_in_lines
from publish.census.types import Census, Passage, SourceFile
from publish.census.words import words
from publish.diagnostics.types import Span

_MARKUP = re.compile(r"^#{1,6}\s+|\*\*|^-{3,}\s*$|</?sup>", re.MULTILINE)
_BRACKETED = re.compile(r"\[(\d{1,3}|[a-z]{1,2}|[*†‡])\s?\]")

ONE_LINE = 2000
"""Number of characters of a line that contains a whole page or paper."""


def take(source: SourceFile) -> Census:
    """Count the words of extracted text.

    Raises:
        UnicodeDecodeError: if it is not UTF-8.
    """
    text = source.data.decode("utf-8-sig").replace("\r\n", "\n")
    possible = [match[1] for match in _BRACKETED.finditer(text)]
    passages: list[Passage] = []
    whole = _MARKUP.sub("", _BRACKETED.sub(" ", text))
    for number, line in enumerate(whole.replace("\f", "\n").split("\n"), start=1):
        separated, labels = apart(line)
        separated, starts = labels_in_lines(separated)
        if len(line) > ONE_LINE:  # the notes follow the text in the same line
            separated, inner = _without(separated, {w for label in labels for w in words(label)})
            starts += inner
        possible += [*labels, *starts]
        if separated.strip():
            passages.append(Passage(separated, Span(number)))
    return Census(
        "text",
        tuple(passages),
        counted=frozenset({"words"}),
        possible=tuple(possible),
        joins=joins(whole),
        method="a scanner of lines",
    )


def _without(text: str, labels: set[str]) -> tuple[str, list[str]]:
    """Take away numbers that are labels of notes elsewhere in the text; return the text and the numbers."""
    found: list[str] = []

    def take_label(match: re.Match[str]) -> str:
        if match[0] not in labels:
            return match[0]
        found.append(match[0])
        return " "

    return re.sub(r"(?<!\S)\d{1,3}(?!\S)", take_label, text), found
