"""Shapes of a chart in SVG: colours, characters, lines, rectangles."""

from __future__ import annotations

from collections.abc import Sequence

from publish.markup import escape

COLOURS = (
    "#154273",
    "#e17000",
    "#39870c",
    "#a90061",
    "#007bc7",
    "#8a6d00",
    "#42145f",
    "#777c00",
    "#d52b1e",
    "#275937",
)
"""Colours of the series: dark blue first, as in the papers of the Dutch government; each has a contrast of 3:1 with white."""

TEXT, RULE = "#222222", "#d0d0d0"
FONT = "Liberation Sans, Arial, sans-serif"
SIZE = 11.0
"""Type size in pixels."""

CHARACTER = 0.56
"""Mean width of a character as a share of the type size."""


def text(x: float, y: float, shown: str, anchor: str = "start", attributes: str = "") -> str:
    """Return characters.

    Args:
        x: Horizontal position of the anchor.
        y: Position of the baseline.
        shown: The characters.
        anchor: `start`, `middle` or `end`.
        attributes: Other attributes of SVG.
    """
    return f'<text x="{short(x)}" y="{short(y)}" text-anchor="{anchor}"{attributes}>{escape(shown)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    """Return a line."""
    return f'<line x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}" stroke="{colour}"/>'


def rectangle(x: float, y: float, wide: float, high: float, colour: str) -> str:
    """Return a filled rectangle; a very small one stays visible."""
    return f'<rect x="{short(x)}" y="{short(y)}" width="{short(max(wide, 0.5))}" height="{short(max(high, 0.5))}" fill="{colour}"/>'


def points(places: Sequence[tuple[float, float]]) -> str:
    """Return points as an attribute."""
    return " ".join(f"{short(x)},{short(y)}" for x, y in places)


def colour(number: int) -> str:
    """Return the colour of a series."""
    return COLOURS[number % len(COLOURS)]


def width(text: str) -> float:
    """Return the approximate width of characters."""
    return len(text) * SIZE * CHARACTER


def shortened(text: str, room: float) -> str:
    """Return a label that fits into its room."""
    most = max(int(room / (SIZE * CHARACTER)), 3)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def short(number: float) -> str:
    """Return a number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
