"""Blocks of Markdown: lines of code, tables, notes, lists, headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publish.census.markdown.inlines import Call, read
from publish.census.markdown.lines import (
    ATTRIBUTES,
    CAPTION,
    DELIMITERS,
    END_ATTRIBUTES,
    FENCE,
    HEADING,
    HTML,
    ITEM,
    NOTE,
    PAGE_BREAK,
    RAISED,
    REFERENCE,
    RULE,
    UNDERLINE,
    Line,
    cells,
    fence_of,
    is_code,
    is_definition,
    unquoted,
    without_markers,
)
from publish.census.types import Census, Passage, SourceFile, SourceImage, SourceNote, SourceTable, Unseen
from publish.diagnostics.types import Span


class _Manuscript(Struct):
    """What the scanner has found."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    images: list[SourceImage] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)
    calls: list[tuple[Call, Span]] = field(default_factory=list)
    computed: bool = False


def take(source: SourceFile) -> Census:
    """Count the words of a manuscript.

    Raises:
        UnicodeDecodeError: if it is not UTF-8.
    """
    text = source.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    lines = [Line(k, line) for k, line in enumerate(text.split("\n"), start=1)]
    scanner = _Scanner()
    lines = scanner.front_matter(lines)
    lines = scanner.comments(lines)
    lines = scanner.definitions(lines)
    scanner.lifted = frozenset(m[1] for line in lines if (m := RAISED.match(line.text)))
    scanner.call_from_title()
    scanner.blocks(lines)
    out = scanner.out
    notes = scanner.notes()
    return Census(
        "markdown",
        tuple(out.passages),
        tuple(notes),
        tuple(out.tables),
        tuple(out.images),
        tuple(out.links),
        tuple(out.unseen),
        counted=frozenset({"words", "notes", "tables", "images", "links", "headings"}),
        possible=tuple(out.possible),
        computed=out.computed,
        method="a scanner of lines",
    )


