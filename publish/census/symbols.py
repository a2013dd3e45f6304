"""Characters of symbol fonts, which display other characters than those of the file."""

from __future__ import annotations

SYMBOL_FONT = "symbol"
_SYMBOLS = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
)
"""Letters of the Symbol font."""

_SIGNS = {"-": "−", "\xb0": "°", "\xb1": "±", "\xb4": "×", "\xb8": "÷"}
"""Signs of the Symbol font that differ from those of Latin-1."""

ORNAMENT = "□"
"""A character of a symbol font that is no word."""


def letters(text: str, font: str) -> str:
    """Return the letters of a text; a symbol font displays other characters than those of the file."""
    if text.isascii() or not any("\uf000" <= c <= "\uf0ff" for c in text):
        return text
    return "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)


def symbol(code: int, font: str) -> str:
    """Return the character that a symbol font displays for a code."""
    letter = chr(code & 0xFF)
    if font.lower() == SYMBOL_FONT:
        plain = letter if letter in "0123456789+=<>%" else ORNAMENT
        return _SYMBOLS.get(letter) or _SIGNS.get(letter) or plain
    return ORNAMENT
