"""The model: JSON round trip, splitting and wrapping of text, and the walk."""

from __future__ import annotations

import json
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.model import nodes as n
from publish.model.outline import flatten, nest
from publish.model.schema import from_json, json_schema, to_json
from publish.model.text import collapse_space, plain_text, split, wrap
from publish.model.walk import CHILDREN, AnyNode, change_document, document_nodes
from tests.properties.strategies import manuscripts
from tests.support import markdown


@settings(max_examples=60)
@given(manuscripts())
def test_json_round_trip_keeps_the_document(text: str) -> None:
    document = markdown(text).document
    assert from_json(to_json(document)) == document


@settings(max_examples=60)
@given(manuscripts())
def test_identity_change_returns_an_equal_document(text: str) -> None:
    document = markdown(text).document
    assert change_document(document, lambda inline: inline) == document


def test_schema_is_valid_json_and_defines_nodes() -> None:
    schema = json_schema()
    json.dumps(schema)
    assert {"Paragraph", "Section", "NoteRef", "Note", "Metadata"} <= set(schema["$defs"])


def test_invalid_json_is_rejected_with_its_path() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.blocks\[0\]"):
        from_json(b'{"metadata": {}, "blocks": [{"t": "paragraph", "inlines": 3}]}')
    with pytest.raises(msgspec.ValidationError, match="newer"):
        from_json(b'{"metadata": {}, "blocks": [], "version": 99}')


INLINES = (n.Text("een "), n.Emphasis((n.Text("twee"), n.NoteRef("a"))), n.Text(" drie"))


@given(st.integers(0, 13))
def test_splitting_keeps_characters_and_calls(offset: int) -> None:
    left, right = split(INLINES, offset)
    assert plain_text(left) == "een twee drie"[:offset]
    assert plain_text(left) + plain_text(right) == "een twee drie"
    calls = [
        i
        for part in (left, right)
        for i in document_nodes(n.Document(markdown("x").document.metadata, (n.Paragraph(part),)))
    ]
    assert sum(isinstance(i, n.NoteRef) for i in calls) == 1


def test_wrap_splits_text_around_the_wrapped_range() -> None:
    wrapped = wrap(INLINES, [(4, 8, n.Strong)])
    assert [type(i).__name__ for i in wrapped] == ["Text", "Strong", "Text"]


def test_wrap_makes_several_nodes_in_one_text_and_in_its_containers() -> None:
    inlines = (n.Text("een "), n.Emphasis((n.Text("twee drie"),), id="e"), n.NoteRef("x"), n.Text(" vier"))
    wrapped = wrap(inlines, [(0, 3, n.Strong), (9, 13, n.Underline), (14, 18, n.Strong)])
    assert wrapped == (
        n.Strong((n.Text("een"),)),
        n.Text(" "),
        n.Emphasis((n.Text("twee "),), id="e"),
        n.Underline((n.Emphasis((n.Text("drie"),)), n.NoteRef("x"))),
        n.Text(" "),
        n.Strong((n.Text("vier"),)),
    )


def test_space_collapses_across_nodes_but_stays_before_a_call() -> None:
    inlines = (n.Text(" a \n"), n.Emphasis((n.Text(" b "),)), n.Text(" c "), n.NoteRef("x"), n.Text("\n"))
    assert plain_text(collapse_space(inlines)) == "a b c "


def test_spaces_on_both_sides_of_a_call_are_kept() -> None:
    inlines = (n.Text("Zie "), n.NoteRef("x"), n.Text(" voor"))
    assert plain_text(collapse_space(inlines)) == "Zie  voor"


def test_nest_is_the_inverse_of_flatten() -> None:
    blocks = markdown("# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n").document.blocks
    assert nest(flatten(blocks)) == blocks


def test_every_type_of_node_has_its_children_or_none() -> None:
    content = {
        "inlines",
        "title",
        "blocks",
        "items",
        "term",
        "definitions",
        "caption",
        "head",
        "body",
        "foot",
        "cells",
    }
    with_children = {kind for kind in get_args(AnyNode) if content & set(kind.__struct_fields__) - {"title"}}
    assert with_children == set(CHILDREN)
