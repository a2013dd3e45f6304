"""Number series: the nth label in decimal, letters, roman numerals or note symbols."""

from __future__ import annotations

from typing import assert_never

from publish.model.numerals import letters, roman
from publish.model.policy import NumberFormat

SYMBOLS = ("*", "†", "‡", "§", "‖", "¶")
"""The traditional order of note signs; they are doubled, then tripled, when they run out."""


def label(number: int, style: NumberFormat) -> str:
    """The label of the `number`th item, counted from 1, or the plain number where a series has none (below 1)."""
    if number < 1:
        return str(number)
    match style:
        case "decimal":
            return str(number)
        case "lower-alpha":
            return letters(number)
        case "upper-alpha":
            return letters(number).upper()
        case "lower-roman":
            return roman(number)
        case "upper-roman":
            return roman(number).upper()
        case "symbols":
            round_, index = divmod(number - 1, len(SYMBOLS))
            return SYMBOLS[index] * (round_ + 1)
        case _:
            assert_never(style)
