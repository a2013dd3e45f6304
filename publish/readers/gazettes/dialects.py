"""Texts that programs extracted from official PDFs, each in the format of its program.

* `pymupdf4llm`: Markdown with one line per line of the PDF, superscript text in brackets (`[1 ]`), a rule of hyphens at
  each page end;
* `pdftotext -layout`: lines at their positions, a form feed at each page end, calls attached to the words before them;
* `running`: the whole document in one line, with calls attached to the words before them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from publish.diagnostics import Span
from publish.readers.gazettes.furniture import FOOT
from publish.readers.gazettes.lines import Line, Page, Piece

_PAGE_RULE = re.compile(r"^-----$", re.MULTILINE)
_BRACKETED = re.compile(r"\[(?P<raised>\d{1,3}|[a-z]{1,2}|[*†‡])\s?\]")
_SERIES = re.compile(r"Aanhangsel van de Handelingen|Tweede Kamer, vergaderjaar|Kamerstuk")
_STARS = re.compile(r"\*\*(.+?)\*\*")
_HASHES = re.compile(r"#{1,6}\s+")

FEED = "\f"

LONG_LINE = 2000
"""Number of characters that a line written by a person or a layout program does not exceed."""

_UNIT = re.compile(
    r"(?:(?<=[.?!»”)\d])|(?<=^))\s+(?P<unit>(?:Vraag|Antwoord)(?:en)? \d{1,3}(?:(?:, | en |, en | t/m )\d{1,3})*)\s+(?=[«„“(]?[A-ZÀ-Ž])"
)
_GLUED = re.compile(
    r"(?P<before>[?!»”)]|(?<=[a-zà-ž])\.|(?<=[a-zà-ž]),?)(?P<labels>\d{1,3}(?:, \d{1,3})*)(?=[\s.,;:?!]|$)"
)
_HEAD = re.compile(
    r"(?P<chamber>(?:Tweede|Eerste) Kamer der Staten-Generaal)\s+(?P<digit>[12])\s+(?P<session>Vergaderjaar \S+ Aanhangsel van de Handelingen)\s+"
    r"(?P<kind>Vragen gesteld door de leden der Kamer.*?antwoorden)\s+(?P<number>\d{1,5})\s+"
    r"(?P<asked>Vra(?:ag|gen) van .*?\((?:ingezonden|gesteld) [^)]*\)\.?)\s+(?P<answered>(?:Antwoord|Mededeling)(?:en)? van .*)",
    re.DOTALL,
)


def recognise(data: bytes) -> bool:
    """Return whether the bytes are a text in one of these formats."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return dialect(text) is not None


def dialect(text: str) -> Callable[[str], list[Page]] | None:
    """Return the function that reads a text into pages; None if the text is in none of these formats."""
    if not _SERIES.search(text) or text.lstrip().startswith("---\n"):
        return None
    if FEED in text:
        return fed
    if _PAGE_RULE.search(text) and _BRACKETED.search(text):
        return bracketed
    if FOOT.search(text) and max(map(len, text.split("\n"))) > LONG_LINE:
        return running
    return None


# pymupdf4llm


def bracketed(text: str) -> list[Page]:
    """Return the pages of a text with superscript numbers in brackets and rules of hyphens."""
    pages = [Page([])]
    parted = False
    for number, raw in enumerate(text.split("\n"), start=1):
        if _PAGE_RULE.fullmatch(raw.strip()):
            pages.append(Page([]))
            parted = False
        elif not raw.strip():
            parted = True
        else:
            pages[-1].lines.append(Line(tuple(_bracketed(raw, number)), Span(number), parted=parted))
            parted = False
    return [page for page in pages if page.lines]


def _bracketed(raw: str, number: int) -> Iterator[Piece]:
    start = match.end() if (match := _HASHES.match(raw)) else 0
    for text, bold, at in _starred(raw, start):
        done = 0
        for match in _BRACKETED.finditer(text):
            if match.start() > done:
                yield Piece(text[done : match.start()], bold=bold, span=Span(number, at + done + 1))
            yield Piece(match["raised"], superscript=True, span=Span(number, at + match.start() + 1))
            done = match.end()
            # The space inside the brackets represents the space after them.
            if match[0].endswith(" ]") and text[done : done + 1].isalnum():
                yield Piece(" ", span=Span(number, at + done + 1))
        if done < len(text):
            yield Piece(text[done:], bold=bold, span=Span(number, at + done + 1))


def _starred(raw: str, start: int) -> Iterator[tuple[str, bool, int]]:
    """Yield the parts of a line, whether each is bold, and where it begins."""
    at = start
    for match in _STARS.finditer(raw, start):
        if match.start() > at:
            yield raw[at : match.start()], False, at
        yield match[1], True, match.start(1)
        at = match.end()
    if at < len(raw):
        yield raw[at:], False, at


# pdftotext -layout


