"""Text that Word does not show because a style hides it (ECMA-376, part 1, 17.3.2.41).

`vanish` is a toggle property (17.7.3): if the styles of the table, the paragraph and the run hide text, an even number of them
shows it again. A value at the run itself decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.readers.docx.names import OFF, W, child_value, is_on, number, value
from publish.readers.docx.styles import Styles, hides_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LOOK = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
"""Bits of `w:tblLook/@w:val` for its attributes (17.4.55)."""


class TableStyle:
    """The style of one table, as far as it hides text."""

    def __init__(self, styles: Styles, table: Element) -> None:
        chain = styles.chain(child_value(table, "tblPr/tblStyle"))
        self._base = hides_text(chain)
        self._hidden: dict[str, bool] = {}
        """Whether each part of the table is hidden, from the closest style that says so."""
        for part in (part for style in chain for part in style.findall(W + "tblStylePr")):
            mark = part.find(f"{W}rPr/{W}vanish")
            if mark is not None:
                self._hidden.setdefault(value(part, "type"), is_on(mark))
        self._look = table.find(f"{W}tblPr/{W}tblLook")

    def hides(self, row: int, column: int, last_row: int, last_column: int) -> bool:
        """Return whether the style hides the text of a cell; all arguments are indexes."""
        hidden = self._base
        for kind in self._parts(row, column, last_row, last_column):
            hidden = self._hidden.get(kind, hidden)
        return hidden

    def _parts(self, row: int, column: int, last_row: int, last_column: int) -> Iterator[str]:
        """Yield the parts of the style that apply to a cell, in ascending priority (17.7.6)."""
        yield "wholeTable"
        rows, columns = self._has("firstRow"), self._has("firstColumn")
        if not self._has("noVBand"):
            yield "band1Vert" if (column - columns) % 2 == 0 else "band2Vert"
        if not self._has("noHBand"):
            yield "band1Horz" if (row - rows) % 2 == 0 else "band2Horz"
        edges = {
            "firstCol": columns and column == 0,
            "lastCol": self._has("lastColumn") and column == last_column,
            "firstRow": rows and row == 0,
            "lastRow": self._has("lastRow") and row == last_row,
        }
        yield from (name for name, applies in edges.items() if applies)

    def _has(self, name: str) -> bool:
        if self._look is None:
            return False
        own = value(self._look, name)
        if own:
            return own not in OFF
        try:
            return bool(int(value(self._look) or "0", 16) & _LOOK[name])
        except ValueError:
            return False


def is_hidden_row(row: Element) -> bool:
    """Return whether a row is hidden (17.4.20)."""
    return is_on(row.find(f"{W}trPr/{W}hidden"))


PAPER = "FFFFFF"
SMALLEST = 2
"""Largest type size in half-points that is too small to read."""


def is_unseen(run: Element, styles: Styles) -> bool:
    """Return whether a run of text has the colour of the paper, or is too small to be read, by its own format.

    Text in tables, boxes and paragraphs with a background is not looked at: white can be its right colour.
    """
    properties = run.find(W + "rPr")
    if properties is None or next(run.iter(W + "t"), None) is None:
        return False
    small = number(child_value(properties, "sz"), SMALLEST + 1) <= SMALLEST
    if not small and child_value(properties, "color").upper() != PAPER:
        return False
    if properties.find(W + "shd") is not None or properties.find(W + "highlight") is not None:
        return False
    for outer in run.iterancestors():
        if outer.tag in {W + "tbl", W + "txbxContent"}:
            return False
        if outer.tag == W + "p" and (
            outer.find(f"{W}pPr/{W}shd") is not None
            or any(
                style.find(f"{W}pPr/{W}shd") is not None
                for style in styles.chain(child_value(outer, "pPr/pStyle"))
            )
        ):
            return False
        if outer.tag == W + "document" and outer.find(W + "background") is not None:
            return False
    return True
