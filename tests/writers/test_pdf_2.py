"""PDF 2.0: one file conforms to PDF/A-4 and PDF/UA-2; its structure differs slightly from PDF 1.7."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

import publish
from tests.support import numbered

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="module")
def paper() -> Iterator[pikepdf.Pdf]:
    """Yield a PDF with all note types, nested notes, repeated calls, cross-references and a table of contents."""
    text = (GOLDEN / "series.md").read_text("utf-8").replace("lang: nl\n", "lang: nl\ncontents: 2\n", 1)
    data = publish.write(numbered(f"{text}\n- **vet** en *schuin*\n  1. een\n"), "pdf", pdf_variant="4").data
    with pikepdf.open(io.BytesIO(data)) as document:
        yield document


def elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found: list[pikepdf.Dictionary] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                walk(kid)

    walk(document.Root.StructTreeRoot.K[0])
    return found


def test_metadata_declares_both_standards_and_nothing_else(paper: pikepdf.Pdf) -> None:
    metadata = paper.open_metadata()
    found = [metadata.get(name) for name in ("pdfaid:part", "pdfaid:rev", "pdfuaid:part", "pdfuaid:rev")]
    assert found == ["4", "2020", "2", "2024"]
    assert "pdfaid:conformance" not in metadata
    assert paper.pdf_version == "2.0"
    assert "/Info" not in paper.trailer


def test_notes_and_the_references_to_them_refer_to_each_other(paper: pikepdf.Pdf) -> None:
    notes = [e for e in elements(paper) if e.S == "/FENote"]
    assert len(notes) == 16
    assert [e for e in elements(paper) if e.S == "/Note"] == []
    for note in notes:
        assert all(note.objgen in [x.objgen for x in source.Ref] for source in note.Ref)
    sources = [e for e in elements(paper) if e.S == "/Reference"]
    assert all(source.Ref[0].S == "/FENote" for source in sources)
    citations = [source for note in notes for source in note.Ref if source.S == "/Link"]
    assert len(citations) == 5
    assert {str(note.A.NoteType) for note in notes} == {"/Footnote", "/Endnote"}


def test_each_destination_is_the_element_of_the_link_target(paper: pikepdf.Pdf) -> None:
    names = pikepdf.NameTree(paper.Root.Names.Dests)
    notes = {str(e.ID): e.objgen for e in elements(paper) if e.S == "/FENote"}
    assert {name: names[name].SD[0].objgen for name in notes} == notes
    assert {str(names[name].SD[0].S) for name in names if name.startswith("fnref")} == {"/Link"}
    for name in names:
        assert names[name].SD[0].Pg.objgen == names[name].D[0].objgen
    item = paper.Root.Outlines.First.First
    titles = []
    while item is not None:
        titles.append((str(item.Title), str(item.A.SD[0].S), item.A.SD[0].Pg.objgen == item.A.D[0].objgen))
        item = item.get("/Next")
    assert titles == [
        ("De vragen van het lid", "/H2", True),
        ("Het antwoord van de minister", "/H2", True),
    ]


def test_structure_types_are_those_of_pdf_2(paper: pikepdf.Pdf) -> None:
    found = elements(paper)
    kinds = {str(e.S) for e in found}
    assert {"/Em", "/Strong", "/TOCI", "/FENote"} <= kinds
    (namespace,) = paper.Root.StructTreeRoot.Namespaces
    old = {str(e.S) for e in found if "/NS" not in e}
    assert old <= {"/Reference", "/TOC", "/TOCI", "/BlockQuote", "/NonStruct"}
    assert {e.NS.objgen for e in found if "/NS" in e} == {namespace.objgen}
    entries = [e.Ref[0] for e in found if e.S == "/TOCI"]
    assert [str(e.S) for e in entries] == ["/Sect", "/Sect"]
    assert [str(e.A.ListNumbering) for e in found if e.S == "/L"] == ["/Disc", "/Decimal"]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = numbered("Tekst.[^1]\n\n[^1]: Noot.\n")
    first, second = (publish.write(document, "pdf", pdf_variant="4").data for _ in range(2))
    assert first == second
