"""What is copied from a PDF where a letter and the sign on it are one cluster of several glyphs."""

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
        ([2, 9], {9: ALEF, 2: DAMMA}),  # a shaped letter, which no character leads to by itself
        ([8, 9], {8: ALEF + DAMMA, 9: ""}),
    ],
)
def test_the_glyphs_of_a_cluster_share_its_text(glyphs: list[int], expected: dict[int, str]) -> None:
    assert shares(ALEF + DAMMA, glyphs, CHARACTERS) == expected


def test_what_no_glyph_stands_for_is_not_lost() -> None:
    assert shares(ALEF + DAMMA + SHADDA, [2, 1], CHARACTERS) == {2: DAMMA + SHADDA, 1: ALEF}


def test_a_letter_with_a_sign_is_copied_once_though_it_stands_alone_elsewhere(tmp_path: Path) -> None:
    text = f"{ALEF}مس {ALEF}{DAMMA}عيد إصدارها[^1]\n\n[^1]: {ALEF}{DAMMA}عيد.\n"
    document = numbered(f"---\nlang: ar\ntitle: {ALEF}\n---\n\n{text}")
    path = tmp_path / "paper.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()
