"""Fonts: those that come with publish, and those in a style's own folder `fonts`. No other font is ever used."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

HOUSE_FAMILIES = frozenset({"Liberation Sans", "Liberation Mono", "DejaVu Sans"})
"""The families in `styles/fonts`; known by name, so that no font is opened where a style has none of its own."""

SUFFIXES = frozenset({".ttf", ".otf"})

BOLD = 600
"""From this weight on a font is a bold one (OpenType, OS/2 usWeightClass)."""


class Face(Struct, frozen=True):
    """One font file of a style."""

    family: str
    weight: str
    slant: str
    path: str


@cache
def own_faces(folder: str) -> tuple[Face, ...]:
    """The font files in the folder `fonts` of a style's folder, by their names; a file that is no font is left out."""
    from fontTools.ttLib import TTFont, TTLibError

    found: list[Face] = []
    fonts = Path(folder) / "fonts"
    for path in sorted(fonts.iterdir()) if folder and fonts.is_dir() else ():
        if path.suffix.lower() not in SUFFIXES:
            continue
        try:
            with TTFont(path, lazy=True) as font:
                name, metrics = font["name"], font["OS/2"]
                # The typographic family, where a family has more than four faces, else the plain one (OpenType, name table).
                family = name.getDebugName(16) or name.getDebugName(1) or ""
                weight = "bold" if metrics.usWeightClass >= BOLD else "normal"
                slant = "italic" if metrics.fsSelection & 1 else "normal"
        except (TTLibError, OSError, KeyError):
            continue
        found.append(Face(family, weight, slant, str(path)))
    return tuple(found)


def knows(folder: str, family: str) -> bool:
    """Whether a style in this folder may name a family."""
    return family in HOUSE_FAMILIES or any(face.family == family for face in own_faces(folder))
