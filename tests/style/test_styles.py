"""House styles: each gives a whole publication in every format, and a new one is begun by a command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

import publish
from publish.__main__ import main
from publish.engine.numbering import number
from publish.resolve import NumberedDocument
from publish.style import load_style, style_names
from tests.conftest import ROOT
from tests.support import markdown

REPORT = ROOT / "tests" / "golden" / "report.md"
LETTER = """---
title: Regels inzake publicatie
subtitle: Brief van de minister
lang: nl
body: Tweede Kamer der Staten-Generaal
session: 2022-2023
dossier: "36 067"
number: "90"
date: 2023-02-10
publisher: Ministerie
reference: "4312567"
---

# Inleiding

Hierbij stuur ik u, mede namens de minister, de reactie op het verzoek van 8 december 2021.[^1] De
regels gaan over de publicatie van stukken, die vanaf 1 juli 2023 in werking treden, en dat is goed nieuws.

# Slot

Ik vertrouw erop u te hebben ingelicht.

[^1]: Kamerstuk 36 067, nr. 12.
"""


def letter(style: str) -> NumberedDocument:
    return number(markdown(LETTER).document, style=style).document


def test_the_styles_that_are_promised_are_there() -> None:
    assert set(style_names()) == {"aanhangsel", "base", "brief", "kamerstuk", "rapport", "staatscourant"}


@pytest.mark.parametrize("style", style_names())
def test_every_style_gives_every_format(style: str, tmp_path: Path) -> None:
    result = publish.convert(REPORT, output=tmp_path, style=style)
    assert [d.message for d in result.diagnostics if d.severity == "error"] == []
    assert len(result.files) == 5


@pytest.mark.parametrize("style", style_names())
def test_a_short_letter_is_one_page_in_every_style(style: str) -> None:
    """WeasyPrint took a rounding error for notes that do not fit, and moved half a letter to a second page."""
    pages = extract_text(io.BytesIO(publish.write(letter(style), "pdf", style=style).data)).split("\f")
    assert "Ik vertrouw erop" in pages[0]
    assert "".join(pages[1:]).strip() == ""


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("kamerstuk", ["36 067", "Nr. 90", "Tweede Kamer, vergaderjaar 2022–2023, 36 067, nr. 90"]),
        ("staatscourant", ["STAATSCOURANT", "Nr. 90", "10 februari 2023"]),
        ("brief", ["Ministerie", "Datum 10 februari 2023", "Ons kenmerk 4312567"]),
        ("rapport", ["Ministerie", "Inhoud", "1 Inleiding", "2 Slot"]),
    ],
)
def test_furniture_shows_what_the_paper_says(style: str, shown: list[str]) -> None:
    text = " ".join(extract_text(io.BytesIO(publish.write(letter(style), "pdf", style=style).data)).split())
    for words in shown:
        assert words in text


def test_a_running_title_is_not_on_the_first_page() -> None:
    document = number(
        markdown(LETTER + "\n\\newpage\n\nTweede bladzijde.\n").document, style="rapport"
    ).document
    first, second, *_ = extract_text(io.BytesIO(publish.write(document, "pdf", style="rapport").data)).split(
        "\f"
    )
    assert first.count("Regels inzake publicatie") == 1
    assert "Regels inzake publicatie" in second


def test_a_new_style_can_be_used_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["publish", "styles", "new", "huis", "--extends", "brief"])
    assert main() == 0
    assert "huis/style.toml" in capsys.readouterr().out
    style = load_style("huis")
    assert style.name == "huis"
    assert style.body == load_style("brief").body
    assert main() == 1  # what is there is not written over
    assert "PUB-W001" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["publish", "styles", "new", "mijn huis"])
    assert main() != 0
