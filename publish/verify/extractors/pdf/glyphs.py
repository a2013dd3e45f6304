"""The glyphs of a page in drawing order, read with PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from publish.pdfium import EXCLUSIVE
from publish.verify.extractors.pdf.objects import decoded
from publish.verify.extractors.unreadable import UnreadableError

MAX_NESTING = 20
"""Maximum depth of form XObjects within each other."""

_REPLACED = {0: "\ufffd", 2: "-", 0xFFFE: "-"}
"""Characters by which PDFium marks a glyph without text, and a hyphen at the end of a line."""

_ACTUAL_TEXT = b"ActualText"
_NAME_LENGTH = 128


def _of_glyph(function: Any, result: Any) -> Any:  # noqa: ANN401 - ctypes
    """Return a function of PDFium that takes the address of a text page and an index; without checks of types, it is faster."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int)(address)


_OBJECT_OF_GLYPH = _of_glyph(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_CHARACTER_OF_GLYPH = _of_glyph(pdfium.FPDFText_GetUnicode, ctypes.c_uint)

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner."""

INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
"""Modes in which text is not painted (ISO 32000-1, 9.3.6)."""


class Run(Struct):
    """Glyphs that one operator draws."""

    text: str
    mcid: int
    """Identifier of the marked content that contains them; -1 outside marked content."""
    artifact: bool
    """Whether they are an artifact (ISO 32000-1, 14.8.2.2)."""
    spelled: str | None
    """Text that the marked content specifies separately from its glyphs (ISO 32000-1, 14.9.4)."""
    boxes: list[Box]
    """The box of each glyph, as high as the font size; otherwise only the box of the first glyph."""
    off_page: str
    """The glyphs outside the page."""


@contextmanager
def opened(data: bytes) -> Iterator[Glyphs]:
    """Open a file for the reading of its glyphs; no other thread uses PDFium in the meantime.

    Raises:
        UnreadableError: if PDFium cannot open the file.
    """
    with EXCLUSIVE:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise UnreadableError(f"Cannot read PDF: PDFium error {pdfium.FPDF_GetLastError()}")
        try:
            yield Glyphs(document)
        finally:
            pdfium.FPDF_CloseDocument(document)


class Glyphs:
    """The glyphs of one file."""

    def __init__(self, document: pdfium.FPDF_DOCUMENT) -> None:
        self._document = document

    def runs(self, page: int, *, boxes: bool = False) -> list[Run]:
        """Return the runs of a page in drawing order.

        Args:
            page: Index of the page.
            boxes: Whether to return the box of each glyph.
        """
        with _loaded(self._document, page) as (handle, texts):
            sheet = _sheet(handle)
            glyphs = _by_object(texts)
            drawn = ((x, ctypes.cast(x, ctypes.c_void_p).value) for x in _drawn(handle))
            return [_run(texts, x, glyphs[key], sheet, boxes=boxes) for x, key in drawn if key in glyphs]


@contextmanager
def _loaded(
    document: pdfium.FPDF_DOCUMENT, page: int
) -> Iterator[tuple[pdfium.FPDF_PAGE, pdfium.FPDF_TEXTPAGE]]:
    handle = pdfium.FPDF_LoadPage(document, page)
    if not handle:
        raise UnreadableError(f"Cannot read page {page + 1} of PDF")
    texts = pdfium.FPDFText_LoadPage(handle)
    try:
        yield handle, texts
    finally:
        pdfium.FPDFText_ClosePage(texts)
        pdfium.FPDF_ClosePage(handle)


def _by_object(texts: pdfium.FPDF_TEXTPAGE) -> dict[int, list[int]]:
    """Return the indexes of the glyphs of each text object; PDFium sorts the glyphs of a line by their positions."""
    found: dict[int, list[int]] = {}
    page = ctypes.cast(texts, ctypes.c_void_p)
    for index in range(pdfium.FPDFText_CountChars(texts)):
        address = _OBJECT_OF_GLYPH(page, index)
        if address:  # PDFium adds spaces and line ends, which no object draws
            found.setdefault(address, []).append(index)
    return found


def _drawn(page: pdfium.FPDF_PAGE) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """Yield the text objects of a page, and of its form XObjects."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _texts(pdfium.FPDFPage_GetObject(page, index), 0)


def _texts(drawn: pdfium.FPDF_PAGEOBJECT, depth: int) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield drawn
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
        for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
            yield from _texts(pdfium.FPDFFormObj_GetObject(drawn, index), depth + 1)


def _run(
    texts: pdfium.FPDF_TEXTPAGE, drawn: pdfium.FPDF_PAGEOBJECT, glyphs: list[int], sheet: Box, *, boxes: bool
) -> Run:
    page = ctypes.cast(texts, ctypes.c_void_p)
    codes = [_CHARACTER_OF_GLYPH(page, index) for index in glyphs]
    letters = [_REPLACED.get(code) or chr(code) for code in codes]
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
    if pdfium.FPDFTextObj_GetTextRenderMode(drawn) in INVISIBLE:
        off_page = "".join(letters)
    else:
        within = _within(_bounds(drawn), sheet)
        off_page = "" if within else _off_page(texts, glyphs, letters, sheet)
    return Run(
        "".join(letters),
        mcid,
        mcid < 0 and _is_artifact(drawn),
        _spelled(drawn) if mcid >= 0 else None,
        [_em_box(texts, index) for index in glyphs] if boxes else [_box(texts, glyphs[0])],
        off_page,
    )


def _marks(drawn: pdfium.FPDF_PAGEOBJECT) -> Iterator[pdfium.FPDF_PAGEOBJECTMARK]:
    for index in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        yield pdfium.FPDFPageObj_GetMark(drawn, index)


def _is_artifact(drawn: pdfium.FPDF_PAGEOBJECT) -> bool:
    return any(_mark_name(mark) == "Artifact" for mark in _marks(drawn))


def _spelled(drawn: pdfium.FPDF_PAGEOBJECT) -> str | None:
    """Return the text that marked content specifies, in addition to its identifier."""
    texts = (_actual_text(mark) for mark in _marks(drawn) if pdfium.FPDFPageObjMark_CountParams(mark) > 1)
    return next((text for text in texts if text is not None), None)


def _mark_name(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str:
    buffer, length = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_ulong()
    characters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFPageObjMark_GetName(mark, characters, _NAME_LENGTH, length)
    return buffer.raw[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def _actual_text(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str | None:
    length = ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, None, 0, length):
        return None
    buffer = ctypes.create_string_buffer(length.value)
    octets = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ubyte))
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, octets, length.value, length)
    return decoded(buffer.raw)


