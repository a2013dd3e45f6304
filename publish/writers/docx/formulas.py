"""Formulas in Word: OMML among the runs of a paragraph, or alone in one (ECMA-376-1, 22.1.2.77 and 22.1.2.78)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec.structs import replace

from publish.formulas.names import OM
from publish.model import nodes as n
from publish.model.formulas import Formula, pieces
from publish.resolve.numbered import NumberedDocument


def apart(blocks: Iterable[n.Block], numbered: NumberedDocument) -> Iterator[n.Block]:
    """Yield blocks, with each display formula in a separate paragraph, because Word shows it only there."""
    for block in blocks:
        if not isinstance(block, n.Paragraph) or not any(map(numbered.is_alone, block.inlines)):
            yield block
            continue
        for index, (_, piece) in enumerate(pieces(block.inlines, numbered.is_alone)):
            yield replace(block, inlines=piece, id="" if index else block.id)


def is_formula(block: n.Paragraph, numbered: NumberedDocument) -> bool:
    """Return whether a paragraph contains only a display formula and its note calls."""
    first = next((x for x in block.inlines if not isinstance(x, n.PageMark)), None)
    return first is not None and numbered.is_alone(first)


def on_own_line(block: n.Paragraph, numbered: NumberedDocument) -> str:
    """Return the content of a paragraph with only a formula; empty for any other, also for a formula with a note call."""
    if len(block.inlines) != 1 or not isinstance(math := block.inlines[0], n.Math) or not math.display:
        return ""
    formula = numbered.formula(math)
    return formula.omml if formula is not None else ""


def in_line(formula: Formula) -> str:
    """Return a formula for use among runs, where `m:oMathPara` is not allowed and `m:oMath` replaces it."""
    element = etree.fromstring(formula.omml)
    math = element.find(f"{OM}oMath")
    return formula.omml if math is None else etree.tostring(math, encoding="unicode", with_tail=False)
