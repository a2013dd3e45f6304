"""Number a document, also if its note numbers depend on the pages of the PDF, and mark where the pages begin.

If note numbers restart on each page, they depend on the layout: lay the document out, number it by the pages of the note
calls, and repeat until nothing changes. All formats then use the labels of the PDF pages, so that a citation such as
"p. 3, note 2" is correct in each format.
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
"""Function that lays a document out and returns the start of each page."""

ROUNDS = 8
"""Maximum number of layout passes. A number changes a line by the width of a digit, so two are nearly always enough."""

EXCERPT = 48
"""Maximum number of characters of a formula to quote in a diagnostic."""


def number(document: Document, lay_out: Layout) -> Resolved:
    """Resolve a document, and lay it out until its note numbers are stable.

    Args:
        document: The document that a reader returned, with the structure of its house style.
        lay_out: Returns the page of the PDF for each anchor.

    Raises:
        PublishError: PUB-W002, if the PDF cannot be laid out on this system.
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
    """Convert the formulas of a document, and report those that fail; run pandoc only if there are formulas."""
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
    """Return the document with a page mark at the start of each page of its PDF.

    A document that already has page marks of an earlier publication keeps those, because citations refer to them. A
    document that is written back unchanged (`origin`) gets no page marks.
    """
    if numbered.document.origin is not None or any(isinstance(node, PageMark) for node in numbered.nodes()):
        return replace(numbered, page_of=dict(pages.anchors))
    return mark_pages(numbered, pages.starts, pages.anchors)
