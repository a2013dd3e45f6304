"""Fonts included with publish, and fonts in the folder `fonts` of a style. Publish uses no other fonts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

HOUSE_FAMILIES = frozenset({"Liberation Sans", "Liberation Mono", "DejaVu Sans"})
"""The families in `styles/fonts`. The list makes it unnecessary to open a font if a style does not contain fonts."""

SUFFIXES = frozenset({".ttf", ".otf"})

BOLD = 600
"""Minimum weight of a bold font (OpenType, OS/2 usWeightClass)."""


class Face(Struct, frozen=True):
    """One font file of a style."""

    family: str
    weight: str
    slant: str
    path: str


@cache
def own_faces(folder: str) -> tuple[Face, ...]:
    """Return the fonts in the subfolder `fonts` of a style folder, sorted by file name. Skip files that are not fonts."""
    fonts = Path(folder) / "fonts"
    paths = sorted(fonts.iterdir()) if folder and fonts.is_dir() else []
    if not paths:
        return ()
    found: list[Face] = []
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            continue
        face = _face(path)
        if face is not None:
            found.append(face)
    return tuple(found)


def _face(path: Path) -> Face | None:
    """Return the face in a file; None if it is not a font that can be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, lazy=True) as font:
            name, metrics = font["name"], font["OS/2"]
            # The typographic family if a family has more than four faces, else the family name (OpenType, name table).
            family = name.getDebugName(16) or name.getDebugName(1) or ""
            weight = "bold" if metrics.usWeightClass >= BOLD else "normal"
            slant = "italic" if metrics.fsSelection & 1 else "normal"
    except Exception:  # noqa: BLE001 - fontTools raises exceptions of many types for a damaged font
        return None
    return Face(family, weight, slant, str(path))


def knows(folder: str, family: str) -> bool:
    """Return whether a style in this folder may use a font family."""
    return family in HOUSE_FAMILIES or any(face.family == family for face in own_faces(folder))
