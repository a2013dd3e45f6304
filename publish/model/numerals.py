"""Conversion of numbers to and from letters and roman numerals."""

from __future__ import annotations

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


LARGEST = 32_767
"""The largest number that has a form other than digits, as in Word; longer numerals would fill the memory."""


def letters(number: int) -> str:
    """Return a number as letters: a, b … z, aa, ab … (bijective base 26, in lower case)."""
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out


def doubled_letters(number: int) -> str:
    """Return a number as repeated letters: a, b … z, aa, bb …, in lower case, as in Word and in points of Dutch law."""
    if number > LARGEST:
        return str(number)
    round_, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (round_ + 1)


def roman(number: int) -> str:
    """Return a number as a roman numeral in lower case."""
    if number > LARGEST:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def from_letters(text: str) -> int:
    """Return the number for lower-case letters: the inverse of `letters`."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("a") + 1
    return number


def from_roman(text: str) -> int:
    """Return the number for a roman numeral in lower case; 0 if the text is not a roman numeral."""
    number = 0
    rest = text
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            number += value
            rest = rest[len(sign) :]
    return number if not rest and number and roman(number) == text else 0
