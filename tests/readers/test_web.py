"""Test web pages and EPUB: notes are recognised by role, and a note with several calls is read once."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from publish.readers.base import ReadResult, Source
from publish.readers.web.reader import read
from publish.resolve import resolve
from publish.resolve.numbered import NumberedDocument
from tests.support import codes

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{}</body></html>'


def page(text: str, name: str = "a.html") -> ReadResult:
    return read(Source(name, text.encode(), None))


def book(*pages: str) -> ReadResult:
    """Read an EPUB with these page bodies."""
    out = io.BytesIO()
    items = "".join(
        f'<item id="p{k}" href="p{k}.xhtml" media-type="application/xhtml+xml"/>' for k in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{k}"/>' for k in range(len(pages)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Boek</dc:title>'
        f"<dc:language>nl</dc:language><dc:creator>A. de Vries</dc:creator></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/b.opf"/></rootfiles></container>',
        )
        archive.writestr("EPUB/b.opf", package)
        for k, body in enumerate(pages):
            archive.writestr(f"EPUB/p{k}.xhtml", XHTML.format(body))
    return read(Source("a.epub", out.getvalue(), None))


def notes(document: NumberedDocument) -> list[tuple[str, int, str]]:
    return [
        (
            x.label,
            len(x.calls),
            " ".join(plain_text(b.inlines) for b in x.blocks if isinstance(b, n.Paragraph)),
        )
        for x in document.notes.values()
    ]


def texts(document: n.Document) -> list[str]:
    return [plain_text(b.inlines) for b in nodes_in(document.blocks) if isinstance(b, n.Paragraph)]


def test_epub_notes_on_other_pages_can_have_several_calls() -> None:
    result = book(
        '<p>Een<a epub:type="noteref" href="p1.xhtml#n1">1</a> en twee<a epub:type="noteref" href="p1.xhtml#n1">1</a>.</p>'
        '<p>Drie<a epub:type="noteref" href="p1.xhtml#n2">2</a>.</p>',
        '<section epub:type="endnotes"><h2>Noten</h2><ol><li id="n1" epub:type="endnote">Eerste <a href="p0.xhtml#x" epub:type="backlink">terug</a></li>'
        '<li id="n2" epub:type="endnote"><p>Tweede.</p><p>En meer.</p></li></ol></section>',
    )
    assert notes(resolve(result.document).document) == [("1", 2, "Eerste"), ("2", 1, "Tweede. En meer.")]
    assert texts(result.document) == ["Een en twee.", "Drie."]
    assert "PUB-R058" in codes(result.diagnostics)
    assert (result.document.metadata.title, result.document.metadata.language) == ("Boek", "nl")
    assert [a.name for a in result.document.metadata.agents] == ["A. de Vries"]


def test_dpub_roles_and_typed_markers() -> None:
    result = page(
        '<!doctype html><html lang="nl"><title>T</title><p>Een<a role="doc-noteref" href="#fn1"><sup>*</sup></a>.</p>'
        '<aside role="doc-footnote" id="fn1">* De noot met <a href="https://example.org">link</a>.</aside>'
    )
    document = resolve(result.document).document
    assert notes(document) == [("*", 1, "De noot met link.")]
    assert [
        x.href for note in document.notes.values() for x in nodes_in(note.blocks) if isinstance(x, n.Link)
    ] == ["https://example.org"]


def test_a_call_without_a_note_stays_a_link() -> None:
    result = page('<p id="b">Een<a role="doc-noteref" href="#weg">1</a>.</p>')
    assert result.document.notes == {}
    assert texts(result.document) == ["Een1."]
    assert "PUB-R038" in codes(result.diagnostics)


def test_html_and_epub_output_can_be_read_back(seed: Path, tmp_path: Path) -> None:
    document = resolve(publish.read(seed).document).document
    wanted = [(label, calls, text) for label, calls, text in notes(document)]
    for kind in ("html", "epub"):
        path = tmp_path / f"seed.{kind}"
        path.write_bytes(publish.write(document, kind).data)
        again = publish.read(path)
        assert notes(resolve(again.document).document) == wanted
        said = " ".join(texts(again.document))
        for block in document.document.blocks:
            assert isinstance(block, n.Section)
            for paragraph in block.blocks:
                assert isinstance(paragraph, n.Paragraph)
                assert plain_text(paragraph.inlines) in said


@pytest.mark.parametrize(
    ("text", "said"),
    [("1 <em>De facto.</em>", "De facto."), ("<em>1</em> Zo.", "Zo."), ("1", "1"), ("<b>1</b>", "1")],
)
def test_a_typed_label_is_not_part_of_the_note_text(text: str, said: str) -> None:
    result = page(f'<p>Een.<a role="doc-noteref" href="#f">1</a></p><p role="doc-footnote" id="f">{text}</p>')
    assert notes(resolve(result.document).document) == [("1", 1, said)]


def test_page_marks_are_kept() -> None:
    result = page('<p>Een <span role="doc-pagebreak" id="p2" aria-label="2"></span>twee.</p>')
    assert [x.label for x in document_nodes(result.document) if isinstance(x, n.PageMark)] == ["2"]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "count", "calls"), [("idpf-georgia-pls-ssml", 15, 24), ("se-forster-src", 11, 11)]
)
def test_real_books_keep_their_notes(shared: Path, name: str, count: int, calls: int) -> None:
    document = resolve(publish.read(shared / "corpus" / "epub" / f"{name}.epub").document).document
    assert (len(document.notes), len(document.calls)) == (count, calls)
