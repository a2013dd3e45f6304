"""Paragraphs and tables of one story, with their function by style, numbering and position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model import roles
from publish.model.outline import Flat, Heading, flatten
from publish.model.text import plain_text, split
from publish.readers.docx.fields import Field
from publish.readers.docx.inlines import InlineReader, NoteKey, RunCollector
from publish.readers.docx.names import MC, R, W, child_value, number, value
from publish.readers.docx.scope import Scope, Story
from publish.readers.docx.styles import CODE, QUOTES, Facts, is_display_formula, num_of
from publish.readers.docx.tables import TableReader
from publish.readers.lists import Entry, Label
from publish.readers.office.assembly import (
    SUBTITLE,
    TITLE,
    Item,
    Styled,
    assembled,
    in_cell,
    parts,
    shows,
    without_ends,
)
from publish.readers.office.captions import CAPTION, captioned
from publish.readers.office.headings import can_be_heading
from publish.readers.pandoc.reader import read as read_with_pandoc
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLES = frozenset({"title"})
SUBTITLES = frozenset({"subtitle"})
PAPER_NUMBERS = frozenset({"paper number"})
CAPTIONS = frozenset({"caption"})
TERMS = frozenset({"definition term"})
DEFINITIONS = frozenset({"definition text", "definition"})
LOOSE = frozenset({"list paragraph loose"})
LABELLED = frozenset({"list paragraph labelled"})
"""Items of lists written by publish whose labels are text followed by a tab."""
CONTENTS = frozenset({"toc heading", *(f"toc {k}" for k in range(1, 10))})

EMBEDDED = {".htm": "", ".html": "", ".xhtml": ".html", ".rtf": "", ".docx": ""}
"""Suffixes of embedded documents that are read, and the suffix added to their names so that pandoc recognises them."""

STEP = 360
"""Additional indent for each level of lists written by publish, in twentieths of a point."""

SLACK = 60
"""Distance by which a paragraph can begin before the text of the item that it belongs to, in twentieths of a point."""

IGNORED = frozenset(
    {"sectPr", "bookmarkEnd", "proofErr", "permStart", "permEnd", "tblPr", "tblGrid", "tcPr", "pPr"}
)


class BlockReader:
    """Reader of one story."""

    def __init__(self, scope: Scope, story: Story, note_key: NoteKey) -> None:
        self.scope = scope
        self.story = story
        self.inlines = InlineReader(scope, story, note_key)
        self.tables = TableReader(scope, self.cell)
        self.ids: list[str] = []
        """Bookmarks for the next paragraph."""
        self.in_contents_control = False
        """Whether the current position is in a content control that contains a table of contents."""

    def read(self, container: Element) -> list[Flat]:
        """Return the blocks in an element, with headings that are not yet nested."""
        items = self._items(container)
        return captioned(assembled(items))

    def cell(self, container: Element, hidden: bool = False) -> tuple[n.Block, ...]:  # noqa: FBT001, FBT002
        """Return the blocks of a cell or a note, with headings as bold paragraphs.

        Args:
            container: The cell or note.
            hidden: Whether the style of the table hides the text of the cell.
        """
        outer, self.inlines.hidden_by_table = self.inlines.hidden_by_table, hidden
        found = self.read(container)
        blocks = in_cell(found, self.scope)
        self.inlines.hidden_by_table = outer
        return blocks

    def _items(self, container: Element) -> list[Item]:
        out: list[Item] = []
        for child in container:
            name = local(child)
            if name == "p":
                self._paragraph(child, out)
            elif name == "tbl":
                out += self.tables.read(child)
            elif name == "sdt":
                gallery = child_value(child, "sdtPr/docPartObj/docPartGallery")
                out += self._contents(child) if "Table of Contents" in gallery else self._items(child)
            elif name in {"sdtContent", "customXml", "smartTag"}:
                out += self._items(child)
            elif child.tag == MC + "AlternateContent":
                out += self._items(self.inlines.drawings.choice(child))
            elif name == "bookmarkStart":
                if value(child, "name") in self.scope.wanted:
                    self.ids.append(value(child, "name"))
            elif name == "altChunk":
                out += self._embedded(child)
            elif name and name not in IGNORED and any(str(t).strip() for t in child.itertext()):
                text = " ".join(str(t) for t in child.itertext())
                self.scope.count("PUB-R034", f"Unknown element '{name}'; its text is kept: '{text[:40]}'")
                out.append(n.RawBlock("docx", text))
        return out

    def _embedded(self, chunk: Element) -> list[Item]:
        """Read with pandoc a document in another format that Word shows at this position (ISO/IEC 29500-1, 17.17.2.1)."""
        relation = self.story.relations.get(chunk.get(R + "id", ""))
        names = self.scope.package.archive.names
        if relation is None or relation.outside or relation.target not in names:
            self.scope.report("PUB-R034", "Embedded document ('altChunk') is not in the file")
            return []
        suffix = "." + relation.target.rpartition(".")[2].lower()
        if suffix not in EMBEDDED:
            self.scope.report("PUB-R034", f"Embedded document '{relation.target}' is not read")
            return []
        data = self.scope.package.archive.read(relation.target)
        inner = replace(
            self.scope.source, name=f"{self.scope.source.name}/{relation.target}{EMBEDDED[suffix]}", data=data
        )
        result = read_with_pandoc(inner)
        self.scope.found += result.diagnostics
        self.scope.embedded.update(result.document.notes)
        return list(flatten(result.document.blocks))

    def _contents(self, control: Element) -> list[Item]:
        """Read a content control around a table of contents; only the field in it is generated again."""
        outer = self.in_contents_control
        instructions = "".join(text.text or "" for text in control.iter(W + "instrText"))
        self.in_contents_control = Field(0, instructions).is_contents
        items = self._items(control)
        self.in_contents_control = outer
        return items

    # Paragraphs

    def _paragraph(self, element: Element, out: list[Item]) -> None:
        self.scope.deadline.check()
        if self.story.place is None:
            self.scope.paragraphs += 1
        in_list = self.inlines.in_contents or self.in_contents_control
        inlines, content = self.inlines.paragraph(element)
        span = self.story.place or Span(self.scope.paragraphs)
        properties = element.find(W + "pPr")
        facts = self.scope.styles.facts(child_value(properties, "pStyle"))
        if facts.has(CONTENTS) and (in_list or self.inlines.in_contents or self.scope.contents):
            self.scope.leave_out("PUB-R039", plain_text(inlines), span)
            inlines = ()
        identifier = self._identifier(content)
        pages = parts(inlines)
        num = num_of(element, facts)
        label = self.scope.numbering.label(num) if num else None
        if label is not None:
            self.scope.bookmark_numbers |= dict.fromkeys(content.ids, label.text)
        for index, part in enumerate(pages):
            if index:
                out.append(n.PageBreak(span=span))
            if facts.has(CODE) and plain_text(part):
                out.append(Styled("code", n.Paragraph(part, id=identifier, span=span)))
                continue
            if facts.has(LABELLED) and "\t" in plain_text(part):
                out.append(self._labelled(part, element, identifier, span))
                continue
            text = without_ends(part)
            if not shows(text):
                if not index and len(pages) == 1 and _is_rule(properties):
                    out.append(n.Rule(span=span))
                continue
            paragraph = n.Paragraph(text, id=identifier, attrs=_direction(properties), span=span)
            identifier = ""
            level = self._heading_level(paragraph, properties, facts)
            if label is not None and num is not None and not level:
                out.append(Entry(num.level, label, [paragraph], tight=not facts.has(LOOSE)))
            else:
                heading = 0 if is_display_formula(element) else level
                self._plain(paragraph, heading, properties, facts, label.text if label else "", out)
            label = None
        if identifier:  # the paragraph shows nothing
            self.ids.append(identifier)
        for box in content.boxes:
            out += self._items(box)

    @staticmethod
    def _labelled(part: tuple[n.Inline, ...], element: Element, identifier: str, span: Span) -> Entry:
        at = plain_text(part).index("\t")
        label, rest = split(part, at)
        indent = number(child_value(element, "pPr/ind", "left"))
        known = Label(plain_text(label).strip(), 0, bullet=False, indent=indent)
        text = n.Paragraph(without_ends(split(rest, 1)[1]), id=identifier, span=span)
        return Entry(max(indent // STEP - 1, 0), known, [text])

    def _plain(
        self,
        paragraph: n.Paragraph,
        level: int,
        properties: Element | None,
        facts: Facts,
        label: str,
        out: list[Item],
    ) -> None:
        """Append a paragraph that is not a list item; level 0 is text, other levels are headings."""
        if level:
            title = paragraph.inlines
            if label:
                title = (n.TextSpan((n.Text(f"{label} ", span=paragraph.span),), roles.LABEL), *title)
            out.append(Heading(level, title, paragraph.id, paragraph.attrs, paragraph.span))
        elif facts.has(TITLES):
            out.append(replace(paragraph, role=TITLE))
        elif facts.has(SUBTITLES):
            out.append(replace(paragraph, role=SUBTITLE))
        elif facts.has(PAPER_NUMBERS):
            out.append(replace(paragraph, role=roles.NUMBER))
        elif facts.has(CAPTIONS):
            out.append(replace(paragraph, role=CAPTION))
        elif facts.has(TERMS):
            out.append(Styled("term", paragraph))
        elif facts.has(DEFINITIONS):
            out.append(Styled("definition", paragraph))
        elif facts.has(QUOTES):
            out.append(Styled("quote", paragraph))
        elif self._belongs(out, properties, facts):
            last = out[-1]
            assert isinstance(last, Entry), "Paragraph must belong to an item"
            last.blocks.append(paragraph)
        else:
            out.append(paragraph)

    @staticmethod
    def _heading_level(paragraph: n.Paragraph, properties: Element | None, facts: Facts) -> int:
        """Return the level of a heading; 0 for text.

        An outline level alone does not make a heading: offices use it to number the paragraphs of long texts.
        """
        own = child_value(properties, "outlineLvl")
        level = (number(own, 9) + 1) % 10 if own else facts.outline or 0
        return level if facts.heading or can_be_heading(plain_text(paragraph.inlines)) else 0

    @staticmethod
    def _belongs(out: list[Item], properties: Element | None, facts: Facts) -> bool:
        """Return whether a paragraph without a number continues the item before it: it begins where the item's text begins."""
        last = out[-1] if out else None
        if not isinstance(last, Entry):
            return False
        own = child_value(properties, "ind", "left") or child_value(properties, "ind", "start")
        if (
            properties is not None
            and child_value(properties, "ind", "left")
            and properties.find(f"{W}numPr") is not None
        ):
            return False
        indent = number(own) if own else facts.indent
        return indent > 0 and indent >= last.label.indent - SLACK

    def _identifier(self, content: RunCollector) -> str:
        names = [*self.ids, *content.ids]
        self.ids = []
        for name in names:
            self.scope.bookmarks[name] = names[0]
        return names[0] if names else ""


def _direction(properties: Element | None) -> n.Attrs:
    rtl = properties is not None and properties.find(W + "bidi") is not None
    return (
        n.Attrs(values=(("dir", "rtl"),))
        if rtl and child_value(properties, "bidi") not in {"0", "false"}
        else n.NO_ATTRS
    )


def _is_rule(properties: Element | None) -> bool:
    """Return whether an empty paragraph is shown as a line."""
    border = properties.find(W + "pBdr") if properties is not None else None
    return border is not None and any(value(side) not in {"", "nil", "none"} for side in border)
