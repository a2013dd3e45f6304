"""Blocks of an Akoma Ntoso document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from publish.akn import carried
from publish.akn.names import HEADED, LISTS, NAMESPACE, OPAQUE, PARAGRAPHS, TITLES
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import collapse_space, finish, plain_text
from publish.readers.akn.elements import (
    DELIMITERS,
    HEADED_BY_CLASS,
    NUMBERS,
    OPENINGS,
    POINTS,
    QUOTED,
    ROLES,
    VERBATIM,
    WITHIN_ITEMS,
    classes,
    count_of,
    holds_text,
    one_of,
    packed,
    quotes,
    raw_text,
    with_number,
)
from publish.readers.akn.inlines import InlineReader
from publish.readers.base import Deadline
from publish.readers.images import ImageLoader
from publish.readers.trees import local, namespace

XHTML = "{http://www.w3.org/1999/xhtml}"

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class ContentReader(InlineReader):
    """Reader of the text of one document."""

    def __init__(self, source: str, images: ImageLoader, targets: frozenset[str], deadline: Deadline) -> None:
        super().__init__(source, images, targets, deadline)
        self.title: tuple[n.Inline, ...] = ()
        """Title of the document, if a separate paragraph contains it."""
        self.subtitle = ""

    def blocks(self, parent: Element, *, skip: frozenset[str] = frozenset()) -> tuple[n.Block, ...]:
        """Return the blocks in an element, without the children whose names are in `skip`."""
        children = (x for x in parent if isinstance(x.tag, str) and local(x) not in skip)
        out: list[n.Block] = []
        for name, group in groupby(children, key=lambda x: local(x) if local(x) in POINTS else ""):
            elements = list(group)
            out += [self._points(elements)] if name else map(self.block, elements)
        return tuple(out)

    def _points(self, elements: list[Element]) -> n.List:
        """Return points of a law as a list with their own numbers."""
        items = tuple(self._numbered_item(element) for element in elements)
        attrs = carried.attrs(carried.IMPLIED, {})
        return n.List(items, attrs=n.Attrs((roles.LABELLED,), attrs.values), span=items[0].span)

    def block(self, element: Element) -> n.Block:
        """Read one block."""
        self.deadline.check()
        name = local(element)
        if name in QUOTED and namespace(element) == NAMESPACE:
            return self._quoted(element, (n.Quote(self.blocks(element), span=self._span(element)),))
        if namespace(element) != NAMESPACE or name in OPAQUE:
            return self._opaque_block(element)
        if name == "p" and len(element) == 1 and local(element[0]) == "subFlow" and not holds_text(element):
            # Blocks at a position where the schema allows only a paragraph.
            role, span = f"{carried.ROLE}p", self._span(element)
            return n.Section((), (self.section(element[0]),), role, attrs=self._attrs(element), span=span)
        if name == "p" and self._says_title(element):
            return n.Section((), (), f"{carried.ROLE}p", attrs=self._whole(element), span=self._span(element))
        if name == "block" and element.get("name") in VERBATIM and not len(element):
            return VERBATIM[element.get("name", "")](element.text or "", self._whole(element))
        if name in PARAGRAPHS:
            return self._quoting(element) if quotes(element) else self._paragraph(element)
        if name == "table":
            return self._table(element)
        if name in LISTS:
            return self._terms(element) if "definition-list" in classes(element) else self._list(element)
        if name == "blockList":
            return self._block_list(element)
        if name == "blockContainer" and "figure" in classes(element):
            return self._figure(element)
        if name == "blockContainer" and "blockquote" in classes(element):
            return n.Quote(
                self.blocks(element),
                id=self._id(element),
                attrs=self._attrs(element),
                span=self._span(element),
            )
        if holds_text(element):
            return self._paragraph(element)
        return self.section(element)

    def _says_title(self, element: Element) -> bool:
        """Return whether a paragraph contains only the document title or the subtitle after it, and store that text."""
        parent = element.getparent()
        above = next(parent.iterancestors(), None) if parent is not None else None
        root = above.getparent() if above is not None else None
        if parent is None or root is None or root.getparent() is not None or local(parent) not in OPENINGS:
            return False
        if (
            not self.title
            and len(element) == 1
            and local(element[0]) == "docTitle"
            and not holds_text(element)
        ):
            self.title = collapse_space(tuple(self._mixed(element[0])))
            return bool(self.title)
        if self.title and not self.subtitle and classes(element) == ["subtitle"] and not len(element):
            self.subtitle = " ".join((element.text or "").split())
            return bool(self.subtitle)
        return False

    def _paragraph(self, element: Element) -> n.Paragraph:
        inlines = self.inlines(element)
        if local(element) == "from" and inlines:
            inlines = (n.Strong(inlines),)  # the speaker: no element of the source, not written back
        only = [x for x in inlines if plain_text((x,)).strip() or not isinstance(x, n.Text)]
        role = f"{carried.ROLE}{local(element)}" if local(element) not in {"p", "block"} else ""
        if len(only) == 1 and isinstance(only[0], n.TextSpan):
            role = HEADED_BY_CLASS.get(carried.element(only[0]), role)
        return n.Paragraph(
            inlines, role, id=self._id(element), attrs=self._attrs(element), span=self._span(element)
        )

    def _quoting(self, element: Element) -> n.Section:
        """Return a paragraph that quotes whole articles as sentences with quotations between them."""
        return self._quoted(element, tuple(self._in_turn(element)))

    def _figure(self, element: Element) -> n.Figure:
        last = element[-1] if len(element) else None
        captioned = last is not None and local(last) == "p" and "caption" in classes(last)
        blocks = tuple(self.block(x) for x in (list(element)[:-1] if captioned else element))
        caption = self.inlines(last) if last is not None and captioned else ()
        attrs, span = self._whole(element), self._span(element)
        return n.Figure(blocks, caption, id=self._id(element), attrs=attrs, span=span)

    def _terms(self, element: Element) -> n.DefinitionList:
        items = [
            n.Definition(
                self.inlines(item[0]),
                (tuple(self.block(x) for x in list(item)[1:]),) if len(item) > 1 else (),
            )
            for item in element
            if len(item) and local(item[0]) == "p"
        ]
        attrs, span = self._whole(element), self._span(element)
        return n.DefinitionList(tuple(items), id=self._id(element), attrs=attrs, span=span)

    def _quoted(self, element: Element, blocks: tuple[n.Block, ...]) -> n.Section:
        """Return a section that keeps an element as XML and shows it as blocks."""
        attrs = self._whole(element)
        return n.Section((), blocks, f"{carried.ROLE}{local(element)}", attrs=attrs, span=self._span(element))

    def _in_turn(self, element: Element) -> Iterator[n.Block]:
        inlines: list[n.Inline] = []

        def sentence() -> Iterator[n.Block]:
            words = collapse_space(tuple(inlines))
            inlines.clear()
            if any(plain_text((x,)).strip() or not isinstance(x, n.Text) for x in words):
                yield n.Paragraph(words, span=self._span(element))

        for child in self._pieces(element):
            if isinstance(child, n.Quote):
                yield from sentence()
                yield child
            else:
                inlines.append(child)
        yield from sentence()

    def _pieces(self, element: Element) -> Iterator[n.Inline | n.Quote]:
        """Yield the text of a paragraph in order, with each quoted structure, at any depth in `mod` and similar elements."""
        span = self._span(element)
        if element.text:
            yield n.Text(element.text, span=span)
        for child in element:
            if local(child) in QUOTED:
                yield n.Quote(self.blocks(child), span=self._span(child))
            elif quotes(child):
                yield from self._pieces(child)
            else:
                yield self._inline(child)
            if child.tail:
                yield n.Text(child.tail, span=span)

    def _opaque_block(self, element: Element) -> n.Block:
        """Return a block that keeps a subtree unchanged and shows its text: a table of XHTML, or else a paragraph."""
        content = [child for child in element if isinstance(child.tag, str)]
        if len(content) == 1 and content[0].tag == f"{XHTML}table" and not (element.text or "").strip():
            return self._foreign_table(element, content[0])
        attrs, inlines = self._opaque(element)
        return n.Paragraph(inlines, attrs=attrs, span=self._span(element))

    def _foreign_table(self, element: Element, table: Element) -> n.Table:
        rows = [
            [cell for cell in row if cell.tag in {f"{XHTML}td", f"{XHTML}th"}]
            for row in table.iter(f"{XHTML}tr")
        ]
        head = next((k for k, row in enumerate(rows) if any(local(cell) == "td" for cell in row)), len(rows))
        lines = tuple(n.Row(tuple(map(self._foreign_cell, row))) for row in rows)
        width = max((sum(cell.columns for cell in row.cells) for row in lines), default=0)
        caption = table.find(f"{XHTML}caption")
        return n.Table(
            (n.Column(),) * width,
            lines[:head],
            lines[head:],
            caption=finish(tuple(self._shown(caption))) if caption is not None else (),
            attrs=self._whole(element),
            span=self._span(element),
        )

    def _foreign_cell(self, cell: Element) -> n.Cell:
        inlines = finish(tuple(self._shown(cell)))
        blocks = (n.Paragraph(inlines, span=self._span(cell)),) if inlines else ()
        columns, rows = count_of(cell.get("colspan")), count_of(cell.get("rowspan"))
        return n.Cell(blocks, columns, rows, header=local(cell) == "th")

    def section(self, element: Element) -> n.Section:
        """Return a container as a section.

        A heading becomes the title. If the container has only a number, the number goes into the first paragraph.
        """
        name = local(element)
        heads = [child for child in element if local(child) in TITLES and namespace(child) == NAMESPACE]
        title = self._title(heads)
        # Metadata of a part of the document stays in that part.
        blocks = self.blocks(element, skip=frozenset(TITLES))
        number = " ".join("".join(str(t) for t in h.itertext()).strip() for h in heads if local(h) == "num")
        attrs = self._attrs(element)
        if title and all(local(head) == "num" for head in heads) and name not in HEADED | ROLES.keys():
            inner = with_number(blocks, title)
            if inner is not None:
                blocks, title = inner, ()
                attrs = n.Attrs(attrs.classes, (*attrs.values, (carried.RUN_IN, "1")))
        role = ROLES.get(name, f"{carried.ROLE}{name}")
        digits = " ".join(filter(str.isdecimal, number.replace(",", " ").split())) if name in ROLES else ""
        return n.Section(
            title, blocks, role, digits, id=self._id(element), attrs=attrs, span=self._span(element)
        )

    def _title(self, heads: list[Element]) -> tuple[n.Inline, ...]:
        out: list[n.Inline] = []
        for head in heads:
            if out:
                out.append(n.Text(" "))
            span = self._span(head)
            role = f"{carried.ROLE}{local(head)}"
            out.append(
                n.TextSpan(self.inlines(head), role, id=self._id(head), attrs=self._attrs(head), span=span)
            )
        return tuple(out)

    def _list(self, element: Element) -> n.List:
        items = tuple(self._item(child) for child in element if isinstance(child.tag, str))
        start = str(element[0].get("value", "1")) if len(element) else "1"
        return n.List(
            items,
            ordered=local(element) == "ol",
            start=int(start) if start.isdecimal() else 1,
            style=one_of(NUMBERS, element, "decimal"),
            delimiter=DELIMITERS.get(one_of(DELIMITERS, element, ""), "."),
            tight=not any(local(child) == "p" for item in element for child in item),
            id=self._id(element),
            attrs=self._attrs(element),
            span=self._span(element),
        )

    def _item(self, element: Element) -> n.ListItem:
        blocks = tuple(self._side_by_side(element))
        return n.ListItem(blocks, id=self._id(element), attrs=self._attrs(element), span=self._span(element))

    def _side_by_side(self, element: Element) -> Iterator[n.Block]:
        """Yield the content of an element that can contain both text and blocks."""
        inlines: list[n.Inline] = []

        def text() -> Iterator[n.Block]:
            if any(plain_text((x,)).strip() or not isinstance(x, n.Text) for x in inlines):
                attrs = carried.attrs(carried.IMPLIED, {})
                yield n.Paragraph(tuple(inlines), attrs=attrs, span=self._span(element))
            inlines.clear()

        if element.text:
            inlines.append(raw_text(element.text, self._span(element)))
        for child in element:
            if local(child) in WITHIN_ITEMS:
                yield from text()
                yield self.block(child)
            elif isinstance(child.tag, str):
                inlines.append(self._inline(child))
            if child.tail:
                inlines.append(raw_text(child.tail, self._span(child)))
        yield from text()

    def _block_list(self, element: Element) -> n.Section:
        """Return items with their own numbers, and the text before and after them."""
        blocks: list[n.Block] = []
        items: list[n.ListItem] = []

        def close() -> None:
            if items:
                attrs = carried.attrs(carried.IMPLIED, {})
                blocks.append(
                    n.List(tuple(items), attrs=n.Attrs((roles.LABELLED,), attrs.values), span=items[0].span)
                )
                items.clear()

        for child in (child for child in element if isinstance(child.tag, str)):
            if local(child) == "item":
                items.append(self._numbered_item(child))
            else:
                close()
                blocks.append(self.block(child))
        close()
        role = f"{carried.ROLE}blockList"
        return n.Section(
            (),
            tuple(blocks),
            role,
            id=self._id(element),
            attrs=self._attrs(element),
            span=self._span(element),
        )

    def _numbered_item(self, element: Element) -> n.ListItem:
        section = self.section(element)
        blocks = section.blocks
        if section.title:
            blocks = (n.Paragraph(section.title, attrs=carried.attrs(carried.IMPLIED, {})), *blocks)
        return n.ListItem(blocks, id=section.id, attrs=section.attrs, span=section.span)

    def _table(self, element: Element) -> n.Table:
        caption: tuple[n.Inline, ...] = ()
        values: dict[str, str] = {}
        rows: list[tuple[n.Row, bool]] = []
        for child in element:
            if local(child) == "caption":
                caption = self.inlines(child)
                values = {"caption-attributes": packed(child)}
            elif local(child) == "tr":
                cells = tuple(self._cell(cell) for cell in child if isinstance(cell.tag, str))
                headed = bool(cells) and all(carried.element(cell) == "th" for cell in cells)
                rows.append(
                    (
                        n.Row(cells, id=self._id(child), attrs=self._attrs(child), span=self._span(child)),
                        headed,
                    )
                )
        count = next((k for k, (_, headed) in enumerate(rows) if not headed), len(rows))
        lines = [row for row, _ in rows]
        width = max((sum(cell.columns for cell in row.cells) for row in lines), default=0)
        return n.Table(
            (n.Column(),) * width,
            tuple(lines[:count]),
            tuple(lines[count:]),
            caption=caption,
            id=self._id(element),
            attrs=self._attrs(element, **values),
            span=self._span(element),
        )

    def _cell(self, element: Element) -> n.Cell:
        return n.Cell(
            self.blocks(element),
            count_of(element.get("colspan")),
            count_of(element.get("rowspan")),
            header=local(element) == "th",
            id=self._id(element),
            attrs=self._attrs(element),
            span=self._span(element),
        )
