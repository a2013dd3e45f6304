"""Test the OpenDocument reader. The expected labels and words are those that LibreOffice 7.4 displays."""

from __future__ import annotations

import io
import zipfile

import pytest

from publish.diagnostics import PublishError
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from tests.census.support import CASES, census_of, notes, prepared, proved, shown
from tests.support import codes

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "svg": "svg-compatible",
        "fo": "xsl-fo-compatible", "form": "form",
    }.items()
)  # fmt: skip
OTHERS = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
LEVELS = (
    '<text:list-style style:name="{0}"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
)
HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'


def odt(body: str, styles: str = "", automatic: str = "") -> bytes:
    """Return a flat OpenDocument text."""
    return (
        f'<office:document {NAMES} {OTHERS} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{styles}</office:styles>"
        f"<office:automatic-styles>{LEVELS.format('L')}{LEVELS.format('M')}{HIDDEN}{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def p(text: str, style: str = "") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def items(*texts: str, style: str = "L", more: str = "") -> str:
    """Return a list of items, each with one paragraph or with its own markup."""
    inside = "".join(
        f"<text:list-item>{text if text.startswith('<') else p(text)}</text:list-item>" for text in texts
    )
    name = f' text:style-name="{style}"' if style else ""
    return f"<text:list{name} {more}>{inside}</text:list>"


def note(text: str, kind: str = "footnote", label: str = "", identifier: str = "") -> str:
    """Return a note at its call."""
    own = f' text:label="{label}"' if label else ""
    return (
        f'<text:note text:id="{identifier}" text:note-class="{kind}"><text:note-citation{own}>9</text:note-citation>'
        f"<text:note-body>{p(text)}</text:note-body></text:note>"
    )


def labels(body: str, styles: str = "") -> list[str]:
    """Return the labels of all items and headings, after comparing document and census."""
    data = odt(body, styles)
    assert proved(data, "a.fodt")[1] == []
    return [label for label, _ in shown(census_of(data, "a.fodt")) if label]


def published(data: bytes, name: str = "a.fodt", **settings: object) -> tuple[str, list[tuple[str, str]]]:
    """Return the words and the notes of the document, after comparing document and census."""
    assert proved(data, name, **settings)[1] == []
    made = prepared(data, name, **settings).numbered
    texts = [
        plain_text(node.inlines) for node in nodes_in(made.document.blocks) if isinstance(node, n.Paragraph)
    ]
    found = [
        (x.label, " ".join(plain_text(b.inlines) for b in x.blocks if isinstance(b, n.Paragraph)))
        for x in made.notes.values()
    ]
    return " ".join(" ".join(texts).split()), found


def test_case() -> None:
    """Notes are 1, i, *, 2; hidden text, a hidden section, deletions and comments are not published."""
    path = CASES / "odt" / "everything.odt"
    assert proved(path)[1] == []
    made = prepared(path)
    assert [(x.label) for x in made.numbered.notes.values()] == ["1", "i", "*", "2", "3"]
    texts = " ".join(
        plain_text(x.inlines) for x in document_nodes(made.document) if isinstance(x, n.Paragraph)
    )
    assert "tekst in kader" in texts
    assert not any(word in texts for word in ("verborgen", "geheime", "interne"))
    kinds = {label for label, _ in shown(census_of(path)) if label and label != "•"}
    assert {"1.", "2.", "3.", "7.", "8."} <= kinds


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (items("a", "b") + p("x") + items("c"), ["1.", "2.", "1."]),
        (items("a") + p("x") + items("b", more='text:continue-numbering="true"'), ["1.", "2."]),
        (
            items("a") + items("b", style="M") + items("c", more='text:continue-numbering="true"'),
            ["1.", "1.", "1."],
        ),
        (
            items("a", more='xml:id="i"') + items("b", style="M") + items("c", more='text:continue-list="i"'),
            ["1.", "1.", "2."],
        ),
        (items("a", p("b") + items("c", "d", style=""), "e"), ["1.", "2.", "a)", "b)", "3."]),
        (items(items("a", style=""), "b"), ["a)", "2."]),
        (items("a", items("b", style=""), "c"), ["1.", "a)", "2."]),
        (items(p("a") + items("b", "c", style="") + items("d", style="")), ["1.", "a)", "b)", "a)"]),
        (
            f'<text:list text:style-name="L"><text:list-header>{p("k")}</text:list-header>'
            f'<text:list-item text:start-value="7">{p("a")}</text:list-item><text:list-item>{p("b")}{p("c")}'
            "</text:list-item></text:list>",
            ["7.", "8."],
        ),
        (items("a", style=""), ["•"]),
        (items('<text:p><text:span text:style-name="H">a</text:span></text:p>', "b"), ["2."]),
        (
            '<text:numbered-paragraph text:list-id="n" text:style-name="L"><text:p>a</text:p></text:numbered-paragraph>'
            + p("x")
            + '<text:numbered-paragraph text:list-id="n" text:style-name="L"><text:p>b</text:p></text:numbered-paragraph>',
            ["1.", "2."],
        ),
    ],
)  # fmt: skip
def test_labels_of_items(body: str, expected: list[str]) -> None:
    assert labels(body) == expected


