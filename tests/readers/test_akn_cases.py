"""Akoma Ntoso files that were rejected, or that lost a number, although the standard allows them."""

from __future__ import annotations

from pathlib import Path

import pytest

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from tests.support import codes

CASES = Path(__file__).resolve().parent.parent / "cases" / "akn"


@pytest.mark.parametrize(
    "name",
    [
        "akn-plain-xml.akn",
        "akn-xhtml-table-in-foreign.xml",
        "akn-quoted-structure-in-point.xml",
        "akn-duplicate-xml-id.xml",
    ],
)
def test_the_file_is_read_and_written_back(tmp_path: Path, name: str) -> None:
    result = publish.convert(CASES / name, to=["akn", "html", "docx"], output=tmp_path)
    assert result.report is not None
    assert [finding.message for finding in result.report.findings if finding.code == "PUB-V008"] == []
    assert len(result.files) == 3


def test_each_number_stays_with_its_point() -> None:
    document = publish.read(CASES / "akn-quoted-structure-in-point.xml").document
    texts = [plain_text(x.inlines) for x in document_nodes(document) if isinstance(x, n.Paragraph)]
    assert texts[1:] == ["a) article 1 reads:", "Nine.", "b) article 2 lapses;", "c) article 3 lapses."]


def test_a_duplicate_id_is_reported_with_its_line() -> None:
    result = publish.read(CASES / "akn-duplicate-xml-id.xml")
    assert codes(result.diagnostics) == ["PUB-X002"]
    assert result.diagnostics[0].span is not None
    assert result.diagnostics[0].span.line == 3


def test_a_table_of_xhtml_is_a_table_and_is_written_back_unchanged(tmp_path: Path) -> None:
    source = CASES / "akn-xhtml-table-in-foreign.xml"
    document = publish.read(source).document
    table = next(x for x in document_nodes(document) if isinstance(x, n.Table))
    cells = [
        [plain_text(b.inlines) for c in row.cells for b in c.blocks if isinstance(b, n.Paragraph)]
        for row in table.body
    ]
    assert cells == [["Boat", "20 euro"], ["Ship", "90 euro"]]
    publish.convert(source, to="akn", output=tmp_path)
    written = (tmp_path / "akn-xhtml-table-in-foreign.akn.xml").read_text("utf-8")
    assert '<foreign><table xmlns="http://www.w3.org/1999/xhtml">' in written
