"""Page marks: "p. 3" refers to the same text in the PDF, the EPUB, the HTML and the Akoma Ntoso file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pdfminer.converter import PDFPageAggregator
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextContainer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

import publish
from publish.model import nodes as n
from publish.model.text import leaves_ink
from publish.model.walk import document_nodes
from publish.resolve import NumberedDocument
from tests.conftest import ROOT
from tests.support import context_for, markdown, with_pages

MARK = "\u241e"


def inked(text: str) -> str:
    return "".join(filter(leaves_ink, text))


def printed_pages(data: bytes, size: float) -> list[str]:
    """Return the body text of each page: glyphs of its font size, without calls, notes and text in the margins."""
    out = []
    for page in extract_pages(io.BytesIO(data)):
        lines = [line for box in page if isinstance(box, LTTextContainer) for line in box]
        lines.sort(key=lambda line: -line.y1)
        glyphs = [c for line in lines for c in line if isinstance(c, LTChar) and abs(c.size - size) < 0.2]
        out.append(inked("".join(c.get_text() for c in glyphs)))
    return out


def after_marks(text: str) -> list[str]:
    """Return the first characters after each page mark."""
    return [inked(part)[:25] for part in text.split(MARK)[1:]]


def html_text(data: bytes) -> str:
    root = etree.fromstring(data, etree.HTMLParser())
    main = root.find(".//main")
    main = root.find(".//body") if main is None else main
    assert main is not None
    for element in main.xpath("//*[@role='doc-pagebreak']"):
        element.text = MARK
    for element in main.xpath("//*[@role='doc-noteref'] | //*[contains(@class, 'call-separator')]"):
        element.text = ""
    return "".join(map(str, main.itertext()))


SOURCES = {"seed": ROOT / "examples" / "aanhangsel-1558.md", "book": Path()}


@pytest.fixture(scope="module", params=["seed", "book"])
def marked(request: pytest.FixtureRequest) -> NumberedDocument:
    path = SOURCES[request.param]
    if request.param == "book":
        path = ROOT.parent / "shared" / "corpus" / "markdown" / "se-forster.seedlike.md"
        if not path.is_file():
            pytest.skip("the book is not here")
    return with_pages(publish.resolve(publish.read(path).document).document)


def test_every_format_has_a_mark_for_each_page(marked: NumberedDocument) -> None:
    marks = [x.label for x in document_nodes(marked.document) if isinstance(x, n.PageMark)]
    assert marks == [str(k) for k in range(1, marked.pages + 1)]
    assert publish.write(marked, "html").data.count(b'role="doc-pagebreak"') == marked.pages
    akn = etree.fromstring(publish.write(marked, "akn").data)
    assert [e.get("number") for e in akn.iter("{*}eop")] == marks[:-1]
    with zipfile.ZipFile(io.BytesIO(publish.write(marked, "epub").data)) as archive:
        nav = next(archive.read(x).decode() for x in archive.namelist() if x.endswith("nav.xhtml"))
    pages = nav[nav.index('epub:type="page-list"') :]
    assert re.findall(r"<a href=\"[^\"]+#pg(\d+)\">(\d+)</a>", pages) == [(m, m) for m in marks]


def test_text_after_a_page_mark_begins_the_pdf_page(marked: NumberedDocument) -> None:
    size = context_for(marked.document).style.body.size
    pages = printed_pages(publish.write(marked, "pdf").data, size)
    assert len(pages) == marked.pages
    starts = after_marks(html_text(publish.write(marked, "html").data))
    found = [start[:12] in page[:60] for start, page in zip(starts, pages, strict=True)]
    assert found.count(False) <= len(found) // 20, [s for s, ok in zip(starts, found, strict=True) if not ok]


def test_page_marks_do_not_change_the_pdf(marked: NumberedDocument) -> None:
    unmarked = publish.resolve(marked.document).document
    assert publish.write(marked, "pdf").data == publish.write(unmarked, "pdf").data


LONG = """---
title: T
lang: nl
contents: 1
page-references: true
---

# First {#first}

See [](#second), [there](#tab).[^1]

[^1]: And [](#first).

\\newpage

Still the first.

# Second {#second}

Table: Costs {#tab}

| a |
|---|
| b |
"""


def test_contents_give_the_first_page_of_each_section() -> None:
    laid_out = with_pages(publish.resolve(markdown(LONG).document).document)
    assert {key: laid_out.page_of[key] for key in ("first", "second", "tab")} == {
        "first": 1,
        "second": 2,
        "tab": 2,
    }
    lines = printed_lines(publish.write(laid_out, "pdf").data)
    assert [re.sub(r"[ .]+", " ", line) for line in lines if ". ." in line] == ["First 1", "Second 2"]


def printed_lines(data: bytes) -> list[str]:
    """Return the lines of all pages, with glyphs from left to right."""
    lines: dict[tuple[int, int], list[LTChar]] = {}
    device = PDFPageAggregator(PDFResourceManager(), laparams=None)
    interpreter = PDFPageInterpreter(device.rsrcmgr, device)
    for number_of_page, page in enumerate(PDFPage.get_pages(io.BytesIO(data))):
        interpreter.process_page(page)
        for glyph in (item for item in device.get_result() if isinstance(item, LTChar)):
            lines.setdefault((number_of_page, -round(glyph.y0)), []).append(glyph)
    return [
        "".join(g.get_text() for g in sorted(line, key=lambda g: g.x0)) for _, line in sorted(lines.items())
    ]


def test_only_pdf_and_word_print_page_numbers_in_references(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text(LONG, "utf-8")
    result = publish.convert(source, output=tmp_path)
    assert result.report is not None
    assert result.report.agrees
    words = " ".join(" ".join(printed_lines((tmp_path / "x.pdf").read_bytes())).split())
    assert "See Second (p. 2), there (p. 2)." in words
    assert "And First (p. 1)." in words
    with zipfile.ZipFile(tmp_path / "x.docx") as archive:
        story = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    assert re.findall(r"PAGEREF (\w+) ", story[story.index("</w:sdt>") :]) == ["second", "tab"]
    assert re.findall(r"PAGEREF (\w+) ", notes) == ["first"]
    assert "p.\u00a0" not in (tmp_path / "x.html").read_text("utf-8")
