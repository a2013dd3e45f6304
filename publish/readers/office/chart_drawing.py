"""Draw a chart as SVG: axes with round numbers, a legend, and series that differ in colour and, for lines, in their markers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from publish.readers.office import chart_series as series
from publish.readers.office import chart_shapes as shapes
from publish.readers.office.chart_series import Box, value_at
from publish.readers.office.charts import Chart, Plot
from publish.readers.office.number_formats import shown_number

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LABELS = 12
"""Largest number of labels of categories; of more, only some are printed."""

WIDTH, HEIGHT = 560.0, 320.0


def draw(chart: Chart, width: float = WIDTH, height: float = HEIGHT) -> str:
    """Return a chart as SVG.

    Args:
        chart: What it shows.
        width: Width in pixels.
        height: Height in pixels.
    """
    width, height = min(max(width, 240.0), 1600.0), min(max(height, 160.0), 1600.0)
    parts: list[str] = []
    top = 8.0
    if chart.title:
        parts.append(
            shapes.text(width / 2, top + 14, chart.title, "middle", ' font-size="14" font-weight="bold"')
        )
        top += 26
    round_chart = chart.plots[0].kind in {"pie", "doughnut"}
    names = list(chart.categories) if round_chart else [series.name for series in chart.series]
    bottom = height - 6
    if (chart.legend or round_chart) and any(names):
        rows = _legend_rows(names, width)
        bottom -= 18 * len(rows)
        parts += _legend(rows, names, bottom + 4, width)
    if round_chart:
        parts += series.pie(chart.plots[0], (0, top, width, bottom - 6))
    else:
        parts += _axes_and_plots(chart, (0, top, width, bottom - 4))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shapes.short(width)}" height="{shapes.short(height)}" viewBox="0 0 {shapes.short(width)} {shapes.short(height)}" '
        f'font-family="{shapes.FONT}" font-size="{shapes.SIZE}" fill="{shapes.TEXT}"><rect width="{shapes.short(width)}" height="{shapes.short(height)}" fill="#ffffff"/>'
        f"{''.join(parts)}</svg>"
    )


# Axes


def ticks(least: float, most: float) -> list[float]:
    """Return about five round numbers that contain a range."""
    if not most > least:
        least, most = (least - 1, most + 1) if least else (0.0, 1.0)
    rough = (most - least) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in STEPS if power * k >= rough * 0.999)
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def _range(plots: Sequence[Plot], count: int) -> tuple[float, float]:
    """Return the lowest and highest value that plots reach."""
    values = [0.0]
    scatter = all(plot.kind in {"scatter", "line"} for plot in plots)
    for plot in plots:
        if plot.grouping == "percentStacked":
            values.append(1.0)
        elif plot.grouping == "stacked":
            for k in range(count):
                column = [value_at(one, k) for one in plot.series]
                values += [sum(v for v in column if v > 0), sum(v for v in column if v < 0)]
        else:
            values += [v for series in plot.series for v in series.values if v is not None]
    low, high = min(values[1:], default=0.0), max(values[1:], default=1.0)
    near_zero = not scatter or low <= 0 or low < 0.5 * high
    return (min(low, 0.0), max(high, 0.0)) if near_zero else (low, high)


def _axes_and_plots(chart: Chart, box: Box) -> Iterator[str]:
    horizontal = chart.plots[0].kind == "bar"
    scatter = chart.plots[0].kind == "scatter"
    count = len(chart.categories)
    main = [plot for plot in chart.plots if not plot.secondary] or list(chart.plots)
    other = [plot for plot in chart.plots if plot not in main]
    scales = []
    for plots in (main, other):
        low, high = _range(plots, count) if plots else (0.0, 1.0)
        if plots is main:
            low = chart.least if chart.least is not None and chart.least < high else low
            high = chart.most if chart.most is not None and chart.most > low else high
        scales.append(ticks(low, high))
    forms = [_form(plots) for plots in (main, other)]
    labels = [
        [shown_number(t, form, point=chart.point) for t in scale]
        for scale, form in zip(scales, forms, strict=True)
    ]
    room = max(map(shapes.width, labels[0])) + 10
    left, top, right, bottom = box
    names = chart.categories
    if horizontal:
        inside = (
            left + min(max(map(shapes.width, names)) + 12, 0.4 * (right - left)),
            top,
            right - 14,
            bottom - 20,
        )
    else:
        inside = (
            left + room + 4,
            top + 4,
            right - (max(map(shapes.width, labels[1])) + 12 if other else 10),
            bottom - 20,
        )
    inside = (
        inside[0] + (16 if (chart.category_title if horizontal else chart.value_title) else 0),
        inside[1],
        inside[2] - (16 if chart.secondary_title and other else 0),
        inside[3] - (16 if (chart.value_title if horizontal else chart.category_title) else 0),
    )
    yield from _grid(scales[0], labels[0], inside, horizontal=horizontal)
    if other:
        yield from _right_axis(scales[1], labels[1], inside)
    across: Callable[[float], float]
    if scatter:
        places = [x for series in chart.series for x in series.places] or [0.0, 1.0]
        marks = ticks(min(places), max(places))
        across = _scaled(marks[0], marks[-1], inside[0], inside[2])
        for mark in marks:
            yield shapes.text(
                across(mark), inside[3] + 15, shown_number(mark, "", point=chart.point), anchor="middle"
            )
    else:
        across = _scaled(
            0, max(count, 1), inside[1] if horizontal else inside[0], inside[3] if horizontal else inside[2]
        )
        yield from _categories(names, across, inside, horizontal=horizontal)
    yield from _titles(chart, inside, box, horizontal=horizontal)
    number = 0
    groups = sum(
        len(p.series) if p.grouping == "clustered" else 1 for p in chart.plots if p.kind in {"column", "bar"}
    )
    place = 0
    for plot in chart.plots:
        scale = scales[1] if plot in other else scales[0]
        start, end = (inside[0], inside[2]) if horizontal else (inside[3], inside[1])
        up = _scaled(scale[0], scale[-1], start, end)
        mixed = plot.kind == "scatter" and not scatter
        space = series.Space((lambda x: across(x - 0.5)) if mixed else across, up, count, number)
        if plot.kind in {"column", "bar"}:
            yield from series.columns(plot, space, (place, groups), point=chart.point)
            place += len(plot.series) if plot.grouping == "clustered" else 1
        elif plot.kind == "area":
            yield from series.areas(plot, space)
        else:
            yield from series.lines(plot, space)
        number += len(plot.series)


def _form(plots: Sequence[Plot]) -> str:
    if any(plot.grouping == "percentStacked" for plot in plots):
        return "0%"
    forms = [series.format for plot in plots for series in plot.series if series.format]
    return forms[0] if forms else ""


def _scaled(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    def place(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.0
        return start + min(max(share, 0.0), 1.0) * (end - start)

    return place


def _grid(scale: Sequence[float], labels: Sequence[str], inside: Box, *, horizontal: bool) -> Iterator[str]:
    left, top, right, bottom = inside
    place = _scaled(scale[0], scale[-1], left if horizontal else bottom, right if horizontal else top)
    for value, label in zip(scale, labels, strict=True):
        at = place(value)
        colour = "#666666" if value == 0 else shapes.RULE
        if horizontal:
            yield shapes.line(at, top, at, bottom, colour)
            yield shapes.text(at, bottom + 15, label, "middle")
        else:
            yield shapes.line(left, at, right, at, colour)
            yield shapes.text(left - 6, at + 4, label, "end")


def _right_axis(scale: Sequence[float], labels: Sequence[str], inside: Box) -> Iterator[str]:
    place = _scaled(scale[0], scale[-1], inside[3], inside[1])
    for value, label in zip(scale, labels, strict=True):
        yield shapes.text(inside[2] + 6, place(value) + 4, label)


def _categories(
    names: Sequence[str], across: Callable[[float], float], inside: Box, *, horizontal: bool
) -> Iterator[str]:
    step = max(1, math.ceil(len(names) / LABELS))
    room = abs(across(1) - across(0)) * step
    for k in range(0, len(names), step):
        middle = across(k + 0.5)
        if horizontal:
            yield shapes.text(inside[0] - 6, middle + 4, shapes.shortened(names[k], inside[0] - 12), "end")
        else:
            yield shapes.text(middle, inside[3] + 15, shapes.shortened(names[k], room), "middle")


def _titles(chart: Chart, inside: Box, box: Box, *, horizontal: bool) -> Iterator[str]:
    below, left = (
        (chart.value_title, chart.category_title) if horizontal else (chart.category_title, chart.value_title)
    )
    middle = ((inside[0] + inside[2]) / 2, (inside[1] + inside[3]) / 2)
    if below:
        yield shapes.text(middle[0], box[3] - 2, below, "middle")
    for text, x in ((left, box[0] + 12), (chart.secondary_title, box[2] - 4)):
        if text:
            yield shapes.text(
                x,
                middle[1],
                text,
                "middle",
                f' transform="rotate(-90 {shapes.short(x)} {shapes.short(middle[1])})"',
            )


# Legend


def _legend_rows(names: Sequence[str], width: float) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    at = 0.0
    for k, name in enumerate(names):
        needed = shapes.width(name) + 26
        if rows[-1] and at + needed > width - 16:
            rows.append([])
            at = 0.0
        rows[-1].append(k)
        at += needed
    return rows[:8]


def _legend(rows: Sequence[Sequence[int]], names: Sequence[str], top: float, width: float) -> Iterator[str]:
    for number, row in enumerate(rows):
        at = (width - sum(shapes.width(names[k]) + 26 for k in row)) / 2
        for k in row:
            y = top + 18 * number
            yield shapes.rectangle(max(at, 8), y, 10, 10, shapes.colour(k))
            yield shapes.text(max(at, 8) + 14, y + 9, shapes.shortened(names[k], width - 40))
            at += shapes.width(names[k]) + 26
