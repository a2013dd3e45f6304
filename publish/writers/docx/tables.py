"""Tables, with cells that cover several columns and rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from publish.markup import quoteattr
from publish.model import nodes as n
from publish.model.grid import Slot, slots, width
from publish.model.text import plain_text
from publish.writers.column_shares import column_shares
from publish.writers.docx.block_format import BlockFormat
from publish.writers.docx.runs import Properties


class Flow(Protocol):
    """Methods that a table needs from its story."""

    def blocks(self, blocks: Iterable[n.Block], block_format: BlockFormat) -> str: ...  # noqa: D102

    def block(self, block: n.Block, block_format: BlockFormat) -> str: ...  # noqa: D102

    def inlines(self, inlines: Iterable[n.Inline], block_format: Properties) -> str: ...  # noqa: D102

    def target(self, mark: str) -> str: ...  # noqa: D102

    def paragraph(self, content: str, style: str = "", extra: str = "", mark: str = "") -> str: ...  # noqa: D102


class TableWriter:
    """Writer of tables for a story that is `width` twentieths of a point wide."""

    def __init__(self, story: Flow, width: int) -> None:
        self.story = story
        self.width = width

    def table(self, table: n.Table, block_format: BlockFormat) -> str:
        """Return a table with its caption above it; rows of its head repeat on each page (`w:tblHeader`)."""
        rows = (*table.head, *table.body, *table.foot)
        lines = slots(rows)
        count = max(width(lines), len(table.columns))
        if not count:
            return ""
        widths = [max(1, int(self.width * share)) for share in column_shares(table, lines)]
        caption = "" if table.caption else self.story.target(table.id)
        if table.caption:
            caption = self.story.paragraph(
                self.story.inlines(table.caption, block_format.run), "Caption", "<w:keepNext/>", table.id
            )
        name = plain_text(table.caption)
        rtl = "<w:bidiVisual/>" if block_format.run.right_to_left else ""
        described = f"<w:tblCaption w:val={quoteattr(name)}/>" if name else ""
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{rtl}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLook w:val="0020" w:firstRow="{1 if table.head else 0}" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{described}</w:tblPr>'
            f"<w:tblGrid>{''.join(f'<w:gridCol w:w={quoteattr(str(w))}/>' for w in widths)}</w:tblGrid>"
        )
        body = self._rows(lines, table, widths, block_format)
        return f"{caption}{head}{body}</w:tbl>"

    def _rows(
        self, lines: list[list[Slot]], table: n.Table, widths: list[int], block_format: BlockFormat
    ) -> str:
        out: list[str] = []
        for index, line in enumerate(lines):
            is_head = index < len(table.head)
            content = "".join(self._slot(slot, table, widths, block_format, is_head=is_head) for slot in line)
            covered = width([line])
            content += "".join(self._cell(None, w, 1, "", block_format, "") for w in widths[covered:])
            header = "<w:tblHeader/>" if is_head else ""
            out.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{content}</w:tr>")
        return "".join(out)

    def _slot(
        self, slot: Slot, table: n.Table, widths: list[int], block_format: BlockFormat, *, is_head: bool
    ) -> str:
        wide = sum(widths[slot.column : slot.column + slot.columns])
        cell = slot.cell
        if not slot.begins:
            return self._cell(None, wide, slot.columns, "<w:vMerge/>", block_format, "")
        merge = '<w:vMerge w:val="restart"/>' if cell and cell.rows > 1 else ""
        align = table.columns[slot.column].align if slot.column < len(table.columns) else ""
        inside = (
            block_format.but(style=block_format.style or "TableHeading")
            if is_head or (cell and cell.header)
            else block_format
        )
        return self._cell(cell, wide, slot.columns, merge, inside, align)

    def _cell(
        self, cell: n.Cell | None, width: int, span: int, merge: str, block_format: BlockFormat, align: str
    ) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        blocks: tuple[n.Block, ...] = cell.blocks if cell else ()
        content = self._aligned(blocks, align, block_format)
        if not blocks or isinstance(blocks[-1], n.Table):
            content += self.story.paragraph("", block_format.style)
        return f"<w:tc><w:tcPr>{properties}{merge}</w:tcPr>{content}</w:tc>"

    def _aligned(self, blocks: tuple[n.Block, ...], align: str, block_format: BlockFormat) -> str:
        if align not in {"center", "right"}:
            return self.story.blocks(blocks, block_format)
        extra = f'{block_format.paragraph()}<w:jc w:val="{align}"/>'
        return "".join(
            self.story.paragraph(
                self.story.inlines(b.inlines, block_format.run), block_format.style, extra, b.id
            )
            if isinstance(b, n.Paragraph)
            else self.story.block(b, block_format)
            for b in blocks
        )
