"""The grid of a table: which column each cell stands in, where cells cover more than one row or column."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.model.nodes import Cell, Row


class Slot(Struct, frozen=True):
    """A cell, or a hole, at its place in one row of the grid."""

    column: int
    """The first column that it covers, from 0."""
    columns: int
    cell: Cell | None
    """None where a row has fewer cells than the table has columns."""
    begins: bool
    """Whether the cell begins in this row; else it comes down from a row above."""


def slots(rows: Sequence[Row]) -> list[list[Slot]]:
    """The slots of each row; together they cover every column of the table, each once (HTML, 4.9.12.1).

    A cell that would lie over one from a row above is as wide as there is room.
    """
    lines: list[list[Slot]] = []
    above: list[tuple[int, Slot]] = []
    for row in rows:
        line = [Slot(slot.column, slot.columns, slot.cell, begins=False) for _, slot in above]
        left = [count for count, _ in above]
        taken = _covered(line)
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            free = range(column, column + cell.columns)
            columns = next((k - column for k in free if k in taken), cell.columns)
            line.append(Slot(column, columns, cell, begins=True))
            left.append(cell.rows)
            column += columns
        pairs = sorted(zip(left, line, strict=True), key=lambda pair: pair[1].column)
        above = [(count - 1, slot) for count, slot in pairs if count > 1]
        lines.append([slot for _, slot in pairs])
    count = width(lines)
    return [_filled(line, count) for line in lines]


def width(lines: Sequence[Sequence[Slot]]) -> int:
    """How many columns a grid has."""
    return max((slot.column + slot.columns for line in lines for slot in line), default=0)


def _covered(line: Sequence[Slot]) -> set[int]:
    return {column for slot in line for column in range(slot.column, slot.column + slot.columns)}


def _filled(line: list[Slot], count: int) -> list[Slot]:
    taken = _covered(line)
    holes = [Slot(column, 1, None, begins=True) for column in range(count) if column not in taken]
    return sorted([*line, *holes], key=lambda slot: slot.column)
