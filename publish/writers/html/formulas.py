"""Formulas in HTML: MathML where something reads it, a drawing in print."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from publish.formulas.drawing import drawing
from publish.formulas.names import MATHML
from publish.model.formulas import Formula

SVG = "http://www.w3.org/2000/svg"

WIDE = 15.0
"""Em. A formula in a line that is wider may be made smaller where its column is narrower."""


def as_mathml(formula: Formula) -> ET.Element:
    """A `math` element. HTML has no prefixes, so its names have none and its namespace is an attribute."""
    return _without_prefixes(formula.mathml, MATHML)


def as_drawing(formula: Formula, tex: str, *, display: bool) -> ET.Element:
    """An `svg` element on the line's base line, as large as the type around it.

    Its title becomes the alternative text in the PDF, and `data-linear` what the formula says in one line.
    """
    drawn = drawing(formula.mathml)
    element = _without_prefixes(drawn.svg, SVG)
    for measure in ("width", "height"):
        element.attrib.pop(measure, None)
    style = f"width: {drawn.width:.4f}em; vertical-align: {-drawn.depth:.4f}em"
    if display or drawn.width > WIDE:
        style += "; max-width: 100%"
    element.attrib |= {"class": "math", "style": style, "data-linear": formula.linear}
    title = ET.Element("title")
    title.text = tex
    element.insert(0, title)
    return element


def _without_prefixes(text: str, namespace: str) -> ET.Element:
    root = ET.fromstring(text)  # noqa: S314 - made by this program
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    root.set("xmlns", namespace)
    return root
