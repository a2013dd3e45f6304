"""The order of a document, decided here and nowhere else.

Title, front matter, body; in a section its heading before its blocks; in a table its caption, head, body and foot,
row by row; in a figure its blocks before its caption, as they are printed. Every function that needs "document order" calls one of these, so
that a note's number cannot depend on which format is being written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from publish.model import nodes as n

InlineChange = Callable[[n.Inline], "n.Inline | tuple[n.Inline, ...]"]
BlockChange = Callable[[n.Block], "n.Block | tuple[n.Block, ...]"]
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


def change_inlines(inlines: tuple[n.Inline, ...], change: InlineChange) -> tuple[n.Inline, ...]:
    """The same inlines after `change` was called on each, children first. Unchanged parts are shared, not copied."""
    out: list[n.Inline] = []
    same = True
    for inline in inlines:
        children = child_inlines(inline)
        changed: n.Inline = inline
        if children:
            new = change_inlines(children, change)
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


def _keep(block: n.Block) -> n.Block:
    return block


def change_blocks(
    blocks: tuple[n.Block, ...], inline: InlineChange, block: BlockChange = _keep
) -> tuple[n.Block, ...]:
    """The same blocks after `inline` and `block` were called on each node, children first."""
    out: list[n.Block] = []
    for old in blocks:
        result = block(_change_within(old, inline, block))
        if isinstance(result, tuple):
            out.extend(result)
        else:
            out.append(result)
    return tuple(out)


def _change_within(old: n.Block, inline: InlineChange, block: BlockChange) -> n.Block:
    match old:
        case n.Paragraph():
            return replace(old, inlines=change_inlines(old.inlines, inline))
        case n.Section():
            title = change_inlines(old.title, inline)
            return replace(old, title=title, blocks=change_blocks(old.blocks, inline, block))
        case n.List():
            items = tuple(replace(i, blocks=change_blocks(i.blocks, inline, block)) for i in old.items)
            return replace(old, items=items)
        case n.DefinitionList():
            entries = tuple(
                replace(
                    e,
                    term=change_inlines(e.term, inline),
                    definitions=tuple(change_blocks(d, inline, block) for d in e.definitions),
                )
                for e in old.items
            )
            return replace(old, items=entries)
        case n.Quote():
            return replace(old, blocks=change_blocks(old.blocks, inline, block))
        case n.Table():
            return replace(
                old,
                caption=change_inlines(old.caption, inline),
                head=_change_rows(old.head, inline, block),
                body=_change_rows(old.body, inline, block),
                foot=_change_rows(old.foot, inline, block),
            )
        case n.Figure():
            inside = change_blocks(old.blocks, inline, block)
            return replace(old, blocks=inside, caption=change_inlines(old.caption, inline))
        case n.CodeBlock() | n.Rule() | n.PageBreak() | n.RawBlock():
            return old
        case _:
            assert_never(old)


def _change_rows(rows: tuple[n.Row, ...], inline: InlineChange, block: BlockChange) -> tuple[n.Row, ...]:
    return tuple(
        replace(
            row, cells=tuple(replace(c, blocks=change_blocks(c.blocks, inline, block)) for c in row.cells)
        )
        for row in rows
    )


def change_document(document: n.Document, inline: InlineChange, block: BlockChange = _keep) -> n.Document:
    """The same document after `inline` and `block` were called on each node: title, front, body, notes by id."""
    return replace(
        document,
        title=change_inlines(document.title, inline),
        front=change_blocks(document.front, inline, block),
        blocks=change_blocks(document.blocks, inline, block),
        notes={
            k: replace(v, blocks=change_blocks(v.blocks, inline, block)) for k, v in document.notes.items()
        },
    )
