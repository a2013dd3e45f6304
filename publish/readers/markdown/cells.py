"""Extensions of pipe tables: cells that cover several rows or columns, and headers outside the first row.

A cell `^^` belongs to the cell above it, a cell `<<` to the cell at its left. The attribute `header-rows=2` adds the
second row to the head, `header-columns=1` makes the first cell of each row a header.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.rules_block.table import escapedSplit
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.grid import slots

MARK = "joined"
"""Attribute that marks a cell that is joined with another cell, until the table is complete."""

UP, LEFT = "^^", "<<"

Place = tuple[int, int]


def marked(content: str) -> n.Attrs:
    """Return the attributes of a cell by its source; `^^` or `<<` in code or after a backslash is text."""
    return n.Attrs(values=((MARK, content),)) if content in {UP, LEFT} else n.NO_ATTRS


def row_cells(line: str) -> list[str]:
    """Return the cells of a row of a pipe table in the source."""
    cells = escapedSplit(line.strip().lstrip("> \t"))
    cells = cells[1:] if cells and not cells[0] else cells
    return cells[:-1] if cells and not cells[-1].strip() else cells


def merged(rows: Sequence[n.Row]) -> tuple[n.Row, ...]:
    """Join the marked cells of the rows; cells that do not form a rectangle remain as text."""
    owners = _owners(rows)
    areas: dict[Place, list[Place]] = {}
    for place, owner in owners.items():
        areas.setdefault(owner, []).append(place)
    gone: set[Place] = set()
    sizes: dict[Place, Place] = {}
    for owner, places in areas.items():
        high = max(row for row, _ in places) - owner[0] + 1
        wide = max(column for _, column in places) - owner[1] + 1
        if len(places) > 1 and len(places) == high * wide:
            sizes[owner] = (high, wide)
            gone |= set(places) - {owner}
    return tuple(replace(row, cells=tuple(_cells(row, index, gone, sizes))) for index, row in enumerate(rows))


def _cells(row: n.Row, index: int, gone: set[Place], sizes: dict[Place, Place]) -> list[n.Cell]:
    out: list[n.Cell] = []
    for column, cell in enumerate(row.cells):
        if (index, column) not in gone:
            high, wide = sizes.get((index, column), (1, 1))
            attrs = n.NO_ATTRS if cell.attrs.get(MARK) else cell.attrs
            out.append(replace(cell, rows=high, columns=wide, attrs=attrs))
    return out


def _owners(rows: Sequence[n.Row]) -> dict[Place, Place]:
    """Return, for each position of the table, the position of the cell that it belongs to."""
    owners: dict[Place, Place] = {}
    for index, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            mark = cell.attrs.get(MARK)
            neighbour = (index - 1, column) if mark == UP else (index, column - 1)
            owners[index, column] = (
                owners.get(neighbour, (index, column)) if mark in {UP, LEFT} else (index, column)
            )
    return owners


def settled(table: n.Table) -> n.Table:
    """Return the table with its cells joined, and with the headers that its attributes specify."""
    moved = max(_count(table, "header-rows") - len(table.head), 0)
    head = merged((*table.head, *table.body[:moved]))
    body = merged(table.body[moved:])
    columns = _count(table, "header-columns")
    headed = tuple(
        replace(row, cells=_headed(row, {id(s.cell) for s in line if s.begins and s.column < columns}))
        for row, line in zip(body, slots(body), strict=True)
    )
    values = tuple(pair for pair in table.attrs.values if pair[0] not in HEADERS)
    attrs = n.Attrs(table.attrs.classes, values) if values != table.attrs.values else table.attrs
    return replace(table, head=head, body=headed, attrs=attrs)


HEADERS = ("header-rows", "header-columns")


def _count(table: n.Table, name: str) -> int:
    given = table.attrs.get(name)
    return int(given) if given.isascii() and given.isdecimal() else 0


def _headed(row: n.Row, headers: set[int]) -> tuple[n.Cell, ...]:
    return tuple(replace(cell, header=True) if id(cell) in headers else cell for cell in row.cells)
