"""Test dollar signs: delimiters of formulas and currency signs."""

from __future__ import annotations

import pytest

from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import inlines_in
from tests.support import markdown


def formulas(text: str) -> list[tuple[str, bool]]:
    document = markdown(text).document
    found = [x for b in document.blocks if isinstance(b, n.Paragraph) for x in inlines_in(b.inlines)]
    return [(x.text, x.display) for x in found if isinstance(x, n.Math)]


@pytest.mark.parametrize(
    "text",
    [
        "Het kost 5 $ en 10 $ per stuk.",
        "Van $5 tot $10.",
        "US$ 5 miljoen en US$ 6 miljoen",
        r"Een \$x\$ en `$x$`.",
        "Een $ alleen",
        "Leeg $$ hier",
    ],
)
def test_money_is_text(text: str) -> None:
    assert formulas(text) == []


def test_money_is_unchanged() -> None:
    (block,) = markdown("Het kost 5 $ en 10 $.").document.blocks
    assert isinstance(block, n.Paragraph)
    assert plain_text(block.inlines) == "Het kost 5 $ en 10 $."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zie $x_1*y*z$ hier.", [("x_1*y*z", False)]),
        ("$x$ is groter dan 5", [("x", False)]),
        ("($x$), en *$y$*", [("x", False), ("y", False)]),
        ("Op een regel $$a=b$$ en verder", [("a=b", True)]),
        ("$$\na\n= b\n$$", [("a\n= b", True)]),
        ("$$a$$[^n]\n\n[^n]: N.", [("a", True)]),
        ("$$a$$ (1)", [("a", True)]),
    ],
)
def test_formulas(text: str, expected: list[tuple[str, bool]]) -> None:
    assert formulas(text) == expected


def test_a_formula_has_its_position() -> None:
    (block,) = markdown("Een\nregel met $x+y$ erin").document.blocks
    assert isinstance(block, n.Paragraph)
    (found,) = [x for x in block.inlines if isinstance(x, n.Math)]
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (2, 11, 16)


def test_a_formula_block_with_a_blank_line_is_text() -> None:
    assert formulas("$$\na\n\nNieuwe alinea.\n\n$$") == []


def test_formulas_in_titles_captions_and_notes() -> None:
    text = "---\ntitle: De $x$\n---\n\n| a |\n|---|\n| $b$ |\n\nTable: Van $c$\n\n^[noot $d$]"
    document = markdown(text).document
    table, paragraph = document.blocks
    assert isinstance(table, n.Table)
    assert any(isinstance(x, n.Math) for x in document.title)
    assert any(isinstance(x, n.Math) for x in table.caption)
    (note,) = document.notes.values()
    assert isinstance(note.blocks[0], n.Paragraph)
    assert any(isinstance(x, n.Math) for x in note.blocks[0].inlines)
    assert isinstance(paragraph, n.Paragraph)
