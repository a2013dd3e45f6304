"""Which characters the fonts of a style can show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from publish.style.load import fonts_folder
from publish.style.tokens import Style


def characters(style: Style) -> frozenset[str]:
    """Every character that a font in `styles/fonts`, or in the style's own `fonts` folder, has a glyph for."""
    own = Path(style.folder) / "fonts"
    return _in_folder(fonts_folder()) | (_in_folder(own) if own.is_dir() else frozenset())


@cache
def _in_folder(folder: Path) -> frozenset[str]:
    found: set[str] = set()
    for path in sorted(folder.glob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)
