"""Write blocks and inlines as elements of Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, assert_never

from lxml import etree

from publish.akn.names import XML
from publish.markup import append_text
from publish.model import nodes as n
from publish.model import roles
from publish.model.lengths import as_css
from publish.model.policy import NoteKind
from publish.model.text import trimmed
from publish.resolve.numbered import NumberedDocument, NumberedNote
from publish.writers.akn import semantics
from publish.writers.akn.agents import References
from publish.writers.akn.xml import Ids, name, plain, sub
from publish.writers.attachments import ImageAttachments, as_iri

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ONLY_PARAGRAPHS = frozenset({"li"})
"""Elements that may contain text, `p` and lists according to the schema, but no other block."""

DELIMITERS = {".": "", ")": "parenthesis", "()": "parentheses"}
"""Classes of a numbered list, by the characters around its numbers."""

STYLED: dict[type[n.StyledInline], tuple[str, str]] = {
    n.Emphasis: ("i", ""),
    n.Strong: ("b", ""),
    n.Underline: ("u", ""),
    n.Superscript: ("sup", ""),
    n.Subscript: ("sub", ""),
    n.SmallCaps: ("span", "small-caps"),
    n.Strikethrough: ("span", "strikethrough"),
    n.InlineQuote: ("span", "quotation"),
}
"""Element and class of each styled inline."""

NOTE_CLASSES: dict[NoteKind, tuple[str, ...]] = {"foot": (), "end": ("endnote",), "table": ("table-note",)}
"""Classes of notes that are not printed at the foot of the page; `placement` has no value for them."""


class AknContent:
    """Writer of the text of one document."""

    def __init__(
        self, numbered: NumberedDocument, ids: Ids, images: ImageAttachments, known: References | None
    ) -> None:
        self.numbered = numbered
        self.ids = ids
        self.images = images
        self.known = known
        """Collection for the persons, offices and publications that the text names; None leaves them unmarked."""
        self.events: dict[str, str] = {}
        """The `#eId` of each event in the metadata, by the role of its date."""
        self.places: dict[str, str] = {}
        """The eId of each target in the document, by its id."""
        self.references: list[tuple[Element, str]] = []
        self.ranges: list[Element] = []

    def settle_references(self) -> None:
        """Set the target of each reference, now that every target has an eId."""
        for element, target in self.references:
            eid = self.places.get(target)
            if eid:
                element.set("href", f"#{eid}")
            else:
                element.tag = element.tag.replace("}ref", "}span")
                del element.attrib["href"]
        for element in self.ranges:
            first, last = element[0].get("href"), element[-1].get("href")
            if first and last:
                element.set("from", first)
                element.set("upTo", last)
            else:
                element.tag = element.tag.replace("}rref", "}span")
                del element.attrib["from"], element.attrib["upTo"]

    # Blocks

    def title(self, preface: Element, title: tuple[n.Inline, ...], subtitle: str, context: str) -> None:
        """Append the title and subtitle of a document, if present, to its preface or header."""
        if title:
            holder = sub(preface, "p", {"eId": self.ids.new("p", context)})
            element = sub(holder, "docTitle", {"eId": self.ids.new("docTitle", context)})
            self.inlines(element, title, context)
        if subtitle:
            attributes = {"eId": self.ids.new("p", context), "class": "subtitle"}
            sub(preface, "p", attributes, subtitle)

    def heading(self, element: Element, title: tuple[n.Inline, ...], eid: str) -> None:
        """Append `num`, if the resolver or the manuscript numbered the title, and `heading`."""
        label = roles.label_of(title)
        if plain(label):
            num = sub(element, "num", {"eId": f"{eid}__num"})
            self.inlines(num, trimmed(label), eid)
            title = title[1:]
        self.inlines(sub(element, "heading", {"eId": f"{eid}__heading"}), title, eid)

    def blocks(self, parent: Element, blocks: Iterable[n.Block], context: str) -> None:
        """Append blocks; `context` is the eId of the nearest ancestor that gives identifiers their prefix."""
        for block in blocks:
            self.block(parent, block, context)

    def block(self, parent: Element, block: n.Block, context: str) -> None:
        """Append one block; use a separate flow if the parent does not allow blocks of its type."""
        if name(parent) in ONLY_PARAGRAPHS and not isinstance(block, n.Paragraph | n.List):
            holder = sub(parent, "p")
            eid = self.ids.new("subFlow", context)
            parent = sub(holder, "subFlow", {"eId": eid, "name": "block"})
            context = eid
        match block:
            case n.Paragraph():
                self.paragraph(parent, block, context)
            case n.Section():
                self._section(parent, block, context)
            case n.List():
                self._list(parent, block, context)
            case n.DefinitionList():
                self._definitions(parent, block, context)
            case n.Quote():
                self._container(parent, block, block.blocks, "blockquote", context)
            case n.Table():
                self._table(parent, block, context)
            case n.Figure():
                caption = (n.Paragraph(block.caption, "caption"),) if block.caption else ()
                self._container(parent, block, (*block.blocks, *caption), "figure", context)
            case n.CodeBlock():
                self._verbatim(parent, block, "code", block.text, context)
            case n.RawBlock():
                self._verbatim(parent, block, "raw", block.text, context)
            case n.Rule():
                self._verbatim(parent, block, "rule", "", context)
            case n.PageBreak():
                self._verbatim(parent, block, "page-break", "", context)
            case _:
                assert_never(block)

    def paragraph(self, parent: Element, block: n.Paragraph, context: str) -> Element:
        """Append a paragraph."""
        element = sub(parent, "p", {"eId": self.ids.new("p", context)})
        self.remember(block, element)
        self._common(element, block, block.role if block.role == "caption" else "")
        self.inlines(element, block.inlines, context)
        return element

    def remember(self, node: n.Node, element: Element) -> None:
        """Record the eId of the element of a node, for references to it."""
        if node.id:
            self.places[node.id] = str(element.get("eId"))

    @staticmethod
    def _common(element: Element, node: n.Node, *classes: str) -> None:
        names = [c for c in (*classes, *node.attrs.classes) if c]
        if names:
            element.set("class", " ".join(names))
        if node.attrs.get("lang"):
            element.set(f"{{{XML}}}lang", node.attrs.get("lang"))

    def _section(self, parent: Element, block: n.Section, context: str) -> None:
        if not block.title:
            self.blocks(parent, block.blocks, context)
            return
        number = plain(roles.label_of(block.title))
        # Naming Convention, 5.4.3: the number of an element equals that of its `num`.
        eid = self.ids.of_number("tblock", number, context)
        element = sub(parent, "tblock", {"eId": eid})
        self.remember(block, element)
        self._common(element, block)
        self.heading(element, block.title, eid)
        before = len(element)
        self.blocks(element, block.blocks, eid)
        if len(element) == before:
            self.empty(element, eid)  # a tblock cannot contain only a heading

    def _list(self, parent: Element, block: n.List, context: str) -> None:
        tag = "ol" if block.ordered else "ul"
        eid = self.ids.new(tag, context)
        element = sub(parent, tag, {"eId": eid})
        self.remember(block, element)
        if block.ordered:
            style = block.style if block.style != "decimal" else ""
            self._common(element, block, style, DELIMITERS[block.delimiter])
        else:
            self._common(element, block)
        for number, item in enumerate(block.items, start=block.start):
            entry = sub(element, "li", {"value": str(number)} if block.ordered else {})
            only = item.blocks[0] if len(item.blocks) == 1 else None
            if block.tight and isinstance(only, n.Paragraph) and not only.id:
                self.inlines(entry, only.inlines, eid)
            else:
                self.blocks(entry, item.blocks, eid)

    def _definitions(self, parent: Element, block: n.DefinitionList, context: str) -> None:
        eid = self.ids.new("ul", context)
        element = sub(parent, "ul", {"eId": eid, "class": "definition-list"})
        for entry in block.items:
            item = sub(element, "li")
            self.paragraph(item, n.Paragraph(entry.term, attrs=n.Attrs(("term",)), id=entry.id), eid)
            for definition in entry.definitions:
                self.blocks(item, definition, eid)

    def _container(
        self, parent: Element, block: n.Block, blocks: tuple[n.Block, ...], kind: str, context: str
    ) -> None:
        if not blocks:
            return
        eid = self.ids.new("blockContainer", context)
        element = sub(parent, "blockContainer", {"eId": eid})
        self.remember(block, element)
        self._common(element, block, kind)
        self.blocks(element, blocks, eid)

    def _verbatim(self, parent: Element, block: n.Block, kind: str, text: str, context: str) -> None:
        element = sub(parent, "block", {"eId": self.ids.new("block", context), "name": kind})
        self.remember(block, element)
        if text:
            element.set(f"{{{XML}}}space", "preserve")
            element.text = text

    def _table(self, parent: Element, block: n.Table, context: str) -> None:
        rows = [(row, True) for row in block.head] + [(row, False) for row in (*block.body, *block.foot)]
        rows = [(row, head) for row, head in rows if row.cells]
        if not rows:
            return
        eid = self.ids.new("table", context)
        element = sub(parent, "table", {"eId": eid})
        self.remember(block, element)
        self._common(element, block)
        if block.caption:
            self.inlines(sub(element, "caption"), block.caption, eid)
        for row, head in rows:
            tr = sub(element, "tr")
            for cell in row.cells:
                td = sub(tr, "th" if head or cell.header else "td")
                if cell.columns > 1:
                    td.set("colspan", str(cell.columns))
                if cell.rows > 1:
                    td.set("rowspan", str(cell.rows))
                self.blocks(td, cell.blocks, eid)
                if not len(td):
                    self.empty(td, eid)

    def empty(self, parent: Element, context: str) -> None:
        """Append an empty block if the schema requires a block and there is none."""
        sub(parent, "block", {"eId": self.ids.new("block", context), "name": "empty"})

    # Inlines

    def inlines(self, parent: Element, inlines: Iterable[n.Inline], context: str) -> None:
        """Append inlines; put the references of a range ("vragen 4 t/m 7") in one `rref`, those of a list in one `mref`."""
        for tag, group in semantics.grouped(tuple(inlines)):
            whole = parent
            if tag == "rref":
                whole = sub(parent, tag, {"eId": self.ids.new(tag, context), "from": "", "upTo": ""})
                self.ranges.append(whole)
            elif tag:
                whole = sub(parent, tag, {"eId": self.ids.new(tag, context)})
            for inline in group:
                self._inline(whole, inline, context)

    def _inline(self, parent: Element, inline: n.Inline, context: str) -> None:
        if isinstance(inline, n.StyledInline):
            self._styled(parent, inline, *STYLED[type(inline)], context)
            return
        match inline:
            case n.Text():
                append_text(parent, inline.text)
            case n.TextSpan():
                self._span(parent, inline, context)
            case n.Link():
                attributes = {"eId": self.ids.new("a", context), "href": inline.href}
                self.inlines(self._marked(sub(parent, "a", attributes), inline), inline.inlines, context)
            case n.CrossReference():
                element = sub(parent, "ref", {"eId": self.ids.new("ref", context), "href": ""})
                self.references.append((element, inline.target))
                self.inlines(element, inline.inlines, context)
            case n.Citation():
                if inline.href:
                    # A `ref` points to an IRI of Akoma Ntoso, which requires a date; a citation seldom contains one.
                    attributes = {"eId": self.ids.new("a", context), "href": inline.href}
                    attributes |= semantics.cited(inline, self.known, self.numbered.document.metadata.related)
                    self.inlines(sub(parent, "a", attributes), inline.inlines, context)
                else:
                    self._styled(parent, inline, "span", "citation", context)
            case n.InlineCode():
                self._literal(parent, inline, "code", inline.text)
            case n.Math():
                self._math(parent, inline, context)
            case n.RawInline():
                self._literal(parent, inline, "raw", inline.text)
            case n.Image():
                self._image(parent, inline, context)
            case n.LineBreak():
                sub(parent, "br", {"eId": self.ids.new("br", context)})
            case n.NoteRef():
                self._call(parent, inline, context)
            case n.NoteCrossReference():
                number = self.numbered.notes[inline.note].ordinal
                attributes = {"eId": self.ids.new("ref", context), "href": f"#authorialNote_{number}"}
                sub(parent, "ref", attributes, inline.text)
            case n.PageMark():
                self._page(parent, inline, context)
            case _:
                assert_never(inline)

    def _page(self, parent: Element, mark: n.PageMark, context: str) -> None:
        """Append the end of the previous page; nothing precedes the first page."""
        if mark.label.isdecimal() and int(mark.label) == 1:
            return
        before = str(int(mark.label) - 1) if mark.label.isdecimal() else mark.label
        self.remember(mark, sub(parent, "eop", {"eId": self.ids.new("eop", context), "number": before}))

    def _marked(self, element: Element, inline: n.Node) -> Element:
        self.remember(inline, element)
        self._common(element, inline)
        return element

    def _styled(
        self,
        parent: Element,
        inline: n.StyledInline | n.TextSpan | n.Citation,
        tag: str,
        kind: str,
        context: str,
    ) -> None:
        element = sub(parent, tag, {"class": kind} if kind else {})
        if inline.id:
            element.set("eId", self.ids.new(tag, context))
            self.remember(inline, element)
        if inline.attrs.classes or inline.attrs.get("lang"):
            self._common(element, inline, kind)
        self.inlines(element, inline.inlines, context)

    def _span(self, parent: Element, inline: n.TextSpan, context: str) -> None:
        found = semantics.element_of(inline, context, self.known, self.events)
        if found is None and inline.role in semantics.ROLES:
            self.inlines(parent, inline.inlines, context)
            return
        if found is None:
            self._styled(parent, inline, "span", inline.role, context)
            return
        tag, attributes = found
        element = sub(parent, tag, {"eId": self.ids.new(tag, context)} | attributes)
        self.remember(inline, element)
        self.inlines(element, inline.inlines, context)

    def _literal(self, parent: Element, inline: n.Node, kind: str, text: str) -> None:
        element = sub(parent, "span", {"class": kind}, text)
        if inline.attrs.classes:
            self._common(element, inline, kind)

    def _math(self, parent: Element, inline: n.Math, context: str) -> None:
        """Append a formula as foreign content, which is allowed among words only in a separate flow."""
        formula = self.numbered.formula(inline)
        if formula is None:
            self._literal(parent, inline, "math", inline.text)
            return
        flow = sub(parent, "subFlow", {"eId": self.ids.new("subFlow", context), "name": "formula"})
        sub(flow, "foreign").append(etree.fromstring(formula.mathml))

    def _image(self, parent: Element, inline: n.Image, context: str) -> None:
        resource = self.numbered.document.resources[inline.source]
        address = as_iri(self.images.address(inline.source, resource))
        # The attributes `width` and `height` of the standard have no unit, so the size is a style.
        more = {"alt": inline.alt, "style": as_css(inline), "class": "decorative" * inline.decorative}
        attributes = {"eId": self.ids.new("img", context), "src": address}
        self.remember(inline, sub(parent, "img", attributes | {k: v for k, v in more.items() if v}))

    # Notes

    def _call(self, parent: Element, ref: n.NoteRef, context: str) -> None:
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        if call.occurrence == 1 and not call.within:
            self._note(parent, note)
            return
        eid = self.ids.new("noteRef", context)
        target = f"#authorialNote_{note.ordinal}"
        sub(parent, "noteRef", {"eId": eid, "href": target, "marker": call.label, "placement": "bottom"})

    def _note(self, parent: Element, note: NumberedNote) -> None:
        """Append the note at its call.

        A note may not contain a note, so a note that is called within it follows it as a sibling.
        """
        eid = f"authorialNote_{note.ordinal}"
        attributes = {"eId": eid, "marker": note.label, "placement": "bottom"}
        classes = [*NOTE_CLASSES[note.kind], *(["nested"] if note.parent else [])]
        element = sub(parent, "authorialNote", attributes | ({"class": " ".join(classes)} if classes else {}))
        self.blocks(element, note.blocks, eid)
        if not len(element):
            sub(element, "p", {"eId": self.ids.new("p", eid)})
        for nested in self.numbered.nested(note.id):
            self._note(parent, nested)