class _Scanner:
    def __init__(self) -> None:
        self.out = _Manuscript()
        self.defined: dict[str, list[Line]] = {}
        self.addresses: dict[str, str] = {}
        self.titles: list[Line] = []
        """Title in the front matter, which can call notes."""
        self.lifted: frozenset[str] = frozenset()
        """Superscript labels with which a line begins: they are notes that the text contains as paragraphs."""

    # Parts before the text

    def front_matter(self, lines: list[Line]) -> list[Line]:
        """Take the front matter away; its values can be published."""
        if not lines or lines[0].text.rstrip() != "---":
            return lines
        for index, line in enumerate(lines[1:], start=1):
            if line.text.rstrip() in {"---", "..."}:
                self.out.possible += [x.text for x in lines[1:index]]
                self.titles = [x for x in lines[1:index] if x.text.startswith("title:")]
                return lines[index + 1 :]
        return lines

    def call_from_title(self) -> None:
        """Count the calls in the title."""
        for line in self.titles:
            inline = read(line.text, defined=frozenset(self.defined), addresses={}, lifted=frozenset())
            self.out.calls += ((call, Span(line.number)) for call in inline.calls)

    def comments(self, lines: list[Line]) -> list[Line]:
        """Take HTML comments away that are outside code."""
        out: list[Line] = []
        inside, fence = False, ""
        for line in lines:
            mark = fence_of(line.text)
            if mark and not inside:
                fence = "" if fence and mark.startswith(fence) else fence or mark
            text = line.text
            code = text.startswith("    ") and not inside
            if not fence and not code and (inside or "<!--" in text) and "`" not in text:
                kept = ""
                while text:
                    if inside:
                        hidden, found, text = text.partition("-->")
                        self.out.unseen.append(Unseen("comment", hidden, Span(line.number)))
                        inside = not found
                    else:
                        shown, found, text = text.partition("<!--")
                        kept += shown
                        inside = bool(found)
                text = kept
            out.append(Line(line.number, text))
        return out

    def definitions(self, lines: list[Line]) -> list[Line]:
        """Take the definitions of notes and links away."""
        out: list[Line] = []
        fence, index = "", 0
        while index < len(lines):
            line = lines[index]
            mark = fence_of(line.text)
            if mark:
                fence = "" if fence and mark.startswith(fence) else fence or mark
            note = None if fence else NOTE.match(line.text)
            link = None if fence or note else REFERENCE.match(line.text)
            if note is not None:
                index = self._definition(lines, index, note)
                continue
            if link is not None and (not out or not out[-1].text.strip() or is_definition(out[-1].text)):
                self.addresses.setdefault(link[1].casefold(), link[2])
                self.out.possible.append(link[0])
            else:
                out.append(line)
            index += 1
        return out

    def _definition(self, lines: Sequence[Line], index: int, note: re.Match[str]) -> int:
        """Store a note with the lines that continue it; return the index of the next line."""
        content = [Line(lines[index].number, note[2])]
        index += 1
        blank = False
        while index < len(lines):
            text = lines[index].text
            if not text.strip():
                blank = True
            elif text.startswith("    "):
                blank = False
            elif (
                blank
                or NOTE.match(text)
                or HTML.match(text)
                or HEADING.fullmatch(text)
                or FENCE.match(text)
                or ITEM.match(text)
            ):
                break
            content.append(Line(lines[index].number, text.removeprefix("    ")))
            index += 1
        if note[1] in self.defined:
            text = " ".join(line.text for line in content)
            self.out.unseen.append(Unseen("second definition of a note", text, Span(content[0].number)))
        else:
            self.defined[note[1]] = content
        return index

    # Blocks

    def blocks(self, lines: Sequence[Line]) -> None:
        """Count lines of text."""
        paragraph: list[Line] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            text = unquoted(line.text)
            fence = fence_of(text)
            following = unquoted(lines[index + 1].text) if index + 1 < len(lines) else ""
            if fence:
                self._paragraph(paragraph)
                index = self._code(lines, index, fence)
            elif not text.strip() or RULE.fullmatch(text) or PAGE_BREAK.fullmatch(text):
                self._paragraph(
                    paragraph,
                    heading=bool(paragraph) and bool(UNDERLINE.fullmatch(text)) and bool(text.strip()),
                )
            elif paragraph and UNDERLINE.fullmatch(text):
                self._paragraph(paragraph, heading=True)
            elif "|" in text and "-" in following and DELIMITERS.fullmatch(following) and not paragraph:
                index = self._table(lines, index)
                continue
            elif (heading := HEADING.fullmatch(text)) is not None:
                self._paragraph(paragraph)
                paragraph.append(Line(line.number, heading[1] or ""))
                self._paragraph(paragraph, heading=True)
            elif ATTRIBUTES.fullmatch(text):
                self._paragraph(paragraph)
                self.out.possible.append(text)
            elif not paragraph and HTML.match(text):
                index = self._html(lines, index)
                continue
            elif is_code(text, lines, index) and not paragraph:
                self.out.passages.append(Passage(text, Span(line.number)))
            else:
                if ITEM.match(text) or re.match(r"\s*:\s+\S", text):
                    self._paragraph(paragraph)
                paragraph.append(Line(line.number, text))
            index += 1
        self._paragraph(paragraph)

    def _html(self, lines: Sequence[Line], index: int) -> int:
        """Skip a block of HTML (CommonMark 0.31, 4.6): its words can be published, with its tags."""
        while index < len(lines) and unquoted(lines[index].text).strip():
            self.out.possible.append(unquoted(lines[index].text))
            index += 1
        return index

    def _code(self, lines: Sequence[Line], index: int, fence: str) -> int:
        content: list[str] = []
        start = index
        quoted = unquoted(lines[index].text) != lines[index].text
        index += 1
        while index < len(lines):
            text = unquoted(lines[index].text) if quoted else lines[index].text
            mark = FENCE.match(text)
            if mark is not None and mark[1].startswith(fence) and not text.strip().strip("`~"):
                break
            content.append(text)
            index += 1
        if "".join(content).strip():
            self.out.passages.append(Passage("\n".join(content), Span(lines[start].number)))
        return index

    def _paragraph(self, lines: list[Line], *, heading: bool = False) -> None:
        if not lines:
            return
        text, span = "\n".join(line.text for line in lines), Span(lines[0].number)
        lines.clear()
        item = ITEM.match(text)
        if item is not None and item.end() == len(text) and not re.search(r"[-*+\d]", item[0]):
            item = None  # a letter alone is text
        label = ""
        if item is not None and not heading:
            text = text[item.end() :]
            label = item["label"] or ""
            nested = ITEM.match(text)
            if nested is not None:  # a list that begins in the first line of an item
                self.out.possible.append(label)
                self._paragraph([Line(span.line, text)])
                return
        elif (caption := CAPTION.match(text)) is not None:
            self.out.possible.append(caption[1] or "")
            text = text[caption.end() :]
        else:
            text = re.sub(r"^\s*:\s+(?=\S)", "", text)
        raised = RAISED.match(text)
        if raised is not None and raised[1] in self.lifted:
            self.out.possible.append(raised[1])
            text = text[raised.end() :]
        if heading or label or item is None:
            text = END_ATTRIBUTES.sub(self._possible, text)
        if label:
            self.out.possible.append(label)
        self._text(text, span, heading=heading)

    def _possible(self, match: re.Match[str]) -> str:
        self.out.possible.append(match[0])
        return ""

    def _text(self, text: str, span: Span, *, heading: bool = False) -> None:
        inline = read(text, defined=frozenset(self.defined), addresses=self.addresses, lifted=self.lifted)
        self.out.calls += ((call, span) for call in inline.calls)
        self.out.links += inline.links
        self.out.possible += inline.possible
        self.out.computed = self.out.computed or inline.computed
        for image in inline.images:
            self.out.images.append(SourceImage("", image.address, span=span))
            self.out.possible += [image.alt, image.address]
            if image.title:
                self._text(image.title, span)
        if inline.text.strip():
            self.out.passages.append(Passage(inline.text, span, "", heading))

    def _table(self, lines: Sequence[Line], index: int) -> int:
        start = index
        columns = len(cells(without_markers(lines[index].text)))
        rows = 0
        before = len(self.out.passages), len(self.out.images)
        while index < len(lines):
            text = unquoted(lines[index].text)
            if not text.strip() or (
                index > start + 1 and (HEADING.fullmatch(text) or fence_of(text) or ITEM.match(text))
            ):
                break
            if index != start + 1:
                rows += 1
                for cell in cells(without_markers(text)):
                    if cell.strip() not in {"^^", "<<"}:
                        self._text(cell, Span(lines[index].number))
            index += 1
        if (len(self.out.passages), len(self.out.images)) != before:
            self.out.tables.append(SourceTable(rows, columns, Span(lines[start].number)))
        return index

    # Notes

    def notes(self) -> list[SourceNote]:
        """Return the notes in the order of their calls, and record those that are not called."""
        out: list[SourceNote] = []
        done: set[str] = set()
        waiting = list(self.out.calls)
        while waiting:
            call, span = waiting.pop(0)
            if call.label in done:
                continue
            lines = self.defined[call.label] if call.label else [Line(span.line, call.text)]
            done |= {call.label} - {""}
            text, inner = self._note(lines)
            waiting[:0] = inner
            out.append(SourceNote("", text, 1, Span(lines[0].number)))
        for label, lines in self.defined.items():
            if label not in done:
                text = " ".join(line.text for line in lines)
                self.out.unseen.append(Unseen("note without call", text, Span(lines[0].number)))
        return out

    def _note(self, lines: Sequence[Line]) -> tuple[str, list[tuple[Call, Span]]]:
        """Return the text of a note, and the calls in it."""
        passages, calls = self.out.passages, self.out.calls
        self.out.passages, self.out.calls = [], []
        self.blocks(lines)
        text, inner = " ".join(p.text for p in self.out.passages), self.out.calls
        self.out.passages, self.out.calls = passages, calls
        return text, inner
