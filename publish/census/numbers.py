"""Numbers as programs for text display them: letters, Roman numerals and the symbols of notes."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_SYMBOLS = "*†‡§‖¶"

LARGEST = 32_767
"""The largest number that Word counts to; larger ones are digits."""


def roman(number: int) -> str:
    """Return a lower-case Roman numeral; a number below 1 is returned as decimal."""
    if not 1 <= number <= LARGEST:
        return str(number)
    out = ""
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        out += letter * count
    return out


def repeated_letters(number: int) -> str:
    """Return a letter, repeated after z: a … z, aa, bb (Word and LibreOffice)."""
    if not 1 <= number <= LARGEST:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def counted_letters(number: int) -> str:
    """Return letters that count on after z: a … z, aa, ab (HTML, CSS Counter Styles 3, 6)."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out or "0"


def symbol(number: int) -> str:
    """Return a note symbol, repeated after the last one."""
    if number > LARGEST:
        return str(number)
    turn, index = divmod(max(number, 1) - 1, len(_SYMBOLS))
    return _SYMBOLS[index] * (turn + 1)


def item_number(number: int, form: str) -> str:
    """Return the number of a list item: `lower-alpha`, `upper-alpha`, `lower-roman`, `upper-roman`, or else decimal."""
    text = (
        roman(number)
        if form.endswith("roman")
        else counted_letters(number)
        if form.endswith("alpha")
        else str(number)
    )
    return text.upper() if form.startswith("upper") else text
