"""Conversion of TeX: a formula has the same content in all forms; TeX that cannot be converted stays as written."""

from __future__ import annotations

import time

import pytest
from lxml import etree

import publish
from publish.formulas import tex
from publish.formulas.drawing import drawing
from publish.formulas.linear import of_mathml, of_omml
from tests.support import markdown

KNOWN = {
    r"x^2+y^2=z^2": "x^{2}+y^{2}=z^{2}",
    r"\frac{a}{b}": "{a}/{b}",
    r"\sqrt[3]{x}": "√[3]{x}",
    r"\sum_{i=1}^{n} i": "∑_{i=1}^{n}i",
    r"\int_0^\infty e^{-x}\,dx": "∫_{0}^{∞}e^{−x}dx",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": "(1&2;3&4)",
    r"|x|=\begin{cases}x & \text{als } x\ge 0\\ -x & \text{anders}\end{cases}": "|x|={x&alsx≥0;−x&anders",
    r"\hat{x}": "x^",
    r"\overline{AB}": "AB¯",
    r"\vec v": "v→",
    r"\left(\frac12\right)": "({1}/{2})",
    r"\text{kosten} = 3{,}5\%": "kosten=3,5%",
    r"\alpha\beta\Gamma": "αβΓ",
    r"x \in \mathbb{R}": "x∈R",
    r"\lim_{x\to 0} \frac{\sin x}{x}": "lim_{x→0}{sinx}/{x}",
    r"a_{ij}^{2}": "a_{ij}^{2}",
    r"\begin{aligned}a&=b+c\\ &=d\end{aligned}": "a&=b+c;&=d",
    r"\mathcal{L}": "L",
    r"f'(x)": "f^{′}(x)",
    r"\underbrace{a+b}_{n}": "a+b⏟_{n}",
    r"\mathbf{v}\cdot\boldsymbol{\alpha}": "v⋅α",
    r"\overset{!}{=}": "=^{!}",
    r"\underset{a}{\overset{b}{X}}": "X_{a}^{b}",
    r"\left\{ x \mid x > 0 \right\}": "{x∣x>0}",
    r"(a+b)^2": "(a+b)^{2}",
    r"\min_{x} f(x) + \log_2 n": "min_{x}f(x)+log_{2}n",
    r"\overleftarrow{AB}": "AB←",
}
BROKEN = [r"\foo{x}", r"\frac{a", r"\ce{H2O}", "", r"\,"]
LOST = [r"a \label{eq:1}", r"E=mc^2 \tag{1}", r"{\color{red} x}", r"\begin{array}{c}\hline a\end{array}"]
BOMB = r"\newcommand{\a}{\a\a}\a"


@pytest.fixture(scope="module")
def converted() -> tex.Converted:
    return tex.convert([(x, display) for x in (*KNOWN, *BROKEN, *LOST) for display in (False, True)])


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("source", KNOWN)
def test_all_forms_of_a_formula_have_the_same_content(
    source: str, *, display: bool, converted: tex.Converted
) -> None:
    formula = converted.formulas[source, display]
    assert formula.linear == KNOWN[source]
    assert of_mathml(etree.fromstring(formula.mathml)) == formula.linear
    assert of_omml(etree.fromstring(formula.omml)) == formula.linear
    drawn = drawing(formula.mathml)
    assert 0 < drawn.width < 30
    assert 0 < drawn.height < 10
    root = etree.fromstring(formula.mathml)
    assert root.get("alttext") == root.findtext(".//{*}annotation") == source


@pytest.mark.parametrize("source", [*BROKEN, *LOST])
def test_tex_that_cannot_be_typeset_is_not_converted(source: str, converted: tex.Converted) -> None:
    assert (source, False) not in converted.formulas
    assert (source, True) in converted.failed


@pytest.mark.parametrize("source", LOST)
def test_reason_says_that_a_command_would_be_lost(source: str, converted: tex.Converted) -> None:
    assert "would be lost" in converted.failed[source, False]


def test_failed_formula_is_reported_with_its_position() -> None:
    outcome = publish.resolve(markdown("Een $x$ en\nnog $\\foo$ en weer $\\foo$.").document)
    (found,) = [d for d in outcome.diagnostics if d.code == "PUB-W011"]
    assert found.span is not None
    assert (found.span.line, found.span.column) == (2, 5)
    assert "\\foo" in found.message
    assert set(outcome.document.formulas) == {("x", False)}


def test_recursive_macro_is_stopped_by_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tex, "TIME_LIMIT", 2)
    began = time.monotonic()
    outcome = tex.convert([(BOMB, False), ("x", False)])
    assert time.monotonic() - began < 10
    assert (BOMB, False) in outcome.failed


def test_tex_cannot_read_files_or_inject_markup() -> None:
    outcome = tex.convert([(r"\input{/etc/passwd}", False), (r"\text{</math><script>}", False)])
    assert all("root:" not in f.mathml and "<script" not in f.mathml for f in outcome.formulas.values())


def test_drawing_of_a_formula_is_deterministic(converted: tex.Converted) -> None:
    text = converted.formulas[r"\frac{a}{b}", True].mathml
    first = drawing(text).svg
    drawing.cache_clear()
    assert drawing(text).svg == first
