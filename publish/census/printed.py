"""Words of printed text: lines with split words, and labels of notes that touch other words."""

from __future__ import annotations

import re

from publish.census.words import words

_SPLIT = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\x02]\s*\n?\s*([^\W\d_]+)")
_TOUCHING = re.compile(r"([^\W\d_]{2,}|[?!»”’\"')\].,])(\d{1,3}(?:, ?\d{1,3})*)(?=[\s.,;:?!)]|$)")
_NUMBER_LINE = re.compile(r"^\s*[(\[]?(\d{1,4}|[*†‡§])[)\]]?\s*$", re.MULTILINE)
_LINE_START = re.compile(r"^\s*[(\[]?(\d{1,3}|[*†‡§])[)\]]?(?=\s+\S|[A-Z«])", re.MULTILINE)


def joins(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that can be one word: at the end of a line, and a word with a number that touches it."""
    split = {(m[1], m[2]) for m in _SPLIT.finditer(text)}
    touching = {(m[1], m[2]) for m in _TOUCHING.finditer(text) if m[1][0].isalpha()}
    return frozenset(split | touching)


def apart(text: str) -> tuple[str, list[str]]:
    """Separate numbers that touch a word or end a sentence; they can be labels of notes.

    Returns:
        The text, and the numbers.
    """
    labels: list[str] = []

    def take(match: re.Match[str]) -> str:
        labels.append(match[2])
        return f"{match[1]} "

    return _TOUCHING.sub(take, text), labels


def labels_in_lines(text: str) -> tuple[str, list[str]]:
    """Take away numbers that are alone on a line or begin a line; they can be labels of notes or numbers of pages.

    Returns:
        The text, and the numbers.
    """
    labels: list[str] = []

    def take(match: re.Match[str]) -> str:
        labels.extend(words(match[1]))
        return " "

    return _LINE_START.sub(take, _NUMBER_LINE.sub(take, text)), labels
