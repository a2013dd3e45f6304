"""Test numbers of sections and captions, references to them, and the table of contents in each format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pdfminer.high_level import extract_text

import publish
from publish.model.outline import headings
from publish.model.text import outline_text, plain_text
from publish.readers.markdown.front_matter import read_front_matter
from publish.resolve import NumberedDocument, resolve
from publish.verify import compare, expect, extract
from tests.conftest import ROOT
from tests.support import with_pages

REPORT = ROOT / "tests" / "golden" / "report.md"
CONTENTS = ["1 Inleiding", "1.1 Doel", "2 Cijfers", "Bijlage", "Zonder nummer"]


@pytest.fixture(scope="module")
def report() -> NumberedDocument:
    return with_pages(publish.resolve(publish.read(REPORT).document).document)


def test_headings_and_captions_have_numbers(report: NumberedDocument) -> None:
    assert report.labels == {"in": "1", "doel": "1.1", "dieper": "1.1.1", "cijfers": "2", "table": "Tabel 1"}
    assert [outline_text(s.title) for s, _ in headings(report.document.blocks, 2)] == CONTENTS


def test_reference_without_text_shows_the_number_or_the_title(report: NumberedDocument) -> None:
    paragraph = report.document.blocks[0].blocks[0]  # type: ignore[union-attr]
    text = plain_text(paragraph.inlines)  # type: ignore[union-attr]
    assert text == "Zie Tabel 1, paragraaf 1.1, Bijlage en de inleiding."


def test_numbering_again_changes_nothing(report: NumberedDocument) -> None:
    again = resolve(report.document).document
    assert again.document == report.document
    assert again.labels == report.labels


def test_html_docx_and_pdf_contain_a_table_of_contents(report: NumberedDocument) -> None:
    html = etree.fromstring(publish.write(report, "html").data, etree.HTMLParser())
    (nav,) = html.xpath("//nav[@role='doc-toc']")
    assert ["".join(a.itertext()) for a in nav.iter("a")] == CONTENTS
    assert [a.get("href") for a in nav.iter("a")][:2] == ["#in", "#doel"]
    with zipfile.ZipFile(io.BytesIO(publish.write(report, "docx").data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert 'TOC \\o "1-2" \\h \\z \\u' in body
    assert body.count("PAGEREF ") == len(CONTENTS)
    pdf = publish.write(report, "pdf").data
    printed = " ".join(extract_text(io.BytesIO(pdf)).split())
    for entry in CONTENTS:
        assert entry in printed
    assert printed.endswith("1 1 1 1 1 1")  # five entries on page 1, and the number of the page itself


@pytest.mark.parametrize("form", ["pdf", "docx", "epub", "akn", "html"])
def test_table_of_contents_is_not_part_of_the_document_text(form: str, report: NumberedDocument) -> None:
    path = Path("report.akn.xml" if form == "akn" else f"report.{form}")
    findings = compare(expect(report), extract(path, publish.write(report, form).data))
    assert [f.message for f in findings] == []


def test_akoma_ntoso_has_section_numbers_in_num_elements(report: NumberedDocument) -> None:
    akn = etree.fromstring(publish.write(report, "akn").data)
    found = [
        (e.get("eId"), "".join(e.find("{*}num").itertext()))
        for e in akn.iter("{*}tblock")
        if e.find("{*}num") is not None
    ]
    assert found == [
        ("tblock_1", "1"),
        ("tblock_1__tblock_1-1", "1.1"),
        ("tblock_1__tblock_1-1__tblock_1-1-1", "1.1.1"),
        ("tblock_2", "2"),
    ]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("contents: true", []),
        ("contents: 2", []),
        ("contents: 9", ["PUB-R008"]),
        ("contents: ja", ["PUB-R008"]),
        ("numbered-sections: 3", ["PUB-R008"]),
    ],
)
def test_invalid_front_matter_values_are_reported(line: str, codes: list[str]) -> None:
    assert [d.code for d in read_front_matter(line, "x.md").diagnostics] == codes
