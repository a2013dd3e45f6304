"""Characters of symbol fonts, whose codes represent symbols and not letters."""

from __future__ import annotations

_WINGDINGS = {
    0x28: "☎",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_SYMBOL = {
    0x2D: "−",
    0xB8: "÷",
    0xB7: "•",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xA3: "≤",
    0xB4: "×",
    0xB9: "≠",
    0xBB: "≈",
    0xA5: "∞",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xBC: "…",
    0xD6: "√",
    0xE5: "∑",
    **{0x41 + k: letter for k, letter in enumerate("ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + k: letter for k, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
}
FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
"""Symbols that each font shows, by character code without the offset F000 of the private use area."""

PRIVATE = 0xF000


def shown(font: str, code: str) -> str | None:
    """Return the Unicode character that looks like a symbol; None if unknown.

    Args:
        font: Name of the font.
        code: Hexadecimal digits, as in `w:sym` of Word.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return None
    low = number - PRIVATE if PRIVATE <= number < PRIVATE + 0x100 else number
    found = FONTS.get(font.lower(), {}).get(low)
    if (
        found is None
        and 0x20 <= low < 0x7F
        and font.lower() not in {"wingdings", "webdings", "wingdings 2", "wingdings 3"}
    ):
        return chr(low)
    if found is None and number > 0xFF and number < 0xE000:
        return chr(number)
    return found


def displayed(text: str, font: str) -> str:
    """Return a text in a symbol font, which is letters in the file, with the symbols that are printed."""
    if text.isascii() or font.lower() not in FONTS:
        return text
    if not any(PRIVATE <= ord(c) < PRIVATE + 0x100 for c in text):
        return text
    return "".join(shown(font, f"{ord(c):X}") or c for c in text)
