"""Formulas in HTML: MathML for web page and EPUB, an SVG image for print."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from publish.formulas.names import MATHML
from publish.model.formulas import Formula

SVG = "http://www.w3.org/2000/svg"

WIDE = 15.0
"""Width in em above which an inline formula can be scaled down to fit a narrow column."""


def as_mathml(formula: Formula) -> ET.Element:
    """Return a `math` element without prefixes, with its namespace as an attribute, because HTML has no prefixes."""
    return _without_prefixes(formula.mathml, MATHML)


def as_drawing(formula: Formula, tex: str, *, display: bool) -> ET.Element:
    """Return an `svg` element on the baseline, in the size of the surrounding text.

    Its title becomes the alternative text in the PDF. `data-linear` contains the formula in one line.
    """
    from publish.formulas.drawing import drawing

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
    root = ET.fromstring(text)  # noqa: S314 - created by publish
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    root.set("xmlns", namespace)
    return root
