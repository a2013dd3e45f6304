"""Contrast of the colours of a house style: unreadable text is hidden text (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from publish.style.tokens import Style

LEAST = 3.0
"""Smallest contrast of text with its background; WCAG requires 3:1 for large text and 4.5:1 for other text."""

PAPER = "#ffffff"


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(style: Style) -> Iterator[tuple[str, float]]:
    """Yield the tokens of text that cannot be told from its background, and their contrast."""
    text = style.colours.text
    texts = [("colours.text", text, PAPER), ("colours.link", style.colours.link, PAPER)]
    texts += [("title.colour", style.title.colour, PAPER), ("subtitle.colour", style.subtitle.colour, PAPER)]
    texts += [("headings.colour", heading.colour, PAPER) for heading in style.headings]
    texts += [("page.furniture.colour", furniture.colour, PAPER) for furniture in style.page.furniture]
    texts += [("number.colour", style.number.colour, PAPER)] if style.number is not None else []
    texts += [("tables.head", text, style.tables.head)] if style.tables.head else []
    for token, colour, background in texts:
        found = contrast(colour or text, background)
        if found < LEAST:
            yield token, found


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
