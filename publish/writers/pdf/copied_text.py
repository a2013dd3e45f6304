"""Text that users copy from a PDF for each glyph (`ToUnicode`, ISO 32000-1, 9.10.3).

Pango maps characters to glyphs in clusters: an Arabic letter and its vowel sign are two characters and two glyphs in one
cluster. WeasyPrint assigns the text of the whole cluster to the glyph that is drawn first, and keeps earlier text of the
other glyphs. If the letter also occurs elsewhere, copied text then contains it twice. This module assigns to each glyph of
a cluster the character that the font maps to it. The other characters go to the first glyph to which the font maps no
character.
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
"""Attribute of WeasyPrint's font object that stores the table of its characters."""


def give_each_glyph_its_own() -> None:
    """Change the text that WeasyPrint stores for a glyph.

    Raises:
        EngineChangedError: if the source of the function is not the expected one.
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
    """Return the text of each glyph of one cluster; together the texts are the text of the cluster, in any order.

    Args:
        text: The characters of the cluster, in reading order.
        glyphs: The glyphs of the cluster.
        characters: For each glyph, the characters that the font maps to it.
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
