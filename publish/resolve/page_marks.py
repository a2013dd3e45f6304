"""Add page marks: the starts of the PDF pages, for formats without pages.

A layout contains the number of printed characters before each page. The page mark precedes the first character of the
page, in any paragraph, so that "p. 3" refers to the same words in every format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.text import leaves_ink, printed_length
from publish.model.walk import change_blocks, change_inlines, document_nodes
from publish.resolve.numbered import NumberedDocument


def mark_pages(
    numbered: NumberedDocument, starts: Sequence[int], page_of: Mapping[str, int]
) -> NumberedDocument:
    """Return the document with a mark for each page.

    Args:
        numbered: A document without these page marks.
        starts: For each page the number of printed characters (`publish.model.text.printed_length`) of title, front
            matter and body, without notes and calls, on the pages before it.
        page_of: The page of each anchor.
    """
    document = numbered.document
    marker = _Marker(numbered, starts)
    title = change_inlines(document.title, marker.inline)
    front = change_blocks(document.front, marker.inline, marker.block)
    blocks = change_blocks(document.blocks, marker.inline, marker.block)
    document = replace(document, title=title, front=front, blocks=blocks)
    return replace(
        numbered, document=document, ids=numbered.ids | marker.ids, pages=marker.page, page_of=dict(page_of)
    )


def _length(numbered: NumberedDocument) -> int:
    """Return the number of printed characters of a document, without its notes."""
    printed = (n.Text, n.InlineCode, n.Math, n.RawInline, n.NoteCrossReference, n.CodeBlock, n.RawBlock)
    found = (x for x in document_nodes(numbered.document) if isinstance(x, printed))
    return sum(printed_length(x.text) for x in found if not _is_drawn(x, numbered))


def _is_drawn(node: n.Node, numbered: NumberedDocument) -> bool:
    """Return whether a node is a formula that the layout draws, without characters."""
    return isinstance(node, n.Math) and numbered.formula(node) is not None


class _Marker:
    """Counter of printed characters in document order; inserts each mark at the start of its page."""

    def __init__(self, numbered: NumberedDocument, starts: Sequence[int]) -> None:
        self.numbered = numbered
        self.starts = starts
        self.total = _length(numbered)
        self.page = 0
        """The number of pages that have their mark."""
        self.seen = 0
        self.ids: set[str] = set()

    def inline(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        """Insert the page marks in or before an inline; callback for `change_inlines`, which works in document order."""
        match inline:
            case n.Text():
                return self._text(inline)
            case n.Math() if _is_drawn(inline, self.numbered):
                return inline
            case n.InlineCode() | n.Math() | n.RawInline() | n.NoteCrossReference():
                marks = self._marks_within(inline.text)
                return (*marks, inline) if marks else inline
            case _:
                return inline

    def block(self, block: n.Block) -> n.Block:
        """Count the characters of code. If a page starts in code, its mark comes with the next text."""
        if isinstance(block, n.CodeBlock | n.RawBlock):
            self.seen += printed_length(block.text)
        return block

    def _text(self, text: n.Text) -> n.Inline | tuple[n.Inline, ...]:
        length = printed_length(text.text)
        if self.page >= len(self.starts) or self.starts[self.page] > self.seen + length:
            self.seen += length
            return text
        out: list[n.Inline] = []
        done = 0
        for index, character in enumerate(text.text):
            if not leaves_ink(character):
                continue
            marks = self._due()
            if marks:
                if index > done:
                    out.append(replace(text, text=text.text[done:index]))
                out += marks
                done = index
            self.seen += 1
        # A page that contains only notes starts after the last word.
        after = self._due() if self.seen == self.total else []
        if not out and not after:
            return text
        return (*out, replace(text, text=text.text[done:], id="" if out else text.id), *after)

    def _marks_within(self, characters: str) -> list[n.PageMark]:
        marks: list[n.PageMark] = []
        for character in filter(leaves_ink, characters):
            marks += self._due()
            self.seen += leaves_ink(character)
        return marks

    def _due(self) -> list[n.PageMark]:
        marks: list[n.PageMark] = []
        while self.page < len(self.starts) and self.starts[self.page] <= self.seen:
            self.page += 1
            name = f"pg{self.page}"
            self.ids.add(name)
            marks.append(n.PageMark(str(self.page), id=name))
        return marks
