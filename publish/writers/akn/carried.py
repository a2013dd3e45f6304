"""Write documents from Akoma Ntoso with their original elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from publish.akn import carried
from publish.akn.asides import put_back
from publish.akn.names import NAMESPACE, TITLES
from publish.markup import append_text
from publish.model import nodes as n
from publish.model.origin import Origin
from publish.model.roles import MISSING_IMAGE
from publish.model.walk import child_inlines, nodes_in
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn.content import AknContent
from publish.writers.attachments import as_iri

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def write(origin: Origin, content: AknContent) -> Element:
    """Return the root of the file, with the document in it."""
    namespaces = {prefix or None: uri for prefix, uri in origin.namespaces.items()} or {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", origin.root, nsmap=namespaces)  # type: ignore[arg-type]
    own = {prefix or None: uri for prefix, uri in origin.own_namespaces.items()}
    element = etree.SubElement(root, f"{{{NAMESPACE}}}{origin.name}", origin.attributes, nsmap=own)  # type: ignore[arg-type]
    if origin.metadata:
        element.append(etree.fromstring(origin.metadata))
    writer = _Carried(content)
    document = content.numbered.document
    cut = len(document.blocks) - origin.outside
    writer.blocks(element, (*document.front, *document.blocks[:cut]))
    writer.blocks(root, document.blocks[cut:])
    put_back(root, origin.asides)
    return root


class _Carried:
    def __init__(self, content: AknContent) -> None:
        self.content = content
        self.numbered: NumberedDocument = content.numbered
        self.waiting: list[Element] = []
        """Containers whose number is at the start of the next paragraph, from the outermost to the innermost."""

    def blocks(self, parent: Element, blocks: Iterable[n.Block]) -> None:
        for block in blocks:
            self.block(parent, block)

    def block(self, parent: Element, block: n.Block) -> None:
        """Append one block as its original element; write a block without an original element as in any other document."""
        name = carried.element(block)
        if not name:
            self.content.block(parent, block, str(parent.get("eId") or ""))
        elif xml := block.attrs.get(carried.XML_TEXT):
            first = next((x for x in nodes_in((block,)) if isinstance(x, n.Paragraph)), None)
            self._numbers(first.inlines if first is not None else ())
            parent.append(etree.fromstring(xml))
        elif isinstance(block, n.List) and name == carried.IMPLIED:
            for item in block.items:
                self._item(parent, item)
        elif isinstance(block, n.Paragraph) and name == carried.IMPLIED:
            self.inlines(parent, block.inlines)
        else:
            self._element(_sub(parent, name, block), block)

    def _element(self, element: Element, block: n.Block) -> None:
        match block:
            case n.Paragraph():
                self.inlines(element, self._numbers(block.inlines))
            case n.Section():
                self._titles(element, block)
                self.blocks(element, block.blocks)
            case n.List():
                for item in block.items:
                    self._item(element, item)
            case n.Quote():
                self.blocks(element, block.blocks)
            case n.Table():
                self._table(element, block)
            case _:
                self.content.block(element, block, str(element.get("eId") or ""))

    def _titles(self, element: Element, section: n.Section) -> None:
        for inline in section.title:
            if isinstance(inline, n.TextSpan) and carried.element(inline) in TITLES:
                self.inlines(_sub(element, carried.element(inline), inline), inline.inlines)
        if section.attrs.get(carried.RUN_IN):
            self.waiting.append(element)

    def _numbers(self, inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
        """Return the text of a paragraph; move the numbers at its start back to the containers that wait for them."""
        count = 0
        for inline in inlines:
            if not inline.attrs.get(carried.RUN_IN):
                break
            if isinstance(inline, n.TextSpan) and self.waiting:
                owner = self.waiting.pop(0)
                number = etree.Element(
                    f"{{{NAMESPACE}}}{carried.element(inline)}", carried.attributes(inline)
                )
                owner.insert(0, number)
                self.inlines(number, inline.inlines)
            count += 1
        return inlines[count:]

    def _item(self, parent: Element, item: n.ListItem) -> None:
        name = carried.element(item) or "li"
        element = _sub(parent, name, item)
        if item.attrs.get(carried.RUN_IN):
            self.waiting.append(element)
        blocks = item.blocks
        first = blocks[0] if blocks else None
        if isinstance(first, n.Paragraph) and name == "item" and carried.element(first) == carried.IMPLIED:
            self._titles(element, n.Section(first.inlines, ()))
            blocks = blocks[1:]
        self.blocks(element, blocks)

    def _table(self, element: Element, table: n.Table) -> None:
        packed = table.attrs.get("caption-attributes")
        if packed:
            caption = etree.fromstring(packed)
            element.append(caption)
            self.inlines(caption, table.caption)
        for row in (*table.head, *table.body, *table.foot):
            tr = _sub(element, "tr", row)
            for cell in row.cells:
                self.blocks(_sub(tr, carried.element(cell) or "td", cell), cell.blocks)

    # Inlines

    def inlines(self, parent: Element, inlines: Iterable[n.Inline]) -> None:
        for inline in inlines:
            self._inline(parent, inline)

    def _inline(self, parent: Element, inline: n.Inline) -> None:
        name = carried.element(inline)
        if isinstance(inline, n.Text):
            append_text(parent, _raw(inline))
        elif xml := inline.attrs.get(carried.XML_TEXT):
            parent.append(etree.fromstring(xml))
        elif isinstance(inline, n.NoteRef):
            self._note(parent, inline, name)
        elif not name:
            self._new(parent, inline)
        elif isinstance(inline, n.Image):
            element = _sub(parent, name, inline)
            resource = self.numbered.document.resources[inline.source]
            wanted = unquote(element.get("src") or "")
            element.set("src", as_iri(self.content.images.address(inline.source, resource, wanted)))
        else:
            element = _sub(parent, name, inline)
            if isinstance(inline, n.NoteCrossReference):
                element.text = inline.text
            elif not (isinstance(inline, n.TextSpan) and inline.role == MISSING_IMAGE):
                self.inlines(element, child_inlines(inline))

    def _new(self, parent: Element, inline: n.Inline) -> None:
        """Append the words of an inline that a pass created, such as a live cross-reference to a note."""
        if isinstance(inline, n.NoteCrossReference):
            append_text(parent, inline.text)
        elif isinstance(inline, n.PageMark):
            return
        else:
            self.inlines(parent, child_inlines(inline))

    def _note(self, parent: Element, ref: n.NoteRef, name: str) -> None:
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        element = _sub(parent, name or "noteRef", ref)
        if "marker" in element.attrib:
            element.set("marker", note.label)
        if name == "authorialNote":
            self.blocks(element, note.blocks)


def _sub(parent: Element, name: str, node: n.Node) -> Element:
    """Append the original element of a node as the last child."""
    own = carried.declared(node)
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", carried.attributes(node), nsmap=own)  # type: ignore[arg-type]


def _raw(text: n.Text) -> str:
    """Return the characters of a text with the original white space, if the text is unchanged."""
    raw = text.attrs.get(carried.RAW_TEXT)
    return raw if raw and "".join(raw.split()) == "".join(text.text.split()) else text.text
