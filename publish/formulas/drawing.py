"""Draw a formula for print with ziamath: paths from STIX Two Math, without text or fonts."""

from __future__ import annotations

import copy
import threading
import xml.etree.ElementTree as ET
from functools import lru_cache

from lxml import etree
from msgspec import Struct

from publish.formulas.names import MML

SIZE = 16.0
"""Font size of the drawing; the dimensions in `Drawing` are in em."""

_LOCK = threading.Lock()
"""Lock during drawing, because the settings of ziamath are global to its module."""

PRECISION = 3
"""Number of decimals in coordinates."""

_THIN, _MEDIUM = "0.1667em", "0.2222em"
"""Spaces of TeX after a comma and around a binary operator."""

_BINARY = frozenset("⋅·×∘∗÷∖")
_ROWS = frozenset(f"{MML}{name}" for name in ("mrow", "mtd", "math"))
_LETTERS = frozenset({f"{MML}mi", f"{MML}mn"})
_SPACES = (" ", "\u00a0")
_RULE = "\u2015"
"""Character over a text that ziamath draws as a line with the width of the text."""

_ACCENTS = {
    "\u0302": "\u02c6",
    "\u0303": "\u02dc",
    "\u0307": "\u02d9",
    "\u0308": "\u00a8",
    "\u030c": "\u02c7",
    "\u0301": "\u00b4",
    "\u0300": "\u0060",
    "\u0306": "\u02d8",
    "\u030a": "\u02da",
    "\u00af": "\u00af",
    "\u203e": "\u00af",
}
"""Combining accents, and the spacing characters that ziamath places over a letter."""


class Drawing(Struct, frozen=True):
    """A drawing with its dimensions in em."""

    svg: str
    width: float
    height: float
    depth: float
    """Depth below the baseline."""


@lru_cache(maxsize=1024)
def drawing(mathml: str) -> Drawing:
    """Draw a formula. The result is cached, because a document is laid out more than once.

    Raises:
        Exception: if ziamath cannot draw the formula; ziamath documents no exception type.
    """
    import ziamath
    from ziamath.config import config

    math = _prepared(mathml)
    with _LOCK:
        before = config.svg2, config.precision
        config.svg2, config.precision = False, PRECISION
        try:
            drawn = ziamath.Math(ET.fromstring(etree.tostring(math)), size=SIZE, margin=0)  # noqa: S314 - trusted text
            box, svg = drawn.node.bbox, drawn.svgxml()
        finally:
            config.svg2, config.precision = before
    width, height = (box.xmax - box.xmin) / SIZE, (box.ymax - box.ymin) / SIZE
    return Drawing(ET.tostring(svg, encoding="unicode"), width, height, -box.ymin / SIZE)


def _prepared(mathml: str) -> etree._Element:
    """Return the formula in the form that ziamath 0.13 needs to use the spacing of TeX."""
    math = copy.deepcopy(etree.fromstring(mathml))
    semantics = math.find(f"{MML}semantics")
    if semantics is not None:
        math.replace(semantics, semantics[0])
    for table in math.iter(f"{MML}mtable"):
        if any("padding" in (cell.get("style") or "") for cell in table.iter(f"{MML}mtd")):
            table.set("columnspacing", "0em")  # aligned lines, which pandoc marks with padding
    for text in list(math.iter(f"{MML}mtext")):
        _drop_second_spaces(text)
    for operator in math.iter(f"{MML}mo"):
        _space(operator)
    for element in math.iter(f"{MML}mover", f"{MML}munder"):
        _accent(element)
    return math


def _drop_second_spaces(text: etree._Element) -> None:
    """Remove `mspace` elements next to a text that has the same space, because pandoc writes both."""
    characters, parent = text.text or "", text.getparent()
    beside = (
        (text.getnext(), characters.endswith(_SPACES)),
        (text.getprevious(), characters.startswith(_SPACES)),
    )
    for element, doubled in beside:
        if doubled and parent is not None and element is not None and element.tag == f"{MML}mspace":
            parent.remove(element)


def _space(operator: etree._Element) -> None:
    parent = operator.getparent()
    if operator.text in (",", ";"):
        operator.set("lspace", "0em")
        operator.set("rspace", _THIN)
    elif (
        operator.text in _BINARY
        and operator.getprevious() is not None
        and parent is not None
        and parent.tag in _ROWS
    ):
        operator.set("lspace", _MEDIUM)
        operator.set("rspace", _MEDIUM)


def _accent(element: etree._Element) -> None:
    base, sign = element[0], element[1]
    character = sign.text or ""
    if sign.tag != f"{MML}mo" or len(character) != 1:
        return
    if sign.get("accent") == "true":
        sign.set("lspace", "0em")
        sign.set("rspace", "0em")
    if element.tag == f"{MML}munder":
        return
    single = base.tag in _LETTERS and len(base.text or "") == 1
    if character in _ACCENTS and single:
        sign.text, sign.tag = _ACCENTS[character], f"{MML}mi"
        sign.set("mathvariant", "normal")
        element.set("accent", "true")
    elif character in "\u00af\u203e":
        sign.text = _RULE
    elif character in _ACCENTS:
        element.set("accent", "true")
