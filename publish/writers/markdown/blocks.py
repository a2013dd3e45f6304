"""Blocks as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from publish.model import nodes as n
from publish.model import roles
from publish.model.grid import Slot, slots
from publish.model.numerals import letters, roman
from publish.model.outline import ungrouped
from publish.writers.markdown.escape import fence, line
from publish.writers.markdown.inlines import Inlines, attributes_of

MAX_LEVEL = 6
SEPARATE = "<!-- -->"
"""Separator between two lists that would otherwise be one list."""

ALIGN = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


class Blocks:
    """Writer of the blocks of one document."""

    def __init__(self, inlines: Inlines) -> None:
        self.inlines = inlines

    def text(self, blocks: Iterable[n.Block], level: int = 1) -> str:
        """Return blocks with empty lines between them."""
        out: list[str] = []
        last: n.Block | None = None
        for block in ungrouped(blocks):
            piece = self._block(block, level)
            if not piece:
                continue
            if isinstance(block, n.List) and isinstance(last, n.List) and block.ordered == last.ordered:
                out.append(SEPARATE)
            out.append(piece)
            last = block
        return "\n\n".join(out)

    def _block(self, block: n.Block, level: int) -> str:
        match block:
            case n.Paragraph():
                return self._paragraph(block)
            case n.Section():
                return self._section(block, level)
            case n.List():
                return self._list(block)
            case n.DefinitionList():
                return "\n\n".join(self._definition(entry) for entry in block.items)
            case n.Quote():
                inner = self.text(block.blocks)
                return "\n".join(f"> {row}".rstrip() for row in inner.split("\n")) if inner else ""
            case n.Table():
                return self._table(block)
            case n.Figure():
                return self._figure(block)
            case n.CodeBlock():
                marks = fence(block.text)
                return f"{marks}{block.language}\n{block.text}\n{marks}"
            case n.RawBlock():
                marks = fence(block.text)
                return f"{marks}\n{block.text}\n{marks}"
            case n.Rule():
                return "***"
            case n.PageBreak():
                return "\\newpage"
            case _:
                assert_never(block)

    def _paragraph(self, block: n.Paragraph) -> str:
        only = block.inlines[0] if len(block.inlines) == 1 else None
        if isinstance(only, n.Math) and only.display:
            return f"$$\n{only.text}\n$$"
        if block.role in {roles.DOCUMENT_TYPE, roles.NUMBER}:
            marks = "#" if block.role == roles.DOCUMENT_TYPE else "##"
            return f"{marks} {self.inlines.text(block.inlines, heading=True).strip()}"
        words = self.inlines.text(block.inlines).strip()
        rows = [line(row.strip()) for row in words.split("\n")]
        attributes = attributes_of(block, self.inlines.targets)
        return (f"{attributes}\n" if attributes and words else "") + "\n".join(rows)

    def _section(self, block: n.Section, level: int) -> str:
        title = self.inlines.text(block.title, heading=True).strip()
        attributes = attributes_of(block, self.inlines.targets)
        head = f"{'#' * min(level, MAX_LEVEL)} {title} {attributes}".rstrip()
        inner = self.text(block.blocks, level + 1)
        return f"{head}\n\n{inner}" if inner else head

    def _list(self, block: n.List) -> str:
        items: list[str] = []
        for number, item in enumerate(block.items, start=block.start):
            marker = _marker(block, number)
            inner = self.text(item.blocks)
            indent = " " * (len(marker) + 1)
            first, *rest = inner.split("\n")
            rows = [f"{marker} {first}".rstrip(), *(f"{indent}{row}" if row else "" for row in rest)]
            items.append("\n".join(rows))
        return ("\n" if block.tight else "\n\n").join(items)

    def _definition(self, entry: n.Definition) -> str:
        term = line(self.inlines.text(entry.term, heading=True).strip())
        out = [term]
        for definition in entry.definitions:
            rows = self.text(definition).split("\n")
            out.append("\n".join([f":   {rows[0]}", *(f"    {row}" if row else "" for row in rows[1:])]))
        return "\n".join(out)

    def _figure(self, block: n.Figure) -> str:
        caption = self.inlines.text(block.caption, heading=True).strip()
        attributes = attributes_of(block, self.inlines.targets)
        inner = self.text(block.blocks)
        shown = f": {caption} {attributes}".rstrip() if caption else attributes
        return "\n\n".join(filter(None, [inner, shown if caption else ""]))

    # Tables

    def _table(self, block: n.Table) -> str:
        rows = (*block.head, *block.body, *block.foot)
        if not any(row.cells for row in rows):
            return ""
        grid = [[self._slot(slot, k) for slot in row for k in range(slot.columns)] for row in slots(rows)]
        first, rest = (grid[0], grid[1:]) if block.head else ([""] * len(grid[0]), grid)
        align = [ALIGN[column.align] for column in block.columns][: len(grid[0])]
        align += [ALIGN[""]] * (len(grid[0]) - len(align))
        more = [f"header-rows={len(block.head)}"] if len(block.head) > 1 else []
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in (first, align, *rest))
        caption = self.inlines.text(block.caption, heading=True).strip()
        attributes = attributes_of(block, self.inlines.targets, *more)
        if caption:
            return f"{table}\n\n: {caption} {attributes}".rstrip()
        return f"{attributes}\n{table}" if attributes else table

    def _slot(self, slot: Slot, place: int) -> str:
        """Return the content of one column in a row: the cell, or a symbol for the cell that covers it."""
        if slot.cell is None:
            return ""
        if not slot.begins:
            return "^^"
        return "<<" if place else self._cell(slot.cell)

    def _cell(self, cell: n.Cell) -> str:
        """Return the paragraphs of a cell on one line, with other blocks as plain words."""
        out: list[str] = []
        for block in ungrouped(cell.blocks):
            if isinstance(block, n.Paragraph):
                out.append(self.inlines.text(block.inlines).replace("\\\n", "<br>").strip())
            else:
                out.append(" ".join(self._block(block, 1).split()))
        return "<br>".join(filter(None, out))


def _marker(block: n.List, number: int) -> str:
    if not block.ordered:
        return "-"
    forms: dict[str, Callable[[int], str]] = {
        "decimal": str,
        "lower-alpha": letters,
        "upper-alpha": lambda k: letters(k).upper(),
        "lower-roman": roman,
        "upper-roman": lambda k: roman(k).upper(),
    }
    shown = forms[block.style](number)
    marker = {".": f"{shown}.", ")": f"{shown})", "()": f"({shown})"}[block.delimiter]
    # A capital with a full stop and one space is an initial; a second space makes it a list marker.
    return f"{marker} " if block.style.startswith("upper") and block.delimiter == "." else marker
