"""Each styled inline is in the table of every reader and writer, so that a new one cannot be forgotten."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from publish.model import nodes as n
from publish.readers.akn import elements as akn
from publish.readers.markdown.inlines import CLASS_NODES, HTML_TAGS
from publish.readers.office.run_format import STYLED as OFFICE
from publish.readers.op.elements import NADRUK
from publish.readers.pandoc.tree import STYLED as PANDOC
from publish.writers.akn import content as akn_writer
from publish.writers.docx import story
from publish.writers.html import tree as html
from publish.writers.markdown import inlines as markdown
from publish.writers.odt import story as odt
from publish.writers.op import content as op
from publish.writers.pandoc import tree as pandoc
from publish.writers.typst import source as typst

ALL = frozenset(get_args(n.StyledInline))

WRITERS: dict[str, Any] = {
    "akn": akn_writer, "docx": story, "html": html, "markdown": markdown, "odt": odt, "op": op, "pandoc": pandoc, "typst": typst,
}  # fmt: skip

READERS: dict[str, tuple[set[Any], set[Any]]] = {
    "akn": ({*akn.STYLED.values(), *akn.SPAN_STYLES.values()}, set()),
    "docx": ({make for _, make in OFFICE}, {n.InlineQuote}),
    "markdown": ({*HTML_TAGS.values(), *CLASS_NODES.values()}, set()),
    "op": ({make for makes in NADRUK.values() for make in makes}, {n.InlineQuote}),
    "pandoc": (set(PANDOC.values()), {n.InlineQuote}),
}
"""The nodes in the table of each reader, and the nodes that its format does not support."""


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_supports_every_styled_inline(name: str) -> None:
    assert set(WRITERS[name].STYLED) == ALL


@pytest.mark.parametrize("name", READERS)
def test_every_reader_supports_every_styled_inline(name: str) -> None:
    made, unknown = READERS[name]
    assert made & ALL == ALL - unknown
