"""Reader for PDF that contains text: characters with positions and sizes, from pdfminer, to pages of lines."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model.account import AccountEntry
from publish.model.language import RTL_LETTERS
from publish.readers.base import ReadResult, Source
from publish.readers.gazettes.furniture import is_furniture
from publish.readers.gazettes.lines import Line, Page, Piece
from publish.readers.gazettes.pages import document

RAISED_SIZE = 0.92
"""Share of the type size of a line below which a character may be superscript."""

SAME_LINE = 2.0
"""Difference in points below which the tops of two parts are on one line."""

MARKER = 6
"""Maximum number of characters of a list marker or of the number of a heading."""

EDGE = 0.13
"""Share of the page height, at the top and at the bottom, that contains the text that every page prints."""

GAP = 1.4
"""Multiple of the usual line distance that separates two paragraphs."""

_UNKNOWN = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile("bold|black|heavy|semibold", re.IGNORECASE)
_ITALIC = re.compile("italic|oblique", re.IGNORECASE)

_RTL_RUN = re.compile(f"[{RTL_LETTERS}](?:[^A-Za-z]*[{RTL_LETTERS}])?")
"""Right-to-left letters, with the spaces, numbers and signs between them."""


def read(source: Source) -> ReadResult:
    """Read a PDF (ISO 32000).

    Raises:
        PublishError: PUB-R009, if the file is damaged or protected; PUB-R052, if it contains no text; PUB-R031, if it
            takes too long.
    """
    reader = _Reader(source)
    pages = reader.pages()
    if not any(page.lines for page in pages):
        hint = "Run OCR first, for example with ocrmypdf"
        raise PublishError(
            make("PUB-R052", "PDF contains page images and no text", source=source.name, hint=hint)
        )
    _mark_furniture(pages)
    result = document(pages, source.name, sized=True)
    return replace(
        result,
        diagnostics=(*reader.found, *result.diagnostics),
        account=(*result.account, *reader.account),
    )


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.deadline = source.deadline()
        self.found: list[Diagnostic] = []
        self.account: list[AccountEntry] = []

    def _report_annotations(self, page: Any, number: int) -> None:  # noqa: ANN401
        """Report what annotations show on a page, which is not read."""
        for shown in _shown_texts(page):
            message = f"Text of an annotation is not published: {shown}"
            self.found.append(make("PUB-R071", message, span=Span(number), source=self.source.name))

    def pages(self) -> list[Page]:
        """Return the pages with their lines."""
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.pdfpage import PDFPage, PDFTextExtractionNotAllowed
        from pdfminer.psparser import PSException

        from publish.readers.gazettes.painting import painted
        from publish.readers.gazettes.visibility import drawings

        out: list[Page] = []
        hidden = 0
        unknown = images = 0
        try:
            with drawings(self.source.data) as drawn:
                for number, page in enumerate(PDFPage.get_pages(io.BytesIO(self.source.data)), start=1):
                    self.deadline.check()
                    layout, unseen = painted(page, drawn.page(number - 1))
                    hidden += unseen.count
                    if unseen.count:
                        self.account.append(AccountEntry("PUB-R067", unseen.text, span=Span(number)))
                    lines = list(_lines(layout, _links(page), number))
                    self._report_annotations(page, number)
                    unknown += sum(line.text.count("\ufffd") for line in lines)
                    images += _pictures(layout)
                    out.append(Page(_in_order(lines, layout.width)))
        except PublishError:
            raise
        except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
            hint = "Open it with its password and save it without one"
            raise PublishError(
                make("PUB-R009", "PDF is password-protected", source=self.source.name, hint=hint)
            ) from None
        except (
            PSException,
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            AttributeError,
            OSError,
            AssertionError,
            RecursionError,
        ) as error:
            message = f"PDF is damaged: {error or type(error).__name__}"
            raise PublishError(make("PUB-R009", message, source=self.source.name)) from None
        if not out:
            raise PublishError(make("PUB-R009", "PDF has no pages", source=self.source.name))
        if unknown:
            message = f"{unknown} characters have no Unicode value in the file; each is replaced by '�'"
            self.found.append(make("PUB-R053", message, source=self.source.name))
        if hidden:
            message = f"{hidden} characters that the PDF does not show, or that are marked for redaction, are left out"
            self.found.append(make("PUB-R067", message, source=self.source.name))
        if images:
            self.found.append(
                make("PUB-R041", f"{images} images in the PDF are not read", source=self.source.name)
            )
        return out


def _shown_texts(page: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts that annotations show on a page: of an editor, a stamp, or a filled form (ISO 32000-2, 12.5.6)."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import literal_name
    from pdfminer.utils import decode_text

    for reference in resolve1(page.annots) or ():
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        kind = literal_name(resolve1(annotation.get("Subtype")))
        parent = resolve1(annotation.get("Parent"))
        key = {"FreeText": "Contents", "Stamp": "Contents", "StrikeOut": "Contents", "Widget": "V"}.get(
            kind, ""
        )
        value = resolve1(annotation.get(key)) if key else None
        if value is None and key == "V" and isinstance(parent, dict):
            value = resolve1(parent.get(key))
        text = decode_text(value) if isinstance(value, bytes) else ""
        if text.strip() or kind in {"Stamp", "StrikeOut"}:
            yield f"{kind} '{' '.join(text.split())[:80]}'"


def _links(page: Any) -> list[tuple[tuple[float, ...], str]]:  # noqa: ANN401
    """Return the rectangles of links on a page, and their targets."""
    from pdfminer.pdftypes import resolve1

    out: list[tuple[tuple[float, ...], str]] = []
    for reference in resolve1(page.annots) or ():
        annotation = resolve1(reference)
        action = resolve1(annotation.get("A")) if isinstance(annotation, dict) else None
        address = resolve1(action.get("URI")) if isinstance(action, dict) else None
        if isinstance(address, bytes):
            x0, y0, x1, y1 = (float(resolve1(x)) for x in resolve1(annotation["Rect"]))
            # ISO 32000-2, 7.9.5: a rectangle is any two opposite corners.
            rectangle = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            out.append((rectangle, address.decode("utf-8", "replace")))
    return out


def _pictures(layout: Any) -> int:  # noqa: ANN401
    from pdfminer.layout import LTFigure, LTImage

    count = 0
    for item in layout:
        if isinstance(item, LTImage):
            count += 1
        elif isinstance(item, LTFigure):
            count += _pictures(item)
    return count


def _lines(layout: Any, links: Sequence[tuple[tuple[float, ...], str]], number: int) -> Iterator[Line]:  # noqa: ANN401
    from pdfminer.layout import LTTextLine

    for line in _of_type(layout, LTTextLine):
        characters = _logical([c for c in line if hasattr(c, "get_text")])
        placed = [c for c in characters if hasattr(c, "fontname")]
        if not placed or not line.get_text().strip():
            continue
        size = round(median(c.size for c in placed if c.get_text().strip()) if placed else 0.0, 1)
        largest = max(c.size for c in placed)
        base = min((c.y0 for c in placed if c.size > RAISED_SIZE * largest), default=0.0)
        pieces = tuple(_pieces(characters, largest, base, links, Span(number)))
        span = Span(number)
        yield Line(pieces, span, size, round(line.x0, 1), round(layout.height - line.y1, 1))


def _logical(characters: list[Any]) -> list[Any]:
    """Return characters in reading order: a page usually contains right-to-left text in the order of its positions.

    Numbers in such text run to the right (UAX #9, 3.3.4).
    """
    text = "".join(c.get_text()[:1] for c in characters)
    out = list(characters)
    for match in _RTL_RUN.finditer(text):
        run = characters[match.start() : match.end()]
        places = [c.x0 for c in run if hasattr(c, "x0")]
        if len(places) < 2 or places[0] > places[-1]:
            continue
        turned = run[::-1]
        words = "".join(c.get_text()[:1] for c in turned)
        for number in re.finditer(r"\d[\d.,]*\d", words):
            turned[number.start() : number.end()] = turned[number.start() : number.end()][::-1]
        out[match.start() : match.end()] = turned
    return out


def _of_type(container: Any, kind: type) -> Iterator[Any]:  # noqa: ANN401
    for item in container:
        if isinstance(item, kind):
            yield item
        elif hasattr(item, "__iter__"):
            yield from _of_type(item, kind)


def _pieces(
    characters: Iterable[Any],
    largest: float,
    base: float,
    links: Sequence[tuple[tuple[float, ...], str]],
    span: Span,
) -> Iterator[Piece]:
    """Yield groups of adjacent characters with the same format."""
    text: list[str] = []
    look: tuple[bool, bool, bool, str] = (False, False, False, "")
    for character in characters:
        shown = _UNKNOWN.sub("\ufffd", character.get_text()).replace("\n", "")
        if hasattr(character, "fontname"):
            superscript = character.size < RAISED_SIZE * largest and character.y0 > base + 0.1 * largest
            font = character.fontname
            now = (superscript, bool(_BOLD.search(font)), bool(_ITALIC.search(font)), _link(character, links))
        else:
            now = look if not look[0] else (False, *look[1:])
        if text and now != look:
            yield Piece("".join(text), *look, span=span)
            text = []
        look = now
        text.append(shown)
    if text:
        yield Piece("".join(text), *look, span=span)


def _link(character: Any, links: Sequence[tuple[tuple[float, ...], str]]) -> str:  # noqa: ANN401
    x, y = (character.x0 + character.x1) / 2, (character.y0 + character.y1) / 2
    return next((href for (x0, y0, x1, y1), href in links if x0 <= x <= x1 and y0 <= y <= y1), "")


def _in_order(lines: list[Line], width: float) -> list[Line]:
    """Return the lines of a page in reading order: column after column, each from top to bottom."""
    right = [line for line in lines if line.left > width / 2]
    left = [line for line in lines if line.left <= width / 2 and len(line.plain) < 60]
    two = len(right) > 8 and len(left) > 8 and len(right) + len(left) > 0.85 * len(lines)
    columns = [[x for x in lines if x not in right], right] if two else [lines]
    out: list[Line] = []
    for column in columns:
        out += _parted(_whole(sorted(column, key=lambda line: (line.top, line.left))))
    return out


def _whole(lines: list[Line]) -> list[Line]:
    """Join parts of one line: a list marker and the text after it, a footer and the page number after it."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        adjacent = last is not None and abs(last.top - line.top) < SAME_LINE
        marker = last is not None and len(last.plain) <= MARKER and line.left > last.left
        if last is not None and adjacent and (marker or is_furniture(f"{last.plain} {line.plain}")):
            out[-1] = replace(last, pieces=(*last.pieces, Piece(" "), *line.pieces))
        else:
            out.append(line)
    return out


def _parted(lines: list[Line]) -> list[Line]:
    """Return the lines with `parted` set if a gap separates them from the line above."""
    steps = [b.top - a.top for a, b in pairwise(lines) if 2 < b.top - a.top < 40 and abs(a.size - b.size) < 1]
    usual = median(steps) if steps else 0.0
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        gap = (
            above is not None
            and bool(usual)
            and line.top - above.top > GAP * max(usual, 1.15 * line.size * (line.size > above.size + 1))
        )
        out.append(replace(line, parted=gap))
    return out


def _mark_furniture(pages: list[Page]) -> None:
    """Mark the lines that most pages print at their edges; other code finds the furniture of official publications by text."""
    if len(pages) < 3:
        return
    height = max((line.top for page in pages for line in page.lines), default=0.0)
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_key(line) for line in page.lines if _at_edge(line, height)})
    repeated = {key for key, count in seen.items() if count > 0.6 * len(pages)}
    for page in pages:
        page.lines = [
            replace(line, furniture=True) if _at_edge(line, height) and _key(line) in repeated else line
            for line in page.lines
        ]


def _at_edge(line: Line, height: float) -> bool:
    return line.top < EDGE * height or line.top > (1 - EDGE) * height


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.plain), round(line.top / 4)
