"""Test cases in which other tools number notes incorrectly. Each case names the issue that reports it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

import publish
from publish.verify import Observation, compare, expect, extract
from tests.support import numbered

FORMATS = ("pdf", "docx", "epub", "akn", "html")


class Failure(Struct):
    """Case that another tool handles incorrectly."""

    thread: str
    text: str
    labels: dict[str, str]
    """Expected label of each note, by the text of the note. It is the same in every format."""


TWO = "\n\n[^a]: alfa\n[^b]: beta\n"
CHAPTERS = (
    "# Een\n\nx[^a] y[^b]\n\n# Twee\n\nz[^c] w[^d]\n\n[^a]: alfa\n[^b]: beta\n[^c]: gamma\n[^d]: delta\n"
)
ONE_TO_FOUR = {"alfa": "1", "beta": "2", "gamma": "3", "delta": "4"}

FAILURES = {
    "two chapters: Word 1 2 3 4, EPUB 1 2 1 2": Failure("jgm/pandoc#1391", CHAPTERS, ONE_TO_FOUR),
    "two chapters that restart": Failure(
        "jgm/pandoc#2773",
        f"---\nnotes: {{scope: chapter}}\n---\n{CHAPTERS}",
        {"alfa": "1", "beta": "2", "gamma": "1", "delta": "2"},
    ),
    "a note that is called twice is printed twice": Failure(
        "jgm/pandoc#1603", f"x[^a] y[^b] z[^a]{TWO}", {"alfa": "1", "beta": "2"}
    ),
    "a note within a note is lost": Failure(
        "vivliostyle/vivliostyle.js#1352",
        "x[^a] y[^b]\n\n[^a]: met[^c]\n[^b]: beta\n[^c]: gamma\n",
        {"met": "1", "gamma": "2", "beta": "3"},
    ),
    "a note of the title is lost": Failure(
        "jgm/pandoc#217", f"---\ntitle: T[^a]\n---\nx[^b]{TWO}", {"alfa": "1", "beta": "2"}
    ),
    "endnotes and footnotes are one series": Failure(
        "jgm/pandoc#4041",
        f"x[^a] y[^end:c] z[^b]{TWO}[^end:c]: gamma\n",
        {"alfa": "1", "gamma": "i", "beta": "2"},
    ),
    "several series": Failure(
        "jgm/pandoc#1425",
        f"---\nnotes: {{series: {{m: {{format: symbols}}}}}}\n---\nx[^a] y[^m:c] z[^b]{TWO}[^m:c]: gamma\n",
        {"alfa": "1", "gamma": "*", "beta": "2"},
    ),
    "the labels of the source are lost": Failure(
        "jgm/pandoc#2583",
        "---\nnotes: {source-labels: keep}\n---\nx<sup>4</sup> y<sup>*</sup>\n\n<sup>4</sup> alfa\n\n<sup>*</sup> beta\n",
        {"alfa": "4", "beta": "*"},
    ),
    "notes of headings are numbered 1 1 2": Failure(
        "asciidoctor/asciidoctor#2903", f"# Kop[^a]\n\nx[^b]{TWO}", {"alfa": "1", "beta": "2"}
    ),
    "numbers follow the definitions": Failure(
        "Python-Markdown/markdown#1367", f"x[^b] y[^a]{TWO}", {"beta": "1", "alfa": "2"}
    ),
    "notes of a table come out of order": Failure(
        "remarkjs/remark-gfm#35",
        f"| k[^b] | l |\n|---|---|\n| x | y[^a] |\n\nz[^c]{TWO}[^c]: gamma\n",
        {"beta": "1", "alfa": "2", "gamma": "3"},
    ),
    "a figure's note comes before the text's": Failure(
        "typst/typst#5185",
        f"x[^a]\n\n| b |\n|---|\n| c |\n\nTable: Titel[^b]\n\ny[^c]{TWO}[^c]: gamma\n",
        {"alfa": "1", "beta": "2", "gamma": "3"},
    ),
    "a table's letters, a against a": Failure(
        "metanorma/isodoc#393",
        f"---\nnotes: {{tables: own}}\n---\nx[^a]\n\n| k[^b] |\n|---|\n| c[^c] |\n\ny[^d]{TWO}[^c]: gamma\n[^d]: delta\n",
        {"alfa": "1", "beta": "a", "gamma": "b", "delta": "2"},
    ),
    "a reference does not know the numbers' format": Failure(
        "typst/typst#4454",
        "---\nnotes: {format: lower-roman}\n---\nx[^1] y[^2], zie noot 2.\n\n[^1]: alfa\n[^2]: beta\n",
        {"alfa": "i", "beta": "ii"},
    ),
    "notes that call each other": Failure(
        "syntax-tree/mdast-util-to-hast#32",
        "x[^a]\n\n[^a]: alfa[^b]\n[^b]: beta[^a]\n",
        {"alfa": "1", "beta": "2"},
    ),
    "numbers restart on each page": Failure(
        "Kozea/WeasyPrint#2553",
        f"---\nnotes: {{scope: page}}\n---\nx[^a]\n\n\\newpage\n\ny[^b]{TWO}",
        {"alfa": "1", "beta": "1"},
    ),
    "a note that is longer than a page": Failure(
        "Kozea/WeasyPrint#1833",
        "x[^a] y[^b]\n\n[^a]: alfa " + "woord " * 2000 + "\n[^b]: beta\n",
        {"alfa": "1", "beta": "2"},
    ),
}


def shown(edition: Observation) -> dict[str, str]:
    return {note.text.split()[0].rstrip(".,"): note.label for note in edition.notes}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", FAILURES)
def test_every_format_shows_the_expected_labels(name: str, form: str) -> None:

    failure = FAILURES[name]
    document = publish.resolve(numbered(failure.text).document).document
    path = Path("case.akn.xml" if form == "akn" else f"case.{form}")
    edition = extract(path, publish.write(document, form).data)
    assert shown(edition) == failure.labels, failure.thread
    assert [f.message for f in compare(expect(document), edition)] == []


@pytest.mark.parametrize("form", ["docx", "epub", "html", "pdf"])
def test_titles_outlines_and_ids_contain_no_note_numbers(form: str, tmp_path: Path) -> None:
    """Python-Markdown/markdown#660, jgm/pandoc#2883, openlibhums/janeway#328: "Kop1" in contents, ids and bookmarks."""
    document = numbered("---\ntitle: Titel[^a]\nlang: nl\n---\n# Kop[^b]\n\nx\n\n[^a]: alfa\n[^b]: beta\n")
    data = publish.write(document, form).data
    assert document.ids == {"kop"}
    if form == "pdf":
        import pikepdf

        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root] + [
                str(i.title) for x in outline.root for i in x.children
            ]
            assert titles == ["Titel", "Kop"]
            assert str(pdf.docinfo["/Title"]) == "Titel"
    elif form == "html":
        assert b"<title>Titel</title>" in data
        assert b'id="kop"' in data
    else:
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = (
                "docProps/core.xml"
                if form == "docx"
                else next(n for n in archive.namelist() if n.endswith("nav.xhtml"))
            )
            text = archive.read(name).decode()
        assert "Titel1" not in text
        assert "Kop1" not in text
        assert "Titel" in text
