"""Calculate the height of the notes of a page once for each note, and not again for each note that is added.

WeasyPrint lays out the whole area of notes again for each note that is added, so a page with 36 notes takes ten times as long
as a page with 3 notes. The height of a note does not depend on the other notes, unless margins at its edges collapse with
theirs. In this case, and in columns, this module calls the original method of WeasyPrint. When the page is complete,
WeasyPrint lays out the notes as usual.
"""

from __future__ import annotations

from math import inf
from typing import Any


def measure_notes_once() -> None:
    """Make WeasyPrint 70 add up the heights of notes."""
    from weasyprint.layout import LayoutContext

    original = LayoutContext._update_footnote_area  # noqa: SLF001 - see `publish.writers.pdf.patches`

    def update(self: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
        area = self.current_footnote_area
        if self.in_column or area.height == "auto" or not self.current_page_footnotes:
            return bool(original(self))
        if any(hasattr(note, "part") for note in self.current_page_footnotes):
            return bool(
                original(self)
            )  # the page contains a long note that is broken (`publish.writers.pdf.long_notes`)
        heights = [_height(self, area, note) for note in self.current_page_footnotes]
        if None in heights:
            return bool(original(self))
        self.page_bottom += area.margin_height()
        area.children = self.current_page_footnotes
        area.height = sum(heights)
        self.page_bottom -= area.margin_height()
        return False

    LayoutContext._update_footnote_area = update  # noqa: SLF001


def _height(context: Any, area: Any, note: Any) -> float | None:  # noqa: ANN401
    """Return the height of a note; None if it depends on the adjacent notes."""
    known: dict[int, tuple[Any, Any, float | None]] = context.__dict__.setdefault("_note_heights", {})
    found = known.get(id(note))
    if found is None or found[0] is not note or found[1] is not note.children:
        known[id(note)] = found = (note, note.children, _measured(context, area, note))
    return found[2]


def _measured(context: Any, area: Any, note: Any) -> float | None:  # noqa: ANN401
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    alone = area.deepcopy()
    alone.children = [note.deepcopy()]
    laid_out = block_level_layout(context, build.create_anonymous_boxes(alone), -inf, None, area.page)[0]
    if laid_out is None or not laid_out.children:
        return None
    edges = _margins(laid_out.children[0], 0, "margin_top") + _margins(
        laid_out.children[-1], -1, "margin_bottom"
    )
    return None if any(edges) else float(laid_out.height)


def _margins(box: Any, index: int, side: str) -> list[float]:  # noqa: ANN401
    """Return the margins at one edge of a block: that of the block, and those of the first or last blocks in it."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox

    out: list[float] = []
    while isinstance(box, BlockLevelBox):
        value = getattr(box, side, 0)
        out.append(value if isinstance(value, int | float) else 0.0)
        children = getattr(box, "children", ())
        box = children[index] if children else None
    return out
