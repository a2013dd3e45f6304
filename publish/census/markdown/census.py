"""Blocks of Markdown: lines of code, tables, notes, lists, headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publish.census.markdown.inlines import Call, read
from publish.census.types import Census, Passage, SourceFile, SourceImage, SourceNote, SourceTable, Unseen
from publish.diagnostics.types import Span

_FENCE = re.compile(r"\s*(`{3,}(?!.*`)|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:[ \t]?(.*)")
_REFERENCE = re.compile(
    r" {0,3}\[([^\]\[^][^\]\[]*)\]:\s*<?(\S+?)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*$"
)
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+(.*?))?(?:\s+#+)?\s*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<bullet>[-*+])|(?P<label>\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,6})[.)]|\d{1,3}(?:[a-z]{1,2}|bis|ter|quater)[.)]|\d{1,3}[°º]))(?P<gap>\s+|$)"
)
_END_ATTRIBUTES = re.compile(r"(?:[ \t]+|(?<![\]\s`*_]))\{[^{}]*\}[ \t]*$")
_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*")
_CAPTION = re.compile(r"\s*(Table|Tabel|Tableau|Tabelle|Figure|Figuur|Abbildung)?\s*:\s+(?=\S)")
_PAGE_BREAK = re.compile(r"\s*\\(?:newpage|pagebreak|clearpage)\s*")
_HTML = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|"
    r"noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|"
    r"tr|track|ul)(?:[\s>]|/>|$)",
    re.IGNORECASE,
)
_RAISED = re.compile(r"\s*<sup>\s*(\d{1,4}|[*†‡§]{1,4}|[a-z])\s*</sup>")


class Line(Struct, frozen=True):
    """A line and its number from 1."""

    number: int
    text: str


class _Definition(Struct):
    lines: list[Line]
    calls: int = 0


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
    scanner.lifted = frozenset(m[1] for line in lines if (m := _RAISED.match(line.text)))
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
        self.defined: dict[str, _Definition] = {}
        self.addresses: dict[str, str] = {}
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
                return lines[index + 1 :]
        return lines

    def comments(self, lines: list[Line]) -> list[Line]:
        """Take HTML comments away that are outside code."""
        out: list[Line] = []
        inside, fence = False, ""
        for line in lines:
            mark = _FENCE.match(line.text)
            if mark and not inside:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
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
            mark = _FENCE.match(line.text)
            if mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            note = None if fence else _NOTE.match(line.text)
            link = None if fence or note else _REFERENCE.match(line.text)
            if note is not None:
                index = self._definition(lines, index, note)
                continue
            if link is not None and (not out or not out[-1].text.strip() or _is_definition(out[-1].text)):
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
                or _NOTE.match(text)
                or _HTML.match(text)
                or _HEADING.fullmatch(text)
                or _FENCE.match(text)
                or _ITEM.match(text)
            ):
                break
            content.append(Line(lines[index].number, text.removeprefix("    ")))
            index += 1
        if note[1] in self.defined:
            text = " ".join(line.text for line in content)
            self.out.unseen.append(Unseen("second definition of a note", text, Span(content[0].number)))
        else:
            self.defined[note[1]] = _Definition(content)
        return index

    # Blocks

    def blocks(self, lines: Sequence[Line]) -> None:
        """Count lines of text."""
        paragraph: list[Line] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            text = _unquoted(line.text)
            fence = _FENCE.match(text)
            following = _unquoted(lines[index + 1].text) if index + 1 < len(lines) else ""
            if fence is not None:
                self._paragraph(paragraph)
                index = self._code(lines, index, fence[1])
            elif not text.strip() or _RULE.fullmatch(text) or _PAGE_BREAK.fullmatch(text):
                self._paragraph(
                    paragraph,
                    heading=bool(paragraph) and bool(_UNDERLINE.fullmatch(text)) and bool(text.strip()),
                )
            elif paragraph and _UNDERLINE.fullmatch(text):
                self._paragraph(paragraph, heading=True)
            elif "|" in text and "-" in following and _DELIMITERS.fullmatch(following) and not paragraph:
                index = self._table(lines, index)
                continue
            elif (heading := _HEADING.fullmatch(text)) is not None:
                self._paragraph(paragraph)
                paragraph.append(Line(line.number, heading[1] or ""))
                self._paragraph(paragraph, heading=True)
            elif _ATTRIBUTES.fullmatch(text):
                self._paragraph(paragraph)
                self.out.possible.append(text)
            elif not paragraph and _HTML.match(text):
                index = self._html(lines, index)
                continue
            elif _is_code(text, lines, index) and not paragraph:
                self.out.passages.append(Passage(text, Span(line.number)))
            else:
                if _ITEM.match(text) or re.match(r"\s*:\s+\S", text):
                    self._paragraph(paragraph)
                paragraph.append(Line(line.number, text))
            index += 1
        self._paragraph(paragraph)

    def _html(self, lines: Sequence[Line], index: int) -> int:
        """Skip a block of HTML (CommonMark 0.31, 4.6): its words can be published, with its tags."""
        while index < len(lines) and _unquoted(lines[index].text).strip():
            self.out.possible.append(_unquoted(lines[index].text))
            index += 1
        return index

    def _code(self, lines: Sequence[Line], index: int, fence: str) -> int:
        content: list[str] = []
        start = index
        index += 1
        while index < len(lines):
            text = _unquoted(lines[index].text)
            mark = _FENCE.match(text)
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
        item = _ITEM.match(text)
        if item is not None and item.end() == len(text) and not re.search(r"[-*+\d]", item[0]):
            item = None  # a letter alone is text
        label = ""
        if item is not None and not heading:
            text = text[item.end() :]
            label = item["label"] or ""
            nested = _ITEM.match(text)
            if nested is not None:  # a list that begins in the first line of an item
                self.out.possible.append(label)
                self._paragraph([Line(span.line, text)])
                return
        elif _CAPTION.match(text):
            caption = _CAPTION.match(text)
            assert caption is not None
            self.out.possible.append(caption[1] or "")
            text = text[caption.end() :]
        else:
            text = re.sub(r"^\s*:\s+(?=\S)", "", text)
        raised = _RAISED.match(text)
        if raised is not None and raised[1] in self.lifted:
            self.out.possible.append(raised[1])
            text = text[raised.end() :]
        if heading or label or item is None:
            text = _END_ATTRIBUTES.sub(self._possible, text)
        if label:
            self.out.possible.append(label)
        self._text(text, span, heading=heading)

    def _possible(self, match: re.Match[str]) -> str:
        self.out.possible.append(match[0])
        return ""

    def _text(self, text: str, span: Span, *, heading: bool = False) -> str:
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
        return inline.text

    def _table(self, lines: Sequence[Line], index: int) -> int:
        start = index
        columns = len(_cells(_unquoted(lines[index].text)))
        rows = 0
        before = len(self.out.passages), len(self.out.images)
        while index < len(lines):
            text = _unquoted(lines[index].text)
            if not text.strip() or (index > start + 1 and (_HEADING.fullmatch(text) or _FENCE.match(text))):
                break
            if index != start + 1:
                rows += 1
                for cell in _cells(text)[:columns]:
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
            lines = self.defined[call.label].lines if call.label else [Line(span.line, call.text)]
            done |= {call.label} - {""}
            text, inner = self._note(lines)
            waiting[:0] = inner
            out.append(SourceNote("", text, 1, Span(lines[0].number)))
        for label, definition in self.defined.items():
            if label not in done:
                text = " ".join(line.text for line in definition.lines)
                self.out.unseen.append(Unseen("note without call", text, Span(definition.lines[0].number)))
        return out

    def _note(self, lines: Sequence[Line]) -> tuple[str, list[tuple[Call, Span]]]:
        """Return the text of a note, and the calls in it."""
        passages, calls = self.out.passages, self.out.calls
        self.out.passages, self.out.calls = [], []
        self.blocks(lines)
        text, inner = " ".join(p.text for p in self.out.passages), self.out.calls
        self.out.passages, self.out.calls = passages, calls
        return text, inner


def _is_definition(text: str) -> bool:
    return _REFERENCE.match(text) is not None or _NOTE.match(text) is not None


def _unquoted(text: str) -> str:
    return re.sub(r"^(?:\s{0,3}>\s?)+", "", text)


def _is_code(text: str, lines: Sequence[Line], index: int) -> bool:
    """Return whether an indented line is code: it is indented by four spaces, and no list item precedes it."""
    if not text.startswith("    "):
        return False
    for line in reversed(lines[:index]):
        before = _unquoted(line.text)
        if before.strip() and not before.startswith("    "):
            return (
                _ITEM.match(before) is None and not re.match(r"\s*:\s", before) and not before.startswith(" ")
            )
    return True


def _cells(text: str) -> list[str]:
    """Divide a row at the bars that are not escaped and not in code."""
    guarded = re.sub(r"(`+)(.+?)\1", lambda m: m[0].replace("|", "\ue002"), text)
    guarded = guarded.strip().replace("\\|", "\ue002")
    guarded = guarded.removeprefix("|")
    guarded = guarded.removesuffix("|")
    return [cell.replace("\ue002", "|") for cell in guarded.split("|")]
