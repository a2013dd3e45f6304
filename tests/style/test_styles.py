"""Test house styles: each one produces every format, and a command creates a new style."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pdfminer.high_level import extract_text

import publish
from publish.__main__ import command
from publish.diagnostics import PublishError
from publish.resolve import NumberedDocument
from publish.style import load_style, style_names
from publish.style.load import fonts_folder
from tests.conftest import ROOT
from tests.support import markdown, numbered

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
    return publish.resolve(markdown(LETTER).document, style=style).document


def test_style_names_returns_the_built_in_styles() -> None:
    assert set(style_names()) == {"aanhangsel", "base", "brief", "kamerstuk", "rapport", "staatscourant"}


@pytest.mark.parametrize("style", style_names())
def test_every_style_produces_every_format(style: str, tmp_path: Path) -> None:
    result = publish.convert(REPORT, output=tmp_path, style=style)
    assert [d.message for d in result.diagnostics if d.severity == "error"] == []
    assert len(result.files) == 5


@pytest.mark.parametrize("style", style_names())
def test_a_short_letter_is_one_page_in_every_style(style: str) -> None:
    """Because of a rounding error, WeasyPrint found no room for the notes and moved half a letter to page 2."""
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
def test_page_furniture_shows_the_metadata(style: str, shown: list[str]) -> None:
    text = " ".join(extract_text(io.BytesIO(publish.write(letter(style), "pdf", style=style).data)).split())
    for words in shown:
        assert words in text


def test_a_running_title_is_not_on_the_first_page() -> None:
    document = publish.resolve(
        markdown(LETTER + "\n\\newpage\n\nTweede bladzijde.\n").document, style="rapport"
    ).document
    first, second, *_ = extract_text(io.BytesIO(publish.write(document, "pdf", style="rapport").data)).split(
        "\f"
    )
    assert first.count("Regels inzake publicatie") == 1
    assert "Regels inzake publicatie" in second


def test_new_style_can_be_used_immediately(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new = ["styles", "new", "huis", "--extends", "brief"]
    assert command(new) == 0
    assert "huis/style.toml" in capsys.readouterr().out
    style = load_style("huis")
    assert style.name == "huis"
    assert style.body == load_style("brief").body
    assert command(new) == 1  # an existing style is not overwritten
    assert "PUB-W001" in capsys.readouterr().err
    assert command(["styles", "new", "mijn huis"]) != 0


def office(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "style.toml").write_text(f'extends = "base"\nname = "office"\nabout = "x"\n{text}', "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[body]\nsise = 10\n", 5, "sise"),
        ('[body]\nsize = "large"\n', 5, "$.body.size"),
        ("[body]\nleading = 12\nsize = -3\n", 6, "$.body.size"),
        ('[colours]\ntext = "red; } body { display: none"\n', 5, "$.colours.text"),
        ("headings = []\n", 4, "$.headings"),
        ('[[page.furniture]]\nbox = "top-left"\nlines = ["{titel}"]\n', 6, "{titel}"),
    ],
)
def test_invalid_token_is_reported_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(PublishError) as caught:
        load_style(str(office(tmp_path / "office", text)))
    (found,) = caught.value.diagnostics
    assert found.code == "PUB-S002"
    assert found.span is not None
    assert found.span.line == line
    assert words in found.message


def test_token_of_an_earlier_version_is_reported_and_ignored(tmp_path: Path) -> None:
    folder = office(tmp_path / "office", '[colours]\nquiet = "#666666"\n')
    source = tmp_path / "x.md"
    source.write_text("# T\n\nText.\n", "utf-8")
    result = publish.convert(source, ["html"], tmp_path, style=str(folder))
    (found,) = [d for d in result.diagnostics if d.code == "PUB-S004"]
    assert found.span is not None
    assert found.span.line == 5
    assert result.ok


def test_missing_font_is_reported_and_replaced_by_the_default_font(tmp_path: Path) -> None:
    folder = office(tmp_path / "office", '[fonts]\nbody = "Rijksoverheid Sans"\n')
    source = tmp_path / "x.md"
    source.write_text("# T\n\nText.\n", "utf-8")
    result = publish.convert(source, ["pdf"], tmp_path, style=str(folder))
    found = [d for d in result.diagnostics if d.code == "PUB-S003"]
    assert [(d.span.line if d.span else 0, Path(d.source).name) for d in found] == [(5, "style.toml")]
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        names = {
            str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert all("Liberation" in name for name in names)


def test_font_in_the_style_folder_is_used(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    folder = office(tmp_path / "office", '[fonts]\nbody = "Office Face"\n')
    (folder / "fonts").mkdir()
    with TTFont(fonts_folder() / "LiberationMono-Regular.ttf") as font:
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = "Office Face"
        font.save(folder / "fonts" / "office.ttf")
    document = numbered("# T\n\nText.\n")
    data = publish.write(document, "pdf", style=str(folder)).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = {
            str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert any("Office-Face" in name for name in names)
    other = publish.write(document, "pdf").data
    with pikepdf.open(io.BytesIO(other)) as pdf:
        names = {
            str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert all("Liberation" in name for name in names)
