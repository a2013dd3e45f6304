"""The glyphs of a page, by the marked content that tags refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from publish.verify.extractors.observer import Place


class Glyphs(Struct):
    """The glyphs of one marked content sequence."""

    text: str = ""
    place: Place | None = None


class GlyphDevice(PDFLayoutAnalyzer):  # type: ignore[misc]
    """Collector of glyphs by page and marked content identifier."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.page = -1
        self.stack: list[int | None] = []
        self.spelled: set[tuple[int, int]] = set()
        """Marked content that specifies its text separately from its glyphs (ISO 32000-1, 14.9.4)."""
        self.marked: dict[tuple[int, int], Glyphs] = defaultdict(Glyphs)
        self.sheet = (0.0, 0.0, 0.0, 0.0)
        self.off_page: list[str] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ANN401
        """Begin marked content."""
        del tag
        mcid = props.get("MCID") if isinstance(props, dict) else None
        self.stack.append(mcid if mcid is not None else (self.stack[-1] if self.stack else None))
        given = props.get("ActualText") if isinstance(props, dict) else None
        if mcid is not None and isinstance(given, bytes):
            self.marked[self.page, mcid].text = decode_text(given)
            self.spelled.add((self.page, mcid))

    def end_tag(self) -> None:
        """End marked content."""
        if self.stack:
            self.stack.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:  # noqa: ANN401
        """Draw a glyph and return its advance."""
        advance: float = super().render_char(*args, **kwargs)
        mcid = self.stack[-1] if self.stack else None
        item = self.cur_item._objs[-1]  # noqa: SLF001 - the glyph that was just added
        left, low, right, high = self.sheet
        if item.get_text().strip() and not (
            item.x0 < right and item.x1 > left and low < item.y1 and item.y0 < high
        ):
            self.off_page.append(item.get_text())
        if mcid is not None:
            glyphs = self.marked[self.page, mcid]
            glyphs.text += "" if (self.page, mcid) in self.spelled else item.get_text()
            if glyphs.place is None:
                glyphs.place = (self.page, item.x0, item.y1)
        return advance

    def receive_layout(self, ltpage: Any) -> None:  # noqa: ANN401
        """End a page."""
        del ltpage


def upright(box: Sequence[float]) -> tuple[float, float, float, float]:
    """Return a page box in the glyph coordinates of pdfminer: the lower left corner is the origin."""
    x0, y0, x1, y1 = (float(resolve1(value)) for value in box)
    return 0.0, 0.0, abs(x1 - x0), abs(y1 - y0)
