"""Division of text into words, the same for sources and documents."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+|[€$£¥%‰§±×÷=+−]")
"""A number with its separators, a run of letters and digits, or a sign that carries meaning."""


def words(text: str) -> list[str]:
    """Return the words of a text in order: numbers, runs of letters, and signs such as `€` and `%`.

    Punctuation is not a word, because readers may change it (quotation marks, spaces, brackets around the mark of a note).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _WORD.findall(text)


def first_words(text: str, count: int = 8) -> str:
    """Return the beginning of a text, for a message."""
    parts = text.split()
    return " ".join(parts[:count]) + (" …" if len(parts) > count else "")
