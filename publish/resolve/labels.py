"""Number series: the nth label in decimal, letters, roman numerals or note symbols."""

from __future__ import annotations

from typing import assert_never

from publish.model.policy import NumberFormat

SYMBOLS = ("*", "†", "‡", "§", "‖", "¶")
"""The traditional order of note signs; they are doubled, then tripled, when they run out."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


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


def letters(number: int) -> str:
    """A, b … z, aa, ab …: bijective base 26, in lower case."""
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out


def roman(number: int) -> str:
    """A roman numeral in lower case."""
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out
