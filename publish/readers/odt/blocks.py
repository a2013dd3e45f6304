"""Paragraphs, lists, tables and sections of one story, with their function by style, numbering and position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model import roles
from publish.model.outline import Flat, Heading
from publish.model.text import plain_text
from publish.model.walk import inlines_in
from publish.readers.lists import Entry, Label
from publish.readers.odt import conditions, styles
from publish.readers.odt.formulas import displayed
from publish.readers.odt.inlines import Content, InlineReader, NoteKey
from publish.readers.odt.names import DRAW, FO, OFFICE, TABLE, TEXT, first_number, whole
from publish.readers.odt.numbering import FRAME_AREA, OUTLINE, OpenList
from publish.readers.odt.scope import Scope
from publish.readers.odt.styles import Facts
from publish.readers.odt.tables import TableReader
from publish.readers.office.assembly import (
    SUBTITLE,
    TITLE,
    Item,
    Styled,
    assembled,
    in_cell,
    shows,
    without_ends,
)
from publish.readers.office.captions import CAPTION, captioned
from publish.readers.office.headings import can_be_heading
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

IGNORED = frozenset(
    {OFFICE + "forms", OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "event-listeners", OFFICE + "script"}
    | {
        TEXT + name
        for name in (
            "tracked-changes", "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls",
            "alphabetical-index-auto-mark-file", "soft-page-break", "section-source", "index-title-template", "change",
            "change-start", "change-end",
        )
    }
)  # fmt: skip

INDEXES = frozenset(
    TEXT + name
    for name in (
        "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index", "bibliography",
    )
)  # fmt: skip
"""Lists that a program generates, and that publish keeps as they are."""

CONTENTS = TEXT + "table-of-content"


class BlockReader:
    """Reader of one story: the body or a note."""

    def __init__(self, scope: Scope, note_key: NoteKey, place: Span | None = None, note: str = "") -> None:
        self.scope = scope
        self.inlines = InlineReader(scope, note_key, place, note)
        self.tables = TableReader(scope, self.cell)
        self.names: list[str] = []
        """Reference targets for the next paragraph."""
        self.hidden = False
        """Whether the current section is not shown."""
        self.inside = False
        self.at_mark = bool(note)
        """Whether the next paragraph is the first of a note: LibreOffice shows the label of the note instead of a number."""

    def read(self, container: Element) -> list[Flat]:
        """Return the blocks in an element, with headings that are not yet nested."""
        return captioned(assembled(self._items(container)))

    def cell(self, container: Element) -> tuple[n.Block, ...]:
        """Return the blocks of a cell or a note, with headings as bold paragraphs."""
        outer, self.inside = self.inside, True
        found = self.read(container)
        self.inside = outer
        return in_cell(found, self.scope)

    def _items(self, container: Element) -> list[Item]:
        out: list[Item] = []
        for child in container:
            if isinstance(child.tag, str) and child.tag not in IGNORED:
                self._item(child, out)
        return out

    def _item(self, child: Element, out: list[Item]) -> None:
        tag = child.tag
        if tag in {TEXT + "p", TEXT + "h"}:
            self._paragraph(child, out)
        elif tag == TEXT + "list":
            self._list(child, None, out)
        elif tag == TEXT + "numbered-paragraph":
            opened = self.scope.numbering.numbered_paragraph(child)
            self._list_item(child, opened, out, style="")
        elif tag == TABLE + "table":
            self._table(child, out)
        elif tag == TEXT + "section":
            self._section(child, out)
        elif tag == CONTENTS:
            self._contents(child)
        elif tag in INDEXES:
            self._index(child, out)
        elif tag in {TEXT + "index-title", TEXT + "index-body"}:
            out += self._items(child)
        elif tag.startswith(DRAW):
            self._drawing(child, out)
        elif (text := " ".join("".join(str(t) for t in child.itertext()).split())) and tag.startswith(TEXT):
            self.scope.count("PUB-R034", f"Unknown element '{local(child)}'; its text is kept: '{text[:40]}'")
            out.append(n.RawBlock("odt", text))

    # Containers

    def _section(self, section: Element, out: list[Item]) -> None:
        outer = self.hidden
        self.hidden = outer or conditions.is_hidden_section(section)
        name = section.get(TEXT + "name", "")
        if f"{name}|region" in self.scope.wanted:
            self.names.append(f"{name}|region")
        out += self._items(section)
        self.hidden = outer

    def _table(self, table: Element, out: list[Item]) -> None:
        if self.hidden:
            self.scope.hide("".join(str(t) for t in table.itertext()), None)
            return
        name = f"{table.get(TABLE + 'name', '')}|table"
        style = table.get(TABLE + "style-name", "")
        if self.scope.styles.property("table", style, "table", FO + "break-before") == "page":
            self._begin_page(out)
        outer, self.names = self.names, []
        blocks = self.tables.read(table)
        self.names = outer
        if name in self.scope.wanted:
            self.names.append(name)
        out += [replace(b, id=self._identifier([])) if isinstance(b, n.Table) else b for b in blocks]

    def _contents(self, element: Element) -> None:
        """Leave out a table of contents; publish makes its own from the same headings."""
        if self.hidden:
            return
        source = element.find(TEXT + "table-of-content-source")
        levels = whole(source.get(TEXT + "outline-level"), 10) if source is not None else 10
        self.scope.contents = max(self.scope.contents, min(levels, 6))
        message = "Table of contents generated by LibreOffice is left out; publish generates its own"
        self.scope.count("PUB-R039", message)

    def _index(self, element: Element, out: list[Item]) -> None:
        if not self.hidden and next(element.iter(TEXT + "p"), None) is not None:
            self.scope.count(
                "PUB-R040", f"List '{local(element)}' is published with its last displayed entries"
            )
        body = element.find(TEXT + "index-body")
        if body is not None:
            out += self._items(body)

    def _drawing(self, element: Element, out: list[Item]) -> None:
        """Read a drawing that is anchored to a page or to a frame."""
        found = self.inlines.frames.read(element, self.inlines.span, hidden=self.hidden)
        if found.inlines and not self.hidden:
            out.append(n.Paragraph(tuple(found.inlines), span=self.inlines.span))
        for box in found.boxes:
            out += self._box(box, hidden=False)

    def _box(self, box: Element, *, hidden: bool) -> list[Item]:
        """Read a text box; a hidden one shows nothing, but LibreOffice counts its items."""
        outer = self.scope.numbering.area, self.hidden
        self.scope.numbering.area, self.hidden = FRAME_AREA, self.hidden or hidden
        items = self._items(box)
        self.scope.numbering.area, self.hidden = outer
        return items

    # Lists

    def _list(
        self, element: Element, outer: OpenList | None, out: list[Item], *, again: bool = False
    ) -> None:
        opened = self.scope.numbering.open(element, outer, again=again)
        for item in element:
            if item.tag == TEXT + "list-item":
                style = item.get(TEXT + "style-override", "")
                self._list_item(item, opened, out, style=style)
            elif item.tag == TEXT + "list-header":
                self._list_item(item, opened, out, style="", header=True)

    def _list_item(
        self, item: Element, opened: OpenList, out: list[Item], *, style: str, header: bool = False
    ) -> None:
        start = item.get(TEXT + "start-value")
        restart = first_number(start, 1) if start is not None else None
        inner = 0
        first = not header
        for child in item:
            if not isinstance(child.tag, str) or child.tag in IGNORED or child.tag == TEXT + "number":
                continue
            if child.tag == TEXT + "list":
                self._list(child, opened, out, again=inner > 0)
                inner += 1
                first = False
                continue
            label = None
            if first and child.tag in {TEXT + "p", TEXT + "h"}:
                label = self.scope.numbering.label(opened, restart, style)
                first = False
            if child.tag in {TEXT + "p", TEXT + "h"}:
                self._paragraph(child, out, opened, label)
            else:
                found = self._items_of(child)
                last = out[-1] if out else None
                if isinstance(last, Entry) and all(isinstance(b, n.Table | n.Paragraph) for b in found):
                    last.blocks += [b for b in found if isinstance(b, n.Table | n.Paragraph)]
                else:
                    out += found

    def _items_of(self, child: Element) -> list[Item]:
        out: list[Item] = []
        self._item(child, out)
        return out

    # Paragraphs

    def _paragraph(
        self, element: Element, out: list[Item], opened: OpenList | None = None, label: Label | None = None
    ) -> None:
        """Read a paragraph or a heading.

        Args:
            element: The paragraph.
            out: The items so far.
            opened: The list that contains it, if any.
            label: Its label in the list; None if it continues an item.
        """
        self.scope.deadline.check()
        if self.inlines.place is None:
            self.scope.paragraphs += 1
        facts = self.scope.styles.facts(element.get(TEXT + "style-name", ""))
        if facts.breaks:
            self._begin_page(out)
        inlines, content = self.inlines.paragraph(element, hidden=self.hidden)
        level = self._heading_level(element, facts, plain_text(inlines))
        if level and opened is None:
            label = self._outline_label(element, facts, level)
        if self.at_mark:
            label, self.at_mark = None, False
        text = without_ends(inlines)
        span = self.inlines.span
        if not shows(text):
            self._empty(facts, content, out)
        else:
            names = content.ids
            if level:
                self.scope.name_heading(text, label.text if label is not None else "", names)
            attrs = n.Attrs(values=(("dir", "rtl"),)) if facts.rtl else n.NO_ATTRS
            paragraph = n.Paragraph(displayed(text), id=self._identifier(names), attrs=attrs, span=span)
            if level:
                out.append(_heading(paragraph, level, label))
            elif opened is not None:
                self._in_list(paragraph, opened, label, out, tight=not facts.has(styles.LOOSE))
            else:
                self._plain(paragraph, facts, out)
        for box, hidden in content.boxes:
            out += self._box(box, hidden=hidden)

    def _begin_page(self, out: list[Item]) -> None:
        if out and not self.inside and not self.hidden:
            out.append(n.PageBreak(span=self.inlines.span))

    def _empty(self, facts: Facts, content: Content, out: list[Item]) -> None:
        """Read a paragraph that shows nothing."""
        self.names += content.ids
        span = self.inlines.span
        if facts.has(styles.RULES) and not self.hidden:
            out.append(n.Rule(span=span))

    @staticmethod
    def _in_list(
        paragraph: n.Paragraph, opened: OpenList, label: Label | None, out: list[Item], *, tight: bool
    ) -> None:
        last = out[-1] if out else None
        if label is not None:
            out.append(Entry(opened.level - 1, label, [paragraph], tight))
        elif isinstance(last, Entry) and last.level == opened.level - 1:
            last.blocks.append(paragraph)
        else:
            out.append(paragraph)

    def _outline_label(self, element: Element, facts: Facts, level: int) -> Label | None:
        """Return the label of a heading outside lists, and count it."""
        if element.get(TEXT + "is-list-header") == "true" or facts.list_style == "":
            return None
        if facts.list_style not in {None, OUTLINE} and element.tag == TEXT + "h" and facts.list_style:
            return None
        restart = None
        if element.get(TEXT + "restart-numbering") == "true":
            restart = first_number(element.get(TEXT + "start-value"), 0)
        return self.scope.numbering.heading(level, restart)

    @staticmethod
    def _heading_level(element: Element, facts: Facts, text: str) -> int:
        """Return the level of a heading; 0 for text."""
        if facts.has(styles.TITLES | styles.SUBTITLES):
            return 0
        if element.tag == TEXT + "h":
            level = min(max(whole(element.get(TEXT + "outline-level"), facts.outline or 1), 1), 10)
            return level if facts.heading or can_be_heading(text) else 0
        return facts.outline if facts.heading else 0

    @staticmethod
    def _plain(paragraph: n.Paragraph, facts: Facts, out: list[Item]) -> None:
        """Append a paragraph that is neither a heading nor an item."""
        if facts.has(styles.TITLES):
            out.append(replace(paragraph, role=TITLE))
        elif facts.has(styles.SUBTITLES):
            out.append(replace(paragraph, role=SUBTITLE))
        elif facts.has(styles.CAPTIONS):
            out.append(_caption(paragraph))
        elif facts.has(styles.CODE):
            out.append(Styled("code", paragraph))
        elif facts.has(styles.TERMS):
            out.append(Styled("term", paragraph))
        elif facts.has(styles.DEFINITIONS):
            out.append(Styled("definition", paragraph))
        elif facts.has(styles.QUOTES):
            out.append(Styled("quote", paragraph))
        else:
            out.append(paragraph)

    def _identifier(self, names: list[str]) -> str:
        names = [*self.names, *names]
        self.names = []
        for name in names:
            self.scope.targets[name] = names[0]
        return names[0] if names else ""


def _heading(paragraph: n.Paragraph, level: int, label: Label | None) -> Heading:
    title = paragraph.inlines
    if label is not None and label.text:
        title = (n.TextSpan((n.Text(f"{label.text} ", span=paragraph.span),), roles.LABEL), *title)
    return Heading(level, title, paragraph.id, paragraph.attrs, paragraph.span)


def _caption(paragraph: n.Paragraph) -> Item:
    """Return a caption, or the figure of a caption that contains its image, as LibreOffice inserts it."""
    images = tuple(x for x in paragraph.inlines if isinstance(x, n.Image))
    rest = without_ends(tuple(x for x in paragraph.inlines if not isinstance(x, n.Image)))
    if not images or not any(isinstance(x, n.Text) for x in inlines_in(rest)):
        return replace(paragraph, role=CAPTION)
    return n.Figure((n.Paragraph(images, span=paragraph.span),), rest, id=paragraph.id, span=paragraph.span)
