"""Styles of a Word file, as far as they change which words are shown and how they are labelled (17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from publish.census.docx.package import Element, W, at, down, integer, switch, val

_HEADING = re.compile(r"heading ([1-9])")

_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip
"""Bits of the table look for its attributes (17.4.55)."""


class Style:
    """A style, with the properties that it inherits."""

    def __init__(self, element: Element, base: Style | None) -> None:
        self.element = element
        self.base = base
        self.id = val(element, "styleId")
        self.name = at(element, "name").lower()

    def toggle(self, name: str) -> bool:
        """Return a toggle property of the runs: that of the style, or else that of its base styles."""
        own = switch(down(self.element, f"rPr/{name}"))
        if own is not None:
            return own
        return self.base.toggle(name) if self.base is not None else False

    @cached_property
    def is_heading(self) -> bool:
        """Whether this is one of Word's heading styles, or based on one."""
        return _HEADING.fullmatch(self.name) is not None or (self.base is not None and self.base.is_heading)

    @cached_property
    def raised(self) -> str:
        """Vertical position of its runs; empty if it sets none."""
        return at(self.element, "rPr/vertAlign") or (self.base.raised if self.base is not None else "")

    @cached_property
    def numbering(self) -> tuple[str, int | None]:
        """Id and level of the numbering of its paragraphs; the level is None if the numbering gives it."""
        own = down(self.element, "pPr/numPr")
        inherited = self.base.numbering if self.base is not None else ("", None)
        if own is None:
            return inherited
        level = at(own, "ilvl")
        return at(own, "numId") or inherited[0], integer(level) if level else inherited[1]

    def ancestry(self) -> Iterator[Style]:
        """Yield the style and its base styles."""
        style: Style | None = self
        while style is not None:
            yield style
            style = style.base


class Styles:
    """All styles of a file."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {val(e, "styleId"): e for e in root.findall(W + "style")} if root is not None else {}
        self._made: dict[str, Style | None] = {}
        defaults = (e for e in self._elements.values() if val(e, "default") in {"1", "true", "on"})
        self._defaults = {val(e, "type"): val(e, "styleId") for e in defaults}

    def get(self, identifier: str, kind: str = "") -> Style | None:
        """Return a style, or the default style of a kind if the id is empty."""
        identifier = identifier or self._defaults.get(kind, "")
        if identifier not in self._made:
            self._made[identifier] = None  # ends a circle of base styles
            element = self._elements.get(identifier)
            if element is not None:
                self._made[identifier] = Style(element, self.get(at(element, "basedOn") or "-"))
        return self._made[identifier]

    def table_hides(self, table: Element, row: int, column: int, rows: int, columns: int) -> bool:
        """Return whether the style of a table hides the text of a cell.

        Args:
            table: The table.
            row: Index of the row.
            column: Index of the cell.
            rows: Number of rows.
            columns: Number of cells in the row.
        """
        style = self.get(at(table, "tblPr/tblStyle"), "table")
        if style is None:
            return False
        hidden = style.toggle("vanish")
        for part in _parts(down(table, "tblPr/tblLook"), row, column, rows, columns):
            for one in style.ancestry():
                found = [p for p in one.element.findall(W + "tblStylePr") if val(p, "type") == part]
                own = switch(down(found[0], "rPr/vanish")) if found else None
                if own is not None:
                    hidden = own
                    break
        return hidden


def _parts(look: Element | None, row: int, column: int, rows: int, columns: int) -> Iterator[str]:
    """Yield the parts of a table style for a cell; a later one overrides an earlier one (17.7.6)."""

    def is_on(name: str) -> bool:
        if look is None:
            return False
        own = val(look, name)
        return own in {"1", "true", "on"} if own else bool(int(val(look) or "0", 16) & _BITS[name])

    first_row, first_column = is_on("firstRow"), is_on("firstColumn")
    yield "wholeTable"
    if not is_on("noVBand"):
        yield f"band{(column - first_column) % 2 + 1}Vert"
    if not is_on("noHBand"):
        yield f"band{(row - first_row) % 2 + 1}Horz"
    if first_column and column == 0:
        yield "firstCol"
    if is_on("lastColumn") and column == columns - 1:
        yield "lastCol"
    if first_row and row == 0:
        yield "firstRow"
    if is_on("lastRow") and row == rows - 1:
        yield "lastRow"