def test_labels_of_headings() -> None:
    """Headings count in their own list; a heading in a list counts there; `Artikel 3` is a label."""
    styles = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-prefix="Artikel "/><text:outline-level-style text:level="2" style:num-format="a" '
        'text:display-levels="2"/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">een</text:h><text:h text:outline-level="2">twee</text:h>'
        '<text:h text:outline-level="1" text:is-list-header="true">zonder</text:h>'
        + items('<text:h text:outline-level="1">in lijst</text:h>')
        + '<text:h text:outline-level="1">drie</text:h>'
        '<text:h text:outline-level="1" text:restart-numbering="true" text:start-value="7">zeven</text:h>'
    )
    assert labels(body, styles) == ["Artikel 1", "1.a", "1.", "Artikel 2", "Artikel 7"]


def test_format_of_libreoffice_replaces_prefix_and_suffix() -> None:
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="I" '
        'style:num-suffix="!" loext:num-list-format="Deel %1%:"/><text:list-level-style-number text:level="2" '
        'style:num-format="1" loext:num-list-format="%1%-%2%"/></text:list-style>'
    )
    assert labels(items(p("a") + items("b", style=""), style="N"), styles) == ["Deel I:", "I-1"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["1", "2", "i", "3"]),
        ('<text:notes-configuration text:note-class="footnote" style:num-format="a" text:start-value="2" '
         'text:start-numbering-at="document"/>', ["c", "d", "i", "e"]),
        ('<text:notes-configuration text:note-class="endnote"/>', ["1", "2", "1", "3"]),
        ('<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" '
         'text:start-numbering-at="chapter"/>', ["1", "2", "i", "1"]),
    ],
)  # fmt: skip
def test_labels_of_notes(settings: str, expected: list[str]) -> None:
    body = (
        f'<text:h text:outline-level="1">Een</text:h>{p("a" + note("n1") + " b" + note("n2") + note("e1", "endnote"))}'
        f'<text:h text:outline-level="1">Twee</text:h>{p("c" + note("n3"))}'
    )
    _, found = published(odt(body, settings))
    assert [label for label, _ in found] == expected


def test_hidden_notes_keep_their_numbers() -> None:
    body = p(f'a{note("n1")} <text:span text:style-name="H">b{note("n2")}</text:span> c{note("n3")}')
    assert published(odt(body)) == ("a c", [("1", "n1"), ("3", "n3")])


def test_a_section_can_number_its_notes() -> None:
    automatic = (
        '<style:style style:name="S" style:family="section"><style:section-properties><text:notes-configuration '
        'text:note-class="footnote" text:start-value="2" style:num-format="a"/></style:section-properties></style:style>'
    )
    body = f"{p('a' + note('n1'))}<text:section text:style-name='S'>{p('b' + note('n2'))}</text:section>{p('c' + note('n3'))}"
    _, found = published(odt(body, automatic=automatic))
    assert [label for label, _ in found] == ["1", "b", "2"]


def test_reference_to_a_note_follows_its_label() -> None:
    reference = '<text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="{0}">8</text:note-ref>'
    body = p(f"a{note('n1', identifier='x')}") + p(f"zie {reference.format('x')}")
    assert published(odt(body))[0] == "a zie 1"


DELETION = (
    '<text:tracked-changes><text:changed-region text:id="d"><text:deletion><office:change-info><dc:creator>X</dc:creator>'
    '</office:change-info>{0}</text:deletion></text:changed-region><text:changed-region text:id="i"><text:insertion>'
    "<office:change-info/></text:insertion></text:changed-region></text:tracked-changes>"
)  # fmt: skip
START, END, POINT = (
    '<text:change-start text:change-id="i"/>',
    '<text:change-end text:change-id="i"/>',
    '<text:change text:change-id="d"/>',
)


