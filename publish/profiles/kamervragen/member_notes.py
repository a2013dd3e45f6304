"""Notes of a member in the questions, as repeated in the letter of a ministry.

They are typed as text: `1)` or `[1]` in a question, and a list with the same labels at the end of the letter. The notes
of the ministry are Word notes. Both can have the label 1. Each entry of the list becomes a note at its marker. Markers
without an entry, entries without a marker and skipped numbers are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.roles import ANSWER
from publish.model.text import finish, plain_text, split, without_bold
from publish.model.walk import change_blocks
from publish.profiles.kamervragen.units import announced_by

MEMBER = "member"
"""Series of the notes of a member, if they are not numbered with the other notes."""

_ENTRY = re.compile(r"\s*(?P<label>\[(?P<bracket>\d{1,2})\]|(?P<paren>\d{1,2})\))\s*")
_MARK = re.compile(r"[ \u00a0]?(?P<label>\[(?P<bracket>\d{1,2})\]|(?<![\d(])(?P<paren>\d{1,2})\))")


class Entry(Struct):
    """One entry of the list of notes."""

    number: int
    label: str
    blocks: tuple[n.Block, ...]
    original: Flat
    span: Span | None
    called: bool = False


class Lifted(Struct, frozen=True):
    """Text without the list, with calls instead of markers, and the notes."""

    blocks: tuple[Flat, ...]
    notes: dict[str, n.Note]
    diagnostics: tuple[Diagnostic, ...] = ()
    markers: tuple[str, ...] = ()
    """Text of the markers and of the labels in the list, which became labels of notes."""

    @property
    def found(self) -> bool:
        """Whether the letter has notes of a member."""
        return bool(self.notes)


def lift(flat: Sequence[Flat], first: int, source: str, *, separate: bool) -> Lifted:
    """Move the notes of a member to their markers.

    Args:
        flat: The blocks of a letter.
        first: The index of the first question.
        source: The name of the letter.
        separate: Whether the notes keep their own labels, separate from the notes of the ministry.
    """
    start, entries = _list_at_end(flat, first)
    if not entries:
        return Lifted(tuple(flat), {})
    marks = _Marks(entries)
    body = marks.called(flat[first:start])
    called = [entry for entry in entries if entry.called]
    if not called:
        return Lifted(tuple(flat), {})
    back = [entry.original for entry in entries if not entry.called]
    notes = {
        _key(entry): n.Note(
            entry.blocks, MEMBER if separate else "", entry.label if separate else "", span=entry.span
        )
        for entry in called
    }
    rest = [block for block in flat[start:] if isinstance(block, n.PageBreak)]
    reports = tuple(_reports(entries, marks, source, separate=separate))
    markers = (*marks.called_labels, *(entry.label for entry in called))
    return Lifted((*flat[:first], *body, *back, *rest), notes, reports, markers)


def _key(entry: Entry) -> str:
    return f"{MEMBER}-{entry.number}"


def _list_at_end(flat: Sequence[Flat], first: int) -> tuple[int, list[Entry]]:
    """Return the start of the list and its entries. Only entries and page breaks follow the start."""
    entries: list[Entry] = []
    more: list[n.Paragraph] = []
    index = len(flat)
    while index > first:
        block = flat[index - 1]
        if (
            isinstance(block, n.List)
            and block.ordered
            and not more
            and _is_of_notes(block, flat[first : index - 1])
        ):
            entries[:0] = _of_list(block)
        elif isinstance(block, n.Paragraph) and (match := _ENTRY.match(plain_text(block.inlines))):
            entry = _of_paragraph(block, match)
            entries.insert(0, replace(entry, blocks=(*entry.blocks, *more)))
            more = []
        elif isinstance(block, n.Paragraph) and _continues(block):
            more.insert(0, block)
        elif not isinstance(block, n.PageBreak) or (not entries and index < len(flat) - 3):
            break
        index -= 1
    index += len(more)  # they continue no entry
    while index < len(flat) and isinstance(flat[index], n.PageBreak):
        index += 1
    return index, entries


def _continues(paragraph: n.Paragraph) -> bool:
    """Return whether a paragraph continues the entry before it: an address, or words after a line break."""
    text = plain_text(paragraph.inlines).strip()
    return text.startswith(("http://", "https://", "www.")) or text[:1].islower()


def _is_of_notes(block: n.List, before: Sequence[Flat]) -> bool:
    """Return whether a list contains notes: its labels look like markers, or markers in the text have all its numbers."""
    if block.delimiter != ".":
        return True
    texts = (
        plain_text(x.title if isinstance(x, Heading) else x.inlines)
        for x in before
        if isinstance(x, Heading | n.Paragraph)
    )
    marked = {int(mark["bracket"] or mark["paren"]) for text in texts for mark in _MARK.finditer(text)}
    return set(range(block.start, block.start + len(block.items))) <= marked


def _of_paragraph(block: n.Paragraph, match: re.Match[str]) -> Entry:
    number = int(match["bracket"] or match["paren"])
    text = finish(split(without_bold(block.inlines), match.end())[1])
    note = n.Paragraph(text, attrs=block.attrs, span=block.span)
    return Entry(number, match["label"], (note,), block, block.span)


def _of_list(block: n.List) -> list[Entry]:
    return [
        Entry(
            block.start + k,
            f"{block.start + k})",
            item.blocks,
            replace(block, items=(item,), start=block.start + k),
            item.span,
        )
        for k, item in enumerate(block.items)
    ]


class _Marks:
    """Conversion of markers to calls, if the list has an entry for them.

    Markers are in the text of the member. In an answer, `1)` can also begin a reason. There, only `[1]` and `1)` directly
    after a word are markers, and `1)` only if no question calls the entry.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = {entry.number: entry for entry in entries}
        self.answer = False
        self.asked: set[int] = set()
        self.unanswered: list[tuple[str, Span | None]] = []
        self.called_labels: list[str] = []
        self.depth = 0
        """Number of open brackets in the paragraph. A bracket that closes one is not a marker, as in `(artikel 3)`."""

    def called(self, flat: Sequence[Flat]) -> list[Flat]:
        """Return the blocks with calls. Convert the questions first, then the answers."""
        out, answers, within = list(flat), list[int](), False
        for index, block in enumerate(flat):
            announced = announced_by(block)
            within = announced.role == ANSWER if announced else within
            if within:
                answers.append(index)
            else:
                out[index] = self._block(block)
        self.answer = True
        self.asked = {number for number, entry in self.entries.items() if entry.called}
        for index in answers:
            out[index] = self._block(out[index])
        return out

    def _block(self, block: Flat) -> Flat:
        if isinstance(block, Heading):
            return block
        (changed,) = change_blocks((block,), self._inline, self._end)
        return changed

    def _end(self, block: n.Block) -> n.Block:
        self.depth = 0
        return block

    def _inline(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if not isinstance(inline, n.Text):
            return inline
        out = tuple(self._parts(inline))
        return out if len(out) != 1 else out[0]

    def _parts(self, text: n.Text) -> Iterator[n.Inline]:
        done = at = 0
        for match in _MARK.finditer(text.text):
            self._count(text.text[at : match.start("label")])
            at = match.start("label")
            number = int(match["bracket"] or match["paren"])
            enumerates = self.answer and (match.start() == 0 or match.start() != at or number in self.asked)
            if match["paren"] and (self.depth > 0 or enumerates):
                continue
            at = match.end()
            entry = self.entries.get(number)
            if entry is None:
                if match["bracket"]:
                    self.unanswered.append((match["label"], text.span))
                continue
            if match.start() > done:
                yield replace(text, text=text.text[done : match.start()])
            entry.called = True
            self.called_labels.append(match["label"])
            yield n.NoteRef(_key(entry), attrs=n.Attrs(values=(("literal", match["label"]),)), span=text.span)
            done = match.end()
        self._count(text.text[at:])
        if done < len(text.text):
            yield replace(text, text=text.text[done:]) if done else text

    def _count(self, text: str) -> None:
        for character in text:
            if character == "(":
                self.depth += 1
            elif character == ")":
                self.depth = max(0, self.depth - 1)


def _reports(entries: Sequence[Entry], marks: _Marks, source: str, *, separate: bool) -> Iterator[Diagnostic]:
    called = [entry for entry in entries if entry.called]
    how = "keep their own labels" if separate else "are numbered together with the ministry's notes"
    message = f"Notes {called[0].label} to {called[-1].label} of the member ({len(called)} notes) {how}"
    yield make("PUB-M014", message, span=called[0].span, source=source)
    for entry in entries:
        if not entry.called:
            message = f"Note {entry.label} is in the list of notes, but no question calls it"
            yield make("PUB-M013", message, span=entry.span, source=source)
    for label, span in marks.unanswered:
        yield make(
            "PUB-M013",
            f"A question calls note {label}, which is not in the list of notes",
            span=span,
            source=source,
        )
    last = entries[0].number - 1
    for entry in entries:
        missing = range(last + 1, entry.number)
        if missing and not any(label.strip("[]()") == str(missing[0]) for label, _ in marks.unanswered):
            gone = str(missing[0]) if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
            message = f"List of notes skips {gone}: {entry.number} follows {last}"
            yield make("PUB-M013", message, span=entry.span, source=source)
        last = entry.number
