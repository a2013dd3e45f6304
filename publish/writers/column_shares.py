"""Widths of the columns of a table, for programs that do not compute them from the content."""

from __future__ import annotations

from collections.abc import Sequence

from publish.model import nodes as n
from publish.model.grid import Slot, width
from publish.model.text import plain_text

LINE = 36
"""Number of characters in a cell above which a longer text does not widen its column."""


def column_shares(table: n.Table, lines: Sequence[Sequence[Slot]]) -> list[float]:
    """Return the share of each column: as specified, or else from the longest word and the length of its content.

    Args:
        table: The table.
        lines: Its grid.

    Returns:
        Numbers with the sum 1; empty for a table without columns.
    """
    count = max(width(lines), len(table.columns))
    shares = [c.width for c in table.columns] + [0.0] * (count - len(table.columns))
    wishes = [1] * count
    for slot in (slot for line in lines for slot in line):
        if slot.cell is None or slot.columns > 1:
            continue
        text = " ".join(plain_text(b.inlines) for b in slot.cell.blocks if isinstance(b, n.Paragraph))
        longest = max(map(len, text.split()), default=0) + 2
        wishes[slot.column] = max(wishes[slot.column], longest, min(len(text), LINE))
    unset = [k for k, share in enumerate(shares) if not share]
    left = max(1 - sum(shares), 0.1)
    wished = sum(wishes[k] for k in unset)
    for k in unset:
        shares[k] = left * wishes[k] / wished
    total = sum(shares)
    return [share / total for share in shares]
