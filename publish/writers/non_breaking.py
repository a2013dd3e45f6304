"""Spaces at which a line of print must not end: between a day and its month, `nr.` and its number, `artikel` and its own.

The source keeps its plain spaces; only print, which has lines of its own, gets non-breaking ones.
"""

from __future__ import annotations

import re

WORD_JOINER = "\u2060"
"""Keeps a line from ending where it stands."""

OBJECT = "\ufffc"
"""What stands for a drawing among the characters of a text (UAX #14, class CB)."""

_BREAKS_BEFORE_DIGIT = f" ?!…–—{OBJECT}"
"""After these a line may break before a digit (UAX #14); a call must stay with the word that it follows."""

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
    """The same text with non-breaking spaces where a line must not end."""
    return _BOUND.sub(lambda match: f"{match[1] or ''}\u00a0", text)


def breaks_before(last: str, label: str) -> bool:
    """Whether a line may end between a character and the call that follows it."""
    return last in _BREAKS_BEFORE_DIGIT or not label[:1].isalnum()
