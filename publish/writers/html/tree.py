"""The model as a tree of HTML elements, with notes either at the end or at the position of their call.

One builder serves three formats. A web page and an EPUB chapter have their notes in a section at the end. Print has each
note at its call, from which the layout engine moves it to the foot of the page. The markup of notes is the same, and every
number is text from `resolve`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import assert_never

from publish.localisation import terms
from publish.model import nodes as n
from publish.model import roles
from publish.model.formulas import pieces
from publish.model.grid import Slot, slots
from publish.model.language import runs_to_the_left
from publish.model.lengths import as_css
from publish.model.text import outline_text, plain_text, without_notes
from publish.resolve.numbered import NumberedDocument
from publish.writers.html.formulas import as_drawing, as_mathml
from publish.writers.html.notes import NoteBuilder, append_text
from publish.writers.html.target import Target
from publish.writers.levels import top_level
from publish.writers.non_breaking import OBJECT, bind

Element = ET.Element

_LIST_TYPES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_LIST_CLASSES = {")": "paren", "()": "parens"}


STYLED: dict[type[n.StyledInline], tuple[str, ...]] = {
    n.Emphasis: ("em",),
    n.Strong: ("strong",),
    n.SmallCaps: ("span", "small-caps"),
    n.Superscript: ("sup",),
    n.Subscript: ("sub",),
    n.Underline: ("u",),
    n.Strikethrough: ("s",),
    n.InlineQuote: ("span", "quotation"),
}
"""Element and class of each styled inline."""


class TreeBuilder:
    """Builder of elements, independent of file and style."""

    def __init__(self, numbered: NumberedDocument, target: Target) -> None:
        self.numbered = numbered
        self.target = target
        self.terms = terms(numbered.document.metadata.language)
        self.notes = NoteBuilder(self)
        self.top = top_level(numbered)
        self.last = ""
        """Last character of the running text."""
        self.tables: list[n.Table] = []
        """In print, the tables built so far."""
        self.in_note = False

    # Blocks

    def blocks(self, parent: Element, blocks: Iterable[n.Block], level: int) -> None:
        """Append blocks; `level` is the heading level of a section among them."""
        for block in blocks:
            self.block(parent, block, level)

    def block(self, parent: Element, block: n.Block, level: int) -> None:
        """Append one block."""
        self.last = ""
        match block:
            case n.Paragraph():
                self._paragraph(parent, block)
            case n.Section():
                self._section(parent, block, level)
            case n.List():
                self._list(parent, block, level)
            case n.DefinitionList():
                self._definitions(parent, block, level)
            case n.Quote():
                self.blocks(_sub(parent, "blockquote", block), block.blocks, level)
            case n.Table():
                self._table(parent, block, level)
            case n.Figure():
                figure = _sub(parent, "figure", block)
                self.blocks(figure, block.blocks, level)
                if block.caption:
                    self.inlines(ET.SubElement(figure, "figcaption"), block.caption)
            case n.CodeBlock():
                pre = _sub(parent, "pre", block)
                code = ET.SubElement(
                    pre, "code", {"class": f"language-{block.language}"} if block.language else {}
                )
                code.text = block.text
            case n.Rule():
                _sub(parent, "hr", block)
            case n.PageBreak():
                ET.SubElement(parent, "div", {"class": "page-break"})
            case n.RawBlock():
                ET.SubElement(_sub(parent, "pre", block), "code", {"class": "raw"}).text = block.text
            case _:
                assert_never(block)

    def _paragraph(self, parent: Element, block: n.Paragraph) -> None:
        if block.role in {roles.DOCUMENT_TYPE, "heading"}:
            element = _sub(parent, "h1", block, "title" if block.role == roles.DOCUMENT_TYPE else "heading-1")
            self.outline(element, block.inlines)
        else:
            # In print a paragraph can contain a note with paragraphs, which `p` must not contain.
            tag = "div" if self.target.notes == "page" and _has_calls(block.inlines) else "p"
            element = _sub(parent, tag, block, "p", block.role)
        self.inlines(element, block.inlines)

    def outline(self, heading: Element, inlines: tuple[n.Inline, ...]) -> None:
        """In print, set the text without calls for the outline of the file."""
        if self.target.notes == "page":
            heading.set("data-outline", outline_text(inlines))

    def _section(self, parent: Element, block: n.Section, level: int) -> None:
        section = _sub(parent, "section", block, block.role.replace(":", "-"))
        if block.title and self.in_note:
            # A heading within a note is not part of the outline of the document.
            self.inlines(ET.SubElement(section, "p", {"class": "p heading"}), block.title)
        elif block.title:
            depth = min(level - self.top + 1, 6)
            heading = ET.SubElement(section, f"h{min(level, 6)}", {"class": f"heading heading-{depth}"})
            self.outline(heading, block.title)
            self.inlines(heading, block.title)
        self.blocks(section, block.blocks, level + 1 if block.title else level)

    def _list(self, parent: Element, block: n.List, level: int) -> None:
        if not block.ordered:
            element = _sub(parent, "ul", block)
        else:
            # The style sheet uses classes, because selectors ignore case in values of the attribute `type`.
            kind = _LIST_TYPES.get(block.style, "")
            classes = (block.style if kind else "", _LIST_CLASSES.get(block.delimiter, ""))
            element = _sub(parent, "ol", block, *classes)
            if block.start != 1:
                element.set("start", str(block.start))
                if self.target.notes == "page":  # the layout engine does not support `start`
                    element.set("style", f"counter-reset: list-item {block.start - 1}")
            if kind:
                element.set("type", kind)
        for item in block.items:
            self.blocks(_sub(element, "li", item), item.blocks, level)

    def _definitions(self, parent: Element, block: n.DefinitionList, level: int) -> None:
        element = _sub(parent, "dl", block)
        for entry in block.items:
            self.last = ""
            self.inlines(_sub(element, "dt", entry), entry.term)
            for definition in entry.definitions:
                self.blocks(ET.SubElement(element, "dd"), definition, level)

    def _table(self, parent: Element, block: n.Table, level: int) -> None:
        fit = self.target.fits.get(len(self.tables), 0)
        wrapper = ET.SubElement(parent, "div", {"class": f"table fit-{fit}" if fit else "table"})
        if self.target.notes == "page":
            wrapper.set("data-table", str(len(self.tables)))
            self.tables.append(block)
        if self.target.notes == "end":
            # A wide table scrolls in a box, and a scrolling box must be accessible by keyboard (WCAG 2.1.1).
            wrapper.set("tabindex", "0")
            wrapper.set("role", "group")
            wrapper.set("aria-label", outline_text(block.caption) or self.numbered.title)
        table = _sub(wrapper, "table", block)
        if block.caption:
            self.inlines(ET.SubElement(table, "caption"), block.caption)
        # A head without other rows is written as the body (ISO 14289-1, 7.2: THead needs a TBody).
        head = "thead" if block.body or block.foot else "tbody"
        for tag, rows, header in (
            (head, block.head, True),
            ("tbody", block.body, False),
            ("tfoot", block.foot, False),
        ):
            if not rows:
                continue
            group = ET.SubElement(table, tag)
            for row, line in zip(rows, slots(rows), strict=True):
                self._cells(_sub(group, "tr", row), line, block, level, header=header)
        self.notes.below(wrapper, block.id)

    def _cells(self, tr: Element, line: list[Slot], table: n.Table, level: int, *, header: bool) -> None:
        for slot in line:
            cell = slot.cell
            if not slot.begins:
                continue
            if cell is None:
                ET.SubElement(tr, "td")
                continue
            th = (header or cell.header) and bool(cell.blocks)  # an empty cell is not a header
            element = _sub(tr, "th" if th else "td", cell)
            if th:
                element.set("scope", "col" if header else "row")
            align = table.columns[slot.column].align if slot.column < len(table.columns) else ""
            if align in {"center", "right"}:
                element.set("class", align)
            if slot.columns > 1:
                element.set("colspan", str(slot.columns))
            if cell.rows > 1:
                element.set("rowspan", str(cell.rows))
            self.blocks(element, cell.blocks, level)

    # Inlines

    def inlines(self, parent: Element, inlines: Iterable[n.Inline]) -> None:
        """Append inlines; a display formula has its note calls on the same line."""
        for alone, piece in pieces(tuple(inlines), self.numbered.is_alone):
            holder = ET.SubElement(parent, "span", {"class": "formula"}) if alone else parent
            for inline in piece:
                self._inline(holder, inline)

    def _inline(self, parent: Element, inline: n.Inline) -> None:
        if isinstance(inline, n.StyledInline):
            tag, *kind = STYLED[type(inline)]
            self.inlines(_sub(parent, tag, inline, *kind), inline.inlines)
            return
        match inline:
            case n.Text():
                self._text(parent, inline.text)
            case n.TextSpan():
                self._span(parent, inline)
            case n.Link():
                self._link(parent, inline, inline.href, inline.title)
            case n.CrossReference():
                self._link(parent, inline, self.target.link(inline.target), "")
                self._page_reference(parent, inline)
            case n.Citation():
                self._link(parent, inline, inline.href, "")
            case n.InlineCode():
                _sub(parent, "code", inline).text = inline.text
                self.last = inline.text[-1:]
            case n.Math():
                self._math(parent, inline)
            case n.Image():
                self._image(parent, inline)
            case n.LineBreak():
                ET.SubElement(parent, "br")
            case n.NoteRef():
                self.notes.call(parent, inline)
            case n.NoteCrossReference():
                self.notes.reference(parent, inline)
            case n.PageMark():
                self.page_mark(parent, inline)
            case n.RawInline():
                ET.SubElement(parent, "code", {"class": "raw"}).text = inline.text
                self.last = inline.text[-1:]
            case _:
                assert_never(inline)

    def _math(self, parent: Element, inline: n.Math) -> None:
        formula = self.numbered.formula(inline)
        if formula is None:
            _sub(parent, "code", inline, "math").text = inline.text
            self.last = inline.text[-1:]
            return
        if self.target.notes == "page":
            parent.append(as_drawing(formula, inline.text, display=inline.display))
        else:
            parent.append(as_mathml(formula))
        self.last = OBJECT

    def _text(self, parent: Element, text: str) -> None:
        append_text(parent, bind(text) if self.target.notes == "page" else text)
        self.last = text[-1:] or self.last

    def _span(self, parent: Element, inline: n.TextSpan) -> None:
        if inline.role == roles.DATE and inline.attrs.get("date"):
            element = _sub(parent, "time", n.TextSpan(()))
            element.set("datetime", inline.attrs.get("date"))
        else:
            element = _sub(
                parent,
                "small" if inline.role == "small" else "span",
                inline,
                inline.role and f"as-{inline.role}",
            )
        self.inlines(element, inline.inlines)

    def _link(
        self, parent: Element, inline: n.Link | n.CrossReference | n.Citation, href: str, title: str
    ) -> None:
        if not href:
            self.inlines(_sub(parent, "span", inline), inline.inlines)
            return
        element = _sub(parent, "a", inline)
        element.set("href", href)
        if title:
            element.set("title", title)
        if plain_text(inline.inlines) == href:
            element.set("class", f"url {element.get('class', '')}".strip())
        self.inlines(element, inline.inlines)

    def _page_reference(self, parent: Element, inline: n.CrossReference) -> None:
        page = self.target.page(inline.target)
        if page and self.numbered.structure.page_references:
            parent[-1].set("data-on-page", self.terms.on_page.format(page=page))

    def _image(self, parent: Element, inline: n.Image) -> None:
        element = _sub(parent, "img", inline)
        element.set("src", self.target.picture(inline.source))
        element.set("alt", "" if inline.decorative else inline.alt)
        if style := as_css(inline):
            element.set("style", style)
        if inline.decorative:
            element.set("role", "presentation")
        self.last = ""

    def page_mark(self, parent: Element, inline: n.PageMark) -> None:
        """Append the start of a page, for readers who cite pages; print omits it because it has pages."""
        if self.target.notes == "page":
            return
        # axe-core does not know that this role allows a name by `aria-label`; `title` also gives it a name.
        naming = "aria-label" if self.target.epub else "title"
        attributes = {"role": "doc-pagebreak", naming: f"{self.terms.page} {inline.label}"}
        if self.target.epub:
            attributes["epub:type"] = "pagebreak"
        element = _sub(parent, "span", inline, "page-mark")
        element.attrib.update(attributes)


def _sub(parent: Element, tag: str, node: n.Node, *classes: str) -> Element:
    """Append a child element with the id, classes and language of a node."""
    element = ET.SubElement(parent, tag)
    if node.id:
        element.set("id", node.id)
    names = [name for name in (*classes, *node.attrs.classes) if name]
    if names:
        element.set("class", " ".join(names))
    if not node.attrs.values:
        return element
    language = node.attrs.get("lang")
    if re.fullmatch(r"[A-Za-z0-9-]{2,35}", language):
        element.set("lang", language)
    if runs_to_the_left(node.attrs):
        element.set("dir", "rtl")
    elif node.attrs.get("dir").lower() == "ltr":
        element.set("dir", "ltr")
    return element


def _has_calls(inlines: tuple[n.Inline, ...]) -> bool:
    return without_notes(inlines) is not inlines
