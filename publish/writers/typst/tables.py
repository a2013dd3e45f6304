"""Tables in Typst's language."""

from __future__ import annotations

from publish.model import nodes as n
from publish.model.grid import Slot, slots, width
from publish.model.walk import nodes_in
from publish.writers.typst import prelude
from publish.writers.typst.flow import Flow
from publish.writers.typst.literal import pt

MANY, VERY_MANY = 6, 10
"""Numbers of columns above which all columns have the same width and the type is smaller."""


def table(builder: Flow, block: n.Table, level: int) -> str:
    """Return a table with its caption above it; head and foot are tagged for screen readers."""
    caption = builder.inlines(block.caption)  # before the cells, because its characters are counted first
    groups = [(rows, slots(rows)) for rows in (block.head, block.body, block.foot)]
    count = max([width(lines) for _, lines in groups] + [len(block.columns)]) or 1
    outer, builder.columns = builder.columns, builder.columns * count
    head, body, foot = (
        _rows(builder, rows, lines, level, header=k == 0) for k, (rows, lines) in enumerate(groups)
    )
    builder.columns = outer
    # A head without a body or foot is the body of the table.
    repeat = "" if _can_repeat(builder, block) else "repeat: false, "
    cells = [f"table.header({repeat}{', '.join(head)})"] if head and (body or foot) else head
    cells += body
    cells += [f"table.footer(repeat: false, {', '.join(foot)})"] if foot else []
    shares = ", ".join(_width(block, k, count) for k in range(count))
    size = f"#set text(size: {pt(_size(builder, count))})\n" if count > MANY else ""
    fill = builder.style.tables.head
    head_fill = f"fill: (x, y) => if y < {len(block.head)} {{ {prelude.colour(fill)} }}, " if fill else ""
    shown = f"#block(above: 6pt, below: 6pt)[{size}#table(columns: ({shares},), {_align(block, count)}{head_fill}{', '.join(cells)})]"
    if block.caption:
        shown = f"#block(sticky: true, below: 2pt)[#emph[{caption}]]\n{shown}"
    return shown


def _align(block: n.Table, count: int) -> str:
    """Return the alignment of all columns, which takes less time than that of each cell; empty if all are on the left."""
    given = [column.align for column in block.columns[:count]]
    sides = [side if side in {"center", "right"} else "left" for side in given]
    sides += ["left"] * (count - len(sides))
    return f"align: ({', '.join(f'{side} + top' for side in sides)},), " if set(sides) != {"left"} else ""


def _size(builder: Flow, count: int) -> float:
    size = builder.style.tables.size or builder.style.body.size
    return size * (0.65 if count > VERY_MANY else 0.8)


def _width(block: n.Table, column: int, count: int) -> str:
    given = block.columns[column].width if column < len(block.columns) else 0.0
    if given:
        return f"{given * 100:g}%"
    return "1fr" if count > MANY else "auto"


def _can_repeat(builder: Flow, block: n.Table) -> bool:
    """Return whether the head can be repeated on the next page; the label of a repeated call must occur once in Typst."""
    cells = (cell for row in block.head for cell in row.cells)
    calls = (
        builder.numbered.call(node)
        for cell in cells
        for node in nodes_in(cell.blocks)
        if isinstance(node, n.NoteRef)
    )
    return all(call.occurrence == 1 and builder.numbered.notes[call.note].kind == "foot" for call in calls)


def _rows(
    builder: Flow,
    rows: tuple[n.Row, ...],
    lines: list[list[Slot]],
    level: int,
    *,
    header: bool,
) -> list[str]:
    return [
        _cell(builder, slot, level, last=len(rows) - index, header=header)
        for index, line in enumerate(lines)
        for slot in line
        if slot.begins
    ]


def _cell(builder: Flow, slot: Slot, level: int, *, last: int, header: bool) -> str:
    cell = slot.cell
    if cell is None:
        return "[]"
    settings = [f"colspan: {slot.columns}"] if slot.columns > 1 else []
    settings += [f"rowspan: {min(cell.rows, last)}"] if min(cell.rows, last) > 1 else []
    inside = builder.anchored(cell.id) + builder.flowing(cell.blocks, level)
    if header or cell.header:
        inside = f"#strong[{inside}]" if inside else ""
    # Typst does not yet tag row headers; they are bold, as in the other formats.
    return f"table.cell({', '.join(settings)})[{inside}]" if settings else f"[{inside}]"
