"""Test the OpenDocument writer: labels, references, captions, contents, and the template of an office."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.diagnostics import PublishError
from publish.readers.odt.names import STYLE, TABLE, TEXT, XLINK
from tests.census.support import census_of, shown
from tests.conftest import ROOT
from tests.support import codes

HOUSE = (
    '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:'
    'xsl-fo-compatible:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    '<office:styles><style:style style:name="Standard" style:family="paragraph"/><style:style style:name="Heading_20_1" '
    'style:display-name="Heading 1" style:family="paragraph"><style:text-properties fo:color="#cc0000"/></style:style>'
    '<text:notes-configuration text:note-class="footnote" style:num-format="i"/></office:styles>'
    '<office:automatic-styles><style:page-layout style:name="own"><style:page-layout-properties fo:page-width="18cm"/>'
    '</style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
    'style:page-layout-name="own"><style:header><text:p>Ons ministerie</text:p></style:header></style:master-page>'
    "</office:master-styles></office:document-styles>"
)


def written(text: str, **settings: object) -> bytes:
    """Return a manuscript as OpenDocument, after its verification."""
    result = publish.convert(text.encode(), ["odt"], None, name="x.md", **settings)
    assert result.report is not None
    assert result.report.findings == ()
    (output,) = result.outputs.values()
    return output.data


def root(data: bytes, name: str = "content.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def template(folder: Path, styles: str = HOUSE) -> Path:
    path = folder / "house.ott"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("styles.xml", styles)
    return path


def test_labels_of_lists_are_those_of_the_other_formats() -> None:
    """Nested lists, a list that does not begin with 1, and labels that no list can count."""
    data = written("3. drie\n\n   a. een\n\n      - punt\n\n   b. twee\n\n4. vier\n\n2a. eerst\n2b. dan\n")
    assert [label for label, _ in shown(census_of(data, "x.odt"))] == [
        "3.",
        "a.",
        "•",
        "b.",
        "4.",
        "2a.",
        "2b.",
    ]


def test_a_table_in_an_item_interrupts_the_list() -> None:
    """LibreOffice shows no table in an item, so the list goes on after the table."""
    data = written("1. een\n\n   | a | b |\n   |---|---|\n   | 1 | 2 |\n\n   slot\n2. twee\n")
    assert [label for label, text in shown(census_of(data, "x.odt")) if text in {"een", "slot", "twee"}] == [
        "1.",
        "",
        "2.",
    ]
    assert root(data).find(f".//{TEXT}list//{TABLE}table") is None


def test_captions_are_sequence_fields() -> None:
    """LibreOffice counts tables and figures when a user adds one, and finds their category by the name of the sequence."""
    (output,) = publish.convert(ROOT / "examples" / "rapport.md", ["odt"], None).outputs.values()
    fields = list(root(output.data).iter(TEXT + "sequence"))
    assert [(e.get(TEXT + "name"), e.text) for e in fields] == [
        ("Figuur", "1"),
        ("Tabel", "1"),
        ("Figuur", "2"),
        ("Figuur", "3"),
        ("Tabel", "2"),
    ]


def test_references_to_captions_are_live() -> None:
    """A reference with other words than the caption's label is a link, because LibreOffice would replace its words."""
    data = written(
        "---\nstyle: rapport\nlang: nl\n---\n\nZie [](#t) en [](#u), en ook [de tweede tabel](#u).\n\n"
        "| a |\n|---|\n| 1 |\n\n: Eerste. {#t}\n\n| b |\n|---|\n| 2 |\n\n: Tweede. {#u}\n"
    )
    references = list(root(data).iter(TEXT + "sequence-ref"))
    assert [(e.get(TEXT + "ref-name"), e.text) for e in references] == [
        ("refTabel0", "Tabel 1"),
        ("refTabel1", "Tabel 2"),
    ]
    assert {e.get(TEXT + "ref-name") for e in root(data).iter(TEXT + "sequence")} == {
        "refTabel0",
        "refTabel1",
    }
    assert [e.get(XLINK + "href") for e in root(data).iter(TEXT + "a")] == ["#u"]


