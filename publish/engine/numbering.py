"""Numbering a document, also where its note numbers depend on the pages of the PDF; and marking where its pages begin.

Where numbers start again on each page, only the layout knows them: the document is laid out, numbered by the pages on which
its notes are called, and laid out again, until nothing changes. All formats then carry the labels of the PDF's pages, so that
a citation such as "p. 3, note 2" is true in each.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.engine.writing import context_for, reported, style_for
from publish.model.formulas import Formula
from publish.model.nodes import Document, Math, PageMark
from publish.resolve import NumberedDocument, Resolved, resolve
from publish.resolve.page_marks import mark_pages
from publish.writers.registry import find_engine

if TYPE_CHECKING:
    from publish.writers.base import Pages

ROUNDS = 8
"""Layouts that are tried. A number changes a line's length by the width of a digit, so that two are nearly always enough."""

EXCERPT = 48
"""Characters of a formula that a diagnostic quotes."""


def number(document: Document, *, style: str = "", pdf_engine: str = "") -> Resolved:
    """Resolve a document, laying it out as often as its numbers need.

    Args:
        document: A manuscript, read.
        style: Name or path of the house style by which it is laid out.
        pdf_engine: What lays it out; empty is WeasyPrint.

    Raises:
        PublishError: there is no such style, or the PDF cannot be laid out here (PUB-W002).
    """
    if document.structure is None:
        document = replace(document, structure=style_for(document, style).structure)
    resolved = resolve(document)
    converted = _convert(resolved.document)
    resolved = _with_converted(resolved, converted)
    if not (document.note_policy.by_page and resolved.document.notes):
        return resolved
    pages: dict[str, int] = {}
    for _ in range(ROUNDS):
        anchors = _lay_out(resolved.document, style, pdf_engine).anchors
        found = {x.id: anchors[x.calls[0]] for x in resolved.document.notes.values() if not x.parent}
        if found == pages:
            return resolved
        pages = found
        resolved = _with_converted(resolve(document, pages), converted)
    message = f"the note numbers have not settled after {ROUNDS} layouts"
    unsettled = make("PUB-N017", message, source=document.source)
    return replace(resolved, diagnostics=(*resolved.diagnostics, unsettled))


def with_formulas(resolved: Resolved) -> Resolved:
    """The same outcome with the document's formulas, and a diagnostic for each that cannot be set (PUB-W011)."""
    return _with_converted(resolved, _convert(resolved.document))


class _Converted(NamedTuple):
    formulas: dict[tuple[str, bool], Formula]
    diagnostics: tuple[Diagnostic, ...]


def _with_converted(resolved: Resolved, converted: _Converted) -> Resolved:
    document = replace(resolved.document, formulas=converted.formulas)
    return replace(resolved, document=document, diagnostics=(*resolved.diagnostics, *converted.diagnostics))


def _convert(numbered: NumberedDocument) -> _Converted:
    """The formulas of a document, and what cannot be set; pandoc is run only where there are any."""
    first: dict[tuple[str, bool], Math] = {}
    for node in numbered.nodes():
        if isinstance(node, Math):
            first.setdefault((node.text, node.display), node)
    if not first:
        return _Converted({}, ())
    from publish.mathematics.tex import convert

    converted = convert(first)
    source = numbered.document.source
    found = (
        make(
            "PUB-W011",
            f"'{_excerpt(key[0])}' is published as TeX: {reason}",
            span=first[key].span,
            source=source,
        )
        for key, reason in converted.failed.items()
    )
    return _Converted(converted.formulas, tuple(found))


def _excerpt(tex: str) -> str:
    text = " ".join(tex.split())
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def with_pages(numbered: NumberedDocument, *, style: str = "", pdf_engine: str = "") -> NumberedDocument:
    """The same document with a mark where each page of its PDF begins.

    A document that has the pages of an earlier edition keeps those, by which it is cited; and one that is written back as it
    was gets no marks.

    Raises:
        PublishError: there is no such style, or the PDF cannot be laid out here (PUB-W002).
    """
    pages = _lay_out(numbered, style, pdf_engine)
    if numbered.document.origin is not None or any(isinstance(node, PageMark) for node in numbered.nodes()):
        return replace(numbered, page_of=dict(pages.anchors))
    return mark_pages(numbered, pages.starts, pages.anchors)


def _lay_out(numbered: NumberedDocument, style: str, pdf_engine: str) -> Pages:
    engine = import_module(find_engine(pdf_engine))
    with reported("pdf", numbered.document.source):
        found: Pages = engine.pages(numbered, context_for(numbered.document, style))
        return found
