"""Characters that the fonts of a style can show, and replacements for other characters."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.resolve.numbered import NumberedDocument
from publish.style.load import fonts_folder
from publish.style.tokens import Style

UNKNOWN = "\ufffd"

UNPRINTED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories of characters that need no glyph."""


class Printable(Struct, frozen=True):
    """Characters of a document that print can show."""

    instead: dict[int, str]
    """For `str.translate`: replacements for characters without a glyph."""
    diagnostics: tuple[Diagnostic, ...]

    def applied_to(self, source: str) -> str:
        """Return the source of a document with the replacements."""
        there = any(chr(code) in source for code in self.instead)
        return source.translate(self.instead) if there else source


def printable(numbered: NumberedDocument, style: Style) -> Printable:
    """Return replacements for characters that a style cannot print, and a diagnostic for each (PUB-W007).

    A missing glyph must not be used (ISO 19005-2, 6.2.11.8), so the replacement character U+FFFD is printed instead.
    """
    known = _characters(style)
    missing = _without_glyph(numbered, known)
    source = numbered.document.source
    found = (
        make(
            "PUB-W007",
            f"No font in the house style has '{c}' (U+{ord(c):04X})",
            span=node.span,
            source=source,
        )
        for c, node in missing.items()
    )
    return Printable({ord(c): UNKNOWN for c in missing} | _spaces(numbered, known), tuple(found))


def _spaces(numbered: NumberedDocument, known: frozenset[str]) -> dict[int, str]:
    """Return separators for which no font has a glyph, such as U+2028, and a plain space as their replacement."""
    used = set().union(*(node.text for node in numbered.nodes() if isinstance(node, n.Text)))
    unknown = {c for c in used - known if unicodedata.category(c).startswith("Z")}
    # A font can list the two Unicode separators without a glyph for them.
    return {ord(c): " " for c in unknown | {"\u2028", "\u2029"}}


def _without_glyph(numbered: NumberedDocument, known: frozenset[str]) -> dict[str, n.Node]:
    """Return characters that no font of the house style can show, with the first node that contains each."""
    missing: dict[str, n.Node] = {}
    for node in numbered.nodes():
        if isinstance(node, n.Math) and numbered.formula(node) is not None:
            continue  # drawn without a font of the house style
        if isinstance(node, n.Text | n.InlineCode | n.Math | n.CodeBlock | n.RawInline | n.RawBlock):
            for character in set(node.text) - known:
                missing.setdefault(character, node)
    return {c: node for c, node in sorted(missing.items()) if unicodedata.category(c) not in UNPRINTED}


def _characters(style: Style) -> frozenset[str]:
    """Return all characters with a glyph in a font in `styles/fonts` or in the `fonts` folder of the style."""
    own = Path(style.folder) / "fonts"
    return _in_folder(fonts_folder()) | (_in_folder(own) if own.is_dir() else frozenset())


@cache
def _in_folder(folder: Path) -> frozenset[str]:
    found: set[str] = set()
    for path in sorted(folder.glob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)
