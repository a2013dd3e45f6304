"""What a page of a PDF shows of its text: the page is drawn with and without it, and the difference is what a reader sees.

This needs no knowledge of what hides text: a box, a picture, an annotation, the colour of the paper, a clipping path, a layer
that is switched off, the edge of the page. PDFium draws as Chrome does.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pypdfium2 as pdfium
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pypdfium2 import raw

from publish.pdfium import EXCLUSIVE

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS_PER_POINT = 1.5
"""Resolution of the drawings."""

MOST_PIXELS = 6_000_000
"""Largest number of pixels of a drawing; a larger page is drawn with a lower resolution."""

FAINT = 24
"""Difference of brightness, of 255, below which a reader sees nothing."""

SCAN = 0.5
"""Share of the page that a picture covers if the page is a scan: the text of an OCR program is invisible, or below it."""

UNIFORM = 40
"""Range of brightness below which a part of a picture shows no letters."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of what a viewer shows of a page."""


class Pages:
    """Drawings of the pages of a file."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Raises:
            PDFPasswordIncorrect: if it needs a password.
            ValueError: if PDFium cannot read it.
        """
        with EXCLUSIVE:
            try:
                self._document = pdfium.PdfDocument(data)
                self._document.init_forms()
            except pdfium.PdfiumError as error:
                if "password" in str(error).lower():
                    raise PDFPasswordIncorrect from None
                raise ValueError(f"PDFium cannot read it: {error}") from None

    def close(self) -> None:
        """Release the memory of PDFium."""
        with EXCLUSIVE:
            self._document.close()

    def page(self, index: int) -> Drawn:
        """Draw a page.

        Raises:
            ValueError: if the page cannot be drawn.
        """
        with EXCLUSIVE:
            try:
                page = self._document[index]
                width, height = page.get_size()
                scale = min(PIXELS_PER_POINT, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
                shown = _image(page, scale)
                for text in _texts(page.raw):
                    raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
                bare = _image(page, scale)
                scanned = any(_size(bounds) > SCAN * width * height for bounds in _pictures(page))
                page.close()
            except (pdfium.PdfiumError, IndexError, OSError) as error:
                raise ValueError(f"PDFium cannot draw page {index + 1}: {error}") from None
        return Drawn(shown, bare, scale, scanned=scanned)


class Drawn:
    """A page with its text, and the same page without."""

    def __init__(self, shown: Image, bare: Image, scale: float, *, scanned: bool) -> None:
        from PIL import ImageChops

        self._shown = shown
        self._bare = bare
        self._scale = scale
        self._scanned = scanned
        difference = ImageChops.difference(shown, bare)
        self._ink = difference.point([255 if value >= FAINT else 0 for value in range(256)])

    def shows(self, box: Box, *, invisible: bool = False, brightness: float | None = None) -> bool:
        """Return whether text in a box is visible.

        Args:
            box: The box.
            invisible: Whether the text is painted with nothing, so that the ink in the box is that of other text.
            brightness: Brightness of the text, from 0 to 255, if it is known.
        """
        part = self._pixels(box)
        has_ink = not invisible and self._ink.crop(part).getbbox() is not None
        return has_ink and not self._is_paper(part, brightness)

    def pictures(self, box: Box) -> bool:
        """Return whether the page is a scan whose picture shows something in a box that can be letters."""
        low, high = self._extremes(self._pixels(box))
        return self._scanned and high - low >= UNIFORM

    def _is_paper(self, part: tuple[int, int, int, int], brightness: float | None) -> bool:
        """Return whether text has the brightness of what is below it."""
        low, high = self._extremes(part)
        return brightness is not None and high - low < FAINT and abs(brightness - low) < FAINT

    def _extremes(self, part: tuple[int, int, int, int]) -> tuple[int, int]:
        low, high = cast("tuple[int, int]", self._bare.crop(part).getextrema())
        return low, high

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        left, bottom, right, top = (side * self._scale for side in box)
        height = self._shown.height
        # At least one pixel: a combining mark has no width of its own.
        return (
            int(left),
            int(height - top),
            max(int(right) + 1, int(left) + 1),
            max(int(height - bottom) + 1, 1),
        )


def _image(page: pdfium.PdfPage, scale: float) -> Image:
    drawn: Image = page.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil().convert("L")
    return drawn


def _pictures(page: pdfium.PdfPage) -> Iterator[Box]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=MOST_NESTED):
        yield item.get_bounds()


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _texts(page: Any) -> Iterator[Any]:  # noqa: ANN401 - objects of ctypes
    """Yield the text objects of a page, also those in forms."""
    for k in range(raw.FPDFPage_CountObjects(page)):
        yield from _texts_in(raw.FPDFPage_GetObject(page, k), 0)


def _texts_in(item: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_NESTED:
        for k in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _texts_in(raw.FPDFFormObj_GetObject(item, ctypes.c_ulong(k)), depth + 1)


MOST_NESTED = 30
"""Depth of forms in forms in which text is found."""


@contextlib.contextmanager
def drawings(data: bytes) -> Iterator[Pages]:
    """Open a file, and close it afterwards.

    Raises:
        ValueError: if PDFium cannot read it.
    """
    pages = Pages(data)
    try:
        yield pages
    finally:
        pages.close()
