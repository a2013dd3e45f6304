"""Images in the size that their author set, and decorative images, in every format and back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

import publish
from publish.model import nodes as n
from publish.model.lengths import given_size, length, millimetres, rotated, shown_size
from publish.model.resources import Resource
from publish.model.walk import document_nodes
from tests.conftest import ROOT
from tests.support import codes

CASES = ROOT / "tests" / "cases"
FORMATS = ("pdf", "docx", "odt", "epub", "html", "akn", "markdown")
TEXT_WIDTH = (210 - 25 - 20.9, 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (400, 200), "navy").save(tmp_path / "a.png")
    return tmp_path


def converted(text: str, folder: Path, *formats: str) -> publish.Result:
    (folder / "in.md").write_text(f"---\ntitle: Beelden\nlang: nl\n---\n\n{text}\n")
    return publish.convert(folder / "in.md", formats, None, embed_images=True)


def images(data: bytes, name: str) -> list[n.Image]:
    return [x for x in document_nodes(publish.read(data, name=name).document) if isinstance(x, n.Image)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4cm", "40mm"), ("4 cm", "40mm"), ("40mm", "40mm"), ("1in", "25.4mm"), ("72pt", "25.4mm"), ("96px", "25.4mm"), ("96", "25.4mm"),
        ("6pc", "25.4mm"), ("50%", "50%"), ("12.5%", "12.5%"), ("2,5cm", "25mm"), ("0", ""), ("150%", ""), ("4em", ""), ("-4cm", ""),
        ("calc(1px)", ""), ("1e9cm", ""), ("99999cm", ""),
    ],
)  # fmt: skip
def test_length(text: str, found: str) -> None:
    assert length(text) == found


@given(
    st.floats(1, 400),
    st.floats(1, 400),
    st.integers(1, 4000),
    st.integers(1, 4000),
    st.sampled_from(["", "30mm", "80%"]),
)
def test_image_fits_into_the_text_and_keeps_its_proportions(
    width: float, height: float, across: int, down: int, given_width: str
) -> None:
    image, resource = n.Image("a", width=given_width), Resource("image/png", b"", across, down)
    wide, high = shown_size(image, resource, width, height)
    assert wide <= width * 1.000001
    assert high <= height * 1.000001
    assert wide / high == pytest.approx(across / down, rel=1e-6)


def test_size_of_the_file_itself_is_not_given() -> None:
    resource = Resource("image/png", b"", 400, 200)
    own = millimetres(length("400px"), 0), millimetres(length("200px"), 0)
    assert given_size(resource, *own) == ("", "")
    assert given_size(resource, 50, 25) == ("50mm", "")
    assert given_size(resource, 50, 50) == ("50mm", "50mm")


def test_box_around_a_rotated_image() -> None:
    assert rotated(40, 10, 90) == pytest.approx((10, 40))
    assert rotated(40, 10, 180) == pytest.approx((40, 10))
    assert rotated(10, 10, 45) == pytest.approx((14.142, 14.142), rel=1e-4)


@pytest.mark.parametrize("form", ["docx", "odt", "html", "epub", "akn", "markdown"])
def test_size_is_the_same_when_read_back(form: str, folder: Path) -> None:
    text = "![een](a.png){width=4cm}\n\n![twee](a.png){width=50%}\n\n![drie](a.png){width=3cm height=3cm}\n\n![vier](a.png)"
    result = converted(text, folder, form)
    assert result.ok, result.diagnostics
    sizes = {x.alt: (x.width, x.height) for x in images(result.outputs[form].data, f"a.{form}")}
    assert sizes["een"] == ("40mm", "")
    assert sizes["drie"] == ("30mm", "30mm")
    assert sizes["vier"] == ("", "")
    if form in {"html", "epub", "akn", "markdown"}:
        assert sizes["twee"] == ("50%", "")
    else:  # a share of the text is a length on a page
        assert float(sizes["twee"][0].removesuffix("mm")) == pytest.approx(82, abs=4)


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_size_on_the_page(engine: str, folder: Path) -> None:
    (folder / "in.md").write_text("---\ntitle: T\nlang: nl\n---\n\n![een](a.png){width=4cm}\n")
    result = publish.convert(folder / "in.md", ["pdf"], None, pdf_engine=engine)
    import pypdfium2 as pdfium

    page = pdfium.PdfDocument(result.outputs["pdf"].data)[0]
    (shown,) = (x for x in page.get_objects(max_depth=5) if x.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE)
    left, bottom, right, top = shown.get_bounds()
    assert (right - left) / 72 * 25.4 == pytest.approx(40, abs=0.2)
    assert (top - bottom) / 72 * 25.4 == pytest.approx(20, abs=0.2)


def test_invalid_size_is_reported_with_its_place(folder: Path) -> None:
    result = converted("![een](a.png){width=4em}", folder, "html")
    (found,) = (d for d in result.diagnostics if d.code == "PUB-R069")
    assert "'4em'" in found.message
    assert found.span is not None
    assert found.span.line == 6


def test_case_of_sizes_in_markdown() -> None:
    result = publish.convert(CASES / "markdown" / "picture-size" / "in.md", FORMATS, None)
    assert result.ok
    assert not {"PUB-X001", "PUB-R069"} & set(codes(result.diagnostics))
    page = result.outputs["html"].data.decode()
    assert "{width" not in re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    found = {
        x.alt: x.width for x in images((CASES / "markdown" / "picture-size" / "in.md").read_bytes(), "in.md")
    }
    assert found["alt een"] == "50%"
    assert found["alt twee"] == "40mm"
    assert found["klein"] == "10mm"


@pytest.mark.parametrize("form", ["docx", "odt", "html", "epub", "akn", "markdown"])
def test_decorative_image_stays_decorative(form: str, folder: Path) -> None:
    result = converted('Tekst.\n\n![](a.png){alt=""}', folder, form)
    assert "PUB-R019" not in codes(result.diagnostics)
    data = result.outputs[form].data
    (image,) = images(data, f"a.{form}")
    assert (image.decorative, image.alt) == (True, "")


def test_case_of_decorative_images() -> None:
    result = publish.convert(
        CASES / "markdown" / "decorative-picture" / "in.md", (*FORMATS,), None, embed_images=True
    )
    assert "PUB-R019" not in codes(result.diagnostics)
    assert result.ok, result.diagnostics
    page = html.document_fromstring(result.outputs["html"].data)
    assert [x.get("alt") for x in page.iter("img")] == ["Grafiek", "", ""]
    with zipfile.ZipFile(io.BytesIO(result.outputs["docx"].data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    assert [x.get("descr") for x in body.iter("{*}docPr")] == ["Grafiek", "", ""]
    assert sum(1 for _ in body.iter("{*}decorative")) == 2


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
@pytest.mark.parametrize(
    ("attributes", "reported"), [('{alt=""}', False), ("{role=presentation}", False), ("", True)]
)
def test_image_without_alternative_text_is_an_artifact(
    engine: str,
    attributes: str,
    reported: bool,  # noqa: FBT001
    folder: Path,
) -> None:
    (folder / "in.md").write_text(f"---\ntitle: T\nlang: nl\n---\n\nTekst.\n\n![](a.png){attributes}\n")
    result = publish.convert(folder / "in.md", ["pdf"], None, pdf_engine=engine)
    assert ("PUB-R019" in codes(result.diagnostics)) == reported
    with pikepdf.open(io.BytesIO(result.outputs["pdf"].data)) as pdf:
        kinds = set(kinds_in(pdf.Root.StructTreeRoot))
    assert "/P" in kinds
    assert "/Figure" not in kinds
    assert b"a.png" not in result.outputs["pdf"].data


def kinds_in(element: Any) -> Iterator[str]:
    """Yield the types of the structure elements of a PDF, in the order in which they are read aloud."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from kinds_in(kid)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        yield from kinds_in(element.get("/K"))


def test_word_image_keeps_size_crop_rotation_and_reflection() -> None:
    data = (CASES / "docx" / "picture-size-crop-turn.docx").read_bytes()
    expected = {
        "bijgesneden": (11.11, 5.56),
        "gedraaid": (5.56, 11.11),
        "gespiegeld": (11.11, 5.56),
        "klikbaar": (11.11, 5.56),
    }
    result = publish.convert(data, ["docx", "odt"], None, name="a.docx")
    for form, source in (("source", data), *((form, x.data) for form, x in result.outputs.items())):
        document = publish.read(source, name=f"a.{'docx' if form == 'source' else form}").document
        shown = {x.alt: x for x in document_nodes(document) if isinstance(x, n.Image)}
        for alt, size in expected.items():
            resource = document.resources[shown[alt].source]
            assert shown_size(shown[alt], resource, 200, 200) == pytest.approx(size, rel=0.02), (form, alt)
