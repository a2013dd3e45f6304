"""Spaces in print that must not break: between day and month, `nr.` and its number, `artikel` and its number.

The source keeps plain spaces. Only print, which has fixed lines, gets non-breaking spaces.
"""

from __future__ import annotations

import re

WORD_JOINER = "\u2060"
"""Prevents a line break at its position."""

OBJECT = "\ufffc"
"""Represents an embedded object, such as a formula, among the characters of a text (UAX #14, class CB)."""

_BREAKS_BEFORE_DIGIT = f" ?!…–—{OBJECT}"
"""Characters after which a line can break before a digit (UAX #14); a call must stay with the word before it."""

_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december "
    "January February March April May June July August September October November December"
).replace(" ", "|")

_AFTER = (
    r"nrs?\.|[Nn]o\.|blz\.|pp?\.|art\.|artikel(?:en)?|lid|hoofdstuk|bijlage|Kamerstuk(?:ken)?|Stb\.|Stcrt\.|Trb\.|"
    r"vraag|vragen|noot|§|article|section|chapter|Article|Section"
)

_BOUND = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS})\b)"  # 8 december
    rf"|(?:(?<=^)|(?<=[\s(«“]))({_AFTER}) (?=\d)"  # nr. 1219, artikel 273f, Stb. 2021
    r"|(?<=\b[A-Z]\.) (?=[A-Z])"  # initials
    r"|(?<=\d) (?=%|€|km\b|m\b|kg\b|mln\b|mld\b|miljoen\b|miljard\b|euro\b)"
)


def bind(text: str) -> str:
    """Return the same text with non-breaking spaces at positions where a line must not break."""
    return _BOUND.sub(lambda match: f"{match[1] or ''}\u00a0", text)


def breaks_before(last: str, label: str) -> bool:
    """Return whether a line can break between a character and the call after it."""
    return last in _BREAKS_BEFORE_DIGIT or not label[:1].isalnum()
