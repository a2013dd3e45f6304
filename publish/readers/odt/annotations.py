"""Comments, with the text that they refer to; they are kept with the document and never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.diagnostics import Span
from publish.model.resources import Annotation
from publish.readers.odt.names import DC, OFFICE, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

COMMENT, END = OFFICE + "annotation", OFFICE + "annotation-end"
PARAGRAPHS = (TEXT + "p", TEXT + "h")


def comments_of(body: Element) -> tuple[Annotation, ...]:
    """Return the comments of a text in document order; a comment with an end quotes the text up to it."""
    quoted: dict[str, list[str]] = {}
    found: list[tuple[str, Element, Span]] = []
    opened: set[str] = set()
    paragraph = 0

    def walk(element: Element) -> None:
        nonlocal paragraph
        for child in element:
            if child.tag == COMMENT:
                name = child.get(OFFICE + "name", "")
                found.append((name, child, Span(max(paragraph, 1))))
                opened.add(name)
            elif child.tag == END:
                opened.discard(child.get(OFFICE + "name", ""))
            elif isinstance(child.tag, str):
                paragraph += child.tag in PARAGRAPHS
                quote(child.text)
                walk(child)
            quote(child.tail)

    def quote(text: str | None) -> None:
        for name in opened:
            quoted.setdefault(name, []).append(text or "")

    walk(body)
    ends = {e.get(OFFICE + "name", "") for e in body.iter(END)}
    return tuple(
        Annotation(
            text=_text(element),
            quoted=" ".join("".join(quoted.get(name, ())).split()) if name and name in ends else "",
            author=element.findtext(DC + "creator") or "",
            date=element.findtext(DC + "date") or "",
            span=span,
        )
        for name, element, span in found
    )


def _text(comment: Element) -> str:
    paragraphs = ("".join(str(t) for t in p.itertext()) for p in comment.iter(TEXT + "p"))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
