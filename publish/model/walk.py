"""Document order, defined only in this module.

The order is: title, front matter, body; in a section the heading before the blocks; in a table the caption, head, body
and foot, row by row; in a figure the blocks before the caption, as printed. All code that needs document order calls
functions of this module, so that the number of a note does not depend on the output format.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, assert_never, cast, get_args

from msgspec.structs import replace

from publish.model import nodes as n

InlineChange = Callable[[n.Inline], "n.Inline | tuple[n.Inline, ...]"]
BlockChange = Callable[[n.Block], "n.Block | tuple[n.Block, ...]"]
T = TypeVar("T")
Enter = Callable[["n.Inline | n.Block"], bool]
AnyNode = n.Inline | n.Block | n.ListItem | n.Definition | n.Row | n.Cell


CONTAINERS = frozenset(kind for kind in get_args(n.Inline) if "inlines" in kind.__struct_fields__)
"""Inlines that can contain other inlines. A look-up in this set is the most frequent operation of every walk."""


def child_inlines(inline: n.Inline) -> tuple[n.Inline, ...]:
    """Return the direct child inlines of an inline."""
    children: tuple[n.Inline, ...] = inline.inlines if type(inline) in CONTAINERS else ()  # type: ignore[union-attr]
    return children


def _in_table(table: n.Table) -> tuple[AnyNode, ...]:
    return (*table.caption, *table.head, *table.body, *table.foot)


def _in_definition(entry: n.Definition) -> tuple[AnyNode, ...]:
    return (*entry.term, *(block for definition in entry.definitions for block in definition))


Children = Callable[[Any], tuple[AnyNode, ...]]
"""Function that returns the direct children of a node in document order."""

CHILDREN: dict[type, Children] = {
    n.Paragraph: operator.attrgetter("inlines"),
    n.Section: lambda section: (*section.title, *section.blocks),
    n.List: operator.attrgetter("items"),
    n.ListItem: operator.attrgetter("blocks"),
    n.DefinitionList: operator.attrgetter("items"),
    n.Definition: _in_definition,
    n.Quote: operator.attrgetter("blocks"),
    n.Table: _in_table,
    n.Row: operator.attrgetter("cells"),
    n.Cell: operator.attrgetter("blocks"),
    n.Figure: lambda figure: (*figure.blocks, *figure.caption),
    **dict.fromkeys(CONTAINERS, operator.attrgetter("inlines")),
}
"""Function for each type of node that has children; all other nodes have none."""


def nodes_in(nodes: Iterable[AnyNode]) -> Iterator[AnyNode]:
    """Yield every node and all blocks, inlines and other nodes in it, in document order, parents first."""
    left = [*nodes][::-1]
    while left:
        node = left.pop()
        yield node
        children = CHILDREN.get(type(node))
        if children is not None:
            left += children(node)[::-1]


def inlines_in(inlines: Iterable[n.Inline]) -> Iterator[n.Inline]:
    """Yield every inline and its descendants in document order, parents first."""
    return cast("Iterator[n.Inline]", nodes_in(inlines))


def document_nodes(document: n.Document) -> Iterator[AnyNode]:
    """Return every node of title, front matter and body in document order, without the content of notes."""
    return nodes_in((*document.title, *document.front, *document.blocks))


def _everywhere(node: n.Inline | n.Block) -> bool:
    del node
    return True


def keep(node: T) -> T:
    """Return the node unchanged."""
    return node


def change_inlines(
    inlines: tuple[n.Inline, ...], change: InlineChange, enter: Enter = _everywhere
) -> tuple[n.Inline, ...]:
    """Apply `change` to each inline, children first, and return the result.

    Unchanged parts are shared, not copied. If `enter` returns False for a node, the node and its descendants do not
    change.
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
    """Apply `inline` and `block` to each node, children first, as `change_inlines` does, and return the blocks."""
    change = _Change(inline, block, enter)
    return change.blocks(blocks)


def change_document(
    document: n.Document, inline: InlineChange, block: BlockChange = keep, enter: Enter = _everywhere
) -> n.Document:
    """Apply `inline` and `block` to each node of title, front matter, body and notes (by id); return the document."""
    change = _Change(inline, block, enter)
    return replace(
        document,
        title=change.inlines(document.title),
        front=change.blocks(document.front),
        blocks=change.blocks(document.blocks),
        notes={k: change.within_blocks(v) for k, v in document.notes.items()},
    )


class _Change:
    """Changes of inlines and blocks, and the condition for entering a node."""

    def __init__(self, inline: InlineChange, block: BlockChange, enter: Enter) -> None:
        self.inline = inline
        self.block = block
        self.enter = enter

    def inlines(self, inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
        if self.inline is keep:
            return inlines
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
                caption = self.inlines(old.caption)
                head, body, foot = (each(rows, self.row) for rows in (old.head, old.body, old.foot))
                same = caption is old.caption and head is old.head and body is old.body and foot is old.foot
                return old if same else replace(old, caption=caption, head=head, body=body, foot=foot)
            case n.Figure():
                blocks, caption = self.blocks(old.blocks), self.inlines(old.caption)
                same = blocks is old.blocks and caption is old.caption
                return old if same else replace(old, blocks=blocks, caption=caption)
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
    """Apply `change` to each item; return the same tuple object if no item changes."""
    out = tuple(map(change, items))
    return items if all(map(operator.is_, out, items)) else out
