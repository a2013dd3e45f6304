"""Linear form of a formula: one line of text, used to compare the publications of a document.

Two separate functions read it from MathML and from OMML. They share only the notation: `{a}/{b}`, `√{x}`, `x_{1}^{2}`,
`a&b;c&d` for rows and cells. It contains no white space, so that a formula is one word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from publish.formulas.names import OM

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DROPPED = re.compile("[\\s\u2061-\u2064\u200b\u2060\ufeff]")
_MARKS = {
    "\u0302": "^",
    "\u0303": "~",
    "\u203e": "\u00af",
    "\u0305": "\u00af",
    "\u20d6": "\u2190",
    "\u20d7": "\u2192",
}
"""Accents that only one of the two formats writes as combining characters."""

_KEPT = frozenset("\u00af\u2026\u222c\u222d\u2033\u2034")
"""Characters that compatibility normalisation (NFKC) would decompose."""

_ACCENTS = frozenset("^~\u00af\u2190\u2192\u0307\u0308\u030c\u0301\u0300\u0306\u030a\u23de\u23df")
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SILENT = frozenset({"mspace", "annotation", "annotation-xml", "none", "mprescripts"})


def _plain(text: str) -> str:
    """Remove font differences from characters: a bold or script letter becomes the plain letter."""
    marked = "".join(_MARKS.get(c, c) for c in text)
    return _DROPPED.sub("", "".join(map(_compatible, marked)))


def _compatible(character: str) -> str:
    # NFKC would convert a spacing accent to a space and a combining character.
    spacing = unicodedata.decomposition(character).startswith("<compat> 0020")
    return character if spacing or character in _KEPT else unicodedata.normalize("NFKC", character)


def _scripted(base: str, below: str, above: str) -> str:
    for script, sign in ((below, "_"), (above, "^")):
        if script in _ACCENTS:
            base += script
        elif script:
            base += f"{sign}{{{script}}}"
    return base


def of_mathml(element: Element) -> str:
    """Return the linear form of a MathML element, with or without a namespace."""
    kind = str(element.tag).rpartition("}")[2]
    if kind in _TOKENS:
        return _plain("".join(map(str, element.itertext())))
    if kind in _SILENT:
        return ""
    if kind == "semantics":
        return of_mathml(element[0]) if len(element) else ""
    children = [child for child in element if isinstance(child.tag, str)]
    if kind in {"munder", "mover"} and len(children) == 2:
        return _stacked(element)
    parts = list(map(of_mathml, children))
    match kind, parts:
        case "mfrac", [above, below]:
            return f"{{{above}}}/{{{below}}}"
        case "msqrt", _:
            return f"√{{{''.join(parts)}}}"
        case "mroot", [base, degree]:
            return f"√[{degree}]{{{base}}}"
        case "msub", [base, below]:
            return _scripted(base, below, "")
        case "msup", [base, above]:
            return _scripted(base, "", above)
        case (("msubsup" | "munderover"), [base, below, above]):
            return _scripted(base, below, above)
        case "mtable", _:
            return ";".join(parts)
        case "mtr", _:
            return "&".join(parts)
        case _:
            return "".join(parts)


def _stacked(element: Element) -> str:
    """Return a base with the scripts below and above it, which MathML may write as nested elements."""
    scripts = {"munder": "", "mover": ""}
    base = element
    while len(base) == 2 and scripts.get(kind := str(base.tag).rpartition("}")[2]) == "":
        scripts[kind] = of_mathml(base[1])
        base = base[0]
    return _scripted(of_mathml(base), scripts["munder"], scripts["mover"])


def of_omml(element: Element | None) -> str:
    """Return the linear form of an OMML element (ECMA-376-1, 22.1); empty for None."""
    if element is None or not isinstance(element.tag, str):
        return ""
    kind = element.tag.removeprefix(OM)
    match kind:
        case "t":
            return _plain(element.text or "")
        case _ if kind.endswith("Pr"):
            return ""
        case "sSub" | "sSup" | "sSubSup":
            return _scripted(_part(element, "e"), _part(element, "sub"), _part(element, "sup"))
        case "limLow" | "limUpp":
            return _limits(element)
        case "m":
            return ";".join(map(of_omml, element.findall(f"{OM}mr")))
        case "mr":
            return "&".join(map(of_omml, element))
        case _:
            return _structure(kind, element)


def _structure(kind: str, element: Element) -> str:
    inner = _part(element, "e")
    match kind:
        case "f":
            return f"{{{_part(element, 'num')}}}/{{{_part(element, 'den')}}}"
        case "rad":
            degree = _part(element, "deg")
            return f"√[{degree}]{{{inner}}}" if degree else f"√{{{inner}}}"
        case "nary":
            sign = _plain(_value(element, "naryPr", "chr", "∫"))
            return _scripted(sign, _part(element, "sub"), _part(element, "sup")) + inner
        case "acc":
            return inner + _plain(_value(element, "accPr", "chr", "\u0302"))
        case "bar":
            return inner + "\u00af"
        case "groupChr":
            return inner + _value(element, "groupChrPr", "chr", "\u23df")
        case "d":
            first, between, last = (
                _plain(_value(element, "dPr", *sign))
                for sign in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
            )
            return first + between.join(map(of_omml, element.findall(f"{OM}e"))) + last
        case _:
            return "".join(map(of_omml, element))


def _limits(element: Element) -> str:
    """Return a base with its limits below and above, which OMML writes as nested objects."""
    scripts = {"limLow": "", "limUpp": ""}
    base = element
    while (kind := str(base.tag).removeprefix(OM)) in scripts and not scripts[kind]:
        scripts[kind] = _part(base, "lim")
        inner = base.find(f"{OM}e")
        if inner is None:
            break
        if len(inner) != 1 or str(inner[0].tag).removeprefix(OM) not in scripts:
            base = inner
            break
        base = inner[0]
    return _scripted(of_omml(base), scripts["limLow"], scripts["limUpp"])


def _part(element: Element, name: str) -> str:
    return of_omml(element.find(f"{OM}{name}"))


def _value(element: Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{OM}{properties}/{OM}{name}")
    return default if found is None else str(found.get(f"{OM}val") or "")
