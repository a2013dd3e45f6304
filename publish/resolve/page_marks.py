"""Page marks: where the pages of the PDF begin, for the formats that have none of their own.

A layout says how many printed characters stand before each page. The mark of a page is put before the character that comes
first on it, in whatever paragraph that is, so that "p. 3" names the same words in every format.
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
    """The same document with a mark for each page.

    Args:
        numbered: A document without marks of these pages.
        starts: For each page the number of printed characters (`publish.model.text.printed_length`) of title, front
            matter and body, without notes and calls, that stand on the pages before it.
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
    """How many printed characters a document has, without its notes."""
    printed = (n.Text, n.InlineCode, n.Math, n.RawInline, n.NoteCrossReference, n.CodeBlock, n.RawBlock)
    found = (x for x in document_nodes(numbered.document) if isinstance(x, printed))
    return sum(printed_length(x.text) for x in found if not _is_drawn(x, numbered))


def _is_drawn(node: n.Node, numbered: NumberedDocument) -> bool:
    """Whether a layout has no characters for a node: a formula is drawn."""
    return isinstance(node, n.Math) and numbered.formula(node) is not None


class _Marker:
    """Counts printed characters in document order, and puts each mark where its page begins."""

    def __init__(self, numbered: NumberedDocument, starts: Sequence[int]) -> None:
        self.numbered = numbered
        self.starts = starts
        self.total = _length(numbered)
        self.page = 0
        """How many pages have their mark."""
        self.seen = 0
        self.ids: set[str] = set()

    def inline(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        """For `change_inlines`, which comes to texts in document order."""
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
        """Code has no place for a mark: that of a page which begins in it comes with the next text."""
        if isinstance(block, n.CodeBlock | n.RawBlock):
            self.seen += sum(map(leaves_ink, block.text))
        return block

    def _text(self, text: n.Text) -> n.Inline | tuple[n.Inline, ...]:
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
        # A page that holds notes alone begins after the last word.
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
