"""The order of a document, decided here and nowhere else.

Title, front matter, body; in a section its heading before its blocks; in a table its caption, head, body and foot,
row by row; in a figure its blocks before its caption, as they are printed. Every function that needs "document order" calls one of these, so
that a note's number cannot depend on which format is being written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, assert_never

from msgspec.structs import replace

from publish.model import nodes as n

InlineChange = Callable[[n.Inline], "n.Inline | tuple[n.Inline, ...]"]
BlockChange = Callable[[n.Block], "n.Block | tuple[n.Block, ...]"]
T = TypeVar("T")
Enter = Callable[["n.Inline | n.Block"], bool]
AnyNode = n.Inline | n.Block | n.ListItem | n.Definition | n.Row | n.Cell


def inlines_in(inlines: Iterable[n.Inline]) -> Iterator[n.Inline]:
    """Every inline among these and within them, in document order, parents first."""
    for inline in inlines:
        yield inline
        yield from inlines_in(child_inlines(inline))


def child_inlines(inline: n.Inline) -> tuple[n.Inline, ...]:
    """The inlines directly within this one."""
    match inline:
        case (
            n.Emphasis()
            | n.Strong()
            | n.SmallCaps()
            | n.Superscript()
            | n.Subscript()
            | n.Underline()
            | n.Strikethrough()
            | n.InlineQuote()
            | n.TextSpan()
            | n.Link()
            | n.CrossReference()
            | n.Citation()
        ):
            return inline.inlines
        case (
            n.Text()
            | n.InlineCode()
            | n.Math()
            | n.Image()
            | n.LineBreak()
            | n.NoteRef()
            | n.NoteCrossReference()
            | n.PageMark()
            | n.RawInline()
        ):
            return ()
        case _:
            assert_never(inline)


def nodes_in(blocks: Iterable[n.Block]) -> Iterator[AnyNode]:
    """Every block and inline among these and within them, in document order, parents first."""
    for block in blocks:
        yield block
        match block:
            case n.Paragraph():
                yield from inlines_in(block.inlines)
            case n.Section():
                yield from inlines_in(block.title)
                yield from nodes_in(block.blocks)
            case n.List():
                for item in block.items:
                    yield item
                    yield from nodes_in(item.blocks)
            case n.DefinitionList():
                for entry in block.items:
                    yield entry
                    yield from inlines_in(entry.term)
                    for definition in entry.definitions:
                        yield from nodes_in(definition)
            case n.Quote():
                yield from nodes_in(block.blocks)
            case n.Table():
                yield from inlines_in(block.caption)
                for row in (*block.head, *block.body, *block.foot):
                    yield row
                    for cell in row.cells:
                        yield cell
                        yield from nodes_in(cell.blocks)
            case n.Figure():
                yield from nodes_in(block.blocks)
                yield from inlines_in(block.caption)
            case n.CodeBlock() | n.Rule() | n.PageBreak() | n.RawBlock():
                pass
            case _:
                assert_never(block)


def document_nodes(document: n.Document) -> Iterator[AnyNode]:
    """Every node of title, front matter and body in document order; the texts of notes are not among them."""
    yield from inlines_in(document.title)
    yield from nodes_in(document.front)
    yield from nodes_in(document.blocks)


def _everywhere(node: n.Inline | n.Block) -> bool:
    del node
    return True


def keep(node: T) -> T:
    """The change that changes nothing."""
    return node


def change_inlines(
    inlines: tuple[n.Inline, ...], change: InlineChange, enter: Enter = _everywhere
) -> tuple[n.Inline, ...]:
    """The same inlines after `change` was called on each, children first. Unchanged parts are shared, not copied.

    Where `enter` says no, a node and all within it stay as they are.
    """
    out: list[n.Inline] = []
    same = True
    for inline in inlines:
        if not enter(inline):
            out.append(inline)
            continue
        children = child_inlines(inline)
        changed: n.Inline = inline
        if children:
            new = change_inlines(children, change, enter)
            if new is not children:
                changed = replace(inline, inlines=new)
        result = change(changed)
        if isinstance(result, tuple):
            out.extend(result)
            same = False
        else:
            out.append(result)
            same = same and result is inline
    return inlines if same else tuple(out)


def change_blocks(
    blocks: tuple[n.Block, ...], inline: InlineChange, block: BlockChange = keep, enter: Enter = _everywhere
) -> tuple[n.Block, ...]:
    """The same blocks after `inline` and `block` were called on each node, children first, as `change_inlines` does."""
    change = _Change(inline, block, enter)
    return change.blocks(blocks)


def change_document(
    document: n.Document, inline: InlineChange, block: BlockChange = keep, enter: Enter = _everywhere
) -> n.Document:
    """The same document after `inline` and `block` were called on each node: title, front, body, notes by id."""
    change = _Change(inline, block, enter)
    return replace(
        document,
        title=change.inlines(document.title),
        front=change.blocks(document.front),
        blocks=change.blocks(document.blocks),
        notes={k: replace(v, blocks=change.blocks(v.blocks)) for k, v in document.notes.items()},
    )


class _Change:
    """What is to be done to inlines and blocks, and where."""

    def __init__(self, inline: InlineChange, block: BlockChange, enter: Enter) -> None:
        self.inline = inline
        self.block = block
        self.enter = enter

    def inlines(self, inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
        return change_inlines(inlines, self.inline, self.enter)

    def blocks(self, blocks: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
        out: list[n.Block] = []
        for old in blocks:
            result = self.block(self.within(old)) if self.enter(old) else old
            if isinstance(result, tuple):
                out.extend(result)
            else:
                out.append(result)
        return tuple(out)

    def within(self, old: n.Block) -> n.Block:
        match old:
            case n.Paragraph():
                return replace(old, inlines=self.inlines(old.inlines))
            case n.Section():
                return replace(old, title=self.inlines(old.title), blocks=self.blocks(old.blocks))
            case n.List():
                items = tuple(replace(item, blocks=self.blocks(item.blocks)) for item in old.items)
                return replace(old, items=items)
            case n.DefinitionList():
                return replace(old, items=tuple(self.definition(entry) for entry in old.items))
            case n.Quote():
                return replace(old, blocks=self.blocks(old.blocks))
            case n.Table():
                return replace(
                    old,
                    caption=self.inlines(old.caption),
                    head=self.rows(old.head),
                    body=self.rows(old.body),
                    foot=self.rows(old.foot),
                )
            case n.Figure():
                return replace(old, blocks=self.blocks(old.blocks), caption=self.inlines(old.caption))
            case n.CodeBlock() | n.Rule() | n.PageBreak() | n.RawBlock():
                return old
            case _:
                assert_never(old)

    def definition(self, entry: n.Definition) -> n.Definition:
        term = self.inlines(entry.term)
        return replace(entry, term=term, definitions=tuple(self.blocks(d) for d in entry.definitions))

    def rows(self, rows: tuple[n.Row, ...]) -> tuple[n.Row, ...]:
        return tuple(
            replace(row, cells=tuple(replace(cell, blocks=self.blocks(cell.blocks)) for cell in row.cells))
            for row in rows
        )
