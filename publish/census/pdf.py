"""Census of PDF, with PDFium: the words of each page, and the raised labels of notes."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

from publish.census.printed import joins, labels_in_lines
from publish.census.types import Census, Passage, SourceFile
from publish.census.words import words
from publish.diagnostics.types import Span
from publish.pdfium import EXCLUSIVE

SMALL = 0.9
"""Size of raised type as a share of the size of the text."""

_LABELS = re.compile(r"[\s(\[]*(?:\d{1,3}|[a-z]|[*†‡§]{1,3})(?:[,\s]+(?:\d{1,3}|[a-z]|[*†‡§]{1,3}))*[\s)\]]*")
_RAISED = re.compile("\ue000([^\ue001]*)\ue001")
_AFTER_WORD = re.compile("([^\\W_]+)\ue000\\s*(\\w+)\\s*\ue001")
"""A raised number after a word: an exponent, or a label whose note is not found."""


def take(source: SourceFile) -> Census:
    """Count the words of a PDF. Labels of notes, and numbers that stand alone, can be in the document or not."""
    with EXCLUSIVE:
        return _take(source)


def _take(source: SourceFile) -> Census:
    passages: list[Passage] = []
    possible: list[str] = []
    pairs: set[tuple[str, str]] = set()
    document = pdfium.PdfDocument(source.data)
    try:
        for number in range(len(document)):
            text = "".join(_page(document, number))
            possible += [match[1] for match in _RAISED.finditer(text)]
            pairs |= {(words(m[1])[-1], m[2]) for m in _AFTER_WORD.finditer(text)}
            text = _RAISED.sub(" ", text)
            pairs |= joins(text)
            text, labels = labels_in_lines(text)
            possible += labels
            lines = text.replace("\x02", "-").split("\n")
            passages += [Passage(line, Span(number + 1)) for line in lines if line.strip()]
    finally:
        document.close()
    return Census(
        "pdf",
        tuple(passages),
        counted=frozenset({"words"}),
        possible=tuple(possible),
        joins=frozenset(pairs),
        method="PDFium",
    )


def _page(document: pdfium.PdfDocument, number: int) -> Iterator[str]:
    """Yield the characters of a page; raised numbers are between private characters."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        characters = [chr(raw.FPDFText_GetUnicode(text_page.raw, k)) for k in range(count)]
        sizes = [raw.FPDFText_GetFontSize(text_page.raw, k) * _scale(text_page, k) for k in range(count)]
        baselines = [_baseline(text_page, k) for k in range(count)]
    finally:
        text_page.close()
        page.close()
    start = 0
    for end in [*(k for k, c in enumerate(characters) if c == "\n"), count]:
        yield _line(characters[start:end], sizes[start:end], baselines[start:end])
        yield "\n"
        start = end + 1


def _baseline(text_page: pdfium.PdfTextPage, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page.raw, index, ctypes.byref(x), ctypes.byref(y))
    return y.value


def _scale(text_page: pdfium.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    found = raw.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix))
    return abs(matrix.d) or 1.0 if found else 1.0


def _line(characters: list[str], sizes: list[float], baselines: list[float]) -> str:
    """Return a line; a label in smaller type and on a higher baseline than most of the line is raised."""
    weights = Counter(round(size, 1) for c, size in zip(characters, sizes, strict=True) if c.strip())
    if not weights:
        return ""
    body = max(size for size, weight in weights.items() if weight == max(weights.values()))
    small = _raised(sizes, baselines, body)
    out: list[str] = []
    for is_small, group in groupby(zip(characters, small, strict=True), lambda pair: pair[1]):
        text = "".join(character for character, _ in group)
        out.append(f"\ue000{text}\ue001" if is_small and _LABELS.fullmatch(text) else text)
    return "".join(out)


def _raised(sizes: list[float], baselines: list[float], body: float) -> list[bool]:
    """Return for each character whether it is smaller and higher than the nearest character of the usual size before it.

    PDFium joins the halves of a split word, so that one line of text can have two baselines.
    """
    usual = [k for k, size in enumerate(sizes) if size >= SMALL * body]
    level = baselines[usual[0]] if usual else 0.0
    out: list[bool] = []
    for size, baseline in zip(sizes, baselines, strict=True):
        if size >= SMALL * body:
            level = baseline
        out.append(size < SMALL * body and baseline > level + 0.05 * body)
    return out
