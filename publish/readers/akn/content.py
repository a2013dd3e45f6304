"""Blocks and inlines of an Akoma Ntoso document."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Container, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from lxml import etree
from msgspec.structs import replace

from publish.akn import carried
from publish.akn.jurisdictions import event_roles
from publish.akn.names import ELEMENT_ONLY, HEADED, LISTS, NAMESPACE, OPAQUE, PARAGRAPHS, TITLES, XML
from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import collapse_space, finish, plain_text
from publish.readers.addresses import is_address
from publish.readers.base import Deadline
from publish.readers.images import ImageLoader
from publish.readers.trees import local, namespace

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STYLES: dict[str, Callable[..., n.Inline]] = {
    "b": n.Strong,
    "i": n.Emphasis,
    "u": n.Underline,
    "sup": n.Superscript,
    "sub": n.Subscript,
    "del": n.Strikethrough,
    "ins": n.Underline,
}
"""Elements that look like something. What an amendment takes out is struck, what it puts in is underlined."""

SPAN_STYLES: dict[str, Callable[..., n.Inline]] = {
    "small-caps": n.SmallCaps,
    "strikethrough": n.Strikethrough,
    "quotation": n.InlineQuote,
}
"""The same by the class of a `span`."""

LITERAL: dict[str, Callable[[str, n.Attrs], n.Inline]] = {
    "code": lambda text, attrs: n.InlineCode(text, attrs=attrs),
    "math": lambda text, attrs: n.Math(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawInline("text", text, attrs=attrs),
}
"""What a `span` of a class is whose text is no language."""

VERBATIM: dict[str, Callable[[str, n.Attrs], n.Block]] = {
    "code": lambda text, attrs: n.CodeBlock(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawBlock("text", text, attrs=attrs),
    "rule": lambda _, attrs: n.Rule(attrs=attrs),
    "empty": lambda _, attrs: n.Section((), (), attrs=attrs),
    "page-break": lambda _, attrs: n.PageBreak(attrs=attrs),
}
"""What a `block` of a name is that holds no sentences."""

NUMBERS = frozenset({"lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})
"""Classes of a numbered list that say how its numbers look."""

DELIMITERS: dict[str, Any] = {"parenthesis": ")", "parentheses": "()"}
"""Classes of a numbered list that say what stands around its numbers."""

OPENINGS = frozenset({"coverPage", "preface", "header"})
"""Parts of a document in which its title stands."""

POINTS = frozenset({"point", "indent"})
"""Containers that are the items of a list."""

QUOTED = frozenset({"quotedStructure", "embeddedStructure"})
"""Structures that a sentence quotes; the standard has them within the paragraph."""

APART = ELEMENT_ONLY | PARAGRAPHS | {*TITLES, "li"}
"""Elements of which the words of one do not join those of the next."""

WITHIN_ITEMS = LISTS | {"p", "table", "blockList"}
"""What stands as a block in an item of a list, beside its text."""

ROLES = {"question": roles.QUESTION, "answer": roles.ANSWER}
"""Roles of the model for elements that mean the same; any other is a role of its own name."""

SPANS = {"docTitle": roles.TITLE, "date": roles.DATE, "docDate": roles.DATE}

_SPACE = re.compile(r"[ \t\n\r]+")

HEADED_BY_CLASS = {"docType": roles.DOCUMENT_TYPE, "docNumber": roles.NUMBER}
"""Roles of paragraphs of a preface that hold nothing but one of these."""


class ContentReader:
    """Reads the text of one document."""

    def __init__(self, source: str, images: ImageLoader, targets: frozenset[str], deadline: Deadline) -> None:
        self.source = source
        self.images = images
        self.targets = targets
        """The eIds that references within the document lead to."""
        self.authorial: dict[str, Element] = {}
        """Notes that stand where they are called, by eId."""
        self.deadline = deadline
        self.notes: dict[str, n.Note] = {}
        self.called: set[str] = set()
        """Those of them that are called elsewhere, too."""
        self.editorial: dict[str, Element] = {}
        """Notes that stand in the metadata, by eId."""
        self.found: list[Diagnostic] = []
        self.opaque: dict[str, int] = {}
        self.title: tuple[n.Inline, ...] = ()
        """The title of the document, where a paragraph of its own says it."""
        self.subtitle = ""

    # What every node has

    def _span(self, element: Element) -> Span | None:
        return Span(cast("int", element.sourceline)) if element.sourceline else None

    def _id(self, element: Element) -> str:
        eid = element.get("eId") or element.get(f"{{{XML}}}id") or ""
        return eid if eid in self.targets else ""

    def _attrs(self, element: Element, **more: str) -> n.Attrs:
        own = declared(element)
        if own:
            more[carried.NAMESPACES] = " ".join(f"{prefix or '-'} {uri}" for prefix, uri in own.items())
        return carried.attrs(local(element), {str(k): str(v) for k, v in element.attrib.items()}, **more)

    # Blocks

    def blocks(self, parent: Element, *, skip: frozenset[str] = frozenset()) -> tuple[n.Block, ...]:
        """The blocks in an element, without those children whose names are to be skipped."""
        children = (x for x in parent if isinstance(x.tag, str) and local(x) not in skip)
        out: list[n.Block] = []
        for name, group in groupby(children, key=lambda x: local(x) if local(x) in POINTS else ""):
            elements = list(group)
            out += [self._points(elements)] if name else map(self.block, elements)
        return tuple(out)

    def _points(self, elements: list[Element]) -> n.List:
        """Points of a law, which are shown as a list with the numbers that they have."""
        items = tuple(self._numbered_item(element) for element in elements)
        attrs = carried.attrs(carried.IMPLIED, {})
        return n.List(items, attrs=n.Attrs((roles.LABELLED,), attrs.values), span=items[0].span)

    def block(self, element: Element) -> n.Block:
        """One block."""
        self.deadline.check()
        name = local(element)
        if name in QUOTED and namespace(element) == NAMESPACE:
            return self._quoted(element, (n.Quote(self.blocks(element), span=self._span(element)),))
        if namespace(element) != NAMESPACE or name in OPAQUE:
            return self._opaque_block(element)
        if name == "p" and len(element) == 1 and local(element[0]) == "subFlow" and not holds_text(element):
            # Blocks where the schema has room for a paragraph only.
            role, span = f"{carried.ROLE}p", self._span(element)
            return n.Section((), (self.section(element[0]),), role, attrs=self._attrs(element), span=span)
        if name == "p" and self._says_title(element):
            return n.Section((), (), f"{carried.ROLE}p", attrs=self._whole(element), span=self._span(element))
        if name == "block" and element.get("name") in VERBATIM and not len(element):
            return VERBATIM[element.get("name", "")](element.text or "", self._whole(element))
        if name in PARAGRAPHS:
            return self._quoting(element) if _quotes(element) else self._paragraph(element)
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
        """Whether a paragraph is the document's title, or the subtitle after it, and nothing else; it is kept as that."""
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
            inlines = (n.Strong(inlines),)  # who speaks; it is no element, and is not written back
        only = [x for x in inlines if plain_text((x,)).strip() or not isinstance(x, n.Text)]
        role = f"{carried.ROLE}{local(element)}" if local(element) not in {"p", "block"} else ""
        if len(only) == 1 and isinstance(only[0], n.TextSpan):
            role = HEADED_BY_CLASS.get(carried.element(only[0]), role)
        return n.Paragraph(
            inlines, role, id=self._id(element), attrs=self._attrs(element), span=self._span(element)
        )

    def _quoting(self, element: Element) -> n.Section:
        """A paragraph that quotes whole articles, as its sentences with quotations between them."""
        return self._quoted(element, tuple(self._in_turn(element)))

    def _whole(self, element: Element) -> n.Attrs:
        """Attributes of a node that carries its element as the XML that it is."""
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
        return carried.attrs(local(element), {}, akn_xml=xml)

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
        """What is carried as the XML that it is, and shown as blocks."""
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
        """The text of a paragraph in its order, with each structure that it quotes, however deep in `mod` and the like it stands."""
        span = self._span(element)
        if element.text:
            yield n.Text(element.text, span=span)
        for child in element:
            if local(child) in QUOTED:
                yield n.Quote(self.blocks(child), span=self._span(child))
            elif _quotes(child):
                yield from self._pieces(child)
            else:
                yield self._inline(child)
            if child.tail:
                yield n.Text(child.tail, span=span)

    def _opaque_block(self, element: Element) -> n.Paragraph:
        """A subtree that is kept as it is; where the paragraph is shown, its text is."""
        attrs, inlines = self._opaque(element)
        return n.Paragraph(inlines, attrs=attrs, span=self._span(element))

    def _opaque(self, element: Element) -> tuple[n.Attrs, tuple[n.Inline, ...]]:
        """What carries a subtree, and its text with its notes, which other formats show."""
        name = local(element)
        self.opaque[name] = self.opaque.get(name, 0) + 1
        shown = finish(tuple(self._shown(element))) if name != "meta" else ()
        return self._whole(element), shown

    def _shown(self, element: Element) -> Iterator[n.Inline]:
        span = self._span(element)
        if element.text:
            yield n.Text(element.text, span=span)
        for child in element:
            name = local(child)
            apart = name in APART
            if name == "authorialNote":
                yield self._note(child, n.NO_ATTRS)
            elif name:
                if apart:
                    yield n.Text(" ", span=span)
                yield from self._shown(child)
            if child.tail or apart:
                yield n.Text(" " * apart + (child.tail or ""), span=span)

    def section(self, element: Element) -> n.Section:
        """A container: with a title where it has a heading, and with its number in its first paragraph where it has only that."""
        name = local(element)
        heads = [child for child in element if local(child) in TITLES and namespace(child) == NAMESPACE]
        title = self._title(heads)
        # Metadata of a part within the document stays with it.
        blocks = self.blocks(element, skip=frozenset(TITLES))
        number = " ".join("".join(str(t) for t in h.itertext()).strip() for h in heads if local(h) == "num")
        attrs = self._attrs(element)
        if title and all(local(head) == "num" for head in heads) and name not in HEADED | ROLES.keys():
            inner = _with_number(blocks, title)
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
            style=_one_of(NUMBERS, element, "decimal"),
            delimiter=DELIMITERS.get(_one_of(DELIMITERS, element, ""), "."),
            tight=not any(local(child) == "p" for item in element for child in item),
            id=self._id(element),
            attrs=self._attrs(element),
            span=self._span(element),
        )

    def _item(self, element: Element) -> n.ListItem:
        blocks = tuple(self._side_by_side(element))
        return n.ListItem(blocks, id=self._id(element), attrs=self._attrs(element), span=self._span(element))

    def _side_by_side(self, element: Element) -> Iterator[n.Block]:
        """The content of an element in which text and blocks may stand side by side."""
        inlines: list[n.Inline] = []

        def text() -> Iterator[n.Block]:
            if any(plain_text((x,)).strip() or not isinstance(x, n.Text) for x in inlines):
                attrs = carried.attrs(carried.IMPLIED, {})
                yield n.Paragraph(tuple(inlines), attrs=attrs, span=self._span(element))
            inlines.clear()

        if element.text:
            inlines.append(_text(element.text, self._span(element)))
        for child in element:
            if local(child) in WITHIN_ITEMS:
                yield from text()
                yield self.block(child)
            elif isinstance(child.tag, str):
                inlines.append(self._inline(child))
            if child.tail:
                inlines.append(_text(child.tail, self._span(child)))
        yield from text()

    def _block_list(self, element: Element) -> n.Section:
        """Items with numbers of their own, and the words before and after them."""
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
                values = {"caption-attributes": _packed(child)}
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
            _count(element.get("colspan")),
            _count(element.get("rowspan")),
            header=local(element) == "th",
            id=self._id(element),
            attrs=self._attrs(element),
            span=self._span(element),
        )

    # Inlines

    def inlines(self, element: Element) -> tuple[n.Inline, ...]:
        """The text of an element, with what stands in it. White space at its ends is not shown, but carried."""
        return _trimmed(tuple(self._mixed(element)))

    def _mixed(self, element: Element) -> Iterator[n.Inline]:
        span = self._span(element)
        if element.text:
            yield _text(element.text, span)
        for child in element:
            if isinstance(child.tag, str):
                yield self._inline(child)
            if child.tail:
                yield _text(child.tail, self._span(child) if isinstance(child.tag, str) else span)

    def _inline(self, element: Element) -> n.Inline:
        name = local(element)
        attrs, span, identifier = self._attrs(element), self._span(element), self._id(element)
        if namespace(element) != NAMESPACE or name in OPAQUE:
            opaque, inner = self._opaque(element)
            return n.TextSpan(inner, f"{carried.ROLE}{name}", attrs=opaque, span=span)
        if name == "span" and (looks := SPAN_STYLES.get(element.get("class", ""))) is not None:
            return looks(tuple(self._mixed(element)), id=identifier, attrs=attrs, span=span)
        if name == "span" and not len(element) and element.get("class") in LITERAL:
            return LITERAL[element.get("class", "")](element.text or "", self._whole(element))
        if name in STYLES:
            return STYLES[name](tuple(self._mixed(element)), id=identifier, attrs=attrs, span=span)
        match name:
            case "authorialNote":
                return self._note(element, attrs)
            case "noteRef":
                return self._note_reference(element, attrs)
            case "br":
                return n.LineBreak(attrs=attrs, span=span)
            case "img":
                return self._image(element, attrs)
            case "eop":
                number = element.get("number", "")
                label = str(int(number) + 1) if number.isdecimal() else number
                return n.PageMark(label, attrs=attrs, span=span)
            case "a" if is_address(element.get("href", "")):
                return n.Link(
                    tuple(self._mixed(element)),
                    element.get("href", ""),
                    id=identifier,
                    attrs=attrs,
                    span=span,
                )
            case "ref":
                return self._reference(element, attrs)
            case "p" | "ul" | "ol" | "table" | "blockList":
                opaque, inner = self._opaque(element)
                return n.TextSpan(inner, f"{carried.ROLE}{name}", attrs=opaque, span=span)
            case _:
                return self._semantic(element, attrs)

    def _semantic(self, element: Element, attrs: n.Attrs) -> n.TextSpan:
        name = local(element)
        role = SPANS.get(name, f"{carried.ROLE}{name}")
        values = attrs.values
        date = element.get("date", "")[:10]
        if role == roles.DATE and date:
            event = event_roles().get(element.get("refersTo", "").lstrip("#"), "")
            values = (*values, ("date", date)) + ((("event", event),) if event else ())
        inner = tuple(self._mixed(element))
        attrs = n.Attrs(attrs.classes, values)
        return n.TextSpan(inner, role, id=self._id(element), attrs=attrs, span=self._span(element))

    def _reference(self, element: Element, attrs: n.Attrs) -> n.Inline:
        href = element.get("href", "")
        inner, span, identifier = tuple(self._mixed(element)), self._span(element), self._id(element)
        note = self.authorial.get(href[1:]) if href.startswith("#") else None
        marker = note.get("marker", "") if note is not None else ""
        if marker and not len(element) and element.text == marker:
            return n.NoteCrossReference(href[1:], marker, id=identifier, attrs=attrs, span=span)
        if href.startswith("#") and href[1:] in self.targets:
            return n.CrossReference(inner, href[1:], id=identifier, attrs=attrs, span=span)
        if href.startswith("/"):
            return n.Citation(inner, href, id=identifier, attrs=attrs, span=span)
        if is_address(href):
            return n.Link(inner, href, id=identifier, attrs=attrs, span=span)
        return n.TextSpan(inner, f"{carried.ROLE}ref", id=identifier, attrs=attrs, span=span)

    def _image(self, element: Element, attrs: n.Attrs) -> n.Image:
        address, span = element.get("src", ""), self._span(element)
        kind, _, data = address.partition(";base64,")
        if kind.startswith("data:"):
            address = f"embedded-{len(self.images.loaded) + 1}"
            try:
                self.images.add(address, base64.b64decode(data, validate=True), span)
            except binascii.Error:
                self._report("PUB-R013", "Embedded image is damaged", span)
        else:
            address = self.images.load(address, span)
        return n.Image(address, element.get("alt", ""), id=self._id(element), attrs=attrs, span=span)

    # Notes

    def _note(self, element: Element, attrs: n.Attrs) -> n.NoteRef:
        key = element.get("eId") or f"note-{len(self.notes) + 1}"
        while key in self.notes:
            key += "-2"
        self._read_note(key, element, element.get("marker", ""))
        return n.NoteRef(key, attrs=attrs, span=self._span(element))

    def read_uncalled(self) -> None:
        """Read the notes that were called and then not met, for they stand in what is kept as it is."""
        for key in self.called - self.notes.keys():
            self._read_note(key, self.authorial[key], self.authorial[key].get("marker", ""))

    def _read_note(self, key: str, element: Element, marker: str) -> None:
        self.notes[key] = n.Note(())  # a call within it must not read it again
        self.notes[key] = n.Note(self._note_blocks(element), source_label=marker, span=self._span(element))

    def _note_blocks(self, element: Element) -> tuple[n.Block, ...]:
        if holds_text(element):
            inlines = self.inlines(element)
            return (n.Paragraph(inlines, attrs=carried.attrs(carried.IMPLIED, {}), span=self._span(element)),)
        return self.blocks(element)

    def _note_reference(self, element: Element, attrs: n.Attrs) -> n.Inline:
        key = element.get("href", "").lstrip("#")
        note = self.editorial.get(key)
        if key not in self.notes and note is not None:
            self._read_note(key, note, element.get("marker", ""))
        if key in self.authorial:
            self.called.add(key)
        if key in self.notes or key in self.authorial:
            return n.NoteRef(key, attrs=attrs, span=self._span(element))
        self._report("PUB-R038", f"Called note not found: '{key}'", self._span(element))
        marker = element.get("marker", "")
        return n.TextSpan(
            (n.Text(marker),) if marker else (),
            f"{carried.ROLE}noteRef",
            attrs=attrs,
            span=self._span(element),
        )

    def _report(self, code: str, message: str, span: Span | None) -> None:
        self.found.append(make(code, message, span=span, source=self.source))


