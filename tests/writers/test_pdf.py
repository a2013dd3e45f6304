"""PDF writer: pages, tags, links, fonts, and notes on the page of their call."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextContainer

import publish
from publish.resolve import NumberedDocument, resolve
from publish.verify import expect, extract, verify
from publish.writers.pdf.writer import pages as lay_out
from tests.conftest import SEED
from tests.support import codes, context_for, numbered


def pages(data: bytes) -> list[str]:
    out = []
    for page in extract_pages(io.BytesIO(data)):
        boxes = [box for box in page if isinstance(box, LTTextContainer)]
        text = " ".join(box.get_text() for box in sorted(boxes, key=lambda b: -b.y1))
        out.append(" ".join(text.split()))
    return out


def test_page_breaks_of_the_seed_equal_the_official_publication(seed: Path) -> None:
    data = publish.write(resolve(publish.read(seed).document).document, "pdf").data
    found = pages(data)
    assert len(found) == 5
    starts = [
        "",
        "Antwoord 3 Allereerst",
        "Antwoord 4 De statistieken",
        "Antwoord 7 Het is",
        "Vraag 9 Tot slot",
    ]
    ends = ["Vraag 3", "Vraag 4", "Vraag 7", "Antwoord 8", "Antwoord 9"]
    for page, start, last in zip(found, starts, ends, strict=True):
        assert start in page[: len(start) + 60]
        assert last in page
    for number, first_of_next in enumerate(("Antwoord 3", "Antwoord 4", "Antwoord 7", "Vraag 9")):
        assert first_of_next not in found[number]


def test_pdf_has_tags_title_language_and_outline(seed: Path) -> None:
    data = publish.write(resolve(publish.read(seed).document).document, "pdf").data
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl"
        assert str(document.docinfo["/Title"]).startswith("Aanhangsel Handelingen 1558: het bericht")
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
        assert titles[:3] == ["Vraag 1", "Antwoord 1", "Vraag 2"]
        assert len(titles) == 18
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
        assert "/Filter" not in document.Root.Metadata


def test_only_fonts_of_the_house_style_are_used_and_embedded(seed: Path) -> None:
    data = publish.write(resolve(publish.read(seed).document).document, "pdf").data
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = {str(f.BaseFont) for page in document.pages for f in page.Resources.Font.as_dict().values()}
    assert fonts
    assert all("Liberation" in name and "+" in name for name in fonts)


@pytest.fixture(scope="module")
def four_papers() -> NumberedDocument:
    """Return the seed document, repeated four times: 28 notes."""
    return numbered(f"{SEED.read_text('utf-8')}\n\n" * 4)


@pytest.mark.parametrize("shorter", range(0, 26 * 12, 12))
def test_every_note_begins_on_the_page_of_its_call(shorter: int, four_papers: NumberedDocument) -> None:
    """Test 26 page heights: unpatched WeasyPrint puts 33 of these 728 notes on the page after their call."""
    context = context_for(four_papers.document, "aanhangsel")
    page = replace(context.style.page, height=context.style.page.height - shorter)
    anchors = lay_out(four_papers, replace(context, style=replace(context.style, page=page))).anchors
    assert len(four_papers.notes) == 28
    assert [n.label for n in four_papers.notes.values() if anchors[n.anchor] != anchors[n.calls[0]]] == []
    assert max(anchors.values()) >= 16


WORDS = "de minister heeft aan de Kamer per brief over de voortgang van dit onderzoek bericht "


def long_note(letters: int, name: str) -> str:
    """Return a note of at least this number of letters, in which each word is unique."""
    words, length = [], 0
    while length < letters:
        words.append(f"{name}{len(words)}")
        length += len(words[-1]) + 1
    return " ".join(words)


LONG_NOTES = {
    "in the text": (f"{WORDS * 30}[^1] {WORDS * 9}\n\n{WORDS * 90}", 10_000),
    "over many pages": (f"{WORDS * 30}[^1] {WORDS * 9}", 40_000),
    "at the end": (f"{WORDS * 40}[^1]", 10_000),
    "two on one page": (f"{WORDS * 30}[^1] {WORDS * 3}[^2] {WORDS * 9}\n\n{WORDS * 60}", 10_000),
    "short ones after it": (
        f"{WORDS * 20}[^1] " + " ".join(f"{WORDS * 5}[^k{k}]" for k in range(30)),
        10_000,
    ),
    "in a table": (f"| a | b |\n|---|---|\n| x | y[^1] |\n| z | w[^2] |\n\n{WORDS * 60}", 10_000),
    "in a list": (f"- {WORDS * 3}[^1]\n- {WORDS * 3}[^2]\n\n{WORDS * 60}", 10_000),
    "in a heading": (f"{WORDS * 50}\n\n# Kop[^1]\n\n{WORDS * 60}", 10_000),
    "a list in it": (f"{WORDS * 30}[^1] {WORDS * 60}", 0),
}


@pytest.mark.parametrize("style", ["base", "aanhangsel"])
@pytest.mark.parametrize("case", LONG_NOTES)
def test_note_longer_than_a_page_continues_on_the_next_page(case: str, style: str, tmp_path: Path) -> None:
    text, letters = LONG_NOTES[case]
    items = "\n".join(f"    - {long_note(200, f'punt{k}x')}" for k in range(40))
    notes = f"[^1]: {long_note(letters, 'een')}\n\n{items if not letters else ''}\n\n[^2]: {long_note(letters, 'twee')}\n"
    notes += "".join(f"[^k{k}]: Noot {k}.\n" for k in range(30))
    document = numbered(f"---\nlang: nl\ntitle: T\n---\n\n{text}\n\n{notes}")
    path = tmp_path / "long.pdf"
    path.write_bytes(publish.write(document, "pdf", style=style).data)
    report = verify([path], expect(document))
    assert [f.message for f in report.findings] == []
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 1


@pytest.mark.parametrize("start", ["**<br>Antwoord op vraag 1**", "*<br>**x** y*", "`a` **<br>b** c"])
def test_text_after_an_empty_line_in_a_span_is_not_lost(start: str, tmp_path: Path) -> None:
    document = numbered(f"---\nlang: nl\ntitle: T\n---\n\n# {start}\n\n{start}[^1]\n\n[^1]: {start}\n")
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert [f.message for f in verify([path], expect(document)).findings] == []


WITHOUT_PANGO = """
import sys
class Missing:
    def find_spec(self, name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Missing())
