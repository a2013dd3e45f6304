"""DESIGN.md §5, invariants 1, 2 and 3, on random manuscripts: every format shows the label table and the words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings

import publish
from publish.profiles import apply_profile
from publish.readers.base import Source
from publish.readers.markdown import read
from publish.resolve import NumberedDocument, resolve
from publish.verify import compare, expect, extract
from tests.properties.strategies import manuscripts


def examples(count: int) -> int:
    """How many documents are tried: more where a person looks for faults."""
    return 10 * count if os.environ.get("HYPOTHESIS_PROFILE") == "search" else count


def numbered(text: str) -> NumberedDocument:
    document = apply_profile(read(Source("random.md", text.encode(), None)).document).document
    return resolve(document).document


def check(text: str, *formats: str) -> None:
    document = numbered(text)
    expected = expect(document)
    for name in formats:
        data = publish.write(document, name).data
        suffix = {"akn": ".akn.xml"}.get(name, f".{name}")
        findings = compare(expected, extract(Path(f"random{suffix}"), data))
        assert [f"{f.code} {f.format}: {f.message}" for f in findings] == []


@settings(max_examples=examples(500))
@given(manuscripts())
def test_notes_and_words_agree_in_docx_epub_akn_and_html(text: str) -> None:
    check(text, "docx", "epub", "akn", "html")


@settings(max_examples=examples(50))
@given(manuscripts())
def test_notes_and_words_agree_in_pdf(text: str) -> None:
    check(text, "pdf")


@settings(max_examples=examples(50))
@given(manuscripts())
def test_resolving_again_changes_nothing(text: str) -> None:
    once = numbered(text)
    twice = resolve(once.document).document
    assert twice.document == once.document
    assert twice.notes == once.notes


@settings(max_examples=examples(15))
@given(manuscripts())
@pytest.mark.parametrize("name", ["docx", "epub", "akn", "html"])
def test_same_input_gives_same_bytes(name: str, text: str) -> None:
    assert publish.write(numbered(text), name).data == publish.write(numbered(text), name).data
