"""Verification of formulas: five formats agree, and a changed digit in one of them is found."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

import publish
from publish.resolve import NumberedDocument
from publish.verify import compare, expect, extract, verify
from tests.support import markdown, with_pages
from tests.verify.test_damage import Damage, replace, structure, sub, within

TEXT = """---
title: Over $t$
lang: nl
---

In de tekst ($x^{71}$), en *schuin $y_{72}$*:[^a]

$$\\sum_{i=73}^n \\frac{a}{b}$$

Daarna $$z = 74$$[^b] en verder, met $\\onbekend$.

- punt $\\mathbf{v}$

[^a]: Noot $\\frac{75}{2}$.

[^b]: $$\\begin{aligned}a&=76\\\\&=c\\end{aligned}$$
"""
FORMATS = {"pdf": ".pdf", "docx": ".docx", "epub": ".epub", "akn": ".akn.xml", "html": ".html"}


@pytest.fixture(scope="module")
def paper() -> NumberedDocument:
    return with_pages(publish.resolve(markdown(TEXT).document).document)


@pytest.fixture(scope="module")
def files(paper: NumberedDocument) -> dict[str, bytes]:
    return {name: publish.write(paper, name).data for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_shows_the_formulas(name: str, paper: NumberedDocument, files: dict[str, bytes]) -> None:
    seen = extract(Path(f"paper{FORMATS[name]}"), files[name])
    assert compare(expect(paper), seen) == []
    assert "∑_{i=73}^{n}{a}/{b}" in seen.text
    assert r"\onbekend" in seen.text


@pytest.mark.parametrize("name", FORMATS)
def test_repeated_writes_give_identical_bytes(name: str, paper: NumberedDocument) -> None:
    assert publish.write(paper, name).data == publish.write(paper, name).data


def test_pdf_agrees_with_docx_without_the_manuscript(files: dict[str, bytes], tmp_path: Path) -> None:
    paths = [tmp_path / f"paper{FORMATS[name]}" for name in ("pdf", "docx")]
    for path, name in zip(paths, ("pdf", "docx"), strict=True):
        path.write_bytes(files[name])
    assert verify(paths).findings == ()


@pytest.mark.parametrize(
    ("name", "damage", "code"),
    [
        ("html", replace("<mn>71</mn>", "<mn>17</mn>"), "PUB-V008"),
        ("html", replace("<mn>75</mn>", "<mn>57</mn>"), "PUB-V002"),
        ("html", sub(r"<mfrac>(.*?)</mfrac>", r"<mrow>\1</mrow>"), "PUB-V008"),
        ("epub", within("text.xhtml", replace("<mn>74</mn>", "<mn>47</mn>")), "PUB-V008"),
        ("akn", replace("<mn>75</mn>", "<mn>57</mn>"), "PUB-V002"),
        ("docx", within("word/document.xml", replace("<m:t>71</m:t>", "<m:t>17</m:t>")), "PUB-V008"),
        ("docx", within("word/footnotes.xml", replace("<m:t>75</m:t>", "<m:t>57</m:t>")), "PUB-V002"),
    ],
)
def test_a_changed_formula_is_found(
    name: str, damage: Damage, code: str, paper: NumberedDocument, files: dict[str, bytes]
) -> None:
    seen = extract(Path(f"paper{FORMATS[name]}"), damage(files[name]))
    assert code in {f.code for f in compare(expect(paper), seen)}


def test_a_changed_formula_is_found_in_pdf(paper: NumberedDocument, files: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        first = structure(document, "/Formula")[0]
        assert str(first["/Alt"]) == "t"
        left, low, right, high = map(float, first["/A"]["/BBox"])
        assert 0 < left < right < 595
        assert 600 < low < high < 842
        first["/ActualText"] = pikepdf.String("u")
        document.save(out)
    seen = extract(Path("paper.pdf"), out.getvalue())
    assert [f.code for f in compare(expect(paper), seen)] == ["PUB-V008"]


def test_display_formula_and_unknown_command_are_written(files: dict[str, bytes]) -> None:
    page = files["html"].decode()
    assert re.search(
        r'Daarna <span class="formula"><math [^>]*display="block".*?</math>\u2060<a class="call"', page
    )
    assert '<code class="math">\\onbekend</code>' in page
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        assert len(structure(document, "/Formula")) == 8
