"""The order of a document, decided here and nowhere else.

Title, front matter, body; in a section its heading before its blocks; in a table its caption, head, body and foot,
row by row; in a figure its blocks before its caption, as they are printed. Every function that needs "document order" calls one of these, so
that a note's number cannot depend on which format is being written.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, assert_never, get_args

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
        if type(inline) in CONTAINERS:
            yield from inlines_in(child_inlines(inline))


CONTAINERS = frozenset(kind for kind in get_args(n.Inline) if "inlines" in kind.__struct_fields__)
"""The inlines that can have others within them. A look-up here is what every walk does most often."""


def child_inlines(inline: n.Inline) -> tuple[n.Inline, ...]:
    """The inlines directly within this one."""
    children: tuple[n.Inline, ...] = inline.inlines if type(inline) in CONTAINERS else ()  # type: ignore[union-attr]
    return children


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
        if enter is not _everywhere and not enter(inline):
            out.append(inline)
            continue
        changed = inline
        if type(inline) in CONTAINERS:
            children = child_inlines(inline)
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
        notes={k: change.within_blocks(v) for k, v in document.notes.items()},
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
        same = True
        for old in blocks:
            result = self.block(self.within(old)) if self.enter(old) else old
            if isinstance(result, tuple):
                out.extend(result)
                same = False
            else:
                out.append(result)
                same = same and result is old
        return blocks if same else tuple(out)

    def within(self, old: n.Block) -> n.Block:
        match old:
            case n.Paragraph():
                inlines = self.inlines(old.inlines)
                return old if inlines is old.inlines else replace(old, inlines=inlines)
            case n.Section():
                title, blocks = self.inlines(old.title), self.blocks(old.blocks)
                same = title is old.title and blocks is old.blocks
                return old if same else replace(old, title=title, blocks=blocks)
            case n.List():
                items = each(old.items, self.within_blocks)
                return old if items is old.items else replace(old, items=items)
            case n.DefinitionList():
                entries = each(old.items, self.definition)
                return old if entries is old.items else replace(old, items=entries)
            case n.Quote():
                blocks = self.blocks(old.blocks)
                return old if blocks is old.blocks else replace(old, blocks=blocks)
            case n.Table():
                return replace(
                    old,
                    caption=self.inlines(old.caption),
                    head=each(old.head, self.row),
                    body=each(old.body, self.row),
                    foot=each(old.foot, self.row),
                )
            case n.Figure():
                return replace(old, blocks=self.blocks(old.blocks), caption=self.inlines(old.caption))
            case n.CodeBlock() | n.Rule() | n.PageBreak() | n.RawBlock():
                return old
            case _:
                assert_never(old)

    def within_blocks(self, old: _WithBlocks) -> _WithBlocks:
        blocks = self.blocks(old.blocks)
        return old if blocks is old.blocks else replace(old, blocks=blocks)

    def definition(self, entry: n.Definition) -> n.Definition:
        term = self.inlines(entry.term)
        return replace(entry, term=term, definitions=tuple(self.blocks(d) for d in entry.definitions))

    def row(self, row: n.Row) -> n.Row:
        cells = each(row.cells, self.within_blocks)
        return row if cells is row.cells else replace(row, cells=cells)


_WithBlocks = TypeVar("_WithBlocks", n.ListItem, n.Cell, n.Note)


def each(items: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    """These items after `change` was called on each: the very same tuple where none has changed."""
    out = tuple(map(change, items))
    return items if all(map(operator.is_, out, items)) else out
