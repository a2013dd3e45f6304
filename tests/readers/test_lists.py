"""Test lists with numbering styles that CommonMark does not support, in Markdown and in outputs."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from publish.readers.markdown.markers import as_digits, chains
from tests.support import markdown, numbered


def lists(text: str) -> list[tuple[str, str, int, int]]:
    found = [x for x in document_nodes(markdown(text).document) if isinstance(x, n.List)]
    return [(x.style, x.delimiter, x.start, len(x.items)) for x in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a. x\nb. y", ("lower-alpha", ".", 1, 2)),
        ("c) x\nd) y\ne) z", ("lower-alpha", ")", 3, 3)),
        ("(a) x\n(b) y", ("lower-alpha", "()", 1, 2)),
        ("i. x\nii. y\niii. z", ("lower-roman", ".", 1, 3)),
        ("h. x\ni. y\nj. z", ("lower-alpha", ".", 8, 3)),
        ("iv) x\nv) y", ("lower-roman", ")", 4, 2)),
        ("A.  x\nB.  y", ("upper-alpha", ".", 1, 2)),
        ("A) x\nB) y", ("upper-alpha", ")", 1, 2)),
        ("(IX) x\n(X) y", ("upper-roman", "()", 9, 2)),
        ("(1) x\n(2) y", ("decimal", "()", 1, 2)),
        ("(9) x\n(10) y", ("decimal", "()", 9, 2)),
        ("a. x\n\n   more\n\nb. y", ("lower-alpha", ".", 1, 2)),
        ("> a. x\n> b. y", ("lower-alpha", ".", 1, 2)),
        ("text\na. x\nb. y", ("lower-alpha", ".", 1, 2)),
    ],
)
def test_each_numbering_style(text: str, expected: tuple[str, str, int, int]) -> None:
    assert lists(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a. alone",
        "A. Jansen\nB. de Vries",
        "a. x\n\nB. y",
        "text\nc. x\nd. y",  # a list that does not start with 1 cannot interrupt a paragraph
        "see (1) and\n(2) there",
        "a) x\nb. y",
    ],
)
def test_text_that_is_not_a_list_stays_text(text: str) -> None:
    document = markdown(text).document
    assert lists(text) == []
    words = " ".join(plain_text(x.inlines) for x in document_nodes(document) if isinstance(x, n.Paragraph))
    assert words.split() == text.split()


def test_code_is_unchanged() -> None:
    text = "```\na. x\nb. y\n```\n\n    (1) x\n    (2) y\n"
    codes = [x.text for x in document_nodes(markdown(text).document) if isinstance(x, n.CodeBlock)]
    assert codes == ["a. x\nb. y", "(1) x\n(2) y"]


def test_nested_lists() -> None:
    text = "1. x\n   a. y\n      i. z\n      ii. z\n   b. y\n2. x"
    assert lists(text) == [("decimal", ".", 1, 2), ("lower-alpha", ".", 1, 2), ("lower-roman", ".", 1, 2)]


@given(st.text(alphabet="ab(i).12 \n>xX-", max_size=60))
def test_as_digits_keeps_positions_and_changes_only_markers(text: str) -> None:
    digits = as_digits(text, chains(text))
    assert len(digits) == len(text)
    changed = [k for k, (a, b) in enumerate(zip(text, digits, strict=True)) if a != b]
    assert all(text[k] == "(" or text[k].isalnum() for k in changed)


ALL = "d. x\ne. y\n\n***\n\n(ii) x\n(iii) y\n\n***\n\nC) x\nD) y\n"


def test_every_format_shows_the_numbers_of_the_manuscript() -> None:
    document = numbered(f"# T\n\n{ALL}")
    page = html.document_fromstring(publish.write(document, "html").data)
    shown = [(e.get("start"), e.get("type"), e.get("class")) for e in page.iter("ol")]
    assert shown == [
        ("4", "a", "lower-alpha"),
        ("2", "i", "lower-roman parens"),
        ("3", "A", "upper-alpha paren"),
    ]
    with zipfile.ZipFile(io.BytesIO(publish.write(document, "docx").data)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    assert re.findall(r'startOverride w:val="(\d+)"', numbering) == ["4", "2", "3"]
    assert re.findall(r'numFmt w:val="(\w+)"/><w:lvlText w:val="([^"]*%1[^"]*)"', numbering) == [
        ("lowerLetter", "%1."), ("lowerRoman", "(%1)"), ("upperLetter", "%1)"),
    ]  # fmt: skip
    akn = etree.fromstring(publish.write(document, "akn").data)
    assert [e.get("value") for e in akn.iter("{*}li")] == ["4", "5", "2", "3", "3", "4"]


def test_the_pdf_prints_the_numbers_of_the_manuscript() -> None:
    from pdfminer.high_level import extract_text

    words = extract_text(io.BytesIO(publish.write(numbered(f"# T\n\n{ALL}"), "pdf").data)).split()
    assert [w for w in words if w not in {"T", "x", "y", "1"}] == ["d.", "e.", "(ii)", "(iii)", "C)", "D)"]


def shape(text: str) -> list[object]:
    """Return the lists as nested Python lists: a label for each item, followed by its nested lists."""

    def listed(block: n.List) -> list[object]:
        out: list[object] = []
        for number, item in enumerate(block.items, start=block.start):
            out.append(f"{block.style}:{number}")
            out += [listed(b) for b in item.blocks if isinstance(b, n.List)]
        return out

    return [listed(b) for b in markdown(text).document.blocks if isinstance(b, n.List)]


FLAT = "1. First:\n{gap}a. x\n{gap}b. y\n{gap}2. Second:\n{gap}a. z\n{gap}b. z\n{gap}c. z"
NESTED = [
    "decimal:1", ["lower-alpha:1", "lower-alpha:2"],
    "decimal:2", ["lower-alpha:1", "lower-alpha:2", "lower-alpha:3"],
]  # fmt: skip


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_sublist_without_indentation_is_nested_in_its_item(gap: str) -> None:
    assert shape(FLAT.format(gap=gap)) == [NESTED]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. x\n2. y\n\na. z\nb. w", [["decimal:1", "decimal:2"], ["lower-alpha:1", "lower-alpha:2"]]),
        ("a. x\nb. y\n\n1. z\n2. w", [["lower-alpha:1", "lower-alpha:2"], ["decimal:1", "decimal:2"]]),
        ("a. x\nb. y\nd. z", [["lower-alpha:1", "lower-alpha:2"], ["lower-alpha:4"]]),
        ("1. x\n2. y\n4. z", [["decimal:1", "decimal:2"], ["decimal:4"]]),
        ("1. x\n1. y\n1. z", [["decimal:1", "decimal:2", "decimal:3"]]),
        ("0. x\n1. y", [["decimal:0", "decimal:1"]]),
        (
            "y. x\nz. y\naa. z\nbb. w",
            [["lower-alpha:25", "lower-alpha:26", "lower-alpha:27", "lower-alpha:28"]],
        ),
    ],
)
def test_items_keep_their_numbers(text: str, expected: list[object]) -> None:
    assert shape(text) == expected


def test_the_pdf_doubles_the_letter_after_z() -> None:
    from pdfminer.high_level import extract_text

    data = publish.write(numbered("# T\n\ny. p\nz. q\naa. r\nbb. s\n"), "pdf").data
    shown = [word for word in extract_text(io.BytesIO(data)).split() if word.endswith(".")]
    assert shown == ["y.", "z.", "aa.", "bb."]
