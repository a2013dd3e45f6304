"""Tables: cells on Word's grid, header rows, and tables that are only page layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct, field

from publish.model import nodes as n
from publish.readers.docx.hidden import TableStyle, is_hidden_row
from publish.readers.docx.names import W, child_value, is_on, number, value
from publish.readers.docx.scope import Scope
from publish.readers.office.layout import is_layout
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEADING_STYLE = "table heading"

Align = Literal["", "left", "center", "right"]
ALIGN: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}


class _Cell(Struct):
    """A cell as stored in the file."""

    column: int
    columns: int
    blocks: tuple[n.Block, ...]
    goes_on: bool
    """Whether the cell belongs to the cell above it."""
    header: bool
    align: str
    rows: int = 1


class _Line(Struct):
    header: bool
    cells: list[_Cell] = field(default_factory=list)


class TableReader:
    """Reader of tables; `blocks` reads the content of a cell, which the style of the table can hide."""

    def __init__(self, scope: Scope, blocks: Callable[[Element, bool], tuple[n.Block, ...]]) -> None:
        self.scope = scope
        self.blocks = blocks

    def read(self, table: Element) -> list[n.Block]:
        """Return a table, or the contents of a table that is only page layout, cell by cell."""
        style = TableStyle(self.scope.styles, table)
        found = list(self._rows(table))
        lines = [self._line(row, index, len(found) - 1, style) for index, row in enumerate(found)]
        lines = [line for line in lines if line.cells]
        if not any(cell.blocks for line in lines for cell in line.cells):
            return []
        if self._lays_out(table, lines):
            self.scope.count(
                "PUB-R042",
                "Table without borders is read as page layout; its cells are published one after another",
            )
            self.scope.leave_out("PUB-R042", "", kind="table")
            return [block for line in lines for cell in line.cells for block in cell.blocks]
        _merge(lines)
        span = next((b.span for line in lines for c in line.cells for b in c.blocks if b.span), None)
        count = next((k for k, line in enumerate(lines) if not line.header), len(lines))
        rows = [
            n.Row(
                tuple(
                    n.Cell(c.blocks, c.columns, c.rows, header=c.header and k >= count)
                    for c in line.cells
                    if not c.goes_on
                )
            )
            for k, line in enumerate(lines)
        ]
        return [
            n.Table(self._columns(lines), tuple(rows[:count]), tuple(rows[count:]), span=span),
        ]

    def _rows(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = local(child)
            if name == "tr" and is_hidden_row(child):
                self.scope.count("PUB-R036", "Hidden text is left out")
            elif name == "tr":
                yield child
            elif name in {"sdt", "sdtContent", "customXml"}:
                yield from self._rows(child)

    def _line(self, row: Element, index: int, last: int, style: TableStyle) -> _Line:
        properties = row.find(W + "trPr")
        line = _Line(is_on(properties.find(W + "tblHeader")) if properties is not None else False)
        column = number(child_value(properties, "gridBefore"))
        if column:
            line.cells.append(_Cell(0, column, (), goes_on=False, header=False, align=""))
        cells = list(self._cells(row))
        for position, element in enumerate(cells):
            columns = max(number(child_value(element, "tcPr/gridSpan"), 1), 1)
            merge = element.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and value(merge) in {"", "continue"}
            line.cells.append(
                _Cell(
                    column,
                    columns,
                    self.blocks(element, style.hides(index, position, last, len(cells) - 1)),
                    goes_on,
                    self._is_header(element),
                    self._align(element),
                )
            )
            column += columns
        return line

    def _cells(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = local(child)
            if name == "tc":
                yield child
            elif name in {"sdt", "sdtContent", "customXml"}:
                yield from self._cells(child)

    def _is_header(self, cell: Element) -> bool:
        paragraphs = cell.findall(W + "p")
        names = [self.scope.styles.name(child_value(p, "pPr/pStyle")) for p in paragraphs]
        return bool(names) and all(name == HEADING_STYLE for name in names)

    def _align(self, cell: Element) -> str:
        found = {child_value(p, "pPr/jc") for p in cell.findall(W + "p")}
        return ALIGN.get(found.pop(), "") if len(found) == 1 else ""

    def _columns(self, lines: list[_Line]) -> tuple[n.Column, ...]:
        """Return the columns, each aligned like most of its filled cells outside the header rows."""
        count = max(cell.column + cell.columns for line in lines for cell in line.cells)
        votes: list[Counter[str]] = [Counter() for _ in range(count)]
        body = [line for line in lines if not line.header] or lines
        for line in body:
            for cell in line.cells:
                if cell.columns == 1 and cell.blocks:
                    votes[cell.column][cell.align] += 1
        return tuple(n.Column(cast("Align", v.most_common(1)[0][0] if v else "")) for v in votes)

    def _lays_out(self, table: Element, lines: list[_Line]) -> bool:
        """Return whether a table is only page layout."""
        if any(line.header for line in lines) or self._has_rules(table):
            return False
        floats = table.find(f"{W}tblPr/{W}tblpPr") is not None
        return is_layout([[cell.blocks for cell in line.cells] for line in lines], floats=floats)

    def _has_rules(self, table: Element) -> bool:
        style = child_value(table, "tblPr/tblStyle")
        holders = [table.find(W + "tblPr"), *(s.find(W + "tblPr") for s in self.scope.styles.chain(style))]
        borders = [b for h in holders if h is not None and (b := h.find(W + "tblBorders")) is not None][:1]
        borders += list(table.iter(W + "tcBorders"))
        return any(value(side) not in {"", "none", "nil"} for border in borders for side in border)


def _merge(lines: list[_Line]) -> None:
    """Extend each cell over the rows below it in which other cells continue it."""
    above: dict[int, _Cell] = {}
    for line in lines:
        present: dict[int, _Cell] = {}
        for cell in line.cells:
            upper = above.get(cell.column)
            if cell.goes_on and upper is not None and upper.columns == cell.columns:
                upper.rows += 1
                if cell.blocks:
                    upper.blocks = (*upper.blocks, *cell.blocks)
                present[cell.column] = upper
            else:
                cell.goes_on = False
                present[cell.column] = cell
        above = present
