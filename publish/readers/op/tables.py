"""Read CALS tables (OASIS TM 9502) in the XML of KOOP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, cast

from publish.model import nodes as n
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Align = Literal["", "left", "center", "right"]
ALIGN = frozenset({"left", "center", "right"})

ReadBlocks = Callable[["Element"], tuple[n.Block, ...]]
ReadInlines = Callable[["Element"], tuple[n.Inline, ...]]


def tables(element: Element, blocks: ReadBlocks, inlines: ReadInlines) -> Iterator[n.Table]:
    """Yield a table for each `tgroup`; the title becomes the caption of the first table."""
    title = next((child for child in element if local(child) == "title"), None)
    caption = inlines(title) if title is not None else ()
    for group in (child for child in element if local(child) == "tgroup"):
        yield _table(group, caption, blocks)
        caption = ()


def _table(group: Element, caption: tuple[n.Inline, ...], blocks: ReadBlocks) -> n.Table:
    names: dict[str, int] = {}
    columns: list[n.Column] = []
    spans: dict[str, tuple[str, str]] = {}
    for child in group:
        if local(child) == "colspec":
            names[child.get("colname", f"col{len(columns) + 1}")] = len(columns)
            align = child.get("align", "")
            columns.append(n.Column(cast("Align", align if align in ALIGN - {"left"} else "")))
        elif local(child) == "spanspec":
            spans[child.get("spanname", "")] = (child.get("namest", ""), child.get("nameend", ""))
    count = max(_number(group.get("cols")), len(columns))
    columns += [n.Column()] * (count - len(columns))
    parts = {
        name: tuple(
            _row(row, names, spans, blocks)
            for part in group
            if local(part) == name
            for row in part
            if local(row) == "row"
        )
        for name in ("thead", "tbody", "tfoot")
    }
    return n.Table(tuple(columns), parts["thead"], parts["tbody"], parts["tfoot"], caption)


def _row(row: Element, names: dict[str, int], spans: dict[str, tuple[str, str]], blocks: ReadBlocks) -> n.Row:
    return n.Row(tuple(_cell(entry, names, spans, blocks) for entry in row if local(entry) == "entry"))


def _cell(
    entry: Element, names: dict[str, int], spans: dict[str, tuple[str, str]], blocks: ReadBlocks
) -> n.Cell:
    first, last = spans.get(entry.get("spanname", ""), (entry.get("namest", ""), entry.get("nameend", "")))
    columns = names.get(last, 0) - names.get(first, 0) + 1 if first and last else 1
    return n.Cell(blocks(entry), max(columns, 1), _number(entry.get("morerows")) + 1)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0
