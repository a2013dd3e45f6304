"""Test the Markdown reader: blocks, inlines, positions, front matter."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from publish.diagnostics import PublishError, Span
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from publish.readers.base import Source
from publish.readers.markdown.reader import read
from publish.writers.pdf import engine
from tests.support import codes, labels, markdown, numbered, resolved

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


def only(text: str, kind: type) -> object:
    found = [node for node in document_nodes(markdown(text).document) if isinstance(node, kind)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("*a*", n.Emphasis), ("**a**", n.Strong), ("~~a~~", n.Strikethrough), ("`a`", n.InlineCode),
        ("[a](https://b.c)", n.Link), ("[a](#b)", n.CrossReference), ("a<sup>b</sup>", n.Superscript),
        ("a<sub>b</sub>", n.Subscript), ("a\\\nb", n.LineBreak), ("[a]{.smallcaps}", n.SmallCaps),
        ("> a", n.Quote), ("- a", n.List), ("| a |\n|---|\n| b |", n.Table), ("```py\na\n```", n.CodeBlock),
        ("***", n.Rule), ("a\n: b", n.DefinitionList), ("# a", n.Section), ("\\newpage", n.PageBreak),
    ],
)  # fmt: skip
def test_each_construct_becomes_its_node_type(text: str, kind: type) -> None:
    only(text, kind)


def test_line_breaks_become_spaces() -> None:
    assert plain_text(only("een\ntwee  drie", n.Paragraph).inlines) == "een twee drie"  # type: ignore[attr-defined]


def test_positions_of_calls() -> None:
    text = "Eerste regel\nen hier[^a] een noot.\n\n> - diep[^b]\n\n[^a]: A\n[^b]: B\n"
    spans = [node.span for node in document_nodes(markdown(text).document) if isinstance(node, n.NoteRef)]
    assert spans == [Span(2, 8, 2, 12), Span(4, 9, 4, 13)]


def test_positions_in_table_cells() -> None:
    text = "| a | b |\n|---|---|\n| x[^1] | x[^1] |\n\n[^1]: n\n"
    spans = [node.span for node in document_nodes(markdown(text).document) if isinstance(node, n.NoteRef)]
    assert [(s.line, s.column) for s in spans if s] == [(3, 4), (3, 12)]


def test_heading_attributes() -> None:
    section = only("# Kop met *nadruk* {#eigen .klasse sleutel=waarde}", n.Section)
    assert isinstance(section, n.Section)
    assert section.id == "eigen"
    assert section.attrs == n.Attrs(("klasse",), (("sleutel", "waarde"),))
    assert plain_text(section.title) == "Kop met nadruk"


def test_lists_keep_start_and_delimiter() -> None:
    found = only("3) a\n4) b", n.List)
    assert isinstance(found, n.List)
    assert (found.ordered, found.start, found.delimiter, len(found.items)) == (True, 3, ")", 2)


def test_table_alignment_and_caption() -> None:
    table = only("| a | b |\n|:-:|--:|\n| 1 | 2 |\n\nTable: Wat er staat\n", n.Table)
    assert isinstance(table, n.Table)
    assert [c.align for c in table.columns] == ["center", "right"]
    assert plain_text(table.caption) == "Wat er staat"


def test_reference_notes_and_inline_notes() -> None:
    document = numbered("A[^x] b^[Inline *noot*.] c[^x]\n\n[^x]: Een.\n\n    Twee.\n\n    - drie\n")
    assert labels(document) == ["1", "2"]
    assert [type(b).__name__ for b in document.document.notes["x"].blocks] == [
        "Paragraph",
        "Paragraph",
        "List",
    ]


def test_front_matter_becomes_metadata() -> None:
    text = (
        "---\ntitle: Een *titel*[^t]\nlang: nl\ndate: 2022-02-03\nauthors: [A, {name: B, organisation: C}]\n"
        "issn: 0921-7398\nnotes: {format: symbols}\n---\n\nTekst.\n\n[^t]: Noot bij de titel.\n"
    )
    document = markdown(text).document
    assert document.metadata.title == "Een titel"
    assert str(document.metadata.date("published")) == "2022-02-03"
    assert [(a.name, a.organisation) for a in document.metadata.agents_as("author")] == [
        ("A", ""),
        ("B", "C"),
    ]
    assert document.metadata.identifier("issn") == "0921-7398"
    assert labels(numbered(text)) == ["*"]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "PUB-R003", None),
        (b" \n\n", "PUB-R003", None),
        ("één".encode("latin-1"), "PUB-R004", 1),
        (b"---\ntitle: [a\n---\n\ntext", "PUB-R005", 2),
        (b"---\n- a\n---\n\ntext", "PUB-R005", 2),
        (b"---\ntitle: a\n\ntext\n", "PUB-R005", 1),
    ],
)
def test_unreadable_input_is_rejected_with_its_line(data: bytes, code: str, line: int | None) -> None:
    with pytest.raises(PublishError) as caught:
        read(Source("x.md", data, None))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert (diagnostic.span.line if diagnostic.span else None) == line


def test_an_invalid_value_does_not_discard_other_metadata() -> None:
    result = markdown("---\ndate: morgen\nlang: nl\nonbekend: 1\n---\n\nTekst.")
    assert codes(result.diagnostics) == ["PUB-R008", "PUB-R006"]
    assert result.document.metadata.language == "nl"
    assert result.document.metadata.extra == {"onbekend": "1"}


def test_a_truncated_image_is_rejected_although_weasyprint_accepts_it(tmp_path: Path) -> None:
    engine.load()  # WeasyPrint makes Pillow accept truncated images in the whole process
    (tmp_path / "half.png").write_bytes(base64.b64decode(PNG)[:45])
    result = markdown("![half](half.png)\n", tmp_path)
    assert "PUB-R013" in codes(result.diagnostics)
    assert result.document.resources == {}


def test_images_are_read_only_from_the_folder_of_the_manuscript(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    png = base64.b64decode(PNG)
    (folder / "ok.png").write_bytes(png)
    (folder / "slecht.png").write_bytes(b"geen plaatje")
    (folder / "half.png").write_bytes(png[:45])
    (folder / "kwaad.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>')
    (tmp_path / "geheim.png").write_bytes(png)
    (folder / "koppeling.png").symlink_to(tmp_path / "geheim.png")
    text = "\n\n".join(
        f"![alt]({name})"
        for name in ("ok.png", "weg.png", "slecht.png", "half.png", "kwaad.svg", "../geheim.png", "koppeling.png", "/etc/hostname",
                     "https://example.org/a.png")
    )  # fmt: skip
    result = markdown(text, folder)
    assert list(result.document.resources) == ["ok.png"]
    assert result.document.resources["ok.png"].width == 1
    assert codes(result.diagnostics) == [
        "PUB-R012", "PUB-R013", "PUB-R013", "PUB-R013", "PUB-R011", "PUB-R011", "PUB-R011", "PUB-R014",
    ]  # fmt: skip


def test_links_that_could_run_code_are_text() -> None:
    result = resolved("[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x)")
    assert not [node for node in document_nodes(result.document.document) if isinstance(node, n.Link)]


def test_html_is_literal_text_and_comments_are_dropped() -> None:
    result = markdown("Een <blink>woord</blink>.<!-- stil -->\n\n<div>\nblok\n</div>\n")
    assert codes(result.diagnostics) == ["PUB-R010"] * 3
    assert "stil" not in str(result.document)


def test_an_inline_note_in_the_title() -> None:
    document = numbered("---\ntitle: 'T ^[noot]'\nlang: nl\n---\n\nx^[nog een]\n")
    assert labels(document) == ["1", "2"]
    assert document.calls["fnref1"].note == "title-1"


@pytest.mark.parametrize("tag", ["nederlands_foo", "12", "n"])
def test_an_invalid_language_tag_is_rejected(tag: str) -> None:
    result = markdown(f"---\nlang: {tag}\n---\n\n[x]{{lang='en us'}}")
    assert codes(result.diagnostics) == ["PUB-R008"]
    assert result.document.metadata.language == ""


@pytest.mark.parametrize("address", ["https://[::1", "https://", "http://a b", "https://x:port/"])
def test_a_link_with_an_invalid_address_is_text(address: str) -> None:
    found = markdown(f"[x](<{address}>)").document
    assert not [node for node in document_nodes(found) if isinstance(node, n.Link)]


def table_of(text: str) -> list[list[tuple[str, int, int, bool]]]:
    table = only(text, n.Table)
    assert isinstance(table, n.Table)
    return [
        [
            ("".join(map(plain_text, (b.inlines for b in c.blocks))), c.columns, c.rows, c.header)
            for c in row.cells
        ]  # type: ignore[union-attr]
        for row in (*table.head, *table.body)
    ]


def test_cells_with_merge_marks_are_merged() -> None:
    text = "| a | << | b |\n|---|---|---|\n| c | d | e |\n| ^^ | f | << |\n| ^^ | g | h |"
    assert table_of(text) == [
        [("a", 2, 1, False), ("b", 1, 1, False)],
        [("c", 1, 3, False), ("d", 1, 1, False), ("e", 1, 1, False)],
        [("f", 2, 1, False)],
        [("g", 1, 1, False), ("h", 1, 1, False)],
    ]


def test_merge_marks_that_do_not_form_a_rectangle_stay_text() -> None:
    text = "| a | b |\n|---|---|\n| c | << |\n| ^^ | d |"
    assert [cell[0] for row in table_of(text)[1:] for cell in row] == ["c", "<<", "^^", "d"]
    assert table_of("| ^^ | << |\n|---|---|\n| c | d |")[0] == [("^^", 2, 1, False)]


def test_a_merge_mark_in_code_or_after_a_backslash_is_text() -> None:
    assert table_of("| `^^` | a |\n|---|---|\n| \\<\\< | `<<` |") == [
        [("^^", 1, 1, False), ("a", 1, 1, False)],
        [("<<", 1, 1, False), ("<<", 1, 1, False)],
    ]


def test_an_extra_cell_is_reported() -> None:
    found = markdown("| a | b |\n|---|---|\n| c | d | e |\n| f \\| g | h |\n").diagnostics
    assert [(d.code, d.span.line if d.span else 0) for d in found if d.code == "PUB-R023"] == [
        ("PUB-R023", 3)
    ]


def test_header_columns() -> None:
    text = "{header-columns=1}\n| a | b |\n|---|---|\n| c | d |\n| ^^ | e |"
    assert table_of(text)[1:] == [[("c", 1, 2, True), ("d", 1, 1, False)], [("e", 1, 1, False)]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Table: Costs {#x .wide}\n\n| a |\n|---|\n| b |", n.Table),
        ("| a |\n|---|\n| b |\n\n: Costs {#x .wide}", n.Table),
        ("![p](x.png)\n\nFigure: Costs {#x .wide}", n.Figure),
    ],
)
def test_a_caption_sets_id_and_classes(text: str, kind: type) -> None:
    node = only(text, kind)
    assert isinstance(node, n.Table | n.Figure)
    assert (node.id, node.attrs.classes, plain_text(node.caption)) == ("x", ("wide",), "Costs")


def test_the_id_of_an_image_with_a_caption_is_set_on_the_figure() -> None:
    figure = only('![p](x.png "Costs"){#x}', n.Figure)
    assert isinstance(figure, n.Figure)
    assert figure.id == "x"


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "on", "off"])
def test_words_that_yaml_1_1_reads_as_booleans_are_text(word: str) -> None:
    result = markdown(
        f"---\ntitle: {word}\nlang: {word if word == 'no' else 'nb'}\ncountry: no\n---\n\nTekst.\n"
    )
    assert not [d for d in result.diagnostics if d.code == "PUB-R008"]
    assert result.document.metadata.title == word
    assert result.document.metadata.country == "no"
