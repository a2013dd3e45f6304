"""Headings of questions and answers: which numbers do they name?"""

from __future__ import annotations

import re

from msgspec import Struct

from publish.model.roles import ANSWER, QUESTION

_NUMBERS = r"\d{1,3}(?:\s*(?:,\s*(?:en\s+)?|en|&|t/m|tot en met|[-–])\s*\d{1,3})*"
_UNIT = re.compile(
    r"(?P<kind>Vraag|Vragen|Antwoord|Antwoorden)(?:\s+op\s+(?:de\s+)?vra(?:ag|gen))?\s+"
    rf"(?P<numbers>{_NUMBERS})\s*[.:]?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|[-–])\s*(\d+)")


class Unit(Struct, frozen=True):
    """The heading of a question or an answer."""

    role: str
    numbers: tuple[int, ...]

    @property
    def id(self) -> str:
        """Such as `vraag-1` or `antwoord-4-5`."""
        word = "vraag" if self.role == QUESTION else "antwoord"
        return "-".join([word, *map(str, self.numbers)])


def unit(heading: str) -> Unit | None:
    """What a heading announces: "Vraag 1", "Antwoord 4 en 5", "Antwoord op vragen 4 t/m 7"; None if it is another."""
    match = _UNIT.fullmatch(" ".join(heading.split()))
    if match is None:
        return None
    role = QUESTION if match["kind"].lower().startswith("vra") else ANSWER
    return Unit(role, _numbers(match["numbers"]))


def _numbers(text: str) -> tuple[int, ...]:
    def spread(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        return " ".join(str(k) for k in range(first, last + 1)) if first < last else f"{first} {last}"

    return tuple(int(number) for number in re.findall(r"\d+", _RANGE.sub(spread, text)))