@pytest.mark.parametrize(
    "after", ["1. een\n2. twee\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "Tekst.\n", "# Kop\n\nTekst.\n"]
)
def test_a_page_begins_at_any_block(after: str) -> None:
    """LibreOffice begins a page at a paragraph or a table; the reader finds the page break in the same place."""
    data = written(f"Voor.\n\n\\newpage\n\n{after}")
    blocks = publish.read(data, name="x.odt").document.blocks
    kinds = [type(block).__name__ for block in blocks]
    assert kinds.index("PageBreak") == 1
    assert len(kinds) == 3


def test_table_of_contents_has_the_headings() -> None:
    (output,) = publish.convert(ROOT / "examples" / "rapport.md", ["odt"], None).outputs.values()
    body = root(output.data)
    (contents,) = body.iter(TEXT + "table-of-content")
    entries = ["".join(str(t) for t in link.itertext()) for link in contents.iter(TEXT + "a")]
    assert entries[:3] == ["Samenvatting", "1 Wat er is gemeten", "1.1 Bronnen"]
    names = {e.get(TEXT + "name") for e in body.iter(TEXT + "bookmark-start")}
    assert {link.get(XLINK + "href", "")[1:] for link in contents.iter(TEXT + "a")} <= names


def test_repeated_calls_and_references_are_live() -> None:
    data = written("Een[^a] en nog eens[^a], zie noot [](#^a).\n\n[^a]: Noot.\n")
    references = list(root(data).iter(TEXT + "note-ref"))
    assert [reference.text for reference in references] == ["1", "1"]
    assert {reference.get(TEXT + "ref-name") for reference in references} == {"fn1"}
    assert len(list(root(data).iter(TEXT + "note"))) == 1


@pytest.mark.parametrize(
    ("policy", "literal"),
    [
        ("{}", []),
        ("{format: lower-roman, start: 4}", []),
        ("{format: symbols}", ["*", "†"]),
    ],
)
def test_labels_are_literal_only_if_a_counter_would_be_wrong(policy: str, literal: list[str]) -> None:
    data = written(f"---\nnotes: {policy}\n---\n\nEen[^a], twee[^b].\n\n[^a]: A.\n\n[^b]: B.\n")
    citations = root(data).iter(TEXT + "note-citation")
    assert [e.get(TEXT + "label") for e in citations if e.get(TEXT + "label")] == literal


def test_table_in_a_note_is_written_as_lines() -> None:
    text = "Een[^a].\n\n[^a]: Noot.\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"
    result = publish.convert(text.encode(), ["odt"], None, name="x.md")
    assert "PUB-W016" in codes(result.diagnostics)
    (output,) = result.outputs.values()
    assert root(output.data).find(f".//{TABLE}table") is None


def test_template_gives_styles_page_and_header(tmp_path: Path) -> None:
    """The template's styles win by name; publish adds what it lacks, and its own configuration of notes."""
    options = {"odt": {"template": str(template(tmp_path))}}
    data = written("# Kop\n\nTekst[^a].\n\n[^a]: Noot.\n", options=options)
    styles = root(data, "styles.xml")
    headings = [e for e in styles.iter(STYLE + "style") if e.get(STYLE + "name") == "Heading_20_1"]
    assert len(headings) == 1
    assert b"#cc0000" in etree.tostring(headings[0])
    names = {e.get(STYLE + "name") for e in styles.iter(STYLE + "style")}
    assert {"Footnote", "Text_20_body", "Caption"} <= names
    assert "Ons ministerie" in "".join(str(t) for t in styles.itertext())
    notes = {e.get(TEXT + "note-class"): e for e in styles.iter(TEXT + "notes-configuration")}
    assert notes["footnote"].get(STYLE + "num-format") == "1"


@pytest.mark.parametrize("content", [b"geen zip", b""])
def test_template_that_is_no_opendocument_text_is_rejected(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "house.ott"
    path.write_bytes(content)
    with pytest.raises(PublishError) as caught:
        written("Tekst.\n", options={"odt": {"template": str(path)}})
    assert "PUB-W009" in codes(caught.value.diagnostics)


def test_files_are_reproducible() -> None:
    assert written("Tekst[^a].\n\n[^a]: Noot.\n") == written("Tekst[^a].\n\n[^a]: Noot.\n")
