"""Web pages and EPUB files of other programs: notes without roles, columns, list numbers, hidden text and images."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from tests.support import codes

CASES = Path(__file__).resolve().parent.parent / "cases"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def notes_of(name: str) -> list[tuple[str, list[str]]]:
    """Return the label of each note, and its paragraphs."""
    numbered = publish.prepare(CASES / name).numbered
    return [
        (note.label, [plain_text(b.inlines) for b in note.blocks if isinstance(b, n.Paragraph)])
        for note in numbered.notes.values()
    ]


def paragraphs_of(data: bytes | Path, **settings: str) -> list[str]:
    document = publish.read(data, **settings).document
    return [plain_text(x.inlines) for x in document_nodes(document) if isinstance(x, n.Paragraph)]


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("gdocs.html", [("1", ["Noot een."]), ("2", ["Noot twee."])]),
        ("lo.html", [("1", ["Voetnoot."]), ("i", ["Eindnoot."])]),
        ("word.html", [("1", ["Voetnoot een.", "Tweede alinea."]), ("i", ["Eindnoot."])]),
        ("mediawiki.html", [("1", ["Bron een."]), ("2", ["Bron twee."])]),
        ("endnote-book.html", [("1", ["First note."]), ("2", ["See note 1."])]),
    ],
)
def test_two_links_to_each_other_are_a_call_and_its_note(
    name: str, notes: list[tuple[str, list[str]]]
) -> None:
    assert notes_of(f"html/{name}") == notes


def test_nothing_remains_where_the_notes_were() -> None:
    assert paragraphs_of(CASES / "html" / "word.html") == ["Tekst en."]
    blocks = publish.read(CASES / "html" / "gdocs.html").document.blocks
    assert not any(isinstance(x, n.Rule) for x in blocks)


def test_a_link_to_a_note_shows_its_number(tmp_path: Path) -> None:
    result = publish.convert(
        CASES / "html" / "endnote-book.html", to=["html", "akn", "docx"], output=tmp_path
    )
    assert result.ok


def test_links_to_headings_are_not_calls() -> None:
    page = (
        '<body><p id="t1"><a href="#k1">1</a></p><h1 id="k1"><a href="#t1">1</a> Kop</h1><p>Tekst.</p></body>'
    )
    document = publish.read(page.encode(), name="a.html").document
    assert document.notes == {}


@pytest.mark.parametrize(
    "columns", ['<colgroup><col span="2"><col></colgroup>', "<col>", '<colgroup span="3"></colgroup>', ""]
)
def test_all_cells_are_read_whatever_columns_are_declared(columns: str) -> None:
    page = f"<body><table>{columns}<tr><td>1</td><td>2</td><td>3</td></tr></table></body>"
    assert paragraphs_of(page.encode(), name="a.html") == ["1", "2", "3"]


def test_list_numbers_are_those_of_a_browser() -> None:
    page = (
        "<body><ol><li>a</li><li value=4>b</li><li>c</li></ol><ol reversed><li>d</li><li>e</li></ol></body>"
    )
    document = publish.read(page.encode(), name="a.html").document
    lists = [x for x in document_nodes(document) if isinstance(x, n.List)]
    assert [(x.start, len(x.items)) for x in lists] == [(1, 1), (4, 2), (2, 1), (1, 1)]


def test_text_that_a_browser_does_not_show_is_left_out() -> None:
    page = (
        "<body><p>Zichtbaar<span style='display: none'> weg</span> wel.</p><p hidden>weg</p>"
        "<template><p>weg</p></template></body>"
    )
    result = publish.read(page.encode(), name="a.html")
    assert [plain_text(b.inlines) for b in result.document.blocks if isinstance(b, n.Paragraph)] == [
        "Zichtbaar wel."
    ]
    assert codes(result.diagnostics).count("PUB-R036") == 1


def test_images_in_addresses_are_read() -> None:
    page = (
        f'<body><p><img alt="Punt" src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}"></p></body>'
    )
    document = publish.read(page.encode(), name="a.html").document
    assert [resource.data for resource in document.resources.values()] == [PIXEL]


def test_our_own_page_comes_back_with_its_images(tmp_path: Path) -> None:
    source = Path(__file__).resolve().parents[2] / "examples" / "rapport.md"
    publish.convert(source, to="html", output=tmp_path, embed_images=True)
    first, again = publish.read(source).document, publish.read(tmp_path / "rapport.html").document
    assert len(again.resources) == len(first.resources)
    assert len(again.notes) == len(first.notes)


def test_an_epub_keeps_cells_and_list_numbers() -> None:
    document = publish.read(CASES / "epub" / "endnotes-file.epub").document
    table = next(x for x in document_nodes(document) if isinstance(x, n.Table))
    assert [len(row.cells) for row in (*table.head, *table.body)] == [3]
    assert [x.start for x in document_nodes(document) if isinstance(x, n.List)] == [4]


@pytest.mark.parametrize("form", ["html", "xhtml"])
def test_drawing_in_the_text_is_published_as_an_image_with_its_words(form: str) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><defs><linearGradient id="g"><stop offset="1"/>'
        '</linearGradient></defs><rect width="9" height="9" fill="url(#g)"/><text y="20">Deel A</text></svg>'
    )
    head = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
        if form == "xhtml"
        else "<!DOCTYPE html><title>T</title>"
    )
    tail = "</html>" if form == "xhtml" else ""
    page = f"{head}<body><h1>T</h1><p>Voor {drawing} na.</p></body>{tail}"
    result = publish.convert(page.encode(), ["html"], None, name="a.html")
    (image,) = (x for x in document_nodes(publish.read(page.encode()).document) if isinstance(x, n.Image))
    assert image.alt == "Deel A"
    (resource,) = publish.read(page.encode()).document.resources.values()
    assert b'viewBox="0 0 90 30"' in resource.data
    assert b"linearGradient" in resource.data
    assert not {"PUB-V030", "PUB-V031", "PUB-V037", "PUB-R013"} & set(codes(result.diagnostics))


def test_text_for_old_browsers_is_not_published() -> None:
    page = b"<!DOCTYPE html><title>T</title><h1>T</h1><p>Voor</p><video src=x>Uw browser is oud</video><iframe src=y>Oud</iframe>"
    result = publish.convert(page, ["html"], None, name="a.html")
    assert b"Oud" not in result.outputs["html"].data
    assert b"browser" not in result.outputs["html"].data
    messages = [d.message for d in result.diagnostics if d.code == "PUB-R041"]
    assert messages == ["Content of 'video' is not published", "Content of 'iframe' is not published"]
    assert "PUB-V031" not in codes(result.diagnostics)
