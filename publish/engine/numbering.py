"""Numbering a document, also where its note numbers depend on the pages of the PDF; and marking where its pages begin.

Where numbers start again on each page, only the layout knows them: the document is laid out, numbered by the pages on which
its notes are called, and laid out again, until nothing changes. All formats then carry the labels of the PDF's pages, so that
a citation such as "p. 3, note 2" is true in each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model.formulas import Formula
from publish.model.nodes import Document, Math, PageMark
from publish.resolve import NumberedDocument, Resolved, resolve
from publish.resolve.page_marks import mark_pages

if TYPE_CHECKING:
    from publish.writers.base import Pages

Layout = Callable[[NumberedDocument], "Pages"]
"""Lays a document out, and tells where its pages begin."""

ROUNDS = 8
"""Layouts that are tried. A number changes a line's length by the width of a digit, so that two are nearly always enough."""

EXCERPT = 48
"""Characters of a formula that a diagnostic quotes."""


def number(document: Document, lay_out: Layout) -> Resolved:
    """Resolve a document, laying it out as often as its numbers need.

    Args:
        document: A manuscript, read, with the structure of its house style.
        lay_out: Tells on which page of the PDF each anchor is.

    Raises:
        PublishError: the PDF cannot be laid out here (PUB-W002).
    """
    resolved = resolve(document)
    converted = _convert(resolved.document)
    resolved = _with_converted(resolved, converted)
    if not (document.note_policy.by_page and resolved.document.notes):
        return resolved
    pages: dict[str, int] = {}
    for _ in range(ROUNDS):
        anchors = lay_out(resolved.document).anchors
        found = {x.id: anchors[x.calls[0]] for x in resolved.document.notes.values() if not x.parent}
        if found == pages:
            return resolved
        pages = found
        resolved = _with_converted(resolve(document, pages), converted)
    message = f"Note numbers are still changing after {ROUNDS} layout passes"
    unsettled = make("PUB-N017", message, source=document.source)
    return replace(resolved, diagnostics=(*resolved.diagnostics, unsettled))


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
    from publish.formulas.tex import convert

    converted = convert(first)
    source = numbered.document.source
    found = (
        make(
            "PUB-W011",
            f"Formula '{_excerpt(key[0])}' is published as TeX: {reason}",
            span=first[key].span,
            source=source,
        )
        for key, reason in converted.failed.items()
    )
    return _Converted(converted.formulas, tuple(found))


def _excerpt(tex: str) -> str:
    text = " ".join(tex.split())
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def with_pages(numbered: NumberedDocument, pages: Pages) -> NumberedDocument:
    """The same document with a mark where each page of its PDF begins.

    A document that has the pages of an earlier edition keeps those, by which it is cited; and one that is written back as it
    was gets no marks.
    """
    if numbered.document.origin is not None or any(isinstance(node, PageMark) for node in numbered.nodes()):
        return replace(numbered, page_of=dict(pages.anchors))
    return mark_pages(numbered, pages.starts, pages.anchors)
