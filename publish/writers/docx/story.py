"""Story of a Word package, either the body or the notes: blocks and inlines as strings of WordprocessingML.

Strings are parsed once for each part, because each call of python-docx takes longer in a longer document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from publish.localisation import terms
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import without_start
from publish.style.docx import role_style_id
from publish.writers.docx.block_format import BlockFormat
from publish.writers.docx.formulas import apart, in_line, is_formula, on_own_line
from publish.writers.docx.names import bookmark
from publish.writers.docx.notes import NoteWriter
from publish.writers.docx.package import SECTION_END, PackageBuilder
from publish.writers.docx.runs import PLAIN, Properties, field, run, text_run
from publish.writers.docx.tables import TableWriter
from publish.writers.text_properties import STYLED


class Story:
    """Writer of blocks and inlines for one part of the package."""

    def __init__(self, package: PackageBuilder, part: Any, *, in_notes: bool) -> None:  # noqa: ANN401 - python-docx is untyped
        self.package = package
        self.numbered = package.numbered
        self.part = part
        self.in_notes = in_notes
        self.notes = NoteWriter(self, package)

    # Blocks

    def blocks(self, blocks: Iterable[n.Block], block_format: BlockFormat) -> str:
        """Return a sequence of blocks."""
        out: list[str] = []
        for block in apart(blocks, self.numbered):
            piece = self.block(block, block_format)
            if out and out[-1].endswith("</w:tbl>") and piece.startswith("<w:tbl>"):
                out.append("<w:p/>")  # Word joins two adjacent tables
            out.append(piece)
        return "".join(out)

    def block(self, block: n.Block, block_format: BlockFormat) -> str:
        """Return one block."""
        block_format = block_format.spoken(block.attrs)
        match block:
            case n.Paragraph():
                return self._paragraph(block, block_format)
            case n.Section():
                return self._section(block, block_format)
            case n.List():
                return self._list(block, block_format)
            case n.DefinitionList():
                return self._definitions(block, block_format)
            case n.Quote():
                return self.blocks(block.blocks, block_format.but(style=block_format.style or "Quote"))
            case n.Table():
                table = TableWriter(self, self.package.base.text_width).table(block, block_format)
                return table + "".join(map(self.notes.content, self.package.below.get(block.id, ())))
            case n.Figure():
                inside = self.blocks(
                    block.blocks, block_format.but(keep=True) if block.caption else block_format
                )
                return inside + (
                    self.paragraph(self.inlines(block.caption, block_format.run), "Caption", mark=block.id)
                    if block.caption
                    else self.target(block.id)
                )
            case n.CodeBlock() | n.RawBlock():
                return self.paragraph(run(block.text), "SourceCode", mark=block.id)
            case n.Rule():
                border = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
                return f"<w:p><w:pPr>{border}</w:pPr></w:p>"
            case n.PageBreak():
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case _:
                assert_never(block)

    def paragraph(self, content: str, style: str = "", extra: str = "", mark: str = "") -> str:
        """Return a paragraph; `mark` is the id of a target that gets a bookmark."""
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + extra
        start, end = self.package.target(mark)
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{start}{content}{end}</w:p>"

    def target(self, mark: str) -> str:
        """Return a bookmark between blocks, if something refers to this id."""
        return "".join(self.package.target(mark))

    def _paragraph(self, block: n.Paragraph, block_format: BlockFormat) -> str:
        style = block_format.style
        if block.role == roles.DOCUMENT_TYPE:
            style = "Title"
        elif block.role == roles.NUMBER:
            style = "PaperNumber"
        elif block.role == "heading":
            style = "Heading1"
        content = on_own_line(block, self.numbered) or self.inlines(block.inlines, block_format.run)
        centred = '<w:jc w:val="center"/>' if is_formula(block, self.numbered) else ""
        return self.paragraph(content, style, block_format.paragraph() + centred, block.id)

    def _section(self, block: n.Section, block_format: BlockFormat) -> str:
        if not block.title:
            return self.blocks(block.blocks, block_format)
        level = min(block_format.level, 6)
        known = block.role in self.package.style.roles
        style = role_style_id(block.role, level) if known else f"Heading{level}"
        if self.in_notes or block_format.depth:
            style = block_format.style
        before = SECTION_END if block.id in self.package.marks.breaks else ""
        heading = self.paragraph(
            self.inlines(block.title, block_format.run), style, block_format.paragraph(), block.id
        )
        return before + heading + self.blocks(block.blocks, block_format.but(level=block_format.level + 1))

    def _list(self, block: n.List, block_format: BlockFormat) -> str:
        if roles.LABELLED in block.attrs.classes:
            return "".join(self._labelled(item, block_format) for item in block.items)
        number = self.package.lists.number(block, block_format.depth)
        out: list[str] = []
        inner = block_format.but(depth=block_format.depth + 1)
        for item in block.items:
            blocks = tuple(apart(item.blocks, self.numbered)) or (n.Paragraph(()),)
            first, rest = blocks[0], blocks[1:]
            numbered = f'<w:numPr><w:ilvl w:val="{min(block_format.depth, 8)}"/><w:numId w:val="{number}"/></w:numPr>'
            if isinstance(first, n.Paragraph):
                style = block_format.style or ("ListParagraph" if block.tight else "LooseListParagraph")
                content = self.inlines(first.inlines, block_format.run)
                out.append(
                    self.paragraph(content, style, block_format.paragraph(numbered), item.id or first.id)
                )
            else:
                out.append(self.paragraph("", block_format.style or "ListParagraph", numbered, item.id))
                out.append(self.block(first, inner))
            out.append(self.blocks(rest, inner))
        return "".join(out)

    def _labelled(self, item: n.ListItem, block_format: BlockFormat) -> str:
        """Return an item with a text label, which hangs at the position where Word prints a number."""
        blocks = tuple(apart(item.blocks, self.numbered)) or (n.Paragraph(()),)
        first, rest = blocks[0], blocks[1:]
        inner = block_format.but(depth=block_format.depth + 1)
        if not isinstance(first, n.Paragraph):
            return self.blocks(blocks, inner)
        label = first.inlines[0] if first.inlines else None
        content = self.inlines(first.inlines, block_format.run)
        if isinstance(label, n.TextSpan) and label.role == roles.ITEM_LABEL:
            content = (
                self.inlines((label,), block_format.run)
                + run("\t")
                + self.inlines(without_start(first.inlines[1:], " "), block_format.run)
            )
        indent = f'<w:ind w:left="{360 * (block_format.depth + 1)}" w:hanging="360"/>'
        style = block_format.style or "LabelledListParagraph"
        paragraph = self.paragraph(
            content,
            style,
            block_format.paragraph("") + indent if not block_format.depth else indent,
            item.id or first.id,
        )
        return paragraph + self.blocks(rest, inner)

    def _definitions(self, block: n.DefinitionList, block_format: BlockFormat) -> str:
        out: list[str] = []
        for entry in block.items:
            out.append(
                self.paragraph(
                    self.inlines(entry.term, block_format.run),
                    block_format.style or "DefinitionTerm",
                    block_format.paragraph(),
                    entry.id,
                )
            )
            inner = block_format.but(style=block_format.style or "DefinitionText")
            out += [self.blocks(definition, inner) for definition in entry.definitions]
        return "".join(out)

    # Inlines

    def inlines(self, inlines: Iterable[n.Inline], block_format: Properties = PLAIN) -> str:
        """Return inlines with the properties of the surrounding text."""
        return "".join(self._inline(inline, block_format) for inline in inlines)

    def _inline(self, inline: n.Inline, block_format: Properties) -> str:
        start, end = self.package.target(inline.id) if not isinstance(inline, n.NoteRef) else ("", "")
        return f"{start}{self._content(inline, block_format)}{end}"

    def _content(self, inline: n.Inline, block_format: Properties) -> str:
        if isinstance(inline, n.StyledInline):
            return self.inlines(inline.inlines, STYLED[type(inline)](block_format, inline))
        match inline:
            case n.Text():
                return text_run(inline.text, block_format)
            case n.TextSpan():
                return self.inlines(inline.inlines, block_format.spoken(inline.attrs))
            case n.Link():
                return self._link(inline.inlines, inline.href, block_format)
            case n.Citation():
                return (
                    self._link(inline.inlines, inline.href, block_format)
                    if inline.href
                    else self.inlines(inline.inlines, block_format)
                )
            case n.CrossReference():
                inside = self.inlines(inline.inlines, block_format) + self._page_reference(inline.target)
                return (
                    f'<w:hyperlink w:anchor="{bookmark(inline.target)}" w:history="1">{inside}</w:hyperlink>'
                )
            case n.Math() if (formula := self.numbered.formula(inline)) is not None:
                return in_line(formula)
            case n.InlineCode() | n.Math() | n.RawInline():
                return run(inline.text, block_format.but(style="CodeCharacter"))
            case n.Image():
                return self.package.images.inline(inline, self.part)
            case n.LineBreak():
                return f"<w:r>{block_format.xml()}<w:br/></w:r>"
            case n.NoteRef():
                return self.notes.call(inline)
            case n.NoteCrossReference():
                return self.notes.reference(inline, block_format)
            case n.PageMark():
                name = bookmark(inline.id or f"page_{inline.label}")
                number = self.package.bookmarks.take()
                return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
            case _:
                assert_never(inline)

    def _page_reference(self, target: str) -> str:
        """Return the page of a target as a field that Word updates; its style marks it as generated text."""
        page = self.numbered.page_of.get(target)
        if page is None or not self.numbered.structure.page_references:
            return ""
        block_format = Properties(style="PageReference")
        before, after = terms(self.numbered.document.metadata.language).on_page.split("{page}")
        number = field(f"PAGEREF {bookmark(target)} \\h", str(page), block_format)
        return run(f" ({before}", block_format) + number + run(f"{after})", block_format)

    def _link(self, inlines: tuple[n.Inline, ...], href: str, block_format: Properties) -> str:
        relation = self.package.hyperlink(self.part, href)
        inside = self.inlines(inlines, block_format.but(style="Hyperlink"))
        return f'<w:hyperlink r:id="{relation}" w:history="1">{inside}</w:hyperlink>'
