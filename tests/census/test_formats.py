"""Census of the other formats: notes with their labels, lists, tables, and what is not shown."""

from __future__ import annotations

import publish
from tests.census.support import CASES, EXAMPLES, census_of, notes, shown, unseen

PAGE = """<!DOCTYPE html><html><head><title>Titel</title></head><body>
<nav><a href="/">Thuis</a></nav>
<h1>Kop</h1><p>Tekst<sup><a href="#n1" id="r1">[1]</a></sup> gaat door.<script>var x</script></p>
<ol start="3" type="a"><li>drie<li value="7">zeven</ol>
<ul><li>punt</li></ul>
<p hidden>verborgen</p><p style="display:none">weg</p><template>sjabloon</template>
<table><tr><td rowspan=2>a<td>b<tr><td>c</table>
<p id="n1"><a href="#r1">1</a> De noot.</p>
</body></html>"""


def test_web_page() -> None:
    census = census_of(PAGE.encode(), "x.html")
    assert shown(census) == [
        ("", "Thuis"),
        ("", "Kop"),
        ("", "Tekst gaat door."),
        ("c.", "drie"),
        ("g.", "zeven"),
        ("•", "punt"),
        ("", "a"),
        ("", "b"),
        ("", "c"),
    ]
    assert notes(census) == [("1", "De noot.")]
    assert unseen(census) == {("hidden", "verborgen"), ("hidden", "weg"), ("hidden", "sjabloon")}
    assert [(t.rows, t.columns) for t in census.tables] == [(2, 2)]


def test_notes_of_office_programs_in_web_pages() -> None:
    assert notes(census_of(CASES / "html" / "gdocs.html")) == [("1", "Noot een."), ("2", "Noot twee.")]
    assert [label for label, _ in notes(census_of(CASES / "html" / "lo.html"))] == ["1", "i"]
    assert len(census_of(CASES / "epub" / "endnotes-file.epub").notes) == 3


MANUSCRIPT = """---
title: Titel
---

# Kop {#kop}

Een *nadruk*kelijk woord[^a] met [link](https://example.org "titel") en `code_met_streep`.
Nog H~2~O^[In place.] en $x^2$ &amp; 5 €.

2. twee
3. drie

| a | b |
|---|---|
| 1 | 2 |

<!-- geheim -->

[^a]: De noot.

    Nog een alinea.

[^b]: Nergens.
"""


def test_markdown() -> None:
    census = census_of(MANUSCRIPT.encode(), "x.md")
    texts = [text for _, text in shown(census)]
    assert texts[:2] == [
        "Kop",
        "Een nadrukkelijk woord met link en code_met_streep. Nog H~2~O en & 5 €.",
    ]
    assert texts[2:] == ["twee", "drie", "a", "b", "1", "2"]
    assert {text for _, text in notes(census)} == {"De noot. Nog een alinea.", "In place."}
    assert unseen(census) == {("comment", "geheim"), ("note without call", "Nergens.")}
    assert census.links == ("https://example.org",)
    assert [(t.rows, t.columns) for t in census.tables] == [(2, 2)]


def test_markdown_code_is_not_markup() -> None:
    text = "```\n[^a] <!-- x --> *b*\n```\n\n    [^a]: geen noot\n"
    assert [t for _, t in shown(census_of(text.encode(), "x.md"))] == [
        "[^a] <!-- x --> *b*",
        "[^a]: geen noot",
    ]


def test_akoma_ntoso_of_the_seed() -> None:
    data = publish.write(publish.read(EXAMPLES / "aanhangsel-1558.md").document, "akn").data
    census = census_of(data, "x.xml")
    assert [label for label, _ in notes(census)] == [str(k) for k in range(1, 8)]
    assert ("Vraag 1", "Heeft u kennisgenomen van het artikel") in [(a, b[:37]) for a, b in shown(census)]


def test_official_publication_has_its_list_numbers() -> None:
    data = publish.write(publish.read(EXAMPLES / "kamerstuk.md").document, "op").data
    census = census_of(data, "x.xml")
    assert [label for label, _ in notes(census)] == ["1", "2", "3", "4", "5"]
    assert [label for label, _ in shown(census) if label] == ["a.", "b.", "c."]


def test_pdf_labels_are_not_words() -> None:
    """The call `(¹)` and the label of its note can be in the document or not; the words must be."""
    census = census_of(CASES / "pdf" / "oj-notes-in-brackets.pdf")
    assert {"1", "2", "3"} <= {label.strip(" ()") for label in census.possible}
    assert not any("¹" in text for _, text in shown(census))


def test_pandoc_tree() -> None:
    census = census_of(
        b"\\section{Kop} Tekst\\footnote{Noot.} \\begin{enumerate}\\item een\\end{enumerate}", "x.tex"
    )
    assert ("1.", "een") in shown(census)
    assert [text for _, text in notes(census)] == ["Noot."]
    assert census.method == "tree of pandoc (latex)"
