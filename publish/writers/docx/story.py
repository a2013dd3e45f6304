"""A story of a Word package, the body or the notes: blocks and inlines as strings of WordprocessingML.

Strings are parsed once for each part: python-docx's own calls cost time that grows with the length of the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from publish.model import nodes as n
from publish.model import roles
from publish.style.docx import role_style_id
from publish.words import words
from publish.writers.docx.formulas import apart, in_line, is_formula, on_own_line
from publish.writers.docx.look import Look
from publish.writers.docx.names import bookmark
from publish.writers.docx.notes import NoteWriter
from publish.writers.docx.package import SECTION_END, Package
from publish.writers.docx.runs import PLAIN, Properties, field, run, text_run
from publish.writers.docx.tables import TableWriter


class Story:
    """Writes blocks and inlines for one part of the package."""

    def __init__(self, package: Package, part: Any, *, in_notes: bool) -> None:  # noqa: ANN401 - python-docx is untyped
        self.package = package
        self.numbered = package.numbered
        self.part = part
        self.in_notes = in_notes
        self.notes = NoteWriter(self, package)

    # Blocks

    def blocks(self, blocks: Iterable[n.Block], look: Look) -> str:
        """Blocks, one after the other."""
        out: list[str] = []
        for block in apart(blocks, self.numbered):
            piece = self.block(block, look)
            if out and out[-1].endswith("</w:tbl>") and piece.startswith("<w:tbl>"):
                out.append("<w:p/>")  # Word joins two tables that touch
            out.append(piece)
        return "".join(out)

    def block(self, block: n.Block, look: Look) -> str:
        """One block."""
        look = look.spoken(block.attrs)
        match block:
            case n.Paragraph():
                return self._paragraph(block, look)
            case n.Section():
                return self._section(block, look)
            case n.List():
                return self._list(block, look)
            case n.DefinitionList():
                return self._definitions(block, look)
            case n.Quote():
                return self.blocks(block.blocks, look.but(style=look.style or "Quote"))
            case n.Table():
                table = TableWriter(self, self.package.text_width).table(block, look)
                return table + "".join(map(self.notes.content, self.package.below.get(block.id, ())))
            case n.Figure():
                inside = self.blocks(block.blocks, look.but(keep=True) if block.caption else look)
                return inside + (
                    self.paragraph(self.inlines(block.caption, look.run), "Caption", mark=block.id)
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
        """A paragraph; `mark` is the id of a target that gets a bookmark."""
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + extra
        start, end = self.package.target(mark)
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{start}{content}{end}</w:p>"

    def target(self, mark: str) -> str:
        """A bookmark between blocks, if anything leads to this id."""
        return "".join(self.package.target(mark))

    def _paragraph(self, block: n.Paragraph, look: Look) -> str:
        style = look.style
        if block.role == roles.DOCUMENT_TYPE:
            style = "Title"
        elif block.role == roles.NUMBER:
            style = "PaperNumber"
        elif block.role == "heading":
            style = "Heading1"
        content = on_own_line(block, self.numbered) or self.inlines(block.inlines, look.run)
        centred = '<w:jc w:val="center"/>' if is_formula(block, self.numbered) else ""
        return self.paragraph(content, style, look.paragraph() + centred, block.id)

    def _section(self, block: n.Section, look: Look) -> str:
        if not block.title:
            return self.blocks(block.blocks, look)
        level = min(look.level, 6)
        known = block.role in self.package.style.roles
        style = role_style_id(block.role, level) if known else f"Heading{level}"
        if self.in_notes or look.depth:
            style = look.style
        before = SECTION_END if block.id in self.package.marks.breaks else ""
        heading = self.paragraph(self.inlines(block.title, look.run), style, look.paragraph(), block.id)
        return before + heading + self.blocks(block.blocks, look.but(level=look.level + 1))

    def _list(self, block: n.List, look: Look) -> str:
        if roles.LABELLED in block.attrs.classes:
            return "".join(self._labelled(item, look) for item in block.items)
        number = self.package.lists.number(block, look.depth)
        out: list[str] = []
        inner = look.but(depth=look.depth + 1)
        for item in block.items:
            blocks = tuple(apart(item.blocks, self.numbered)) or (n.Paragraph(()),)
            first, rest = blocks[0], blocks[1:]
            numbered = f'<w:numPr><w:ilvl w:val="{min(look.depth, 8)}"/><w:numId w:val="{number}"/></w:numPr>'
            if isinstance(first, n.Paragraph):
                style = look.style or ("ListParagraph" if block.tight else "LooseListParagraph")
                content = self.inlines(first.inlines, look.run)
                out.append(self.paragraph(content, style, look.paragraph(numbered), item.id or first.id))
            else:
                out.append(self.paragraph("", look.style or "ListParagraph", numbered, item.id))
                out.append(self.block(first, inner))
            out.append(self.blocks(rest, inner))
        return "".join(out)

    def _labelled(self, item: n.ListItem, look: Look) -> str:
        """An item whose label is text: it hangs where Word would print a number."""
        blocks = tuple(apart(item.blocks, self.numbered)) or (n.Paragraph(()),)
        first, rest = blocks[0], blocks[1:]
        inner = look.but(depth=look.depth + 1)
        if not isinstance(first, n.Paragraph):
            return self.blocks(blocks, inner)
        label = first.inlines[0] if first.inlines else None
        content = self.inlines(first.inlines, look.run)
        if isinstance(label, n.TextSpan) and label.role == roles.ITEM_LABEL:
            content = self.inlines((label,), look.run) + run("\t") + self.inlines(first.inlines[2:], look.run)
        indent = f'<w:ind w:left="{360 * (look.depth + 1)}" w:hanging="360"/>'
        style = look.style or "LabelledListParagraph"
        paragraph = self.paragraph(
            content, style, look.paragraph("") + indent if not look.depth else indent, item.id or first.id
        )
        return paragraph + self.blocks(rest, inner)

    def _definitions(self, block: n.DefinitionList, look: Look) -> str:
        out: list[str] = []
        for entry in block.items:
            out.append(
                self.paragraph(
                    self.inlines(entry.term, look.run),
                    look.style or "DefinitionTerm",
                    look.paragraph(),
                    entry.id,
                )
            )
            inner = look.but(style=look.style or "DefinitionText")
            out += [self.blocks(definition, inner) for definition in entry.definitions]
        return "".join(out)

    # Inlines

    def inlines(self, inlines: Iterable[n.Inline], look: Properties = PLAIN) -> str:
        """Inlines with the properties of what is around them."""
        return "".join(self._inline(inline, look) for inline in inlines)

    def _inline(self, inline: n.Inline, look: Properties) -> str:
        start, end = self.package.target(inline.id) if not isinstance(inline, n.NoteRef) else ("", "")
        return f"{start}{self._content(inline, look)}{end}"

    def _content(self, inline: n.Inline, look: Properties) -> str:
        match inline:
            case n.Text():
                return text_run(inline.text, look)
            case n.Emphasis():
                return self.inlines(inline.inlines, look.but(italic=not look.italic))
            case n.Strong():
                return self.inlines(inline.inlines, look.but(bold=True))
            case n.SmallCaps():
                return self.inlines(inline.inlines, look.but(small_caps=True))
            case n.Superscript():
                return self.inlines(inline.inlines, look.but(raised=True))
            case n.Subscript():
                return self.inlines(inline.inlines, look.but(lowered=True))
            case n.Underline():
                return self.inlines(inline.inlines, look.but(underline=True))
            case n.Strikethrough():
                return self.inlines(inline.inlines, look.but(strike=True))
            case n.InlineQuote() | n.TextSpan():
                return self.inlines(inline.inlines, look.spoken(inline.attrs))
            case n.Link():
                return self._link(inline.inlines, inline.href, look)
            case n.Citation():
                return (
                    self._link(inline.inlines, inline.href, look)
                    if inline.href
                    else self.inlines(inline.inlines, look)
                )
            case n.CrossReference():
                inside = self.inlines(inline.inlines, look) + self._page_reference(inline.target)
                return (
                    f'<w:hyperlink w:anchor="{bookmark(inline.target)}" w:history="1">{inside}</w:hyperlink>'
                )
            case n.Math() if (formula := self.numbered.formula(inline)) is not None:
                return in_line(formula)
            case n.InlineCode() | n.Math() | n.RawInline():
                return run(inline.text, look.but(style="CodeCharacter"))
            case n.Image():
                return self.package.pictures.inline(inline, self.part)
            case n.LineBreak():
                return f"<w:r>{look.xml()}<w:br/></w:r>"
            case n.NoteRef():
                return self.notes.call(inline)
            case n.NoteCrossReference():
                return self.notes.reference(inline, look)
            case n.PageMark():
                name = bookmark(inline.id or f"page_{inline.label}")
                number = self.package.bookmarks.take()
                return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
            case _:
                assert_never(inline)

    def _page_reference(self, target: str) -> str:
        """The page of a target, which Word keeps true; its style says that it is no text of the paper."""
        page = self.numbered.page_of.get(target)
        if page is None or not self.numbered.structure.page_references:
            return ""
        look = Properties(style="PageReference")
        before, after = words(self.numbered.document.metadata.language).on_page.split("{page}")
        number = field(f"PAGEREF {bookmark(target)} \\h", str(page), look)
        return run(f" ({before}", look) + number + run(f"{after})", look)

    def _link(self, inlines: tuple[n.Inline, ...], href: str, look: Properties) -> str:
        relation = self.package.hyperlink(self.part, href)
        inside = self.inlines(inlines, look.but(style="Hyperlink"))
        return f'<w:hyperlink r:id="{relation}" w:history="1">{inside}</w:hyperlink>'
