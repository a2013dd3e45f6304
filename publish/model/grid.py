"""Compute the grid of a table: the column of each cell, also if cells span rows or columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.model.nodes import Cell, Row


class Slot(Struct, frozen=True):
    """A cell or a gap in one row of the grid."""

    column: int
    """First column of the slot, from 0."""
    columns: int
    cell: Cell | None
    """The cell; None if the row has no cell at this column."""
    begins: bool
    """Whether the cell begins in this row; else it spans down from a row above."""


def slots(rows: Sequence[Row]) -> list[list[Slot]]:
    """Return the slots of each row, which together cover every column of the table once (HTML, 4.9.12.1).

    If a cell would overlap a cell from a row above, its width is reduced to the free columns.
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
    """Return the number of columns of a grid."""
    return max((slot.column + slot.columns for line in lines for slot in line), default=0)


def _covered(line: Sequence[Slot]) -> set[int]:
    return {column for slot in line for column in range(slot.column, slot.column + slot.columns)}


def _filled(line: list[Slot], count: int) -> list[Slot]:
    if sum(slot.columns for slot in line) == count:
        return line
    taken = _covered(line)
    holes = [Slot(column, 1, None, begins=True) for column in range(count) if column not in taken]
    return sorted([*line, *holes], key=lambda slot: slot.column)
