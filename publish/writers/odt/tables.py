"""Tables, with cells that cover several columns and rows (ODF 1.3, part 3, 9.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from publish.model import nodes as n
from publish.model.grid import Slot, slots, width
from publish.style.odt import points
from publish.style.tokens import Style
from publish.writers.column_shares import column_shares
from publish.writers.odt.automatic import AutomaticStyles
from publish.writers.odt.place import Place

ALIGN = {"left": "start", "center": "center", "right": "end"}


class Cells(Protocol):
    """Methods that a table needs from its story."""

    automatic: AutomaticStyles

    def blocks(self, blocks: Iterable[n.Block], place: Place) -> str: ...  # noqa: D102

    def paragraph(self, content: str, place: Place, style: str = "", mark: str = "") -> str: ...  # noqa: D102


class TableWriter:
    """Writer of the tables of one story."""

    def __init__(self, story: Cells, style: Style) -> None:
        self.story = story
        self.style = style
        self.count = 0

    def table(self, table: n.Table, place: Place, *, breaks: bool = False) -> str:
        """Return a table without its caption; the rows of its head repeat on each page.

        Args:
            table: The table.
            place: Its position.
            breaks: Whether the table begins a page.
        """
        lines = slots((*table.head, *table.body, *table.foot))
        shares = column_shares(table, lines)
        if not lines or not shares:
            return ""
        self.count += 1
        automatic = self.story.automatic
        breaking = ' fo:break-before="page"' if breaks else ""
        rtl = ' style:writing-mode="rl-tb"' if place.run.right_to_left else ""
        properties = (
            f'<style:table-properties style:rel-width="100%" table:align="margins" fo:margin-bottom='
            f'"{points(self.style.body.leading / 2)}" style:may-break-between-rows="true" table:border-model="collapsing"{rtl}{breaking}/>'
        )
        name = automatic.other("table", "Table", properties)
        columns = "".join(self._column(share) for share in shares)
        inner = place.but(style=place.style or "Table Contents", lists=0, quotes=0, keep=False)
        rows = [self._row(line, table, len(shares), index, inner) for index, line in enumerate(lines)]
        head = "".join(rows[: len(table.head)])
        head = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
        body = "".join(rows[len(table.head) :])
        return f'<table:table table:name="Table{self.count}" table:style-name="{name}">{columns}{head}{body}</table:table>'

    def _column(self, share: float) -> str:
        width = max(1, round(share * 10000))
        properties = f'<style:table-column-properties style:rel-column-width="{width}*"/>'
        return f'<table:table-column table:style-name="{self.story.automatic.other("table-column", "Column", properties)}"/>'

    def _row(self, line: list[Slot], table: n.Table, count: int, index: int, place: Place) -> str:
        is_head = index < len(table.head)
        content = "".join(self._slot(slot, table, place, is_head=is_head) for slot in line)
        missing = count - width([line])
        content += f'<table:table-cell table:style-name="{self._cell_style(is_head=is_head)}"/>' * missing
        style = self.story.automatic.other(
            "table-row", "Row", '<style:table-row-properties fo:keep-together="always"/>'
        )
        return f'<table:table-row table:style-name="{style}">{content}</table:table-row>'

    def _slot(self, slot: Slot, table: n.Table, place: Place, *, is_head: bool) -> str:
        cell = slot.cell
        covered = "<table:covered-table-cell/>"
        if not slot.begins:
            return covered * slot.columns
        spans = f' table:number-columns-spanned="{slot.columns}"' if slot.columns > 1 else ""
        rows = cell.rows if cell is not None else 1
        spans += f' table:number-rows-spanned="{rows}"' if rows > 1 else ""
        align = table.columns[slot.column].align if slot.column < len(table.columns) else ""
        heads = is_head or (cell is not None and cell.header)
        inner = place.but(
            align=ALIGN.get(align, ""),
            style="Table Heading" if heads and place.style == "Table Contents" else place.style,
        )
        blocks: tuple[n.Block, ...] = cell.blocks if cell is not None else ()
        content = self.story.blocks(blocks, inner) or self.story.paragraph("", inner)
        style = self._cell_style(is_head=is_head)
        return (
            f'<table:table-cell table:style-name="{style}"{spans} office:value-type="string">{content}</table:table-cell>'
            + covered * (slot.columns - 1)
        )

    def _cell_style(self, *, is_head: bool) -> str:
        tables, rule = self.style.tables, f"0.5pt solid {self.style.colours.rule}"
        if tables.lines == "all":
            border = f'fo:border="{rule}"'
        else:
            border = f'fo:border-top="{rule}" fo:border-bottom="{rule}" fo:border-left="none" fo:border-right="none"'
        fill = f' fo:background-color="{tables.head}"' if is_head and tables.head else ""
        properties = f'<style:table-cell-properties {border} fo:padding="3pt"{fill}/>'
        return self.story.automatic.other("table-cell", "Cell", properties)
