"""Word output apart from the notes: header, footer, languages, drawings and tables."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

import publish
from publish.resolve import NumberedDocument
from tests.conftest import SEED
from tests.support import numbered

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS = 20


def package(document: NumberedDocument, style: str = "") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(publish.write(document, "docx", style=style).data))


def body(text: str, style: str = "") -> etree._Element:
    return etree.fromstring(package(numbered(text), style).read("word/document.xml"))


def words(element: etree._Element) -> str:
    return "".join(
        e.text or "" if e.tag == f"{W}t" else "\t"
        for e in element.iter(f"{W}t", f"{W}tab")
        if e.getparent().tag == f"{W}r"
    )


@pytest.fixture(scope="module")
def seed_parts() -> dict[str, etree._Element]:
    """Return the headers and footers of the seed document, by type and position."""
    document = publish.resolve(publish.read(SEED).document).document
    archive = package(document)
    relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    section = next(etree.fromstring(archive.read("word/document.xml")).iter(f"{W}sectPr"))
    out = {}
    for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
        key = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        place = "header" if "header" in str(reference.tag) else "footer"
        out[f"{reference.get(f'{W}type')} {place}"] = etree.fromstring(archive.read(f"word/{targets[key]}"))
    return out


def test_masthead_has_the_same_position_as_in_pdf(seed_parts: dict[str, etree._Element]) -> None:
    first, second = seed_parts["first header"].findall(f"{W}p")
    assert words(first) == "Tweede Kamer der Staten-Generaal\t2"
    assert words(second) == "Vergaderjaar 2021–2022\tAanhangsel van de Handelingen"
    # The corner box starts 55 points from the page edge, the text 221; the digit ends where the text ends.
    for row in (first, second):
        assert int(row.find(f"{W}pPr/{W}ind").get(f"{W}left")) == (55 - 221) * TWIPS
    (stop,) = first.findall(f"{W}pPr/{W}tabs/{W}tab")
    assert stop.get(f"{W}val") == "right"
    assert int(stop.get(f"{W}pos")) == pytest.approx((595.28 - 221 - 55) * TWIPS, abs=TWIPS)
    heights = [p.find(f"{W}pPr/{W}spacing") for p in (first, second)]
    end = 20 * TWIPS + sum(int(s.get(f"{W}{k}") or 0) for s in heights for k in ("before", "line", "after"))
    assert end == pytest.approx(280 * TWIPS, abs=TWIPS)


def test_footer_has_the_page_number_on_the_right(seed_parts: dict[str, etree._Element]) -> None:
    (row,) = seed_parts["default footer"].findall(f"{W}p")
    assert words(row) == "Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel\t1"
    assert "PAGE" in "".join(row.itertext())
    assert seed_parts["default header"].findall(f".//{W}t") == []


def test_right_to_left_text_is_marked() -> None:
    root = body("# T\n\nIn [قابل للقراءة]{lang=ar} en שלום hier.\n\n{lang=he}\nקריא לכולם.\n")
    marked = [words(r) for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}rtl") is not None]
    assert marked == ["قابل للقراءة", "שלום", "קריא לכולם."]
    assert [words(p) for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None] == ["קריא לכולם."]
    languages = [e.get(f"{W}bidi") for e in root.iter(f"{W}lang") if e.get(f"{W}bidi")]
    assert languages == ["ar", "he"]


def test_blocks_with_a_language_attribute_have_that_language() -> None:
    root = body("# T\n\n{lang=fr}\nLe *texte*.\n")
    assert [e.get(f"{W}val") for e in root.iter(f"{W}lang")] == ["fr", "fr", "fr"]


def test_svg_image_is_embedded_as_svg_and_png(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#ff0000"/></svg>'
    (tmp_path / "x.svg").write_text(svg, "utf-8")
    document = numbered('![red](x.svg "A drawing")\n', tmp_path)
    archive = package(document)
    names = {name.rpartition(".")[2]: name for name in archive.namelist() if name.startswith("word/media/")}
    assert archive.read(names["svg"]).decode() == svg
    with Image.open(io.BytesIO(archive.read(names["png"]))) as picture:
        assert picture.getpixel((picture.width // 2, picture.height // 2))[:3] == (255, 0, 0)
    root = etree.fromstring(archive.read("word/document.xml"))
    assert len(list(root.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"))) == 1
    (shown, caption) = (
        p for p in root.iter(f"{W}p") if p.find(f".//{W}drawing") is not None or words(p) == "A drawing"
    )
    assert shown.find(f"{W}pPr/{W}keepNext") is not None
    assert words(caption) == "A drawing"


def test_cells_are_merged_and_column_widths_fit_the_text() -> None:
    root = body("| a | << | long words here |\n|---|---|---|\n| b | c | d |\n| ^^ | e | f |\n")
    widths = [int(e.get(f"{W}w")) for e in root.iter(f"{W}gridCol")]
    assert widths[2] > 2 * widths[0]
    assert [e.get(f"{W}val") for e in root.iter(f"{W}gridSpan")] == ["2"]
    assert [e.get(f"{W}val") for e in root.iter(f"{W}vMerge")] == ["restart", None]