def declared(element: Element) -> dict[str, str]:
    """The namespaces that an element declares and that are not in force around it, by prefix; empty is the default one."""
    parent = element.getparent()
    around = parent.nsmap if parent is not None else {}
    return {prefix or "": str(uri) for prefix, uri in element.nsmap.items() if around.get(prefix) != uri}


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _one_of(known: Container[str], element: Element, otherwise: str) -> Any:  # noqa: ANN401 - a literal of the model
    return next((name for name in classes(element) if name in known), otherwise)


def _quotes(element: Element) -> bool:
    """Whether a structure is quoted in a paragraph, and not only in a note of it."""
    return any(
        local(child) in QUOTED or (local(child) != "authorialNote" and _quotes(child)) for child in element
    )


def holds_text(element: Element) -> bool:
    """Whether an element holds characters of its own, and not only those of the elements in it."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in texts)


def _text(raw: str, span: Span | None) -> n.Text:
    """A run of characters with single spaces; what it was is carried where that differs."""
    text = _SPACE.sub(" ", raw)
    attrs = n.Attrs(values=((carried.RAW_TEXT, raw),)) if text != raw else n.NO_ATTRS
    return n.Text(text, attrs=attrs, span=span)


def _trimmed(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Inlines whose first and last text shows no white space at the ends of the paragraph."""
    out = list(inlines)
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        end = out[index] if out else None
        if isinstance(end, n.Text) and strip(end.text, " ") != end.text:
            raw = end.attrs.get(carried.RAW_TEXT, end.text)
            attrs = n.Attrs(values=((carried.RAW_TEXT, raw),))
            out[index] = replace(end, text=strip(end.text, " "), attrs=attrs)
    return tuple(out)


def _with_number(blocks: tuple[n.Block, ...], title: tuple[n.Inline, ...]) -> tuple[n.Block, ...] | None:
    """The blocks with a number at the head of their first paragraph; None where they do not begin with one."""
    first = blocks[0] if blocks else None
    if isinstance(first, n.Section) and not first.title:
        inner = _with_number(first.blocks, title)
        return None if inner is None else (replace(first, blocks=inner), *blocks[1:])
    if not isinstance(first, n.Paragraph):
        return None
    marked = tuple(
        replace(x, attrs=n.Attrs(x.attrs.classes, (*x.attrs.values, (carried.RUN_IN, "1"))))
        if isinstance(x, n.TextSpan)
        else x
        for x in title
    )
    gap = n.Text(" ", attrs=n.Attrs(values=((carried.RUN_IN, "1"),)))
    return (replace(first, inlines=(*marked, gap, *first.inlines)), *blocks[1:])


def _packed(element: Element) -> str:
    """The attributes of an element as XML, for one that has no node of its own."""
    copy = etree.Element(element.tag, {str(k): str(v) for k, v in element.attrib.items()})
    return etree.tostring(copy, encoding="unicode")


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and 0 < int(text) < 1000 else 1