class DisorderedError(ValueError):
    """The note numbers are separate from their texts, as in the output of `pdftotext` without `-layout`."""


def fed(text: str) -> list[Page]:
    """Return the pages of a text with form feeds between them.

    Raises:
        DisorderedError: if the number of each note can no longer be determined.
    """
    pages: list[Page] = []
    number, note = 1, 0
    for sheet in text.split(FEED):
        labels = _calls(_GLUED.finditer(sheet), note)
        page = Page([])
        parted, label = False, ""
        for line, raw in enumerate(sheet.split("\n"), start=number):
            words = raw.strip()
            if not words:
                parted = True
            elif words.isdecimal() and int(words) in labels:
                if label:
                    raise DisorderedError
                label = words  # the number of a note is on a separate line, raised above its text
            else:
                span = Span(line, raw.index(words) + 1)
                head = (Piece(f"{label} ", span=span),) if label else ()
                pieces = (*head, *_glued(words, span, bold=False, labels=labels))
                page.lines.append(Line(pieces, span, parted=parted or bool(label) or words.isdecimal()))
                parted, label = words.isdecimal(), ""
        number += sheet.count("\n")
        note = labels[-1] if labels else note
        if page.lines:
            pages.append(page)
    return pages


# One line


def running(text: str) -> list[Page]:
    """Return the pages of a text that is one line, split at the footer that every page prints."""
    pages: list[Page] = []
    start = note = 0
    for match in FOOT.finditer(text):
        page, note = _running_page(text, start, match.start(), note)
        page.lines.append(_line(text, match.start(), match.end(), parted=True))
        pages.append(page)
        start = match.end()
    if text[start:].strip():
        page, note = _running_page(text, start, len(text), note)
        pages.append(page)
    return pages


def _running_page(text: str, start: int, end: int, note: int) -> tuple[Page, int]:
    """Return one page, with its head, units and notes, and the number of the last note so far."""
    labels = _calls(_GLUED.finditer(text, start, end), note)
    places = _note_places(text, start, end, labels)
    stop = places[0] if places else end
    page = Page([])
    begin = start
    if head := _HEAD.search(text, start, stop):
        unit = _UNIT.search(text, head.start("answered"), stop)
        cut = unit.start() if unit else stop
        for name in ("chamber", "digit", "session", "kind", "number", "asked"):
            page.lines.append(_line(text, head.start(name), head.end(name), parted=True, bold=name == "kind"))
        page.lines.append(_line(text, head.start("answered"), cut, parted=True))
        begin = cut
    for unit in _UNIT.finditer(text, begin, stop):
        if text[begin : unit.start("unit")].strip():
            page.lines.append(_line(text, begin, unit.start("unit"), parted=True, labels=labels))
        page.lines.append(_line(text, unit.start("unit"), unit.end("unit"), parted=True))
        begin = unit.end("unit")
    if text[begin:stop].strip():
        page.lines.append(_line(text, begin, stop, parted=True, labels=labels))
    for place, following in pairwise((*places, end)):
        page.lines.append(_line(text, place, following, parted=True))
    return page, labels[-1] if labels else note


def _calls(glued: Iterable[re.Match[str]], note: int) -> list[int]:
    """Return the numbers attached to words that continue the numbering after the last note."""
    out: list[int] = []
    for number in (int(label) for match in glued for label in match["labels"].split(", ")):
        if number == note + 1:
            out.append(number)
            note = number
    return out


def _note_places(text: str, start: int, end: int, labels: list[int]) -> list[int]:
    """Return where each note begins: the last positions on the page at which these numbers occur in this order."""
    places: list[int] = []
    before = end
    for label in reversed(labels):
        found = list(re.finditer(rf"(?<=\s){label}\s+(?=\S)", text[start:before]))
        if not found:
            return []
        before = start + found[-1].start()
        places.insert(0, before)
    return places


def _line(
    text: str, start: int, end: int, *, parted: bool, bold: bool = False, labels: list[int] | None = None
) -> Line:
    first = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    span = Span(first + 1, column)
    raw = text[start:end].strip()
    span = Span(span.line, span.column + len(text[start:end]) - len(text[start:end].lstrip()))
    return Line(tuple(_glued(raw, span, bold=bold, labels=labels or [])), span, parted=parted)


def _glued(raw: str, span: Span, *, bold: bool, labels: list[int]) -> Iterator[Piece]:
    """Yield the parts of a text; numbers that are attached to words and known to be calls are superscript."""
    done = 0
    for match in _GLUED.finditer(raw):
        numbers = [int(label) for label in match["labels"].split(", ")]
        if not all(number in labels for number in numbers):
            continue
        at = match.start("labels")
        yield Piece(raw[done:at], bold=bold, span=Span(span.line, span.column + done))
        yield Piece(match["labels"], superscript=True, span=Span(span.line, span.column + at))
        done = match.end("labels")
    if done < len(raw):
        yield Piece(raw[done:], bold=bold, span=Span(span.line, span.column + done))