sys.argv = ["publish", "build", sys.argv[1], "-o", sys.argv[2], "-t", "pdf", "-t", "html"]
from publish.__main__ import main
sys.exit(main())
"""


def test_missing_pango_is_reported_and_other_formats_are_written(seed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_PANGO, str(seed), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PUB-W002 WeasyPrint cannot load a system library" in done.stderr
    assert "libpangoft2-1.0-0" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "aanhangsel-1558.html").exists()
    assert not (tmp_path / "aanhangsel-1558.pdf").exists()


def test_repeated_header_row_is_tagged_once(tmp_path: Path) -> None:
    rows = "\n".join(f"| rij {k} | tekst{f'[^r{k}]' if k % 17 == 0 else ''} |" for k in range(120))
    notes = "\n".join(f"[^r{k}]: Noot {k}." for k in range(0, 120, 17))
    text = f"---\ntitle: T\nlang: nl\n---\n\n| A[^k] | B |\n|---|---|\n{rows}\n\n[^k]: Kopnoot.\n{notes}\n"
    document = numbered(text)
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 2
        calls = [a for page in pdf.pages for a in page.get("/Annots", []) if str(a.get("/Dest", "")) == "fn1"]
        assert len(calls) == 1
    assert sum("A1" in page for page in pages(path.read_bytes())) > 2


def test_text_outside_the_page_is_an_error(tmp_path: Path) -> None:
    document = numbered("---\ntitle: T\nlang: nl\n---\n\n" + "woord " * 40)
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].mediabox = [0, 0, 300, 842]
        pdf.save(path)
    assert "PUB-V014" in {f.code for f in verify([path], expect(document)).findings}


WIDE = "---\ntitle: T\nlang: nl\nstyle: aanhangsel\n---\n\n| a | b |\n|---|---|\n| c | d |\n\n{head}\n{rule}\n{head}\n"


@pytest.mark.parametrize(("columns", "step"), [(5, "into the margin"), (150, "50% of its size")])
def test_table_that_is_too_wide_is_fitted_and_reported(tmp_path: Path, columns: int, step: str) -> None:
    head, rule = ("|" + f" {cell} |" * columns for cell in ("werkzaamheden", "---"))
    document = numbered(WIDE.format(head=head, rule=rule))
    output = publish.write(document, "pdf")
    (found,) = [d for d in output.diagnostics if d.code == "PUB-W010"]
    assert found.span is not None
    assert found.span.line == 11
    assert step in found.message
    path = tmp_path / "a.pdf"
    path.write_bytes(output.data)
    assert verify([path], expect(document)).findings == ()


def small_digits(item: object) -> list[LTChar]:
    if isinstance(item, LTChar):
        return [item] if item.get_text().isdigit() and item.size < 8 else []
    return [found for child in item for found in small_digits(child)] if hasattr(item, "__iter__") else []


@pytest.mark.parametrize("gap", [" ", "?", "[^b]", "–"])
def test_a_call_never_begins_a_line(gap: str) -> None:
    """Test calls after a space, a question mark, another call and a dash, at every possible line end."""
    text = "\n\n".join("i" * k + " woord" * 13 + f"{gap}[^a] woord woord" for k in range(1, 60))
    document = numbered(f"---\ntitle: T\nlang: nl\n---\n\n{text}\n\n[^a]: Een.\n[^b]: Twee.\n")
    data = publish.write(document, "pdf").data
    calls = [
        digit for page in extract_pages(io.BytesIO(data)) for digit in small_digits(page) if digit.size > 6
    ]
    assert len(calls) >= 59
    assert not [digit for digit in calls if digit.x0 < 72]


def test_character_without_a_glyph_is_reported_and_replaced(tmp_path: Path) -> None:
    document = numbered("---\ntitle: T\nlang: nl\n---\n\nEen セ en een `🍄` en gewone tekst.\n")
    output = publish.write(document, "pdf")
    assert codes(output.diagnostics) == ["PUB-W007", "PUB-W007"]
    assert [d.message for d in output.diagnostics] == [
        "No font in the house style has 'セ' (U+30BB)",
        "No font in the house style has '🍄' (U+1F344)",
    ]
    assert output.diagnostics[0].span is not None
    path = tmp_path / "a.pdf"
    path.write_bytes(output.data)
    assert "Een\ufffdeneen\ufffdengewonetekst." in extract(path).text.replace(" ", "")


def test_ornament_of_a_private_font_is_no_difference(tmp_path: Path) -> None:
    """No font shows a character for private use, so print shows U+FFFD; a letter without a glyph is a difference."""
    for character, differs in (("\ue3db", False), ("セ", True)):
        document = numbered(
            f"---\ntitle: T\n---\n\nEen {character} en [meer {character}](https://x.nl)[^a].\n\n[^a]: N {character}\n"
        )
        path = tmp_path / "a.pdf"
        path.write_bytes(publish.write(document, "pdf").data)
        assert bool(verify([path], expect(document)).findings) == differs


def test_right_to_left_text_gives_no_findings(tmp_path: Path) -> None:
    document = numbered(
        "---\ntitle: T\nlang: nl\n---\n\nVoor עברית na[^a] en verder.\n\n[^a]: noot עברית einde.\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()


def test_long_word_in_a_narrow_table_is_broken_and_reported() -> None:
    word = "a" * 150
    output = publish.write(
        numbered(f"---\ntitle: T\nlang: nl\n---\n\n| a | b |\n|---|---|\n| {word} | c |\n"), "pdf"
    )
    assert [d.message for d in output.diagnostics if d.code == "PUB-W010"] == [
        "Table of 2 columns is wider than the page: its words are broken anywhere"
    ]


def test_a_link_with_markup_has_one_annotation_for_each_line() -> None:
    text = "---\ntitle: T\nlang: nl\n---\n\n[*x* and `y`, z<sup>2</sup>](https://example.org/a) and [**b**](#t)\n\n# T {#t}\n"
    with pikepdf.open(io.BytesIO(publish.write(numbered(text), "pdf").data)) as pdf:
        assert len(pdf.pages[0].Annots) == 2
        assert {a.StructParent for a in pdf.pages[0].Annots}.isdisjoint({None})


def test_small_capitals_keep_their_text_and_spans_their_language(tmp_path: Path) -> None:
    document = numbered(
        "---\ntitle: T\nlang: nl\n---\n\n[Straße *Van Gogh*]{.smallcaps} en [le texte]{lang=fr}.\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()
    with pikepdf.open(path) as pdf:
        assert [
            str(o.Lang)
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Span" and "/Lang" in o
        ] == ["fr"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u2003", "\u3000"])
def test_separator_without_a_glyph_becomes_a_space(separator: str, tmp_path: Path) -> None:
    document = numbered(
        f"---\ntitle: T\nlang: nl\n---\n\nEen{separator}twee.[^1]\n\n[^1]: Drie{separator}vier.\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()


def test_brackets_and_urls_in_other_scripts_give_no_findings(tmp_path: Path) -> None:
    text = "---\ntitle: T\nlang: nl\n---\n\n(קריא [לכולם]) en [site](https://example.org/Узбекистан).\n"
    document = numbered(text)
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf").data)
    assert verify([path], expect(document)).findings == ()


def test_every_link_has_a_clickable_area(seed: Path) -> None:
    data = publish.write(resolve(publish.read(seed).document).document, "pdf").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [
            item for page in pdf.pages for item in page.get("/Annots", []) if item["/Subtype"] == "/Link"
        ]
        heights = [abs(float(item["/Rect"][3]) - float(item["/Rect"][1])) for item in links]
    assert len(heights) > 14
    assert min(heights) > 5
