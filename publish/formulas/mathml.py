"""Find and correct the MathML that pandoc writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from publish.formulas.names import MML, is_upright

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TOKENS = tuple(f"{MML}{name}" for name in ("mi", "mn", "mo", "mtext"))
_ROWS = tuple(f"{MML}{name}" for name in ("mrow", "mtd", "semantics", "mstyle", "msqrt"))
_FIXED = frozenset("\u0302\u0303\u203e\u2192")
"""Accents that must not stretch over a single letter."""

_ARROWS = frozenset("→←↔⇒⇐⇔")


def find(paragraph: Element) -> Element | None:
    """Return the formula in a paragraph of the HTML from pandoc; None if there is no formula or it is empty."""
    math = paragraph.find(f"{MML}math")
    if math is None:
        return None
    math.tail = None
    shown = math.find(f"{MML}semantics")
    if shown is None or not any((token.text or "").strip() for token in shown[0].iter(*_TOKENS)):
        return None
    return math


def mend(math: Element, tex: str) -> None:
    r"""Correct a formula in place.

    Set the annotation to the original TeX, join a decimal comma with its number, make `\mathbf` upright, prevent
    stretching of accents over one letter, and stretch arrows under a text.
    """
    annotation = math.find(f"{MML}semantics/{MML}annotation")
    if annotation is not None:
        annotation.text = tex
    math.set("alttext", tex)
    for row in list(math.iter(*_ROWS)):
        _join_decimals(row)
    if is_upright(tex):
        for letter in math.iter(f"{MML}mi"):
            if letter.get("mathvariant") == "bold-italic":
                letter.set("mathvariant", "bold")
                letter.text = "".join(map(_upright, letter.text or ""))
    for element in math.iter(f"{MML}mover", f"{MML}munder"):
        base, script = element[0], element[1]
        if script.tag == f"{MML}mo" and script.text in _FIXED and not len(base):
            script.set("stretchy", "false")
        if base.tag == f"{MML}mo" and base.text in _ARROWS:
            base.set("stretchy", "true")


def text(math: Element) -> str:
    """Serialise the element with MathML as the default namespace, so that names have no prefix."""
    etree.cleanup_namespaces(math)
    return etree.tostring(math, encoding="unicode")


def _join_decimals(row: Element) -> None:
    """Join `3`, `,`, `5` to one number, because pandoc writes `{,}` as a letter between two numbers."""
    k = 0
    while k + 2 < len(row):
        left, comma, right = row[k], row[k + 1], row[k + 2]
        numbers = left.tag == right.tag == f"{MML}mn"
        if numbers and comma.tag == f"{MML}mi" and comma.text == ",":
            left.text = f"{left.text},{right.text}"
            row.remove(comma)
            row.remove(right)
        else:
            k += 1


def _upright(character: str) -> str:
    """Convert a bold italic letter (U+1D468 to U+1D49B) to a bold letter."""
    code = ord(character)
    return chr(code - 0x68) if 0x1D468 <= code <= 0x1D49B else character
