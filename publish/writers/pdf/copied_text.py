"""Which text a reader of the PDF gets for a glyph (`ToUnicode`, ISO 32000-1, 9.10.3).

Pango says which characters became which glyphs by clusters: an Arabic letter and the vowel sign on it are two characters
and two glyphs in one cluster. WeasyPrint gives the whole cluster to the glyph that is drawn first, and keeps what a glyph
had before; where the letter was drawn elsewhere, it is then copied twice. Here each glyph of a cluster gets the character
that the font has it for, and what remains goes to the first that the font has for no character by itself.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from fontTools.ttLib import TTFont

from publish.writers.pdf.patching import rewritten

_GIVEN = "font.to_unicode[glyph_id] = utf8_text[offset+t1:offset+t2].decode()"
_ASKED = (
    "font.to_unicode[glyph_id] = _text_of_glyph(\n"
    "                    font, [g.glyph for g in glyphs_info[0:num_glyphs]], list(clusters[0:num_glyphs]), i,\n"
    "                    utf8_text[offset:offset+glyph_item.item.length])"
)

_KEPT = "font_characters"
"""The attribute of WeasyPrint's font in which its table of characters is kept."""


def give_each_glyph_its_own() -> None:
    """Change what WeasyPrint keeps as the text of a glyph.

    Raises:
        EngineChangedError: the function is not the one that was read.
    """
    from weasyprint.draw import text

    text.draw_first_line = rewritten(text, "draw_first_line", (_GIVEN, _ASKED), _text_of_glyph=_text_of_glyph)


def _text_of_glyph(
    font: Any,  # noqa: ANN401 - WeasyPrint is untyped
    glyphs: Sequence[int],
    clusters: Sequence[int],
    place: int,
    run: bytes,
) -> str:
    start = clusters[place]
    end = min((offset for offset in clusters if offset > start), default=len(run))
    text = run[start:end].decode()
    same = [glyph for glyph, offset in zip(glyphs, clusters, strict=True) if offset == start]
    if len(same) == 1:
        return text
    return shares(text, same, _characters(font))[glyphs[place]]


def shares(text: str, glyphs: Sequence[int], characters: Mapping[int, frozenset[str]]) -> dict[int, str]:
    """The text of each glyph of one cluster; together they are the cluster's text, in whatever order.

    Args:
        text: The characters of the cluster, in the order of reading.
        glyphs: Its glyphs.
        characters: For a glyph the characters that the font has it for.
    """
    given = dict.fromkeys(glyphs, "")
    rest = list(text)
    for glyph in given:
        own = next((character for character in rest if character in characters.get(glyph, ())), None)
        if own is not None:
            given[glyph] = own
            rest.remove(own)
    taker = next((glyph for glyph, own in given.items() if not own), glyphs[0])
    given[taker] += "".join(rest)
    return given


def _characters(font: Any) -> Mapping[int, frozenset[str]]:  # noqa: ANN401
    if not hasattr(font, _KEPT):
        found: dict[int, set[str]] = {}
        with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as face:
            for code, name in face.getBestCmap().items():
                found.setdefault(face.getGlyphID(name), set()).add(chr(code))
        setattr(font, _KEPT, {glyph: frozenset(own) for glyph, own in found.items()})
    characters: Mapping[int, frozenset[str]] = getattr(font, _KEPT)
    return characters
