"""DESIGN.md §5, invariants 1, 2 and 3, on random manuscripts: every format has the expected labels and words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from msgspec.structs import replace

import publish
from publish.model import nodes as n
from publish.model.structure import Structure
from publish.model.walk import document_nodes
from publish.profiles import apply_profile
from publish.readers.base import Source
from publish.readers.markdown.reader import read
from publish.resolve import NumberedDocument, resolve
from publish.verify import compare, expect, extract
from tests.properties.strategies import manuscripts
from tests.support import with_pages

pytestmark = pytest.mark.timeout(900)
"""A test creates hundreds of documents, and must not time out on a slow machine."""

QUICK = (Phase.explicit, Phase.generate)
"""Phases without shrinking, which takes minutes if each document needs layout."""


def examples(count: int) -> int:
    """Return the number of examples: more if someone searches for errors (profile `search`)."""
    return 10 * count if os.environ.get("HYPOTHESIS_PROFILE") == "search" else count


def numbered(text: str) -> NumberedDocument:
    document = apply_profile(read(Source("random.md", text.encode(), None)).document).document
    return resolve(document).document


def check(text: str, *formats: str) -> None:
    assert_agreement(numbered(text), *formats)


def assert_agreement(document: NumberedDocument, *formats: str) -> None:
    expected = expect(document)
    for name in formats:
        data = publish.write(document, name).data
        suffix = {"akn": ".akn.xml"}.get(name, f".{name}")
        findings = compare(expected, extract(Path(f"random{suffix}"), data))
        assert [f"{f.code} {f.format}: {f.message}" for f in findings] == []


@settings(max_examples=examples(500))
@given(manuscripts())
def test_notes_and_words_agree_in_docx_epub_akn_and_html(text: str) -> None:
    check(text, "docx", "epub", "akn", "html", "odt")


@settings(max_examples=examples(50), phases=QUICK)
@given(manuscripts())
def test_notes_and_words_agree_in_pdf(text: str) -> None:
    check(text, "pdf")


@settings(max_examples=examples(50), phases=QUICK)
@given(manuscripts())
def test_notes_and_words_agree_in_typst_pdf(text: str) -> None:
    document = numbered(text)
    data = publish.write(document, "pdf", pdf_engine="typst").data
    found = compare(expect(document), extract(Path("random.pdf"), data))
    # A note called in a table row can precede that row (https://github.com/typst/typst/issues/5314). publish reports it.
    assert [f"{f.code} {f.message}" for f in found if f.code != "PUB-V011"] == []


@settings(max_examples=examples(20), phases=QUICK)
@given(manuscripts())
def test_page_marks_contents_and_numbering_do_not_change_notes(text: str) -> None:
    structure = Structure(sections=True, captions=True, contents=3)
    document = publish.resolve(replace(numbered(text).document, structure=structure)).document
    marked = with_pages(document)
    marks = [x.label for x in document_nodes(marked.document) if isinstance(x, n.PageMark)]
    assert marks == [str(k) for k in range(1, marked.pages + 1)]
    assert_agreement(marked, "docx", "epub", "akn", "html", "odt", "pdf")


@settings(max_examples=examples(50))
@given(manuscripts())
def test_second_resolve_gives_the_same_document(text: str) -> None:
    once = numbered(text)
    twice = resolve(once.document).document
    assert twice.document == once.document
    assert twice.notes == once.notes


@settings(max_examples=examples(15))
@given(manuscripts())
@pytest.mark.parametrize("name", ["docx", "epub", "akn", "html", "odt"])
def test_same_input_gives_same_bytes(name: str, text: str) -> None:
    assert publish.write(numbered(text), name).data == publish.write(numbered(text), name).data
