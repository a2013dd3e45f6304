"""Comments, with the text that they refer to; they are kept with the document and never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.diagnostics import Span
from publish.model.resources import Annotation
from publish.readers.docx.names import W, value
from publish.readers.docx.package import DocxPackage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def comments_of(package: DocxPackage, document: Element) -> tuple[Annotation, ...]:
    """Return the comments of a file, in the order in which the text refers to them."""
    part = package.part("comments")
    if not part:
        return ()
    written = {value(element, "id"): element for element in package.tree(part).iter(W + "comment")}
    quoted: dict[str, list[str]] = {}
    places: dict[str, Span] = {}
    open_ranges: set[str] = set()
    paragraph = 0
    for element in document.iter(
        W + "p", W + "t", W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
    ):
        identifier = value(element, "id")
        if element.tag == W + "p":
            paragraph += 1
        elif element.tag == W + "t":
            for name in open_ranges:
                quoted[name].append(element.text or "")
        elif element.tag == W + "commentRangeStart":
            open_ranges.add(identifier)
            quoted.setdefault(identifier, [])
            places.setdefault(identifier, Span(max(paragraph, 1)))
        elif element.tag == W + "commentRangeEnd":
            open_ranges.discard(identifier)
        else:
            places.setdefault(identifier, Span(max(paragraph, 1)))
    return tuple(
        Annotation(
            text=_text(written[identifier]),
            quoted="".join(quoted.get(identifier, ())).strip(),
            author=value(written[identifier], "author"),
            date=value(written[identifier], "date"),
            span=span,
        )
        for identifier, span in places.items()
        if identifier in written
    )


def _text(comment: Element) -> str:
    paragraphs = ("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p"))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
