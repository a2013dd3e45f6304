"""Small files that ask for very much work: they are published, or rejected with the limit that they exceed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import publish
from publish.census.numbers import repeated_letters, symbol
from publish.census.numbers import roman as census_roman
from publish.diagnostics import PublishError
from publish.model.numerals import LARGEST, doubled_letters, roman
from publish.resolve.labels import label
from publish.verify.extractors.docx_counter import shown
from tests.support import codes

pytestmark = pytest.mark.timeout(300)

HUGE = 900_000_000


def aliases(depth: int) -> str:
    """Return front matter whose aliases repeat 9 ** depth values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, depth)]
    return "\n".join(lines)


FRONT = {
    "aliases in a date": f"{aliases(8)}\ndate: *a7",
    "aliases in authors": f"{aliases(8)}\nauthor: *a7",
    "aliases in keywords": f"{aliases(8)}\nkeywords: *a7",
    "aliases in an unknown key": f"{aliases(8)}\nnergens: *a7",
    "value that contains itself": "date: &a [*a]",
    "mapping that contains itself": "author: &a {name: *a}",
}


@pytest.mark.parametrize("name", FRONT)
def test_front_matter_is_not_expanded(name: str) -> None:
    with pytest.raises(PublishError) as caught:
        publish.read(f"---\ntitle: T\n{FRONT[name]}\n---\n\nTekst.\n".encode(), name="a.md")
    assert codes(caught.value.diagnostics) == ["PUB-R005"]


SHAPES = {
    "spans of a table": "<table>" + "<td colspan='1000' rowspan='65534'>x</td>" * 20 + "</table>",
    "rows that end nowhere": "<table>" + "<tr><td rowspan='65534'>x</td></tr>" * 100 + "</table>",
    "nested tables": "<table><tr><td>" * 20 + "x" + "</td></tr></table>" * 20,
    "nested quotes": "<blockquote>" * 200 + "x" + "</blockquote>" * 200,
    "many anchors": "".join(f"<a id='a{k}' href='#a{k + 1}'>x</a> " for k in range(3000)),
}


LIMITS = {"PUB-R021", "PUB-R030", "PUB-R031"}
"""Codes of the limits: depth, size and time."""


def assert_published_or_limited(data: bytes, name: str, *formats: str) -> None:
    """Publish a file; every format is written and agrees, or the file is rejected with the limit that it exceeds."""
    found: set[str] = set()
    try:
        result = publish.convert(data, formats, None, name=name)
    except PublishError as error:
        found = set(codes(error.diagnostics))
    else:
        assert set(result.outputs) == set(formats)
        assert result.report is not None
        assert result.report.findings == ()
    assert found <= LIMITS


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_a_web_page(name: str) -> None:
    page = f"<html lang='nl'><body><h1>T</h1>{SHAPES[name]}</body></html>"
    assert_published_or_limited(page.encode(), "a.html", "html", "docx")


MANUSCRIPTS = {
    "long quotation": "".join(f"> regel {k}\n" for k in range(20_000)),
    "many citations": " ".join(
        f"artikel {k} van de Grondwet en Kamerstukken II 2020/21, 35 {k % 900:03d}, nr. {k % 99}"
        for k in range(1500)
    ),
    "many notes in one paragraph": " ".join(f"woord[^{k}]" for k in range(1500))
    + "\n\n"
    + "".join(f"[^{k}]: Noot {k}.\n" for k in range(1500)),
    "many brackets": "[" * 5000,
    "many emphases": "*a **b " * 3000,
    "many backticks": "".join("`" * k + " " for k in range(1, 300)),
    "long word": "x" * 200_000,
    "many headings": "".join(f"# Kop {k}\n\n" for k in range(2000)),
}


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_shapes_of_a_manuscript(name: str) -> None:
    text = f"---\ntitle: T\nlang: nl\n---\n\n{MANUSCRIPTS[name]}\n"
    assert_published_or_limited(text.encode(), "a.md", "html")


@pytest.mark.parametrize("number", [LARGEST + 1, HUGE])
def test_numerals_of_large_numbers_are_digits(number: int) -> None:
    """Reader, writer, census and verification agree."""
    found = [
        roman(number),
        doubled_letters(number),
        census_roman(number),
        repeated_letters(number),
        symbol(number),
    ]
    found += [label(number, "lower-roman"), label(number, "symbols")]
    found += [shown(number, form) for form in ("lowerRoman", "upperLetter", "chicago")]
    assert found == [str(number)] * len(found)


@pytest.mark.parametrize("form", ["lowerRoman", "upperLetter", "chicago", "decimal"])
def test_first_number_of_a_word_file_is_read_and_verified(form: str, tmp_path: Path) -> None:
    (output,) = publish.convert(b"Een[^a].\n\n[^a]: Noot.\n", ["docx"], None, name="a.md").outputs.values()
    path = tmp_path / "a.docx"
    properties = f'<w:footnotePr><w:numFmt w:val="{form}"/><w:numStart w:val="{HUGE}"/></w:footnotePr>'
    with zipfile.ZipFile(io.BytesIO(output.data)) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = re.sub(rb"<w:footnotePr>.*?</w:footnotePr>", b"", data)
                data = re.sub(rb"(<w:sectPr[^>]*>)", rb"\1" + properties.encode(), data)
            new.writestr(info, data)
    publish.verify([path])
    result = publish.convert(path, ["html"], None)
    assert set(result.outputs) == {"html"}