@pytest.mark.parametrize(
    ("deleted", "body", "accepted", "rejected"),
    [
        (p("weg "), p(f"een {POINT}twee"), "een twee", "een weg twee"),
        (p("weg") + p("en "), p(f"een {POINT}twee"), "een twee", "een weg en twee"),
        (p(""), p(f"een {START}nieuw {END}twee"), "een nieuw twee", "een twee"),
        (p(""), p(f"een{START}nieuw") + p(f"alinea{END} twee"), "eennieuw alinea twee", "een twee"),
        (p(""), p(f"een{START}") + items("x") + p(f"{END}twee"), "een x twee", "eentwee"),
        (
            p("weg"),
            p(f'een <text:span text:style-name="B">{POINT}twee</text:span>'),
            "een twee",
            "een wegtwee",
        ),
    ],
)
def test_tracked_changes(deleted: str, body: str, accepted: str, rejected: str) -> None:
    data = odt(DELETION.format(deleted) + body)
    assert published(data)[0] == accepted
    assert published(data, track_changes="reject")[0] == rejected
    with pytest.raises(PublishError, match="tracked change"):
        prepared(data, "a.fodt", track_changes="fail")


def test_table_with_spans_and_repeated_cells() -> None:
    cell = "<table:table-cell {1}>{0}</table:table-cell>"
    body = (
        "<table:table><table:table-column table:number-columns-repeated='3'/><table:table-header-rows><table:table-row>"
        + cell.format(p("breed"), 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell.format(p("c"), "")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell.format(p("x"), 'table:number-columns-repeated="3"')
        + "</table:table-row></table:table>"
    )
    data = odt(body)
    assert proved(data, "a.fodt")[1] == []
    (table,) = (b for b in prepared(data, "a.fodt").document.blocks if isinstance(b, n.Table))
    assert len(table.columns) == 3
    assert [[c.columns for c in row.cells] for row in (*table.head, *table.body)] == [[2, 1], [1, 1, 1]]


@pytest.mark.parametrize(
    ("border", "tables"),
    [
        ("0.5pt solid #000000", 1),
        ("#000000 solid 0.018cm", 1),
        ("solid", 1),
        ("none", 0),
        ("0pt solid #000000", 0),
        ("1pt hidden", 0),
        ("", 0),
    ],
)
def test_a_table_with_borders_is_no_page_layout(border: str, tables: int) -> None:
    """A column with one word per row has no relation between its cells, unless borders show that it is a table."""
    cell = f'<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="{border}"/></style:style>'
    rows = "".join(
        f'<table:table-row><table:table-cell table:style-name="C">{p(word)}</table:table-cell></table:table-row>'
        for word in ("een", "twee")
    )
    document = prepared(
        odt(f"<table:table><table:table-column/>{rows}</table:table>", automatic=cell), "x.fodt"
    ).document
    assert sum(isinstance(block, n.Table) for block in nodes_in(document.blocks)) == tables


def test_frames() -> None:
    """A caption in a text box with its image is a figure; hidden boxes and comments are left out."""
    box = '<draw:frame text:anchor-type="paragraph"><draw:text-box>{0}</draw:text-box></draw:frame>'
    body = p(f"voor {box.format(p('in kader'))}na") + p(
        f'<text:span text:style-name="H">x<draw:frame text:anchor-type="as-char"><draw:text-box>{p("weg")}'
        "</draw:text-box></draw:frame></text:span><office:annotation><text:p>intern</text:p></office:annotation>slot"
    )
    assert published(odt(body))[0] == "voor na in kader slot"


def test_sections_and_fields_that_hide() -> None:
    body = (
        f'<text:section text:display="none">{p("a")}</text:section>'
        f'<text:section text:display="condition" text:condition="ooow:FALSE">{p("b")}</text:section>'
        + p('c<text:hidden-paragraph text:condition="ooow:TRUE"/>')
        + p(
            'd <text:hidden-text text:condition="ooow:TRUE" text:string-value="e"/>'
            '<text:conditional-text text:condition="ooow:FALSE" text:string-value-if-true="f" '
            'text:string-value-if-false="g">f</text:conditional-text>'
        )
    )
    assert published(odt(body))[0] == "b d g"
    assert "PUB-R036" in codes(prepared(odt(body), "a.fodt").diagnostics)


def test_package_and_flat_file_are_the_same_document() -> None:
    """A `.odt` package and a `.fodt` file with the same content give the same document."""
    flat = odt(p("a" + note("b")) + items("c"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", flat.replace(b"office:document ", b"office:document-content ").replace(
            b"</office:document>", b"</office:document-content>"))  # fmt: skip
    assert published(flat) == published(out.getvalue(), "a.odt")


def test_own_labels_and_comments() -> None:
    data = odt(
        p(
            f"a{note('ster', label='*')} b{note('een')}<office:annotation><dc:creator>X</dc:creator><text:p>let op</text:p></office:annotation>"
        )
    )
    assert published(data)[1] == [("*", "ster"), ("1", "een")]
    (annotation,) = prepared(data, "a.fodt").document.annotations
    assert (annotation.author, annotation.text) == ("X", "let op")
    assert notes(census_of(data, "a.fodt")) == [("*", "ster"), ("1", "een")]
