"""Find and correct the OMML that pandoc writes, for the schema, Word and LibreOffice.

LibreOffice converts a formula to StarMath, where a single bar or bracket is an operator without operands and appears as an
inverted question mark. So this module groups related elements into one object, which Word also supports (ECMA-376-1,
22.1.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from publish.formulas.names import OM, is_upright

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ROWS = frozenset(f"{OM}{name}" for name in ("oMath", "e", "num", "den", "sub", "sup", "lim", "deg"))
"""Elements that contain a row of objects."""

_SCRIPTS = frozenset(f"{OM}{name}" for name in ("sSup", "sSub", "sSubSup"))
_BARS = frozenset({"|", "\u2016"})
_CLOSING = {"(": ")", "[": "]"}
_BRACE_BELOW = "\u23df"
_RELATIONS = frozenset("=<>≤≥≠≈+−⇒≡∈")
"""Operators that need a left operand."""

_OVER_LIMITS = frozenset({"lim", "min", "max", "sup", "inf"})
_FUNCTIONS = _OVER_LIMITS | {
    "limsup",
    "liminf",
    "sin",
    "cos",
    "tan",
    "log",
    "ln",
    "exp",
    "det",
    "gcd",
    "Pr",
    "arg",
}
_NO_OPERAND = frozenset({",", ")", "=", "+", "−"})


def find(paragraph: Element, *, display: bool) -> Element | None:
    """Return the formula in a paragraph of the Word file from pandoc; None if there is no formula or it is empty."""
    math = paragraph.find(f"{OM}{'oMathPara' if display else 'oMath'}")
    if math is None or not "".join(t.text or "" for t in math.iter(f"{OM}t")).strip():
        return None
    math.tail = None
    parent = math.getparent()
    assert parent is not None
    parent.remove(math)
    etree.cleanup_namespaces(math)
    return math


def mend(math: Element, tex: str, *, display: bool) -> None:
    """Correct a formula in place."""
    _fit_schema(math)
    if is_upright(tex):
        for style in math.iter(f"{OM}sty"):
            if style.get(f"{OM}val") == "bi":
                style.set(f"{OM}val", "b")
    for limit in list(math.iter(f"{OM}limLow")):
        _stretch_brace(limit)
    for operator in list(math.iter(f"{OM}nary")):
        _fill_operator(operator)
    for row in [element for element in math.iter() if element.tag in _ROWS]:
        _pair_bars(row)
        _pair_raised(row)
        _name_functions(row)
    for sign in math.iter(f"{OM}chr"):
        if sign.get(f"{OM}val") == "\u203e":
            sign.set(f"{OM}val", "\u0305")  # Word needs a combining character as an accent
    for array in list(math.iter(f"{OM}eqArr")):
        _align(array)
    if not display:
        for place in math.iter(f"{OM}limLoc"):
            place.set(f"{OM}val", "subSup")


def _make(name: str, *children: Element, value: str | None = None) -> Element:
    element = etree.Element(f"{OM}{name}")
    if value is not None:
        element.set(f"{OM}val", value)
    element.extend(children)
    return element


def _run_text(element: Element | None) -> str | None:
    """Return the characters of a run; None for any other object."""
    if element is None or element.tag != f"{OM}r":
        return None
    return "".join(t.text or "" for t in element.iter(f"{OM}t"))


def _single(holder: Element | None) -> str | None:
    """Return the characters of a row with exactly one run; else None."""
    return _run_text(holder[0]) if holder is not None and len(holder) == 1 else None


def _replace(old: Element, new: Element) -> None:
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


def _fit_schema(math: Element) -> None:
    """Fit the schema: CT_RPR allows `nor` or a style, CT_MCPr needs `count` first, outer spaces need `xml:space`."""
    for properties in math.iter(f"{OM}rPr"):
        if properties.find(f"{OM}nor") is not None:
            for style in (*properties.findall(f"{OM}sty"), *properties.findall(f"{OM}scr")):
                properties.remove(style)
    for column in math.iter(f"{OM}mcPr"):
        column[:] = sorted(column, key=lambda child: child.tag != f"{OM}count")
    for text in math.iter(f"{OM}t"):
        if text.text and text.text != text.text.strip():
            text.set(_XML_SPACE, "preserve")


def _stretch_brace(limit: Element) -> None:
    """Convert a brace below a base to an object that is as wide as the base."""
    base, below = limit.find(f"{OM}e"), limit.find(f"{OM}lim")
    if base is None or below is None or "".join(map(str, below.itertext())) != _BRACE_BELOW:
        return
    values = (("chr", _BRACE_BELOW), ("pos", "bot"), ("vertJc", "top"))
    properties = _make("groupChrPr", *(_make(name, value=value) for name, value in values))
    _replace(limit, _make("groupChr", properties, base))


def _fill_operator(operator: Element) -> None:
    """Move the rest of the row into an n-ary operator if its operand is empty or only an opening bracket.

    pandoc makes only one token the operand, which separates an opening bracket from its closing bracket.
    """
    inner = operator.find(f"{OM}e")
    if inner is None or "".join(map(str, inner.itertext())) not in {"(", "[", "{", ""}:
        return
    while (following := operator.getnext()) is not None:
        inner.append(following)


def _fence(first: Element, last: Element) -> tuple[Element, Element]:
    """Return a delimiter object with the two runs as its delimiters, and the element for its content."""
    signs = (("begChr", _run_text(first)), ("sepChr", ""), ("endChr", _run_text(last)))
    properties = _make("dPr", *(_make(name, value=sign or "") for name, sign in signs))
    inner = _make("e")
    return _make("d", properties, inner), inner


def _pair_bars(row: Element) -> None:
    """Convert each pair of bars, as in |x|, to a delimiter object."""
    bars = [child for child in row if _run_text(child) in _BARS]
    if len(bars) % 2:
        return
    for first, last in zip(bars[::2], bars[1::2], strict=True):
        fence, inner = _fence(first, last)
        while (between := first.getnext()) is not last and between is not None:
            inner.append(between)
        row.replace(first, fence)
        row.remove(last)


def _pair_raised(row: Element) -> None:
    """Apply a script to the whole parenthesis instead of its closing character, as in (a+b)²."""
    opened: list[Element] = []
    for child in list(row):
        text = _run_text(child)
        if text in _CLOSING:
            opened.append(child)
        elif text in _CLOSING.values():
            del opened[-1:]
        elif child.tag in _SCRIPTS and opened:
            first, base = opened[-1], child.find(f"{OM}e")
            if base is None or _single(base) != _CLOSING[_run_text(first) or ""]:
                continue
            opened.pop()
            fence, inner = _fence(first, base[0])
            while (between := first.getnext()) is not child and between is not None:
                inner.append(between)
            row.remove(first)
            base.replace(base[0], fence)


def _name_functions(row: Element) -> None:
    """Combine a function name such as `lim`, its limit below and its operand to a function object."""
    for child in list(row):
        function = child
        base, below = child.find(f"{OM}e"), child.find(f"{OM}sub")
        is_subscript = child.tag == f"{OM}sSub" and _single(base) in _OVER_LIMITS
        if is_subscript and base is not None and below is not None:
            function = _make("limLow", base, _make("lim", *below))
            row.replace(child, function)
        if function.tag not in {f"{OM}limLow", f"{OM}sSub"}:
            continue
        operand = function.getnext()
        if _single(function.find(f"{OM}e")) not in _FUNCTIONS or operand is None:
            continue
        if _run_text(operand) not in _NO_OPERAND:
            name = _make("fName")
            whole = _make("func", name)
            row.replace(function, whole)
            name.append(function)
            whole.append(_make("e", operand))


def _align(array: Element) -> None:
    """Convert aligned lines to a matrix without gaps, because LibreOffice does not support `&` in an equation array."""
    lines = [_cells(line) for line in array.findall(f"{OM}e")]
    count = max(map(len, lines), default=1)
    columns = _make("mcs")
    for k in range(count):
        side = "left" if k % 2 else "right" if count > 1 else "center"
        columns.append(_make("mc", _make("mcPr", _make("count", value="1"), _make("mcJc", value=side))))
    values = (("baseJc", "center"), ("plcHide", "on"), ("cGpRule", "4"), ("cGp", "0"))
    properties = _make("mPr", *(_make(name, value=value) for name, value in values), columns)
    matrix = _make("m", properties)
    for cells in lines:
        line = _make("mr")
        for k in range(count):
            own = cells[k] if k < len(cells) else []
            wants_left = not own or (_run_text(own[0]) or "a")[0] in _RELATIONS
            line.append(_make("e", *([_empty()] if wants_left else []), *own))
        matrix.append(line)
    _replace(array, matrix)


def _cells(line: Element) -> list[list[Element]]:
    cells: list[list[Element]] = [[]]
    for child in line:
        if _run_text(child) == "&" and child.find(f"{OM}rPr") is None:
            cells.append([])
        else:
            cells[-1].append(child)
    return cells


def _empty() -> Element:
    """Return an invisible run for the left side of an operator."""
    run = _make("r", _make("rPr", _make("nor")), _make("t"))
    run[1].text = "\u200b"
    return run
