"""Blocks and inlines as elements of officiele-publicatie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, assert_never

from lxml import etree

from publish.markup import append_text
from publish.model import nodes as n
from publish.model import roles
from publish.model.grid import slots
from publish.model.text import plain_text, without_start
from publish.model.walk import child_inlines
from publish.resolve.labels import label
from publish.resolve.numbered import NumberedDocument, NumberedNote

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STYLED: dict[type[n.StyledInline], tuple[str, str]] = {
    n.Strong: ("nadruk", "vet"),
    n.Emphasis: ("nadruk", "cur"),
    n.Underline: ("nadruk", "ondlijn"),
    n.Strikethrough: ("nadruk", "doorhalen"),
    n.SmallCaps: ("nadruk", "klkap"),
    n.Superscript: ("sup", ""),
    n.Subscript: ("inf", ""),
    n.InlineQuote: ("", ""),
}
"""Element and type of each styled inline; the schema has no element for a quotation."""

_CLOSE = {".": "{}.", ")": "{})", "()": "({})"}
_LIST_CLOSE = {".": ".", ")": ")", "()": ")"}


class OpContent:
    """Writes the text of one document."""

    def __init__(self, numbered: NumberedDocument) -> None:
        self.numbered = numbered
        self.agents = frozenset(a.name for a in numbered.document.metadata.agents if a.name)
        self.images = 0
        """Number of images that the file refers to but does not contain."""

    # Blocks

    def blocks(self, parent: Element, blocks: Iterable[n.Block]) -> None:
        """Append blocks."""
        for block in blocks:
            self.block(parent, block)

    def block(self, parent: Element, block: n.Block) -> None:
        """Append one block."""
        match block:
            case n.Paragraph():
                self._paragraph(parent, block)
            case n.Section():
                self._section(parent, block)
            case n.List():
                self._list(parent, block)
            case n.DefinitionList():
                self._definitions(parent, block)
            case n.Quote():
                self.blocks(parent, block.blocks)
            case n.Table():
                self._table(parent, block)
            case n.Figure():
                self.blocks(parent, block.blocks)
                if block.caption:
                    self.inlines(etree.SubElement(parent, "al"), block.caption)
            case n.CodeBlock() | n.RawBlock():
                self._lines(parent, block.text)
            case n.Rule() | n.PageBreak():
                pass
            case _:
                assert_never(block)

    def _paragraph(self, parent: Element, block: n.Paragraph) -> None:
        self.inlines(etree.SubElement(parent, "al"), block.inlines)

    def _section(self, parent: Element, block: n.Section) -> None:
        if not block.title:
            self.blocks(parent, block.blocks)
            return
        if parent.tag in {"vraag", "antwoord", "li", "noot", "entry", "definitie"}:
            # These elements cannot contain parts with a heading.
            self.inlines(etree.SubElement(parent, "tussenkop"), block.title)
            self.blocks(parent, block.blocks)
            return
        part = etree.SubElement(parent, "divisie")
        head = etree.SubElement(part, "kop")
        title = block.title
        if number := plain_text(roles.label_of(title)).strip():
            etree.SubElement(head, "nr").text = number
            title = title[1:]
        self.inlines(etree.SubElement(head, "titel"), title)
        self.blocks(part, block.blocks)

    def _list(self, parent: Element, block: n.List) -> None:
        element = etree.SubElement(parent, "lijst", {"type": "expliciet"})
        if block.ordered:
            element.set("start", str(block.start))
            element.set("nr-sluiting", _LIST_CLOSE[block.delimiter])
        for number, item in enumerate(block.items, start=block.start):
            entry = etree.SubElement(element, "li")
            sign = etree.SubElement(entry, "li.nr")
            blocks = item.blocks
            if block.ordered:
                sign.text = _CLOSE[block.delimiter].format(label(number, block.style))
            elif roles.LABELLED in block.attrs.classes and (own := _own_label(blocks)):
                sign.text, blocks = own
            else:
                sign.text = "–"
            self.blocks(entry, blocks)
            if len(entry) == 1:
                etree.SubElement(entry, "al")

    def _definitions(self, parent: Element, block: n.DefinitionList) -> None:
        element = etree.SubElement(parent, "definitielijst")
        for entry in block.items:
            item = etree.SubElement(element, "definitie-item")
            self.inlines(etree.SubElement(item, "term"), entry.term)
            for definition in entry.definitions:
                self.blocks(etree.SubElement(item, "definitie"), definition)

    def _lines(self, parent: Element, text: str) -> None:
        element = etree.SubElement(parent, "al")
        for index, line in enumerate(text.split("\n")):
            if index:
                etree.SubElement(element, "br")
            append_text(element, line)

    def _table(self, parent: Element, block: n.Table) -> None:
        rows = (*block.head, *block.body, *block.foot)
        lines = slots(rows)
        count = max(
            (slot.column + slot.columns for line in lines for slot in line), default=len(block.columns)
        )
        table = etree.SubElement(parent, "table", {"frame": "all"})
        if block.caption:
            self.inlines(etree.SubElement(table, "title"), block.caption)
        group = etree.SubElement(table, "tgroup", {"cols": str(count)})
        for column in range(count):
            spec = etree.SubElement(group, "colspec", {"colname": f"col{column + 1}"})
            align = block.columns[column].align if column < len(block.columns) else ""
            if align:
                spec.set("align", align)
        for name, start, stop in (
            ("thead", 0, len(block.head)),
            ("tbody", len(block.head), len(block.head) + len(block.body)),
            ("tfoot", len(block.head) + len(block.body), len(rows)),
        ):
            if start == stop:
                continue
            part = etree.SubElement(group, name)
            for line in lines[start:stop]:
                row = etree.SubElement(part, "row")
                for slot in line:
                    if slot.begins:
                        self._cell(row, slot.cell, slot.column, slot.columns)

    def _cell(self, row: Element, cell: n.Cell | None, column: int, columns: int) -> None:
        entry = etree.SubElement(row, "entry", {"colname": f"col{column + 1}"})
        if cell is None:
            return
        if columns > 1:
            del entry.attrib["colname"]
            entry.set("namest", f"col{column + 1}")
            entry.set("nameend", f"col{column + columns}")
        if cell.rows > 1:
            entry.set("morerows", str(cell.rows - 1))
        self.blocks(entry, cell.blocks)

    # Inlines

    def inlines(self, parent: Element, inlines: Iterable[n.Inline]) -> None:
        """Append inlines."""
        for inline in inlines:
            self._inline(parent, inline)

    def _inline(self, parent: Element, inline: n.Inline) -> None:
        if isinstance(inline, n.StyledInline):
            self._styled(parent, inline)
            return
        match inline:
            case n.Text() | n.InlineCode() | n.RawInline() | n.NoteCrossReference():
                append_text(parent, inline.text)
            case n.Math():
                formula = self.numbered.formula(inline)
                append_text(parent, f" {formula.linear} " if formula else inline.text)
            case n.Link():
                self.inlines(
                    etree.SubElement(parent, "extref", {"soort": "URL", "doc": inline.href}), inline.inlines
                )
            case n.Citation() if inline.href:
                self._citation(parent, inline)
            case n.TextSpan():
                self._span(parent, inline)
            case n.LineBreak():
                etree.SubElement(parent, "br")
            case n.NoteRef():
                self._call(parent, inline)
            case n.Image():
                self.images += 1
                resource = self.numbered.document.resources[inline.source]
                form = resource.media_type.rpartition("/")[2].removesuffix("+xml")
                attributes = {"naam": inline.source, "formaat": form, "alt": inline.alt}
                sizes = (("breedte", inline.width), ("hoogte", inline.height))
                attributes |= {name: given for name, given in sizes if given.endswith("mm")}
                etree.SubElement(parent, "illustratie", attributes)
            case n.PageMark():
                pass
            case n.CrossReference() | n.Citation():
                self.inlines(parent, child_inlines(inline))
            case _:
                assert_never(inline)

    def _styled(self, parent: Element, inline: n.StyledInline) -> None:
        tag, kind = STYLED[type(inline)]
        is_agent = isinstance(inline, n.Strong) and plain_text(inline.inlines) in self.agents
        if is_agent and parent.tag == "kamervraagomschrijving":
            parent, tag, kind = etree.SubElement(parent, "naam"), "achternaam", ""
        holder = etree.SubElement(parent, tag, {"type": kind} if kind else {}) if tag else parent
        self.inlines(holder, inline.inlines)

    def _citation(self, parent: Element, inline: n.Citation) -> None:
        is_document = inline.scheme in {
            "publicatie",
            "kamerstuk",
            "aanhangsel",
            "handelingen",
            "publicatieblad",
            "jci",
        }
        attributes = (
            {"soort": "document", "doc": inline.identifier}
            if is_document
            else {"soort": "URL", "doc": inline.href}
        )
        self.inlines(etree.SubElement(parent, "extref", attributes), inline.inlines)

    def _span(self, parent: Element, inline: n.TextSpan) -> None:
        described = parent.tag == "kamervraagomschrijving"
        if inline.role == roles.TITLE and described:
            self.inlines(etree.SubElement(parent, "kamervraagonderwerp"), inline.inlines)
        elif inline.role == roles.DATE and described:
            self.inlines(
                etree.SubElement(parent, "datum", {"isodatum": inline.attrs.get("date")}), inline.inlines
            )
        else:
            self.inlines(parent, inline.inlines)

    # Notes

    def _call(self, parent: Element, ref: n.NoteRef) -> None:
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        if call.occurrence == 1 and not call.within:
            self._note(parent, note)
        else:
            etree.SubElement(parent, "nootref", {"refid": note.anchor}).text = call.label

    def _note(self, parent: Element, note: NumberedNote) -> None:
        """Write a note at its call; notes that it calls follow it, because a `noot` cannot contain another."""
        kind = "tabel" if note.kind == "table" else "voet"
        element = etree.SubElement(parent, "noot", {"id": note.anchor, "type": kind})
        etree.SubElement(element, "noot.nr").text = note.label
        for block in note.blocks:
            if isinstance(block, n.Paragraph):
                self.inlines(etree.SubElement(element, "noot.al"), block.inlines)
            else:
                self.block(element, block)
        if len(element) == 1:
            etree.SubElement(element, "noot.al")
        for nested in self.numbered.nested(note.id):
            self._note(parent, nested)


def _own_label(blocks: tuple[n.Block, ...]) -> tuple[str, tuple[n.Block, ...]] | None:
    """Return the label in the text of a list item, and the blocks of the item without the label."""
    first = blocks[0] if blocks else None
    span = first.inlines[0] if isinstance(first, n.Paragraph) and first.inlines else None
    if (
        not isinstance(first, n.Paragraph)
        or not isinstance(span, n.TextSpan)
        or span.role != roles.ITEM_LABEL
    ):
        return None
    rest = n.Paragraph(
        without_start(first.inlines[1:], " "), first.role, id=first.id, attrs=first.attrs, span=first.span
    )
    return plain_text(span.inlines), (rest, *blocks[1:])
