"""Compute the nth label of a series: decimal, letters, roman numerals or note symbols."""

from __future__ import annotations

from typing import assert_never

from publish.model.numerals import LARGEST, letters, roman
from publish.model.policy import NumberFormat

SYMBOLS = ("*", "†", "‡", "§", "‖", "¶")
"""The traditional order of note symbols; after the last, they are doubled, then tripled."""


def label(number: int, style: NumberFormat) -> str:
    """Return the label of the `number`th item, counted from 1; a number below 1 is returned as decimal."""
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
            if number > LARGEST:
                return str(number)
            round_, index = divmod(number - 1, len(SYMBOLS))
            return SYMBOLS[index] * (round_ + 1)
        case _:
            assert_never(style)