def _sheet(page: pdfium.FPDF_PAGE) -> Box:
    """Return the media box of a page; PDFium returns none for a page that inherits it."""
    edges = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDFPage_GetMediaBox(page, *edges):
        left, bottom, right, top = (edge.value for edge in edges)
        return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def _bounds(drawn: pdfium.FPDF_PAGEOBJECT) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(drawn, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _box(texts: pdfium.FPDF_TEXTPAGE, index: int) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(texts, index, box)
    return box.left, box.bottom, box.right, box.top


def _em_box(texts: pdfium.FPDF_TEXTPAGE, index: int) -> Box:
    """Return a box from the baseline, as high as the font size; PDFium's boxes are higher for letters with descenders."""
    left, _, right, _ = _box(texts, index)
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(texts, index, x, y)
    pdfium.FPDFText_GetMatrix(texts, index, matrix)
    size = pdfium.FPDFText_GetFontSize(texts, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    return left, y.value, right, y.value + size


def _within(box: Box, sheet: Box) -> bool:
    return sheet[0] <= box[0] and box[2] <= sheet[2] and sheet[1] <= box[1] and box[3] <= sheet[3]


def _off_page(texts: pdfium.FPDF_TEXTPAGE, glyphs: list[int], letters: list[str], sheet: Box) -> str:
    """Return the letters whose boxes do not touch the page."""
    out = []
    for index, letter in zip(glyphs, letters, strict=True):
        left, bottom, right, top = _box(texts, index)
        touches = left < sheet[2] and right > sheet[0] and bottom < sheet[3] and top > sheet[1]
        out.append("" if touches or not letter.strip() else letter)
    return "".join(out)
