"""Tables: rows and cells with repetitions and spans, header rows and nested tables (ODF 1.3, part 3, 9.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct, field

from publish.model import nodes as n
from publish.readers.odt.names import FO, TABLE, TEXT, count, millimetres
from publish.readers.odt.scope import Scope
from publish.readers.odt.styles import TABLE_HEADINGS
from publish.readers.office.layout import is_layout

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Align = Literal["", "left", "center", "right"]
ALIGN: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}

GROUPS = frozenset({TABLE + "table-rows", TABLE + "table-row-group", TABLE + "table-header-rows"})
SIDES = ("border", "border-top", "border-bottom", "border-left", "border-right")
MOST = 1000
"""Maximum number of repeated cells that are read."""


class _Grid(Struct):
    """Rows of a table, and what is known of its columns."""

    head: list[n.Row] = field(default_factory=list)
    body: list[n.Row] = field(default_factory=list)
    width: int = 0
    votes: dict[int, Counter[str]] = field(default_factory=dict)
    """Number of cells with each alignment, by column."""

    @property
    def rows(self) -> list[n.Row]:
        return [*self.head, *self.body]

    @property
    def columns(self) -> tuple[n.Column, ...]:
        """The columns, each aligned like most of its cells."""
        found = ((self.votes[k].most_common(1)[0][0] if k in self.votes else "") for k in range(self.width))
        return tuple(n.Column(cast("Align", align)) for align in found)


class TableReader:
    """Reader of tables; `blocks` reads the content of a cell."""

    def __init__(self, scope: Scope, blocks: Callable[[Element], tuple[n.Block, ...]]) -> None:
        self.scope = scope
        self.blocks = blocks

    def read(self, table: Element) -> list[n.Block]:
        """Return a table, or the contents of a table that is only page layout; nothing for a table without content."""
        grid = self._grid(table)
        if not any(cell.blocks for row in grid.rows for cell in row.cells):
            return []
        if not grid.head and not self._has_rules(table) and is_layout([_cells(row) for row in grid.body]):
            message = (
                "Table without borders is read as page layout; its cells are published one after another"
            )
            self.scope.count("PUB-R042", message)
            self.scope.leave_out("PUB-R042", "", kind="table")
            return [block for row in grid.body for cell in _cells(row) for block in cell]
        head, body = (grid.head, grid.body) if grid.body else ([], grid.head)
        span = next((b.span for row in grid.rows for c in row.cells for b in c.blocks if b.span), None)
        return [n.Table(grid.columns, tuple(head), tuple(body), span=span)]

    def _grid(self, table: Element) -> _Grid:
        grid = _Grid()
        for row, header in self._rows(table, header=False):
            made, heading = self._row(row, grid)
            # LibreOffice shows a repeated row once.
            (grid.head if header or (heading and not grid.body) else grid.body).append(made)
        return grid

    def _has_rules(self, table: Element) -> bool:
        """Return whether a cell has a border."""
        for cell in table.iter(TABLE + "table-cell"):
            style = cell.get(TABLE + "style-name", "")
            for side in SIDES:
                if _is_drawn(self.scope.styles.property("table-cell", style, "table-cell", FO + side)):
                    return True
        return False

    def _rows(self, parent: Element, *, header: bool) -> Iterator[tuple[Element, bool]]:
        for child in parent:
            if child.tag in GROUPS:
                yield from self._rows(child, header=header or child.tag == TABLE + "table-header-rows")
            elif child.tag == TABLE + "table-row":
                yield child, header

    def _row(self, row: Element, grid: _Grid) -> tuple[n.Row, bool]:
        """Return a row, and whether all its cells are headings by the style of their paragraphs."""
        cells: list[n.Cell] = []
        headings: list[bool] = []
        column = 0
        for element in row:
            if element.tag not in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
                continue
            repeated = min(count(element, TABLE + "number-columns-repeated"), MOST)
            if element.tag == TABLE + "covered-table-cell":
                column += repeated
                continue
            across, down = (count(element, TABLE + f"number-{x}-spanned") for x in ("columns", "rows"))
            for _ in range(repeated):
                blocks = self.blocks(element)
                heading = self._is_heading(element)
                cells.append(n.Cell(blocks, across, down))
                headings.append(heading or not blocks)
                if across == 1 and blocks and not heading:
                    grid.votes.setdefault(column, Counter())[self._align(element)] += 1
                column += 1
        grid.width = max(grid.width, column, sum(cell.columns for cell in cells))
        return n.Row(tuple(cells)), bool(cells) and all(headings) and any(c.blocks for c in cells)

    def _is_heading(self, cell: Element) -> bool:
        paragraphs = cell.findall(TEXT + "p")
        return bool(paragraphs) and all(
            self.scope.styles.facts(p.get(TEXT + "style-name", "")).has(TABLE_HEADINGS) for p in paragraphs
        )

    def _align(self, cell: Element) -> str:
        found = {
            self.scope.styles.facts(p.get(TEXT + "style-name", "")).align for p in cell.findall(TEXT + "p")
        }
        return ALIGN.get(found.pop(), "") if len(found) == 1 else ""


def _is_drawn(border: str | None) -> bool:
    """Return whether a border (XSL 1.0, 7.29.3: width, line style and colour in any order) is visible."""
    parts = (border or "").split()
    widths = [part for part in parts if part[0].isdigit()]
    return bool(parts) and not {"none", "hidden"} & {*parts} and all(map(millimetres, widths))


def _cells(row: n.Row) -> list[tuple[n.Block, ...]]:
    return [cell.blocks for cell in row.cells]
