"""Charts of Office files: what they show, from their part in DrawingML (ISO/IEC 29500-1, 21.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from publish.readers.office.number_formats import has_point, shown_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Kind = Literal["column", "bar", "line", "area", "pie", "doughnut", "scatter"]
Grouping = Literal["clustered", "stacked", "percentStacked"]

GROUPS: dict[str, Kind] = {
    "barChart": "column",
    "bar3DChart": "column",
    "lineChart": "line",
    "line3DChart": "line",
    "areaChart": "area",
    "area3DChart": "area",
    "pieChart": "pie",
    "pie3DChart": "pie",
    "ofPieChart": "pie",
    "doughnutChart": "doughnut",
    "scatterChart": "scatter",
}
"""Elements with the series of one kind; one in three dimensions is drawn in two."""

MOST_SERIES = 50
MOST_POINTS = 2000


class Series(Struct, frozen=True):
    """The values of one name."""

    name: str
    values: tuple[float | None, ...]
    places: tuple[float, ...] = ()
    """Horizontal positions, in a scatter chart."""
    format: str = ""
    """Number format of the values."""


class Plot(Struct, frozen=True):
    """Series that are drawn in one way."""

    kind: Kind
    series: tuple[Series, ...]
    grouping: Grouping = "clustered"
    secondary: bool = False
    """Whether the values belong to the axis on the right."""
    lines: bool = True
    """Whether the points of a scatter chart are connected."""
    labels: bool = False
    """Whether the values are printed at their points."""


class Chart(Struct, frozen=True):
    """What a chart shows."""

    plots: tuple[Plot, ...]
    categories: tuple[str, ...]
    title: str = ""
    category_title: str = ""
    value_title: str = ""
    secondary_title: str = ""
    legend: bool = False
    point: bool = False
    """Whether numbers have a point before decimals; otherwise they have a comma."""
    least: float | None = None
    """Lowest value of the axis, if the author set it."""
    most: float | None = None

    @property
    def series(self) -> tuple[Series, ...]:
        """All series, in order."""
        return tuple(series for plot in self.plots for series in plot.series)

    def described(self) -> str:
        """Return title and data in words."""
        parts = [self.title] if self.title else []
        for series in self.series:
            names: tuple[str, ...] = self.categories
            if series.places:
                names = tuple(shown_number(place, "", point=self.point) for place in series.places)
            data = (
                f"{name} {shown_number(value, series.format, point=self.point)}".strip()
                for name, value in zip((*names, *[""] * len(series.values)), series.values, strict=False)
                if value is not None
            )
            parts.append(f"{series.name}: {', '.join(data)}" if series.name else ", ".join(data))
        return ". ".join(part.rstrip(".") for part in parts if part)


def chart_of(root: Element, language: str = "") -> Chart | None:
    """Return what a chart part shows; None if it contains a kind of chart that publish does not draw.

    Args:
        root: The part.
        language: Language of the document, if the chart has none.
    """
    area = root.find(f"{C}chart/{C}plotArea")
    if area is None:
        return None
    point = has_point(_value(root.find(C + "lang")) or language)
    plots: list[Plot] = []
    categories: tuple[str, ...] = ()
    axes = {_value(axis.find(C + "axId")): axis for axis in area if str(axis.tag).endswith("Ax")}
    first_values = ""
    for group in area:
        name = str(group.tag).removeprefix(C)
        if name not in GROUPS:
            if name.endswith("Chart"):
                return None
            continue
        found = list(group.iter(C + "ser"))[:MOST_SERIES]
        values = [i for e in group.findall(C + "axId") if _tag(axes.get(i := _value(e))) == "valAx"]
        first_values = first_values or next(iter(values), "")
        plots.append(_plot(group, name, found, secondary=bool(values) and first_values not in values))
        for series in found:
            texts = _texts(series.find(C + "cat"), point=point)
            categories = texts if len(texts) > len(categories) else categories
    if not any(series.values for plot in plots for series in plot.series):
        return None
    own = [axis for axis in axes.values() if _tag(axis) == "valAx"]
    across = next((axis for axis in axes.values() if _tag(axis) in {"catAx", "dateAx"}), None)
    main = axes.get(first_values)
    other = next((axis for axis in own if axis is not main), None)
    if across is None and len(own) > 1:  # a scatter chart has two axes of values
        across, main, other = own[0], own[1], None
    count = max(len(series.values) for plot in plots for series in plot.series)
    return Chart(
        tuple(plots),
        (*categories, *(str(k + 1) for k in range(len(categories), count)))
        if categories
        else tuple(str(k + 1) for k in range(count)),
        _title(root.find(f"{C}chart/{C}title"), plots),
        _rich(across),
        _rich(main),
        _rich(other),
        root.find(f"{C}chart/{C}legend") is not None,
        point,
        _scale(main, "min"),
        _scale(main, "max"),
    )


def _plot(group: Element, name: str, found: list[Element], *, secondary: bool) -> Plot:
    kind = GROUPS[name]
    if kind == "column" and _value(group.find(C + "barDir")) == "bar":
        kind = "bar"
    given = _value(group.find(C + "grouping"))
    grouping: Grouping = "clustered"
    if given in {"stacked", "percentStacked"}:
        grouping = "stacked" if given == "stacked" else "percentStacked"
    style = _value(group.find(C + "scatterStyle"))
    shown = [e for e in group.iter(C + "showVal") if _value(e) in {"1", "true"}]
    lines = style != "lineMarker" or not all(_hides_line(series) for series in found)
    return Plot(kind, tuple(map(_series, found)), grouping, secondary, lines, bool(shown))


def _hides_line(series: Element) -> bool:
    line = series.find(f"{C}spPr/{A}ln")
    return line is not None and line.find(A + "noFill") is not None


def _series(element: Element) -> Series:
    values = element.find(C + "val")
    values = values if values is not None else element.find(C + "yVal")
    name = " ".join(" ".join(_texts(element.find(C + "tx"))).split())
    if not name:
        name = " ".join((e.text or "") for e in element.findall(f"{C}tx/{C}v"))
    form = next((e.text or "" for e in values.iter(C + "formatCode")), "") if values is not None else ""
    places = element.find(C + "xVal")
    numbers = _numbers(values)
    across = (
        tuple(x if x is not None else float(k + 1) for k, x in enumerate(_numbers(places)))
        if places is not None
        else ()
    )
    if places is not None and not any(across):
        across = tuple(float(k + 1) for k in range(len(numbers)))
    return Series(name, numbers, across, form)


def _points(holder: Element | None) -> dict[int, str]:
    out: dict[int, str] = {}
    if holder is None:
        return out
    # A category with several levels has the lowest level first.
    level = holder.find(f".//{C}lvl")
    for point in (level if level is not None else holder).iter(C + "pt"):
        index = point.get("idx") or ""
        if index.isdecimal() and int(index) < MOST_POINTS:
            out[int(index)] = point.findtext(C + "v") or ""
    return out


def _texts(holder: Element | None, *, point: bool = False) -> tuple[str, ...]:
    found = _points(holder)
    form = next((e.text or "" for e in holder.iter(C + "formatCode")), "") if holder is not None else ""
    texts = [found.get(k, "") for k in range(max(found, default=-1) + 1)]
    return tuple(_formatted(text, form, point=point) for text in texts)


def _formatted(text: str, form: str, *, point: bool) -> str:
    """Return a category; a number with a format, such as a date, is shown in it."""
    try:
        return shown_number(float(text), form, point=point) if form and form != "General" else text
    except ValueError:
        return text


def _numbers(holder: Element | None) -> tuple[float | None, ...]:
    found = _points(holder)
    return tuple(_number(found.get(k, "")) for k in range(max(found, default=-1) + 1))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _title(title: Element | None, plots: list[Plot]) -> str:
    if title is None:
        return ""
    text = " ".join("".join(_runs(title)).split())
    series = [series for plot in plots for series in plot.series]
    return text or (series[0].name if len(series) == 1 else "")


def _rich(axis: Element | None) -> str:
    title = axis.find(C + "title") if axis is not None else None
    return " ".join("".join(_runs(title)).split()) if title is not None else ""


def _runs(title: Element) -> Iterator[str]:
    for element in title.iter(A + "t", A + "p", C + "v"):
        yield " " if element.tag == A + "p" else element.text or ""


def _scale(axis: Element | None, name: str) -> float | None:
    found = axis.find(f"{C}scaling/{C}{name}") if axis is not None else None
    return _number(_value(found)) if found is not None else None


def _value(element: Element | None) -> str:
    return (element.get("val") or "") if element is not None else ""


def _tag(element: Element | None) -> str:
    return str(element.tag).removeprefix(C) if element is not None else ""
