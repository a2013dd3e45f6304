"""Test cross-references to notes: which numbers become links and which stay text."""

from __future__ import annotations

import pytest

from publish.model import nodes as n
from tests.support import codes, numbered, resolved

NOTES = "\n\nx[^1] y[^2] z[^3]\n\n[^1]: een\n[^2]: twee\n[^3]: drie\n"


def references(text: str) -> list[tuple[str, str]]:
    return [(x.note, x.text) for x in numbered(text).nodes() if isinstance(x, n.NoteCrossReference)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Zie noot 2.", ["2"]),
        ("Zie ook voetnoot 3, en noten 1 en 2.", ["3", "1", "2"]),
        ("See notes 1, 2 and 3", ["1", "2", "3"]),
        ("noten 1-3", ["1", "3"]),
        ("Siehe Fußnote 2", ["2"]),
        ("voir note 2", ["2"]),
        ("zie noot 2 van het rapport", []),
        ("zie noot 2 bij het arrest", []),
        ("see note 2 to the accounts", []),
        ("zie noot 9", []),
        ("noot 2.1 van de norm", []),
        ("bankbiljet 2, notebook 2", []),
        ("[zie noot 2](https://example.org/)", []),
        ("<q>zie noot 2</q>", []),
        ("> zie noot 2", []),
        ("`zie noot 2`", []),
        ("*zie noot 2*", ["2"]),
    ],
)
def test_numbers_that_become_cross_references(words: str, expected: list[str]) -> None:
    assert [text for _, text in references(words + NOTES)] == expected


def test_a_cross_reference_follows_its_note() -> None:
    text = "Zie noot 1.[^3] En [](#^1).\n\nx[^1]\n\n[^1]: een\n[^3]: drie\n"
    assert references(text) == [("1", "2"), ("1", "2")]


def test_the_title_shows_the_new_number_of_a_cross_reference() -> None:
    document = numbered("# Zie noot 1\n\na[^2] b[^1]\n\n[^1]: een\n[^2]: twee\n")
    assert document.title == "Zie noot 2"


def test_the_word_endnote_selects_the_endnote_series() -> None:
    text = "Noot 1 en eindnoot 1.\n\na[^1] b[^end:1]\n\n[^1]: een\n[^end:1]: slot\n"
    assert references(text) == [("1", "1"), ("end:1", "i")]


def test_a_cross_reference_to_a_label_of_two_notes_is_reported() -> None:
    text = "a<sup>1</sup>\n\n<sup>1</sup> Een.\n\nb<sup>1</sup>\n\n<sup>1</sup> Weer een.\n\nZie noot 1.\n"
    found = resolved(text)
    assert "PUB-N014" in codes(found.diagnostics)
    assert not [x for x in found.document.nodes() if isinstance(x, n.NoteCrossReference)]
