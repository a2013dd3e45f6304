"""Draw SmartArt as SVG, from the drawing that Word stores next to its data ([MS-ODRAWXML], 2.5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.readers.office import chart_shapes as shapes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"

PIXEL = 9525
"""English Metric Units in a pixel, at 96 pixels per inch."""

SMALLEST = 6.0
"""Type size in pixels below which text is not made smaller to fit its shape."""

MOST_SHAPES = 1000
MARGIN = 4.0

LIGHT, DARK = "#ffffff", "#222222"

_POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "rightArrow": ((0, 0.2), (0.5, 0.2), (0.5, 0), (1, 0.5), (0.5, 1), (0.5, 0.8), (0, 0.8)),
    "leftArrow": ((1, 0.2), (0.5, 0.2), (0.5, 0), (0, 0.5), (0.5, 1), (0.5, 0.8), (1, 0.8)),
    "downArrow": ((0.2, 0), (0.2, 0.5), (0, 0.5), (0.5, 1), (1, 0.5), (0.8, 0.5), (0.8, 0)),
    "upArrow": ((0.2, 1), (0.2, 0.5), (0, 0.5), (0.5, 0), (1, 0.5), (0.8, 0.5), (0.8, 1)),
    "chevron": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1), (0.25, 0.5)),
    "homePlate": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1)),
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "hexagon": ((0.25, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0.25, 1), (0, 0.5)),
    "trapezoid": ((0.25, 0), (0.75, 0), (1, 1), (0, 1)),
}
"""Corners of shapes, as shares of width and height; other shapes are rectangles."""


class Frame(Struct, frozen=True):
    """Position and size in pixels, and clockwise rotation in degrees."""

    x: float
    y: float
    wide: float
    high: float
    turned: float = 0.0


def draw_diagram(root: Element) -> tuple[str, str]:
    """Return a diagram as SVG, and its words; both are empty if the drawing contains no shapes."""
    parts: list[str] = []
    words: list[str] = []
    frames: list[Frame] = []
    for shape in list(root.iter(DSP + "sp"))[:MOST_SHAPES]:
        frame = _frame(shape.find(f"{DSP}spPr/{A}xfrm"))
        if frame is None:
            continue
        frames.append(frame)
        fill = _fill(shape)
        parts.append(_shape(shape, frame, fill))
        paragraphs = [
            text
            for p in shape.iter(A + "p")
            if (text := " ".join("".join(t.text or "" for t in p.iter(A + "t")).split()))
        ]
        words += paragraphs
        inside = _frame(shape.find(DSP + "txXfrm")) or frame
        parts += _texts(paragraphs, inside, _size(shape), _on(fill))
    if not frames:
        return "", ""
    left, top = min(f.x for f in frames) - MARGIN, min(f.y for f in frames) - MARGIN
    width = max(f.x + f.wide for f in frames) + MARGIN - left
    height = max(f.y + f.high for f in frames) + MARGIN - top
    box = " ".join(shapes.short(side) for side in (left, top, width, height))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shapes.short(width)}" height="{shapes.short(height)}" viewBox="{box}" '
        f'font-family="{shapes.FONT}">{"".join(parts)}</svg>'
    )
    return svg, "; ".join(words)


def _frame(form: Element | None) -> Frame | None:
    offset, extent = (form.find(A + name) if form is not None else None for name in ("off", "ext"))
    if form is None or offset is None or extent is None:
        return None
    x, y, wide, high = (
        _integer(element.get(name)) / PIXEL
        for element, name in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
    )
    return Frame(x, y, max(wide, 0.0), max(high, 0.0), _integer(form.get("rot")) / 60000)


def _shape(shape: Element, frame: Frame, fill: str) -> str:
    properties = shape.find(DSP + "spPr")
    line = properties.find(A + "ln") if properties is not None else None
    stroke = _colour(line) if line is not None and line.find(A + "noFill") is None else ""
    middle = f"{shapes.short(frame.x + frame.wide / 2)} {shapes.short(frame.y + frame.high / 2)}"
    look = f'fill="{fill or "none"}"' + (f' stroke="{stroke}"' if stroke else "")
    look += f' transform="rotate({shapes.short(frame.turned)} {middle})"' if frame.turned else ""
    geometry = properties.find(A + "prstGeom") if properties is not None else None
    kind = (geometry.get("prst") or "") if geometry is not None else ""
    own = properties.find(f"{A}custGeom/{A}pathLst") if properties is not None else None
    if own is not None:
        return f'<path d="{" ".join(_path(own, frame))}" {look}/>'
    if kind == "ellipse":
        rx, ry = frame.wide / 2, frame.high / 2
        return f'<ellipse cx="{shapes.short(frame.x + rx)}" cy="{shapes.short(frame.y + ry)}" rx="{shapes.short(rx)}" ry="{shapes.short(ry)}" {look}/>'
    if kind in _POLYGONS:
        corners = [(frame.x + x * frame.wide, frame.y + y * frame.high) for x, y in _POLYGONS[kind]]
        return f'<polygon points="{shapes.points(corners)}" {look}/>'
    radius = shapes.short(0.1 * min(frame.wide, frame.high)) if kind.startswith("round") else "0"
    sides = zip(("x", "y", "width", "height"), (frame.x, frame.y, frame.wide, frame.high), strict=True)
    size = " ".join(f'{name}="{shapes.short(value)}"' for name, value in sides)
    return f'<rect {size} rx="{radius}" {look}/>'


def _path(listed: Element, frame: Frame) -> Iterator[str]:
    """Yield the path of a shape of its own (ISO/IEC 29500-1, 20.1.9.15)."""
    letters = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}
    for path in listed.iter(A + "path"):
        across = frame.wide / (_integer(path.get("w")) or 1)
        down = frame.high / (_integer(path.get("h")) or 1)
        for command in path:
            letter = letters.get(str(command.tag).removeprefix(A))
            if letter is None:
                continue
            places = (
                f"{shapes.short(frame.x + _integer(pt.get('x')) * across)} {shapes.short(frame.y + _integer(pt.get('y')) * down)}"
                for pt in command.iter(A + "pt")
            )
            yield letter + " ".join(places)


# Colours


def _fill(shape: Element) -> str:
    """Return the fill of a shape; empty if it has none."""
    properties = shape.find(DSP + "spPr")
    for name in ("solidFill", "gradFill"):
        found = properties.find(A + name) if properties is not None else None
        if found is not None:
            return _colour(found)
    if properties is None or properties.find(A + "noFill") is not None:
        return ""
    reference = shape.find(f"{DSP}style/{A}fillRef")
    return _colour(reference) if reference is not None and reference.get("idx") not in {None, "0"} else ""


def _colour(holder: Element) -> str:
    """Return the first colour in an element; theme colours become those of the charts."""
    for element in holder.iter(A + "srgbClr", A + "schemeClr"):
        name = element.get("val") or ""
        if str(element.tag).endswith("srgbClr"):
            return f"#{name.lower()}" if len(name) == 6 and name.isalnum() else DARK
        if name in {"lt1", "bg1", "lt2", "bg2"}:
            return LIGHT
        if name in {"dk1", "tx1", "dk2", "tx2"}:
            return DARK
        number = _integer(name.removeprefix("accent")) or 1
        return _tinted(shapes.colour(number - 1), element)
    return ""


def _tinted(colour: str, element: Element) -> str:
    """Return a colour mixed with white, as far as its tint says (20.1.2.3.34)."""
    tint = element.find(A + "tint")
    share = _integer(tint.get("val")) / 100000 if tint is not None else 1.0
    parts = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * min(max(share, 0.0), 1.0)):02x}" for part in parts)


def _on(fill: str) -> str:
    """Return a colour of text that can be read on a fill."""
    if not fill:
        return DARK
    red, green, blue = (int(fill[k : k + 2], 16) for k in (1, 3, 5))
    return DARK if 0.3 * red + 0.59 * green + 0.11 * blue > 140 else LIGHT


# Text


def _size(shape: Element) -> float:
    """Return the largest type size of a shape in pixels."""
    sizes = [_integer(e.get("sz")) / 100 for e in shape.iter(A + "rPr", A + "defRPr")]
    return max(sizes, default=0.0) * 96 / 72 or 16.0


def _texts(paragraphs: list[str], frame: Frame, size: float, colour: str) -> Iterator[str]:
    """Yield the lines of a shape, centred, in a size in which they fit."""
    rows = _rows(paragraphs, frame.wide, size)
    while size > SMALLEST and (len(rows) * size * 1.2 > frame.high or _is_wide(rows, frame.wide, size)):
        size *= 0.9
        rows = _rows(paragraphs, frame.wide, size)
    first = frame.y + frame.high / 2 - (len(rows) - 1) * size * 0.6 + size * 0.35
    for k, row in enumerate(rows):
        look = f' font-size="{shapes.short(size)}" fill="{colour}"'
        yield shapes.text(frame.x + frame.wide / 2, first + k * size * 1.2, row, "middle", look)


def _is_wide(rows: list[str], wide: float, size: float) -> bool:
    return any(len(row) * size * shapes.CHARACTER > wide for row in rows)


def _rows(paragraphs: list[str], wide: float, size: float) -> list[str]:
    most = max(math.floor(wide / (size * shapes.CHARACTER)), 1)
    out: list[str] = []
    for paragraph in paragraphs:
        row = ""
        for word in paragraph.split():
            if row and len(row) + 1 + len(word) > most:
                out.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        out.append(row)
    return out


def _integer(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
