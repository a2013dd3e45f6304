"""SmartArt in Word: drawn from the drawing that Word stores, with its words as alternative text."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

import publish
from publish.model import nodes as n
from publish.model.walk import document_nodes
from publish.readers.office.diagram_drawing import draw_diagram
from publish.readers.svg import cleaned
from publish.writers.vector_images import as_png
from tests.support import codes
from tests.word import p, package

SPACES = 'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shape(
    x: int,
    text: str,
    geometry: str = '<a:prstGeom prst="roundRect"/>',
    fill: str = '<a:schemeClr val="accent1"/>',
) -> str:
    size = '<a:ext cx="1440000" cy="720000"/>'
    return (
        f'<dsp:sp><dsp:spPr><a:xfrm><a:off x="{x}" y="0"/>{size}</a:xfrm>{geometry}<a:solidFill>{fill}</a:solidFill></dsp:spPr>'
        f'<dsp:txBody><a:p><a:r><a:rPr sz="1800"/><a:t>{text}</a:t></a:r></a:p></dsp:txBody></dsp:sp>'
    )


def drawing(*inside: str) -> str:
    return f"<dsp:drawing {SPACES}><dsp:spTree>{''.join(inside)}</dsp:spTree></dsp:drawing>"


def test_shapes_have_their_places_colours_and_words() -> None:
    light = '<a:schemeClr val="accent1"><a:tint val="40000"/></a:schemeClr>'
    svg, words = draw_diagram(
        etree.fromstring(drawing(shape(0, "Aanvraag"), shape(2_000_000, "Besluit nemen", fill=light)))
    )
    assert words == "Aanvraag; Besluit nemen"
    root = etree.fromstring(svg.encode())
    first, second = root.iter("{*}rect")
    assert float(second.get("x", "")) - float(first.get("x", "")) == pytest.approx(2_000_000 / 9525, abs=0.1)
    texts = {"".join(e.itertext()): e.get("fill") for e in root.iter("{*}text")}
    assert texts == {"Aanvraag": "#ffffff", "Besluit": "#222222", "nemen": "#222222"}
    assert cleaned(svg.encode())
    with Image.open(io.BytesIO(as_png(svg.encode(), 400))) as image:
        assert image.width / image.height == pytest.approx(
            float(root.get("width", "")) / float(root.get("height", "")), rel=0.02
        )


def test_text_is_made_smaller_until_it_fits() -> None:
    svg, _ = draw_diagram(etree.fromstring(drawing(shape(0, "Beleidsevaluatiecommissie " * 8))))
    sizes = {float(e.get("font-size", "0")) for e in etree.fromstring(svg.encode()).iter("{*}text")}
    assert max(sizes) < 18 * 96 / 72


@pytest.mark.parametrize(
    ("geometry", "element"),
    [
        ('<a:prstGeom prst="ellipse"/>', "ellipse"),
        ('<a:prstGeom prst="rightArrow"/>', "polygon"),
        ('<a:prstGeom prst="unknown"/>', "rect"),
        (
            '<a:custGeom><a:pathLst><a:path w="10" h="10"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="10" y="10"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>',
            "path",
        ),
    ],
)
def test_geometries(geometry: str, element: str) -> None:
    svg, _ = draw_diagram(etree.fromstring(drawing(shape(0, "x", geometry))))
    assert next(etree.fromstring(svg.encode()).iter("{*}" + element), None) is not None


@pytest.mark.parametrize("stored", [True, False])
def test_diagram_is_in_every_format_or_an_error(stored: bool) -> None:  # noqa: FBT001
    frame = '<w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" name="x" descr="Procedure"/><a:graphic><a:graphicData><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="r8"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    data = f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {SPACES}><dsp:dataModelExt relId="r9"/></dgm:dataModel>'
    links = f'<Relationship Id="r8" Type="{OFFICE}/diagramData" Target="diagrams/data1.xml"/>'
    parts = {"word/diagrams/data1.xml": data}
    if stored:
        links += '<Relationship Id="r9" Type="http://schemas.microsoft.com/office/2007/relationships/diagramDrawing" Target="diagrams/drawing1.xml"/>'
        parts["word/diagrams/drawing1.xml"] = drawing(shape(0, "Aanvraag"), shape(2_000_000, "Besluit"))
    file = package(p("Zie ", frame), parts, links)
    result = publish.convert(file, ["html", "docx", "epub", "odt"], None, name="a.docx")
    assert ("PUB-R070" in codes(result.diagnostics)) != stored
    assert result.ok == stored
    assert not {"PUB-V030", "PUB-V031"} & set(codes(result.diagnostics))
    (image,) = (
        x for x in document_nodes(publish.read(file, name="a.docx").document) if isinstance(x, n.Image)
    )
    assert image.alt == ("Procedure. Aanvraag; Besluit" if stored else "Procedure")
