"""Word files in which text was lost, invented, or published although Word does not show it; each case names its rule."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from tests.support import codes
from tests.word import field, item, p, package

CASES = Path(__file__).resolve().parent.parent / "cases" / "docx"


def text_of(name: str, **settings: str) -> str:
    """Return the paragraphs, headings and captions of a case, one per line."""
    document = publish.read(CASES / f"{name}.docx", **settings).document
    lines = []
    for node in document_nodes(document):
        if isinstance(node, n.Section) and node.title:
            lines.append(f"# {plain_text(node.title)}")
        elif isinstance(node, n.Table | n.Figure) and node.caption:
            lines.append(f"= {plain_text(node.caption)}")
        elif isinstance(node, n.Paragraph):
            lines.append(plain_text(node.inlines))
    return "\n".join(lines)


def notes_of(name: str) -> list[str]:
    """Return the texts of the notes."""
    found = []
    for note in publish.read(CASES / f"{name}.docx").document.notes.values():
        found += [plain_text(block.inlines) for block in note.blocks if isinstance(block, n.Paragraph)]
    return found


def labels_of(name: str) -> list[str]:
    return [call.label for call in publish.prepare(CASES / f"{name}.docx").numbered.calls.values()]


def rows_of(name: str, **settings: str) -> list[list[str]]:
    """Return the texts of the cells of the first table, by row."""
    document = publish.read(CASES / f"{name}.docx", **settings).document
    table = next(x for x in document_nodes(document) if isinstance(x, n.Table))
    return [
        [
            " ".join(plain_text(b.inlines) for b in cell.blocks if isinstance(b, n.Paragraph))
            for cell in row.cells
        ]
        for row in (*table.head, *table.body)
    ]


def test_deleted_end_joins_a_paragraph_only_with_the_next_of_its_container() -> None:
    # ECMA-376, part 1, 17.13.5.15
    assert (
        text_of("deleted-mark-before-table") == "Start.\nWords before the table.\ncell one\ncell two\nAfter."
    )
    assert rows_of("deleted-mark-ends-cell") == [["First fee 10 euro"], ["Second fee 20 euro"]]
    accepted = text_of("deleted-mark")
    assert "Eerste helft tweede helft." in accepted
    assert "Voor invoeging\nna invoeging." in accepted
    assert "Geschrapte zin" not in accepted


def test_rejected_changes_restore_the_original() -> None:
    rejected = text_of("deleted-mark", track_changes="reject")
    assert "Eerste helft\ntweede helft." in rejected
    assert "Voor invoeging na invoeging." in rejected
    assert "# Kop die tekst wordt" in rejected
    assert "nieuw" not in rejected


def test_inserted_and_deleted_cells() -> None:
    # 17.13.5.1, 17.13.5.2
    assert rows_of("tracked-cells") == [["a1", "nieuw a3"], ["b1", "nieuw b3"]]
    assert rows_of("tracked-cells", track_changes="reject") == [["a1", "weg a2"], ["b1", "weg b2"]]


def test_changed_properties_of_a_paragraph_are_rejected() -> None:
    document = publish.read(CASES / "tracked-cells.docx", track_changes="reject").document
    sections = [x for x in document_nodes(document) if isinstance(x, n.Section)]
    assert [plain_text(s.title) for s in sections] == ["Celwijziging", "Kop was kop 2"]
    assert sections[1] in sections[0].blocks


@pytest.mark.parametrize("name", ["tracked-cells", "deleted-mark"])
def test_fail_rejects_tracked_changes_of_all_kinds(name: str) -> None:
    with pytest.raises(publish.PublishError) as error:
        publish.read(CASES / f"{name}.docx", track_changes="fail")
    assert codes(error.value.diagnostics) == ["PUB-R032"]


def test_fail_accepts_a_file_without_tracked_changes() -> None:
    assert text_of("dropdown-glued", track_changes="fail") == "Small Yes"


@pytest.mark.parametrize(
    ("name", "labels"),
    [("note-format-last-section", "1 2 3 4 A"), ("note-format-middle-section", "1 a 2 i")],
)
def test_each_section_numbers_its_own_notes(name: str, labels: str) -> None:
    # 17.11.11: the properties of a section govern that section only
    assert labels_of(name) == labels.split()


def test_text_hidden_by_a_style_a_table_or_a_row_is_left_out() -> None:
    # 17.3.2.41, 17.7.3, 17.4.20
    result = publish.read(CASES / "hidden-by-style.docx")
    text = text_of("hidden-by-style")
    for word in ("DIRECT", "STIJL", "ALINEASTIJL", "KINDSTIJL", "VERBORGENRIJ", "RIJ2", "ONWAAR"):
        assert word not in text
    assert "weer" in text
    assert notes_of("hidden-by-style") == ["zichtbare noot"]
    assert codes(result.diagnostics).count("PUB-R036") == 1


def test_fields_without_result_are_calculated_or_reported() -> None:
    result = publish.read(CASES / "fields-without-result.docx")
    text = text_of("fields-without-result")
    assert "= Figuur 1: bijschrift 1" in text
    assert "= Figuur 2: bijschrift 2" in text
    assert "Zie Figuur 2 en Kop en" in text
    assert "(Jansen, 2020)" in text
    assert "boom, 3\nstruik, 4" in text
    assert [d.message for d in result.diagnostics if d.code == "PUB-R060"] == [
        "Field without result is left out: PAGEREF _RefK"
    ]


def test_only_a_table_of_contents_is_generated_again() -> None:
    text = text_of("list-of-figures-and-index")
    assert "# Lijst van figuren\nFiguur 1. Een vlag" in text
    assert "Inhoudsopgave" not in text
    kept = text_of("toc-control-holds-text")
    assert "the Harbour Dues Regulations;\nthe Lighthouse Regulations;\nthe Pilotage Regulations." in kept
    assert kept.count("Costs") == 1


def test_brackets_of_a_notes_own_mark_are_part_of_the_mark() -> None:
    assert notes_of("note-mark-in-brackets") == [
        "Stb. 2008, 29.",
        "De minister van Justitie.",
        "Besluit van 1 mei.",
    ]


def test_long_paragraphs_with_an_outline_level_are_not_headings() -> None:
    assert "#" not in text_of("paragraph-style-with-outline-level")


def test_a_reference_leads_to_a_bookmark_on_an_empty_paragraph(tmp_path: Path) -> None:
    assert publish.convert(CASES / "bookmark-on-empty-paragraph.docx", to=["html", "akn"], output=tmp_path).ok


def test_a_heading_with_a_bullet_is_published(tmp_path: Path) -> None:
    result = publish.convert(CASES / "heading-with-bullet.docx", to=["html", "akn"], output=tmp_path)
    assert result.report is not None
    assert result.report.findings == ()


def test_the_value_of_a_form_field_is_a_separate_word() -> None:
    assert text_of("dropdown-glued") == "Small Yes"


def test_a_label_comes_before_its_text_box() -> None:
    assert "Department:\nDepartment of Ports\nDate:\n14 January 2025" in text_of("text-box-beside-label")


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        (
            "letter-note-goes-on",
            [
                "Krant, 23 mei 2024, ‘Zeehond gezien’",
                "Omroep, 25 mei 2024, ‘Zeehond weer weg’,",
                "https://example.org/zeehond-weer-weg",
                "Weekblad, 26 maart 2024, ‘Onderzoek naar zeehonden’",
            ],
        ),
        (
            "letter-list-numbered-by-word",
            [
                "Omroep, 27 september 2023, example.org/uitzending",
                "example.org/rapport.pdf",
                "Bond, februari 2022, example.org/bond.pdf",
                "Kamerstuk 25424, nr. 670.",
            ],
        ),
    ],
)
def test_the_notes_of_a_member_are_lifted_however_they_are_written(name: str, notes: list[str]) -> None:
    numbered = publish.prepare(CASES / f"{name}.docx").numbered
    found = [
        plain_text(block.inlines)
        for note in numbered.notes.values()
        for block in note.blocks
        if isinstance(block, n.Paragraph)
    ]
    assert found == notes


def images_of(name: str) -> list[Image.Image]:
    """Return the images of a case as the document shows them."""
    document = publish.read(CASES / name).document
    shown = [x for x in document_nodes(document) if isinstance(x, n.Image) and x.source in document.resources]
    resources = (document.resources[x.source] for x in shown)
    return [Image.open(io.BytesIO(r.data)).convert("RGB") for r in resources if r.media_type == "image/png"]


def colours(image: Image.Image) -> list[str]:
    """Return the colours at the left, right, top and bottom of an image."""
    width, height = image.size
    middle = [(1, height // 2), (width - 2, height // 2), (width // 2, 1), (width // 2, height - 2)]
    return ["blue" if image.getpixel(place)[2] > 128 else "red" for place in middle]  # type: ignore[index]


def test_images_are_cut_rotated_and_mirrored_as_word_shows_them() -> None:
    cut, turned, mirrored, *plain = images_of("picture-size-crop-turn.docx")
    whole = plain[0]
    assert cut.size == (whole.width // 2, whole.height)
    assert {cut.getpixel((x, y)) for x in range(cut.width) for y in (0, 5)} == {cut.getpixel((0, 0))}
    assert colours(cut)[:2] == ["blue", "blue"]
    assert (turned.size, colours(turned)[2:]) == ((whole.height, whole.width), ["red", "blue"])
    assert (colours(mirrored)[:2], colours(whole)[:2]) == (["blue", "red"], ["red", "blue"])


def test_the_part_that_is_cut_away_is_in_no_output() -> None:
    result = publish.convert(CASES / "picture-size-crop-turn.docx", ["html", "epub", "docx"], None)
    assert not [d for d in result.diagnostics if d.code == "PUB-V032"]


CANVAS = (
    '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><lc:lockedCanvas xmlns:lc="http://schemas.openxmlformats.org/'
    'drawingml/2006/lockedCanvas"><a:sp><a:txSp><a:txBody><a:p><a:r><a:t>Een </a:t></a:r><a:r><a:t>vak</a:t></a:r></a:p>'
    "<a:p><a:r><a:t>Twee</a:t></a:r></a:p></a:txBody></a:txSp></a:sp></lc:lockedCanvas></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r>"
)
WORD_ART = '<w:r><w:pict><v:shape><v:textpath on="t" string="Een vak"/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize(("drawing", "texts"), [(CANVAS, ["Een vak", "Twee"]), (WORD_ART, ["Een vak"])])
def test_text_of_a_drawing_is_published(drawing: str, texts: list[str]) -> None:
    result = publish.convert(package(p("Voor ", drawing)), ["html"], None, name="a.docx")
    page = result.outputs["html"].data.decode()
    for text in texts:
        assert f">{text}</p>" in page
    assert not {"PUB-V030", "PUB-V031"} & set(codes(result.diagnostics))


@pytest.mark.parametrize(
    ("form", "pattern", "label"),
    [("bullet", "Let op", "Let op"), ("none", "Artikel", "Artikel"), ("bullet", "q", None)],
)
def test_word_as_bullet_is_published(form: str, pattern: str, label: str | None) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    data = package(item("Eerste", 1) + item("Tweede", 1), numbering=numbering)
    result = publish.convert(data, ["html"], None, name="a.docx")
    page = result.outputs["html"].data.decode()
    assert page.count(f'item-label">{label}</span>') == (2 if label else 0)
    assert not {"PUB-V030", "PUB-V031", "PUB-V034"} & set(codes(result.diagnostics))


def test_formula_in_a_field_is_reported_with_its_words() -> None:
    result = publish.convert(
        package(p("Som ", field(r"EQ \f(teller;noemer)", ""))), ["html"], None, name="a.docx"
    )
    (found,) = (d for d in result.diagnostics if d.code == "PUB-R060")
    assert r"\f(teller;noemer)" in found.message
    assert "PUB-V030" not in codes(result.diagnostics)
