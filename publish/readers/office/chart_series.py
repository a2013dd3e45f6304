"""Series of a chart in SVG: columns, areas, lines with markers, and slices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from publish.readers.office import chart_shapes as shapes
from publish.readers.office.charts import Plot, Series
from publish.readers.office.number_formats import shown_number

Place = Callable[[float], float]
"""Function that returns the position of a value in pixels."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

MARKED = 24
"""Largest number of points of a line that have markers."""


def value_at(series: Series, index: int) -> float:
    """Return the value at an index; 0 if it is missing."""
    value = series.values[index] if index < len(series.values) else None
    return value if value is not None else 0.0


class Space(NamedTuple):
    """Where series are drawn."""

    across: Place
    """Position of a category; `k + 0.5` is the middle of category k."""
    up: Place
    """Position of a value."""
    categories: int
    """Number of categories."""
    number: int
    """Number of the first series, which determines the colours."""


def columns(plot: Plot, space: Space, slot: tuple[int, int], *, point: bool) -> Iterator[str]:
    """Yield the columns or bars of a plot.

    Args:
        plot: The plot.
        space: Where it is drawn.
        slot: Number of its first column within a category, and number of columns of all plots.
        point: Whether numbers have a point before decimals.
    """
    across, up, count, number = space
    horizontal = plot.kind == "bar"
    place, groups = slot
    share = 0.7 / max(groups, 1)
    for k in range(count):
        above = below = 0.0
        total = sum(abs(value_at(series, k)) for series in plot.series) or 1.0
        for j, series in enumerate(plot.series):
            if k >= len(series.values) or series.values[k] is None:
                continue
            value = value_at(series, k) / (total if plot.grouping == "percentStacked" else 1.0)
            start = 0.0
            column = place + (j if plot.grouping == "clustered" else 0)
            if plot.grouping != "clustered":
                start = above if value >= 0 else below
                above, below = (above + value, below) if value >= 0 else (above, below + value)
            first = across(k + 0.15 + column * share)
            second = across(k + 0.15 + (column + 1) * share)
            low, high = sorted((up(start), up(start + value)))
            sides = (
                (low, first, high - low, second - first)
                if horizontal
                else (first, low, second - first, high - low)
            )
            yield shapes.rectangle(*sides, shapes.colour(number + j))
            if plot.labels:
                text = shown_number(value_at(series, k), series.format, point=point)
                yield from _label(text, sides, horizontal=horizontal, inside=plot.grouping != "clustered")


def _label(
    text: str, sides: tuple[float, float, float, float], *, horizontal: bool, inside: bool
) -> Iterator[str]:
    """Yield the value of a column: at its end, or in it if it is stacked and has room."""
    x, y, wide, high = sides
    if inside:
        if wide > shapes.width(text) and high > shapes.SIZE:
            yield shapes.text(x + wide / 2, y + high / 2 + 4, text, "middle", ' fill="#ffffff"')
    elif horizontal:
        yield shapes.text(x + wide + 3, y + high / 2 + 4, text)
    else:
        yield shapes.text(x + wide / 2, y - 3, text, "middle")


def areas(plot: Plot, space: Space) -> Iterator[str]:
    """Yield the areas of a plot."""
    across, up, count, number = space
    base = [0.0] * count
    for j, series in enumerate(plot.series):
        values = [value_at(series, k) for k in range(count)]
        if plot.grouping == "percentStacked":
            totals = [sum(abs(value_at(other, k)) for other in plot.series) or 1.0 for k in range(count)]
            values = [value / total for value, total in zip(values, totals, strict=True)]
        tops = [b + v for b, v in zip(base, values, strict=True)] if plot.grouping != "clustered" else values
        floor = base if plot.grouping != "clustered" else [0.0] * count
        points = [(across(k + 0.5), up(top)) for k, top in enumerate(tops)]
        points += [(across(k + 0.5), up(floor[k])) for k in reversed(range(count))]
        opacity = ' fill-opacity="0.75"' if plot.grouping == "clustered" else ""
        yield f'<polygon points="{shapes.points(points)}" fill="{shapes.colour(number + j)}"{opacity}/>'
        base = tops if plot.grouping != "clustered" else base


def lines(plot: Plot, space: Space) -> Iterator[str]:
    """Yield the lines of a plot, with a marker at each point if there are few."""
    across, up, _, number = space
    for j, series in enumerate(plot.series):
        colour = shapes.colour(number + j)
        part: list[tuple[float, float]] = []
        parts = [part]
        for k, value in enumerate(series.values):
            if value is None:
                part = []
                parts.append(part)
                continue
            x = across(series.places[k]) if k < len(series.places) else across(k + 0.5)
            part.append((x, up(value)))
        if plot.kind == "line" or plot.lines:
            yield from (
                f'<polyline points="{shapes.points(points)}" fill="none" stroke="{colour}" stroke-width="2"/>'
                for points in parts
                if len(points) > 1
            )
        markers = plot.kind == "scatter" or len(series.values) <= MARKED
        yield from (_marker(number + j, x, y) for points in parts for x, y in points if markers)


def _marker(number: int, x: float, y: float) -> str:
    """Return a marker: series also differ in shape, for readers who do not tell colours apart."""
    colour = shapes.colour(number)
    match number % 4:
        case 0:
            return f'<circle cx="{shapes.short(x)}" cy="{shapes.short(y)}" r="3" fill="{colour}"/>'
        case 1:
            return shapes.rectangle(x - 3, y - 3, 6, 6, colour)
        case 2:
            return f'<polygon points="{shapes.points([(x, y - 4), (x + 4, y + 3), (x - 4, y + 3)])}" fill="{colour}"/>'
        case _:
            return f'<polygon points="{shapes.points([(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)])}" fill="{colour}"/>'


def pie(plot: Plot, box: Box) -> Iterator[str]:
    """Yield the slices of the first series, with their shares."""
    series = plot.series[0] if plot.series else Series("", ())
    values = [max(v or 0.0, 0.0) for v in series.values]
    total = sum(values) or 1.0
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    radius = max(min(box[2] - box[0], box[3] - box[1]) / 2 - 16, 10.0)
    hole = radius * 0.5 if plot.kind == "doughnut" else 0.0
    angle = -math.pi / 2
    for k, value in enumerate(values):
        if not value:
            continue
        turn = 2 * math.pi * value / total
        yield _slice((x, y), (radius, hole), angle, min(turn, 2 * math.pi - 1e-4), shapes.colour(k))
        middle = angle + turn / 2
        out = radius + 12
        if turn > 0.12:
            share = f"{100 * value / total:.0f}%"
            yield shapes.text(x + out * math.cos(middle), y + out * math.sin(middle) + 4, share, "middle")
        angle += turn


def _slice(
    centre: tuple[float, float], radii: tuple[float, float], start: float, turn: float, colour: str
) -> str:
    (x, y), (radius, hole) = centre, radii

    def point(length: float, angle: float) -> str:
        return f"{shapes.short(x + length * math.cos(angle))} {shapes.short(y + length * math.sin(angle))}"

    large = int(turn > math.pi)
    outer = f"M{point(radius, start)}A{shapes.short(radius)} {shapes.short(radius)} 0 {large} 1 {point(radius, start + turn)}"
    inner = (
        f"L{point(hole, start + turn)}A{shapes.short(hole)} {shapes.short(hole)} 0 {large} 0 {point(hole, start)}Z"
        if hole
        else f"L{shapes.short(x)} {shapes.short(y)}Z"
    )
    return f'<path d="{outer}{inner}" fill="{colour}" stroke="#ffffff"/>'
