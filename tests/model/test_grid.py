"""The grid of a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publish.model import nodes as n
from publish.model.grid import slots, width


def row(*sizes: tuple[int, int]) -> n.Row:
    return n.Row(tuple(n.Cell((), columns=columns, rows=rows) for columns, rows in sizes))


def test_cell_spanning_rows_moves_the_cells_below_to_the_right() -> None:
    lines = slots([row((1, 2), (2, 1)), row((1, 1), (1, 1)), row((3, 1))])
    places = [[(s.column, s.columns, s.begins) for s in line] for line in lines]
    assert places == [
        [(0, 1, True), (1, 2, True)],
        [(0, 1, False), (1, 1, True), (2, 1, True)],
        [(0, 3, True)],
    ]


def test_short_row_has_empty_slots() -> None:
    _, short = slots([row((1, 1), (1, 1)), row((1, 1))])
    assert [(s.column, s.cell is None) for s in short] == [(0, False), (1, True)]


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), max_size=5))
def test_every_row_covers_every_column_once(sizes: list[list[tuple[int, int]]]) -> None:
    rows = [row(*line) for line in sizes]
    lines = slots(rows)
    for line in lines:
        covered = [c for slot in line for c in range(slot.column, slot.column + slot.columns)]
        assert covered == list(range(width(lines)))
    assert [sum(s.begins and s.cell is not None for s in line) for line in lines] == [
        len(r.cells) for r in rows
    ]
