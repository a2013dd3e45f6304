"""Blocks and inlines of a document, as strings of OpenDocument."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from publish.localisation import terms
from publish.markup import escape, quoteattr
from publish.model import nodes as n
from publish.model import roles
from publish.model.formulas import pieces
from publish.model.language import is_rtl
from publish.model.text import plain_text
from publish.resolve.numbered import NumberedDocument
from publish.style.docx import role_style_id
from publish.style.odt import LEVELS, Format
from publish.style.tokens import Style
from publish.writers.odt.automatic import AutomaticStyles
from publish.writers.odt.counter import Counters
from publish.writers.odt.lists import ListWriter
from publish.writers.odt.notes import NoteWriter
from publish.writers.odt.objects import Objects
from publish.writers.odt.place import Place
from publish.writers.odt.runs import Properties, inner_link, text
from publish.writers.odt.sequences import sequences
from publish.writers.odt.tables import TableWriter
from publish.writers.text_properties import STYLED

IN_TABLES = ("Table Contents", "Table Heading")
"""Styles of paragraphs in cells."""


class Story:
    """Writer of the text of a document, with its notes."""

    def __init__(
        self, numbered: NumberedDocument, style: Style, counters: Counters, objects: Objects
    ) -> None:
        self.numbered = numbered
        self.style = style
        self.objects = objects
        self.automatic = AutomaticStyles()
        self.in_notes = False
        language = numbered.document.metadata.language
        self.rtl = is_rtl(language)
        self.place = Place(run=Properties(right_to_left=self.rtl))
        self.terms = terms(language)
        self.notes = NoteWriter(self, numbered, counters, self.place, indented=style.notes.indent > 0)
        self.lists = ListWriter(self, "list")
        self.tables = TableWriter(self, style)
        self.below = numbered.by_table()
        self.captions = sequences(numbered.document)
        self.targets = _targets(numbered)
        self.flattened = 0
        """Number of tables in notes, which are written as lines."""
        self.breaks = False
        """Whether the next paragraph begins a page."""

    # Blocks

    def blocks(self, blocks: Iterable[n.Block], place: Place) -> str:
        """Return a sequence of blocks."""
        return "".join(self.block(block, place) for block in self.apart(blocks))

    def apart(self, blocks: Iterable[n.Block]) -> Iterable[n.Block]:
        """Yield blocks, with each display formula in a paragraph of its own."""
        for block in blocks:
            if not isinstance(block, n.Paragraph) or not any(map(self.numbered.is_alone, block.inlines)):
                yield block
                continue
            for index, (_, piece) in enumerate(pieces(block.inlines, self.numbered.is_alone)):
                yield replace(block, inlines=piece, id="" if index else block.id)

    def block(self, block: n.Block, place: Place) -> str:
        """Return one block."""
        place = place.spoken(block.attrs)
        match block:
            case n.Paragraph():
                return self._paragraph(block, place)
            case n.Section():
                return self._section(block, place)
            case n.List():
                return self.lists.write(block, place)
            case n.DefinitionList():
                return self._definitions(block, place)
            case n.Quote():
                return self.blocks(block.blocks, place.but(style="Quotations", quotes=place.quotes + 1))
            case n.Table():
                return self._table(block, place)
            case n.Figure():
                inside = self.blocks(block.blocks, place.but(keep=True) if block.caption else place)
                if not block.caption:
                    return inside + (
                        self.paragraph("", place, mark=block.id) if block.id in self.targets else ""
                    )
                return inside + self._caption(block.caption, "Figure", block.id, place)
            case n.CodeBlock() | n.RawBlock():
                return self.paragraph(text(block.text), place, "Preformatted Text", block.id)
            case n.Rule():
                return self.paragraph("", place, "Horizontal Line")
            case n.PageBreak():
                self.breaks = True
                return ""
            case _:
                assert_never(block)

    def paragraph(self, content: str, place: Place, style: str = "", mark: str = "") -> str:
        """Return a paragraph.

        Args:
            content: Its content.
            place: Its position.
            style: Style instead of that of the position.
            mark: Id of a target, which gets a bookmark if something refers to it.
        """
        own = "Text body"
        if place.lists:
            own = "List Paragraph" if place.tight else "List Paragraph Loose"
        name = self._style(style or place.style or own, place)
        return f'<text:p text:style-name="{name}">{self._marked(content, mark)}</text:p>'

    def _style(self, style: str, place: Place) -> str:
        own = place.format(document_rtl=self.rtl)
        if self._takes_break(style):
            own = Format(f'{own.paragraph} fo:break-before="page"'.strip(), own.text)
        return self.automatic.paragraph(style, own)

    def _takes_break(self, style: str) -> bool:
        """Return whether a block with a style begins a page; the next block does not."""
        begins = self.breaks and not (self.in_notes or style in IN_TABLES)
        self.breaks = self.breaks and not begins
        return begins

    def _marked(self, content: str, mark: str) -> str:
        if not mark or mark not in self.targets:
            return content
        name = quoteattr(mark)
        return f"<text:bookmark-start text:name={name}/>{content}<text:bookmark-end text:name={name}/>"

    def _paragraph(self, block: n.Paragraph, place: Place) -> str:
        style = {roles.DOCUMENT_TYPE: "Title", roles.NUMBER: "Paper Number", "heading": "Heading 1"}.get(
            block.role, ""
        )
        first = next((x for x in block.inlines if not isinstance(x, n.PageMark)), None)
        if first is not None and self.numbered.is_alone(first):
            place = place.but(align="center")
        return self.paragraph(self.inlines(block.inlines, place.run), place, style, block.id)

    def _section(self, block: n.Section, place: Place) -> str:
        if not block.title:
            return self.blocks(block.blocks, place)
        content = self.inlines(block.title, place.run)
        inner = place.but(level=place.level + 1)
        if self.in_notes or place.lists or place.quotes or place.style:
            return self.paragraph(content, place, mark=block.id) + self.blocks(block.blocks, inner)
        level = min(place.level, LEVELS)
        style = role_style_id(block.role, level) if block.role in self.style.roles else f"Heading {level}"
        name = self._style(style, place)
        heading = f'<text:h text:style-name="{name}" text:outline-level="{level}">{self._marked(content, block.id)}</text:h>'
        return heading + self.blocks(block.blocks, inner)

    def _definitions(self, block: n.DefinitionList, place: Place) -> str:
        out: list[str] = []
        for entry in block.items:
            term = self.inlines(entry.term, place.run)
            out.append(self.paragraph(term, place, place.style or "Definition Term", entry.id))
            inner = place.but(style=place.style or "Definition Definition")
            out += [self.blocks(definition, inner) for definition in entry.definitions]
        return "".join(out)

    def _table(self, block: n.Table, place: Place) -> str:
        caption = self._caption(block.caption, "Table", block.id, place) if block.caption else ""
        if not caption and block.id in self.targets:
            caption = self.paragraph("", place, mark=block.id)
        if self.in_notes:
            table = self._flat(block, place)
        else:
            table = self.tables.table(block, place, breaks=self._takes_break(place.style))
        return caption + table + "".join(map(self.notes.section, self.below.get(block.id, ())))

    def _flat(self, block: n.Table, place: Place) -> str:
        """Return the rows of a table as paragraphs, because LibreOffice shows no table in a note."""
        self.flattened += 1
        out = ""
        for row in (*block.head, *block.body, *block.foot):
            cells = (
                " ".join(
                    self.inlines(b.inlines, place.run) for b in cell.blocks if isinstance(b, n.Paragraph)
                )
                for cell in row.cells
            )
            out += self.paragraph("<text:tab/>".join(cells), place)
        return out

    def _caption(self, caption: tuple[n.Inline, ...], name: str, mark: str, place: Place) -> str:
        """Return a caption; its number is a field that LibreOffice counts, if that gives the same number."""
        counted = self.captions.get(mark)
        field, rest = (counted.field(), caption[1:]) if counted else ("", caption)
        return self.paragraph(field + self.inlines(rest, place.run), place, name, mark)

    # Inlines

    def inlines(self, inlines: Iterable[n.Inline], properties: Properties) -> str:
        """Return inlines with the properties of the text around them."""
        return "".join(self._inline(inline, properties) for inline in inlines)

    def _inline(self, inline: n.Inline, properties: Properties) -> str:
        content = self._content(inline, properties)
        return content if isinstance(inline, n.NoteRef | n.PageMark) else self._marked(content, inline.id)

    def _content(self, inline: n.Inline, properties: Properties) -> str:
        if isinstance(inline, n.StyledInline):
            return self.inlines(inline.inlines, STYLED[type(inline)](properties, inline))
        match inline:
            case n.Text():
                return self.automatic.run(inline.text, properties)
            case n.TextSpan():
                return self.inlines(inline.inlines, properties.spoken(inline.attrs))
            case n.Link():
                return self._link(inline.inlines, inline.href, properties, inline.title)
            case n.Citation():
                if inline.href:
                    return self._link(inline.inlines, inline.href, properties)
                return self.inlines(inline.inlines, properties)
            case n.CrossReference():
                return self._reference(inline, properties) + self._page_reference(inline.target)
            case n.Math() if (formula := self.numbered.formula(inline)) is not None:
                return self.objects.formula(formula, self._frame_style())
            case n.InlineCode() | n.Math() | n.RawInline():
                return self.automatic.run(inline.text, properties.but(style="Source Text"))
            case n.Image():
                return self.objects.image(inline, self._frame_style())
            case n.LineBreak():
                return "<text:line-break/>"
            case n.NoteRef():
                return self.notes.call(inline)
            case n.NoteCrossReference():
                return self.notes.reference(inline, properties)
            case n.PageMark():
                return f"<text:bookmark text:name={quoteattr(inline.id or f'page-{inline.label}')}/>"
            case _:
                assert_never(inline)

    def _frame_style(self) -> str:
        properties = '<style:graphic-properties style:vertical-pos="middle" style:vertical-rel="text"/>'
        return self.automatic.other("graphic", "Frame", properties)

    def _reference(self, reference: n.CrossReference, properties: Properties) -> str:
        """Return a reference that LibreOffice updates, if it would show the same text; else a link."""
        counted = self.captions.get(reference.target)
        is_plain = all(isinstance(inline, n.Text) for inline in reference.inlines)
        if counted is not None and is_plain and plain_text(reference.inlines) == counted.shown:
            return self.automatic.span(counted.reference(), properties)
        return inner_link(reference.target, self.inlines(reference.inlines, properties))

    def _page_reference(self, target: str) -> str:
        """Return the page of a target as a reference that LibreOffice updates; its style marks it as generated text."""
        page = self.numbered.page_of.get(target)
        if page is None or not self.numbered.structure.page_references:
            return ""
        before, after = self.terms.on_page.split("{page}")
        name = quoteattr(target)
        number = (
            f'<text:bookmark-ref text:reference-format="page" text:ref-name={name}>{page}</text:bookmark-ref>'
        )
        inside = f"{escape(f' ({before}')}{number}{escape(f'{after})')}"
        return self.automatic.span(inside, Properties(style="Page Reference"))

    def _link(self, inlines: tuple[n.Inline, ...], href: str, properties: Properties, title: str = "") -> str:
        inside = self.inlines(inlines, properties.but(style="Internet link"))
        named = f" office:title={quoteattr(title)}" if title else ""
        return f'<text:a xlink:type="simple" xlink:href={quoteattr(href)}{named}>{inside}</text:a>'


def _targets(numbered: NumberedDocument) -> frozenset[str]:
    """Return the ids to which the document refers, and those of its table of contents."""
    found = {node.target for node in numbered.nodes() if isinstance(node, n.CrossReference)}
    return frozenset(found | {section.id for section, _ in numbered.contents()} - {""})
