"""Markdown that publish read wrongly without a report: attributes of spans, list labels, labels of notes, other dialects."""

from __future__ import annotations

from pathlib import Path

import pytest

import publish
from publish.model import nodes as n
from publish.model.roles import ITEM_LABEL, LABELLED
from publish.model.text import plain_text
from publish.model.walk import document_nodes, inlines_in
from tests.support import codes, markdown

CASES = Path(__file__).resolve().parent.parent / "cases" / "markdown"


def sections(name: str) -> list[n.Section]:
    document = publish.read(CASES / name).document
    return [x for x in document_nodes(document) if isinstance(x, n.Section)]


def test_attributes_of_a_span_at_the_end_of_a_heading_are_those_of_the_span() -> None:
    found = sections("heading-ends-in-span.md")
    assert [section.attrs.get("lang") for section in found] == ["", "", "", "en"]
    spans = [x for x in inlines_in(found[0].title) if isinstance(x, n.TextSpan)]
    assert [(plain_text(x.inlines), x.attrs.get("lang")) for x in spans] == [("rule of law", "en")]


def printed_labels(text: str) -> list[str]:
    """Return the labels that are kept as text, in order."""
    nodes = document_nodes(markdown(text).document)
    return [plain_text(x.inlines) for x in nodes if isinstance(x, n.TextSpan) and x.role == ITEM_LABEL]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1. een\n\n2. twee\n\n2a. twee a\n\n3. drie\n", "2a."),
        ("3. drie\n3a. drie a\n4. vier\n", "3a."),
        ("1bis. een\n1ter. twee\n", "1bis. 1ter."),
        ("1° Frans\n2° Frans twee\n", "1° 2°"),
        ("2a) een\n2b) twee\n", "2a) 2b)"),
    ],
)
def test_inserted_numbers_are_labels(text: str, labels: str) -> None:
    assert printed_labels(text) == labels.split()
    lists = [x for x in document_nodes(markdown(text).document) if isinstance(x, n.List)]
    assert sum(len(x.items) for x in lists if LABELLED in x.attrs.classes) == len(labels.split())


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("(1) een\n(3) drie\n", [("decimal", 1), ("decimal", 3)]),
        (
            "1. een\n   a. sub a\n   c. sub c\n2. twee\n",
            [("decimal", 1), ("lower-alpha", 1), ("lower-alpha", 3)],
        ),
        ("I. Romeins\nII. Romeins twee\n", [("upper-roman", 1)]),
    ],
)
def test_gaps_and_roman_numerals_are_kept(text: str, lists: list[tuple[str, int]]) -> None:
    found = [x for x in document_nodes(markdown(text).document) if isinstance(x, n.List)]
    assert [(x.style, x.start) for x in found] == lists


@pytest.mark.parametrize(
    "text", ["In 1990\n2a. was hier.\n", "B. Jansen\nC. Pietersen\n", "Zie artikel\n1bis. daarvan.\n"]
)
def test_a_single_number_in_a_sentence_is_text(text: str) -> None:
    assert not any(isinstance(x, n.List) for x in document_nodes(markdown(text).document))


def test_labels_of_notes_with_spaces_are_read_and_reported() -> None:
    result = publish.read(CASES / "note-labels" / "in.md")
    texts = [
        plain_text(b.inlines)
        for x in result.document.notes.values()
        for b in x.blocks
        if isinstance(b, n.Paragraph)
    ]
    assert texts == ["eerste", "tweede", "derde", "vierde", "vijfde"]
    assert codes(result.diagnostics).count("PUB-R062") == 3
    assert [d.span.line for d in result.diagnostics if d.code == "PUB-R061" and d.span] == [14]


def test_syntax_of_other_dialects_is_reported_with_its_line() -> None:
    result = publish.read(CASES / "foreign-dialects.md")
    found = [
        (d.span.line, d.message.split(" of ")[0])
        for d in result.diagnostics
        if d.code == "PUB-R061" and d.span
    ]
    assert found == [
        (6, "Fenced division"),
        (13, "Fenced division"),
        (15, "Citation"),
        (15, "Shortcode"),
        (17, "Table"),
        (19, "Callout"),
        (22, "Subscript"),
        (22, "Superscript"),
        (22, "Highlighting"),
    ]


def test_code_is_not_reported_as_another_dialect() -> None:
    assert (
        codes(markdown("---\ntitle: T\nlang: nl\n---\n\n`[@key]` en `H~2~O`\n\n    ::: x\n").diagnostics)
        == []
    )


def test_inserted_numbers_are_published_in_every_format(tmp_path: Path) -> None:
    result = publish.convert(
        CASES / "list-numbers.md", to=["html", "docx", "akn", "epub", "op", "odt"], output=tmp_path
    )
    assert result.report is not None
    assert result.report.findings == ()
