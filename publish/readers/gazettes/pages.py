"""Conversion of pages of lines to the blocks of a document: headings, paragraphs, notes and page marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.metadata import Identifier, Metadata
from publish.model.outline import Flat, Heading, nest
from publish.model.text import plain_text
from publish.readers.base import ReadResult
from publish.readers.extracted import lift_notes
from publish.readers.gazettes.furniture import Found, strip
from publish.readers.gazettes.lines import Line, Page
from publish.readers.gazettes.paragraphs import ends_sentence, full_width, groups, inlines

UNIT = re.compile(
    r"(?:Vraag|Vragen|Antwoord|Antwoorden)(?: op (?:de )?vra(?:ag|gen))? \d{1,3}(?:\s*(?:,|en|, en|t/m|tot en met|[-–])\s*\d{1,3})*",
    re.IGNORECASE,
)
"""Heading of a question or an answer, on a separate line."""

_REMARK = re.compile(r"(?:Toelichting|Mededeling)\s*:?")
_NOTE = re.compile(r"\s*(?P<label>\d{1,3})(?:\s+|(?=[A-Z«]))(?P<text>\S.*)")

LARGER = 1.2
"""Minimum difference in points between the type size of a heading and of the text."""

SAME_SIZE = 0.6
"""Difference in points below which two sizes are equal."""

LONGEST_HEADING = 200
"""Maximum number of characters of a heading."""

SHORT = 60
"""Maximum number of characters of a paragraph that may be complete without the end of a sentence."""


class Built(Struct):
    """Blocks built so far, page by page."""

    flat: list[Flat] = field(default_factory=list)
    last: int = -1
    """Index of the last block that is not a note."""
    joined_words: list[str] = field(default_factory=list)
    joined_paragraphs: list[Span | None] = field(default_factory=list)

    def add(self, block: Flat) -> None:
        """Append a block of text."""
        self.last = len(self.flat)
        self.flat.append(block)


def document(pages: list[Page], source: str, *, sized: bool) -> ReadResult:
    """Create a document from pages.

    Args:
        pages: Pages of a document, with everything that is printed on them.
        source: Name of the manuscript.
        sized: Whether lines have a type size, which then identifies notes and headings.
    """
    found = strip(pages)
    body = _body_size(pages) if sized else 0.0
    width = full_width(
        [line for page in pages for line in page.lines if line.size in {0.0, body} or not sized]
    )
    larger = {line.size for page in pages for line in page.lines if body and line.size > body + LARGER}
    sizes = _distinct(sorted(larger, reverse=True))
    built = Built()
    for number, page in enumerate(pages, start=1):
        page.label = page.label or str(number)
        text, notes = _notes_of(page, body)
        _text(text, page.label if len(pages) > 1 else "", built, width, body, sizes)
        built.flat += [_note(lines, built) for lines in notes]
    lifted = lift_notes(built.flat, {}, source)
    metadata = Metadata(
        session=found.session,
        place=found.place,
        identifiers=_identifiers(found),
    )
    diagnostics = (*_reports(found, built, source), *lifted.diagnostics)
    account = tuple(AccountEntry("PUB-R050", text) for text in found.texts)
    return ReadResult(
        n.Document(metadata, nest(lifted.blocks), notes=lifted.notes, source=source), diagnostics, account
    )


def _distinct(sizes: Sequence[float]) -> list[float]:
    """Return the sizes, largest first, without those that differ too little to be distinguished."""
    out: list[float] = []
    for size in sizes:
        if not out or out[-1] - size >= SAME_SIZE:
            out.append(size)
    return out[:5]


def _identifiers(found: Found) -> tuple[Identifier, ...]:
    out = [Identifier("officielebekendmakingen", found.identifier)] if found.identifier else []
    return (*out, Identifier("issn", found.issn)) if found.issn else tuple(out)


def _reports(found: Found, built: Built, source: str) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    if found.texts:
        shown = " | ".join(dict.fromkeys(found.texts))
        message = f"{len(found.texts)} lines of running heads and footers are left out: {shown}"
        out.append(make("PUB-R050", message, source=source))
    if built.joined_words:
        words = ", ".join(built.joined_words)
        message = f"{len(built.joined_words)} words split at line ends are rejoined: {words}"
        out.append(make("PUB-R051", message, source=source))
    out += [
        make("PUB-R020", "Paragraph continues across the end of a source page", span=span, source=source)
        for span in built.joined_paragraphs
    ]
    return out


def _body_size(pages: Sequence[Page]) -> float:
    """Return the type size of most characters."""
    weight: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            weight[line.size] = weight.get(line.size, 0) + len(line.plain)
    return max(weight, key=lambda size: weight[size], default=0.0)


def _notes_of(page: Page, body: float) -> tuple[list[Line], list[list[Line]]]:
    """Return the lines of text, and the lines of each note at the foot of the page.

    Notes have consecutive numbers, and continue to the end of the page. If sizes are known, notes are smaller than the
    text.
    """
    start = len(page.lines)
    first = 0
    for index in range(len(page.lines) - 1, -1, -1):
        line = page.lines[index]
        if body and line.size >= body - 0.4:
            break
        number = _label(line)
        if number and (not first or number == first - 1):
            if not _begins_note(page.lines, index, body):
                break
            start, first = index, number
        elif number and number >= first:
            break
    if start == len(page.lines):
        return page.lines, []
    notes: list[list[Line]] = []
    for line in page.lines[start:]:
        number = _label(line)
        if number and (not notes or number == (_label(notes[-1][0]) or 0) + 1):
            notes.append([line])
        else:
            notes[-1].append(line)
    return page.lines[:start], notes


def _begins_note(lines: Sequence[Line], index: int, body: float) -> bool:
    """Return whether a line with a number begins a note: by its size, or because it follows a gap or the previous number."""
    before = _label(lines[index - 1]) if index else None
    return bool(body) or lines[index].parted or before == (_label(lines[index]) or 0) - 1


def _label(line: Line) -> int | None:
    """Return the number at the beginning of a line, as in a note; None if there is no number."""
    first = line.pieces[0] if line.pieces else None
    if first is not None and first.superscript and first.text.strip().isdecimal():
        return int(first.text)
    match = _NOTE.fullmatch(line.text)
    return int(match["label"]) if match else None


def _note(lines: list[Line], built: Built) -> n.Paragraph:
    """Return a note as a paragraph that begins with its superscript number."""
    first = lines[0]
    if first.pieces[0].superscript:
        label, rest = first.pieces[0].text.strip(), first.pieces[1:]
    else:
        match = _NOTE.fullmatch(first.text)
        assert match is not None, "Note must begin with its number"
        label = match["label"]
        head, *others = first.pieces
        rest = (replace(head, text=head.text[match.start("text") :]), *others)
    text = inlines([replace(first, pieces=rest), *lines[1:]], built.joined_words)
    mark = n.Superscript((n.Text(label, span=first.span),), span=first.span)
    return n.Paragraph((mark, n.Text(" ", span=first.span), *text), span=first.span)


def _text(
    lines: list[Line], label: str, built: Built, width: int, body: float, sizes: Sequence[float]
) -> None:
    """Append the text of a page."""
    mark: tuple[n.Inline, ...] = (n.PageMark(label, id=f"page-{label}"),) if label else ()
    pending: list[Line] = []
    opened = False

    def flush() -> None:
        nonlocal mark, opened
        for group in groups(pending, width):
            text = inlines(group, built.joined_words)
            if not plain_text(text).strip() and not any(isinstance(x, n.Superscript) for x in text):
                continue
            last = built.flat[built.last] if built.last >= 0 else None
            if not opened and isinstance(last, n.Paragraph) and _runs_on(last):
                built.joined_paragraphs.append(group[0].span)
                whole = (*last.inlines, n.Text(" "), *mark, *text)
                built.flat[built.last] = replace(last, inlines=whole)
            else:
                built.add(n.Paragraph((*mark, *text), span=group[0].span))
            mark, opened = (), True
        pending.clear()

    above: Line | None = None
    for line in lines:
        level = _level(line, body, sizes)
        if not level:
            pending.append(line)
            above = None
            continue
        flush()
        opened = True
        title = inlines([line], built.joined_words)
        last = built.flat[-1] if built.flat else None
        if above is not None and isinstance(last, Heading) and _goes_on(above, line, last.level == level):
            title = (*last.title, n.Text(" "), *title)
            built.flat[-1] = Heading(level, title, span=last.span)
        else:
            built.add(Heading(level, (*mark, *title), span=line.span))
        mark, above = (), line
    flush()


def _goes_on(above: Line, line: Line, same_level: bool) -> bool:  # noqa: FBT001 - within this module
    """Return whether a line of a heading continues the heading above it."""
    units = UNIT.fullmatch(above.plain) or UNIT.fullmatch(line.plain)
    return (
        same_level
        and not units
        and not line.parted
        and abs(above.size - line.size) < SAME_SIZE
        and above.bold == line.bold
    )


def _level(line: Line, body: float, sizes: Sequence[float]) -> int:
    """Return the level of a heading; 0 for text.

    Larger type is a higher level. Bold type in the size of the text is the lowest level.
    """
    text = line.plain
    if UNIT.fullmatch(text) or _REMARK.fullmatch(text):
        return len(sizes) + 1
    if body and line.size > body + LARGER and len(text) < LONGEST_HEADING:
        return next((k for k, size in enumerate(sizes, start=1) if line.size >= size - SAME_SIZE), len(sizes))
    if body and line.bold and len(text) < LONGEST_HEADING and not ends_sentence(text):
        return len(sizes) + 1
    return 0


def _runs_on(last: n.Paragraph) -> bool:
    """Return whether the last paragraph of the previous page ends in mid-sentence."""
    text = plain_text(last.inlines).rstrip()
    return len(text) > SHORT and not ends_sentence(text)
