"""Text copied from a PDF if a letter and its diacritic are one cluster of several glyphs."""

from pathlib import Path

import pytest

import publish
from publish.verify import expect, verify
from publish.writers.pdf.copied_text import shares
from tests.support import numbered

ALEF, DAMMA, SHADDA = "\u0623", "\u064f", "\u0651"
CHARACTERS = {1: frozenset({ALEF}), 2: frozenset({DAMMA}), 3: frozenset({SHADDA})}


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        ([2, 1], {1: ALEF, 2: DAMMA}),
        ([2, 9], {9: ALEF, 2: DAMMA}),  # a shaped glyph to which the font maps no character
        ([8, 9], {8: ALEF + DAMMA, 9: ""}),
    ],
)
def test_text_of_a_cluster_is_distributed_over_its_glyphs(
    glyphs: list[int], expected: dict[int, str]
) -> None:
    assert shares(ALEF + DAMMA, glyphs, CHARACTERS) == expected


def test_character_without_a_glyph_is_not_lost() -> None:
    assert shares(ALEF + DAMMA + SHADDA, [2, 1], CHARACTERS) == {2: DAMMA + SHADDA, 1: ALEF}


def test_letter_used_with_and_without_a_diacritic_is_copied_once(tmp_path: Path) -> None:
    text = f"{ALEF}مس {ALEF}{DAMMA}عيد إصدارها[^1]\n\n[^1]: {ALEF}{DAMMA}عيد.\n"
    document = numbered(f"---\nlang: ar\ntitle: {ALEF}\n---\n\n{text}")
    path = tmp_path / "paper.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()
