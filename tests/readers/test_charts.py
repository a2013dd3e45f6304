"""Charts in Word: drawn from their data, with the data as alternative text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

import publish
from publish.model import nodes as n
from publish.model.walk import document_nodes
from publish.readers.office.chart_drawing import draw, ticks
from publish.readers.office.chart_shapes import COLOURS
from publish.readers.office.charts import Chart, Plot, Series, chart_of
from publish.readers.office.number_formats import shown_number
from publish.readers.svg import cleaned
from publish.style.contrast import contrast
from publish.writers.vector_images import as_png
from tests.support import codes
from tests.word import p, package

CASES = Path(__file__).resolve().parent.parent / "cases" / "docx"
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def data(tag: str, values: list[object], form: str = "") -> str:
    kind = "str" if tag == "cat" else "num"
    points = "".join(f'<c:pt idx="{k}"><c:v>{v}</c:v></c:pt>' for k, v in enumerate(values) if v is not None)
    code = f"<c:formatCode>{form}</c:formatCode>" if form else ""
    return f"<c:{tag}><c:{kind}Ref><c:{kind}Cache>{code}{points}</c:{kind}Cache></c:{kind}Ref></c:{tag}>"


def series(name: str, values: list[object], categories: list[object] | None = None, form: str = "") -> str:
    cat = data("cat", categories) if categories else ""
    return f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>{cat}{data('val', values, form)}</c:ser>"


def chart(group: str, inside: str, title: str = "", more: str = "", axes: str = "") -> etree._Element:
    heading = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        if title
        else ""
    )
    ids = '<c:axId val="1"/><c:axId val="2"/>'
    text = f"<c:chartSpace {C}><c:chart>{heading}<c:plotArea><c:{group}>{inside}{ids}</c:{group}>{axes}<c:catAx><c:axId val='1'/></c:catAx><c:valAx><c:axId val='2'/></c:valAx></c:plotArea>{more}</c:chart></c:chartSpace>"
    return etree.fromstring(text)


TWO = series("Aanvragen", [4, 2.5, None], ["een", "twee", "drie"]) + series(
    "Besluiten", [1, 3, 2], ["een", "twee", "drie"]
)


@pytest.mark.parametrize(
    ("group", "inside", "kind", "grouping"),
    [
        ("barChart", '<c:barDir val="col"/>', "column", "clustered"),
        ("barChart", '<c:barDir val="bar"/><c:grouping val="stacked"/>', "bar", "stacked"),
        ("bar3DChart", '<c:grouping val="percentStacked"/>', "column", "percentStacked"),
        ("lineChart", "", "line", "clustered"),
        ("areaChart", '<c:grouping val="stacked"/>', "area", "stacked"),
        ("pieChart", "", "pie", "clustered"),
        ("doughnutChart", "", "doughnut", "clustered"),
    ],
)
def test_each_kind_is_read_and_drawn(group: str, inside: str, kind: str, grouping: str) -> None:
    found = chart_of(chart(group, inside + TWO, "Per kwartaal", "<c:legend/>"))
    assert found is not None
    assert found.title == "Per kwartaal"
    assert found.categories == ("een", "twee", "drie")
    (plot,) = found.plots
    assert (plot.kind, plot.grouping) == (kind, grouping)
    assert [s.values for s in plot.series] == [(4, 2.5), (1, 3, 2)]
    drawing = draw(found)
    assert cleaned(drawing.encode())
    with Image.open(io.BytesIO(as_png(drawing.encode(), 560))) as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20)}
    rgb = [tuple(int(c[k : k + 2], 16) for k in (1, 3, 5)) for c in COLOURS[:2]]
    assert set(rgb) <= colours


def test_scatter_chart_has_positions() -> None:
    points = f"<c:ser>{data('xVal', [0.7, 1.8, 2.6])}{data('yVal', [2.7, 3.2, 0.8])}</c:ser>"
    found = chart_of(chart("scatterChart", points))
    assert found is not None
    assert found.series[0].places == (0.7, 1.8, 2.6)
    assert found.described() == "0,7 2,7, 1,8 3,2, 2,6 0,8"


def test_column_has_the_height_of_its_value() -> None:
    found = Chart((Plot("column", (Series("a", (5.0, 10.0)),)),), ("x", "y"))
    root = etree.fromstring(draw(found).encode())
    heights = [float(e.get("height", "")) for e in root.iter("{*}rect") if e.get("fill") == COLOURS[0]]
    assert heights[1] / heights[0] == pytest.approx(2, rel=0.01)


def test_secondary_axis_has_its_own_scale() -> None:
    inside = (
        TWO
        + '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:lineChart>'
        + series("Aandeel", [0.5, 0.25, 0.1], form="0%")
        + '<c:axId val="3"/><c:axId val="4"/></c:lineChart><c:barChart>'
    )
    axes = "<c:valAx><c:axId val='4'/></c:valAx><c:catAx><c:axId val='3'/></c:catAx>"
    found = chart_of(chart("barChart", inside, axes=axes))
    assert found is not None
    assert [plot.secondary for plot in found.plots if plot.series] == [False, True]
    texts = ["".join(e.itertext()) for e in etree.fromstring(draw(found).encode()).iter("{*}text")]
    assert "50%" in texts
    assert "4" in texts


def test_unknown_chart_is_not_drawn() -> None:
    assert chart_of(chart("radarChart", TWO)) is None
    assert chart_of(chart("barChart", "")) is None


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e9))
def test_ticks_are_few_round_and_contain_the_range(least: float, size: float) -> None:
    found = ticks(least, least + size)
    assert 2 <= len(found) <= 9
    assert found[0] <= least + 1e-6 * size
    assert found[-1] >= least + size - 1e-6 * size


@pytest.mark.parametrize(
    ("value", "form", "dutch", "english"),
    [
        (0.175, "0.0%", "17,5%", "17.5%"),
        (12345.6, "#,##0", "12.346", "12,346"),
        (12345.678, "#,##0.00", "12.345,68", "12,345.68"),
        (-3.5, "General", "−3,5", "−3.5"),
        (2, "", "2", "2"),
        (1250, '"€" #,##0', "1.250", "1,250"),
        (45292, "d-m-yyyy", "1-1-2024", "1-1-2024"),
        (45292, "yyyy", "2024", "2024"),
    ],
)
def test_number_formats(value: float, form: str, dutch: str, english: str) -> None:
    assert shown_number(value, form) == dutch
    assert shown_number(value, form, point=True) == english


def test_colours_of_series_can_be_told_from_paper() -> None:
    assert all(contrast(colour, "#ffffff") >= 3 for colour in COLOURS)


def test_chart_of_a_letter_is_in_every_format() -> None:
    source = CASES / "ministry-letter-chart.docx"
    result = publish.convert(
        source, ["pdf", "docx", "epub", "html", "odt", "akn"], None, values=("number=1",)
    )
    assert not {"PUB-R070", "PUB-V030", "PUB-V031", "PUB-V037"} & set(codes(result.diagnostics))
    assert result.ok, result.diagnostics
    document = publish.read(source).document
    (image,) = (
        x for x in document_nodes(document) if isinstance(x, n.Image) and x.source.startswith("charts/")
    )
    assert (
        image.alt
        == "Staafdiagram: wachttijd stijgt van 14 naar 21 dagen. Wachttijd per kwartaal. 2023-IV 14, 2024-I 17, 2024-II 21"
    )
    assert b"Wachttijd per kwartaal" in document.resources[image.source].data


def test_chart_that_is_not_drawn_is_an_error() -> None:
    part = etree.tostring(chart("radarChart", TWO))
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Radar"/><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="r9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    link = '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" Target="charts/chart1.xml"/>'
    result = publish.convert(
        package(p(drawing), {"word/charts/chart1.xml": part}, link), ["html"], None, name="a.docx"
    )
    (found,) = (d for d in result.diagnostics if d.code == "PUB-R070")
    assert found.message == "Cannot draw this chart: 'Radar'"
    assert not result.ok
    assert b"[Radar]" in result.outputs["html"].data
