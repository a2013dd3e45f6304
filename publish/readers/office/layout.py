"""Tables that are only page layout: letters of ministries use them to position address, date and reference."""

from __future__ import annotations

from collections.abc import Sequence

from publish.model import nodes as n

Cells = Sequence[tuple[n.Block, ...]]


def is_layout(rows: Sequence[Cells], *, floats: bool = False) -> bool:
    """Return whether adjacent cells of a table without borders and header rows are not related.

    Args:
        rows: The blocks of each cell, row by row.
        floats: Whether the table is positioned on the page.
    """
    nested = any(isinstance(block, n.Table) for row in rows for cell in row for block in cell)
    filled = [count for row in rows if (count := sum(1 for cell in row if cell))]
    alone = sum(1 for count in filled if count == 1)
    uneven = len({len(row) for row in rows}) > 1 and any(len(row) == 1 for row in rows)
    return floats or nested or uneven or 2 * alone >= len(filled)
