"""The document model in Typst's language. Every text is a string literal, so no character of a document can be markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from publish.localisation import terms
from publish.model import nodes as n
from publish.model import roles
from publish.model.formulas import pieces
from publish.model.language import runs_to_the_left
from publish.model.text import outline_text, without_page_marks
from publish.resolve.numbered import NumberedDocument
from publish.style.tokens import Line, Style
from publish.writers.levels import top_level
from publish.writers.non_breaking import OBJECT, bind
from publish.writers.typst import prelude, tables
from publish.writers.typst.images import ImageFiles
from publish.writers.typst.lists import labels
from publish.writers.typst.literal import label, string, text
from publish.writers.typst.notes import NoteBuilder
from publish.writers.typst.positions import ASKED, Marks

STYLED: dict[type[n.StyledInline], str] = {
    n.Emphasis: "emph",
    n.Strong: "strong",
    n.SmallCaps: "smallcaps",
    n.Superscript: "super",
    n.Subscript: "sub",
    n.Underline: "underline",
    n.Strikethrough: "strike",
    n.InlineQuote: "",
}
"""Typst's function for each styled inline; empty for an inline without a style."""


class SourceBuilder:
    """Builder of the source of a document's text; it uses from the style only data for single headings and lines."""

    def __init__(self, numbered: NumberedDocument, style: Style, images: ImageFiles, marks: Marks) -> None:
        self.numbered = numbered
        self.style = style
        self.images = images
        self.marks = marks
        self.terms = terms(numbered.document.metadata.language)
        self.top = top_level(numbered)
        self.listed = frozenset(section.id for section, _ in numbered.contents())
        self.notes = NoteBuilder(self)
        self.last = ""
        """The last character of the running text."""
        self.in_note = False
        self.columns = 1
        """Number of table columns that share the line at the current position."""

    def whole(self) -> str:
        """Return title, front matter, table of contents, body and endnotes."""
        document, style = self.numbered.document, self.style
        out: list[str] = []
        if document.title:
            out.append(self.headed(1, style.title, document.title))
        if document.metadata.subtitle:
            out.append(
                f"#lined({prelude.heading(style.subtitle, style)})[{text(document.metadata.subtitle)}]"
            )
        out.append(self.blocks(document.front, 2 if document.title else 1))
        out.append(self._contents())
        out.append(self.blocks(document.blocks, self.top))
        out.append(self.notes.at_end())
        out.append(ASKED if self.marks.wanted else "")
        return "\n".join(part for part in out if part)

    # Blocks

    def blocks(self, blocks: Iterable[n.Block], level: int) -> str:
        """Return blocks, each on separate lines; `level` is the level of the headings of sections among them."""
        return "\n".join(self.block(block, level) for block in blocks)

    def flowing(self, blocks: tuple[n.Block, ...], level: int) -> str:
        """Return blocks; if the first is a paragraph, it continues the line that contains a label or number."""
        first, rest = blocks[:1], blocks
        lead = ""
        if first and isinstance(first[0], n.Paragraph):
            lead, rest = self.anchored(first[0].id) + self.inlines(first[0].inlines), blocks[1:]
        tail = self.blocks(rest, level)
        return f"{lead}\n\n{tail}" if tail else lead

    def block(self, block: n.Block, level: int) -> str:
        """Return one block."""
        self.last = ""
        match block:
            case n.Paragraph():
                out = self._paragraph(block)
            case n.Section():
                return self._section(block, level)
            case n.List():
                out = self._list(block, level)
            case n.DefinitionList():
                out = self._definitions(block, level)
            case n.Quote():
                out = f"#quote(block: true)[{self.blocks(block.blocks, level)}]"
            case n.Table():
                out = tables.table(self, block, level) + self.notes.below(block.id)
            case n.Figure():
                out = self._figure(block, level)
            case n.CodeBlock() | n.RawBlock():
                out = self._counted(block.text) + f"#raw({string(block.text)}, block: true)"
            case n.Rule():
                out = f"#align(center, line(length: 50%, stroke: .5pt + {prelude.colour(self.style.colours.rule)}))"
            case n.PageBreak():
                out = "" if self.in_note or self.columns > 1 else "#pagebreak(weak: true)"
            case _:
                assert_never(block)
        return self.anchored(block.id) + self._in_its_language(block, out)

    def anchored(self, name: str) -> str:
        """Return the position of an anchor; empty if it has no name."""
        return f"#anchor({string(name)})" + self.marks.anchor(name) if name else ""

    def _in_its_language(self, node: n.Node, source: str) -> str:
        language = node.attrs.get("lang").partition("-")[0].lower()
        settings = f"lang: {string(language)}, " if language.isalpha() and len(language) in {2, 3} else ""
        if runs_to_the_left(node.attrs):
            settings += "dir: rtl, "
        elif node.attrs.get("dir").lower() == "ltr":
            settings += "dir: ltr, "
        return f"#text({settings})[{source}]" if settings else source

    def headed(
        self,
        level: int,
        line: Line,
        inlines: tuple[n.Inline, ...],
        weight: str = "",
        slant: str = "",
        *,
        listed: bool = False,
    ) -> str:
        """Return a heading; `listed` means that the table of contents contains it."""
        self.last = ""
        shown = f"[{text(outline_text(inlines))}]" if listed else "none"
        look_of_it = prelude.heading(line, self.style, weight, slant)
        return f"#headed({level}, {shown}, {look_of_it})[{self.inlines(inlines)}]"

    def _paragraph(self, block: n.Paragraph) -> str:
        style = self.style
        if block.role == roles.DOCUMENT_TYPE:
            return self.headed(1, style.title, block.inlines)
        if block.role == "heading":
            return self.headed(1, style.headings[0], block.inlines)
        inside = self.inlines(block.inlines)
        if any(self.numbered.is_alone(inline) for inline in block.inlines):
            return inside  # a formula on a separate line divides the paragraph
        if block.role == roles.NUMBER and style.number is not None:
            return f"#lined({prelude.heading(style.number, style)})[{inside}]"
        return f"#par[{inside}]"

    def _section(self, block: n.Section, level: int) -> str:
        out = [self.anchored(block.id)]
        if block.title and self.in_note:
            # A heading in a note is not part of the outline of the document.
            out.append(f"#par[#strong[{self.inlines(block.title)}]]")
        elif block.title:
            depth = min(level - self.top, len(self.style.headings) - 1)
            own = self.style.roles.get(block.role)
            weight, slant = (own.weight or "", own.slant or "") if own is not None else ("", "")
            out.append(
                self.headed(
                    min(level, 6),
                    self.style.headings[depth],
                    block.title,
                    weight,
                    slant,
                    listed=block.id in self.listed,
                )
            )
        out.append(self.blocks(block.blocks, level + 1 if block.title else level))
        return "\n".join(part for part in out if part)

    def _list(self, block: n.List, level: int) -> str:
        items = ", ".join(f"[{self.anchored(i.id)}{self.flowing(i.blocks, level)}]" for i in block.items)
        tight = f"tight: {'true' if block.tight else 'false'}"
        if block.ordered:
            shown = ", ".join(map(string, labels(block)))
            return f"#enum({tight}, numbering: n => ({shown},).at(n - 1), {items})"
        marker = ", marker: []" if roles.LABELLED in block.attrs.classes else ""
        return f"#list({tight}{marker}, {items})"

    def _definitions(self, block: n.DefinitionList, level: int) -> str:
        out: list[str] = []
        for entry in block.items:
            self.last = ""
            term = self.anchored(entry.id) + self.inlines(entry.term)
            for k, definition in enumerate(entry.definitions or ((),)):
                out.append(f"terms.item([{term if k == 0 else ''}], [{self.flowing(definition, level)}])")
        return f"#terms(separator: linebreak(), hanging-indent: 14pt, {', '.join(out)})"

    def _figure(self, block: n.Figure, level: int) -> str:
        body = self.blocks(block.blocks, level)
        caption = f", caption: [#emph[{self.inlines(block.caption)}]]" if block.caption else ""
        return f'#figure(kind: "figure", supplement: none, numbering: none{caption})[{body}]'

    def _contents(self) -> str:
        found = self.numbered.contents()
        if not found:
            return ""
        title = f"#pdf.artifact(block(below: 4pt, strong({string(self.terms.contents)})))"  # the outline has the tag
        depth = self.numbered.structure.contents + self.top - 1
        return f"#block(below: 18pt)[{title}\n#outline(title: none, depth: {depth})]"

    # Inlines

    def inlines(self, inlines: Iterable[n.Inline]) -> str:
        """Return inlines. Note calls of a formula on a separate line are on the same line."""
        out: list[str] = []
        self.marks.enter()
        for alone, piece in pieces(without_page_marks(inlines), self.numbered.is_alone):
            inside = "".join(self.inline(inline) for inline in piece)
            out.append(f"\n#align(center)[{inside}]\n" if alone else inside)
        return "".join(out) + self.marks.leave()

    def inline(self, inline: n.Inline) -> str:
        """Return one inline."""
        if isinstance(inline, n.StyledInline):
            name, inside = STYLED[type(inline)], self.inlines(inline.inlines)
            out = f"#{name}[{inside}]" if name else inside
            return self.anchored(inline.id) + self._in_its_language(inline, out)
        match inline:
            case n.Text():
                self.last = inline.text[-1:] or self.last
                return self._text(inline.text)
            case n.TextSpan():
                inside = self.inlines(inline.inlines)
                out = f"#text(size: .85em)[{inside}]" if inline.role == "small" else inside
            case n.Link() | n.Citation():
                inside = self.inlines(inline.inlines)
                out = f"#link({string(inline.href)})[{inside}]" if inline.href else inside
            case n.CrossReference():
                out = self._cross_reference(inline)
            case n.InlineCode() | n.RawInline():
                out = self._code(inline.text)
            case n.Math():
                out = self._math(inline)
            case n.Image():
                self.last = ""
                out = self.images.image(inline, self.columns)
            case n.LineBreak():
                return "#linebreak();"
            case n.NoteRef():
                return self.notes.call(inline)
            case n.NoteCrossReference():
                self.last = inline.text[-1:]
                anchor = self.numbered.notes[inline.note].anchor
                return self._counted(inline.text) + f"#link({label(anchor)})[{text(inline.text)}]"
            case n.PageMark():
                return ""
            case _:
                assert_never(inline)
        return self.anchored(inline.id) + self._in_its_language(inline, out)

    def _counted(self, characters: str) -> str:
        """Return the mark before these characters; citations refer to the running text by page, and to notes by number."""
        return "" if self.in_note else self.marks.before(characters)

    def _text(self, characters: str) -> str:
        by_word = self.marks.by_word and not self.in_note
        words = re.findall(r"\s*\S+|\s+", characters) if by_word else [characters]
        return "".join(self._counted(word) + text(bind(word)) for word in words)

    def _code(self, characters: str) -> str:
        self.last = characters[-1:]
        return f"{self._counted(characters)}#raw({string(characters)});"

    def _cross_reference(self, inline: n.CrossReference) -> str:
        inside = self.inlines(inline.inlines)
        if inline.target not in self.numbered.ids:
            return inside
        out = f"#link({label(inline.target)})[{inside}]"
        if self.numbered.structure.page_references:
            before, _, after = self.terms.on_page.partition("{page}")
            out += f"#on-page({string(inline.target)}, {string(f' ({before}')}, {string(f'{after})')})"
        return out

    def _math(self, inline: n.Math) -> str:
        formula = self.numbered.formula(inline)
        if formula is None:
            return self._code(inline.text)
        self.last = OBJECT
        return self.images.formula(formula)
