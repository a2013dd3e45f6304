"""Content of a numbered document in the terms of a census: passages, notes, labels, tables, images and links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from publish.census.types import BULLET, Passage, SourceTable
from publish.diagnostics.types import Span
from publish.model import nodes as n
from publish.model import roles
from publish.model.grid import slots
from publish.model.metadata import Metadata
from publish.model.numerals import letters, roman
from publish.model.roles import ITEM_LABEL, LABEL, LABELLED
from publish.model.text import plain_text
from publish.model.walk import child_inlines
from publish.resolve.numbered import NumberedDocument

LABELS = frozenset({LABEL, ITEM_LABEL, "akn:num"})
"""Roles of a span that contains the label of a heading or item."""


class Content(Struct):
    """What a document shows."""

    passages: list[Passage] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    """Text of each note, with its label."""
    tables: list[SourceTable] = field(default_factory=list)
    images: list[n.Image] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    """SHA-256 of each image."""
    missing: int = 0
    """Number of images that could not be loaded; their alternative texts are published."""
    links: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    """Texts of references within the document."""
    note_references: list[str] = field(default_factory=list)
    """Labels of notes that the text cites."""
    metadata: list[str] = field(default_factory=list)
    """Values of the metadata, which can contain words of the source."""


def content_of(numbered: NumberedDocument, *, styled: bool = False) -> Content:
    """Return what a document shows.

    Args:
        numbered: The document.
        styled: Whether to include numbers that only the house style adds to headings and captions.
    """
    document = numbered.document
    out = Content(metadata=list(_values(document.metadata)))
    reader = _Reader(numbered, out, styled=styled)
    if document.title:
        reader.passage(document.title, None, heading=True)
    if document.metadata.subtitle:
        out.passages.append(Passage(document.metadata.subtitle))
    reader.blocks(document.front)
    reader.blocks(document.blocks)
    reader.end()
    for key, note in numbered.notes.items():
        start = len(out.passages)
        reader.blocks(note.blocks)
        reader.end()
        text = "\n".join(f"{p.label} {p.text}" for p in out.passages[start:])
        del out.passages[start:]
        out.notes.append(Passage(text, document.notes[key].span, note.label))
    resources = document.resources
    out.digests = [
        hashlib.sha256(resources[x.source].data).hexdigest() for x in out.images if x.source in resources
    ]
    return out


class _Reader:
    def __init__(self, numbered: NumberedDocument, out: Content, *, styled: bool) -> None:
        self.numbered = numbered
        self.styled = styled
        self.out = out
        self.label = ""
        """Label for the next passage."""

    def blocks(self, blocks: Iterable[n.Block]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: n.Block) -> None:
        match block:
            case n.Paragraph():
                self.passage(block.inlines, block.span, heading=bool(block.role))
            case n.Section():
                self._titled(block.title, block, heading=True)
                self.blocks(block.blocks)
            case n.List():
                self._list(block)
            case n.DefinitionList():
                for entry in block.items:
                    self.passage(entry.term, entry.span)
                    for definition in entry.definitions:
                        self.blocks(definition)
            case n.Quote():
                self.blocks(block.blocks)
            case n.Table():
                self._table(block)
            case n.Figure():
                self.blocks(block.blocks)
                self._titled(block.caption, block)
            case n.CodeBlock() | n.RawBlock():
                self.out.passages.append(Passage(block.text, block.span, self._taken()))
            case n.Rule() | n.PageBreak():
                pass

    def end(self) -> None:
        """End a story."""
        self._flush(self._taken())

    def _taken(self) -> str:
        label, self.label = self.label, ""
        return label

    def passage(self, inlines: Sequence[n.Inline], span: Span | None, *, heading: bool = False) -> None:
        """Add the text of inlines, with their label."""
        label, rest = _own_label(inlines)
        text = "".join(self._texts(rest))
        waiting = self._taken()
        if label and not text.strip():  # a number above its text
            self._flush(waiting)
            if self.styled:
                self._flush(label)
            else:
                self.label = label
        elif text.strip() or waiting:
            if label:
                self._flush(waiting)
            self.out.passages.append(Passage(text, span, label or waiting, heading))

    def _flush(self, label: str) -> None:
        """Add a label without text as a passage of its own."""
        if label and label != BULLET:
            self.out.passages.append(Passage("", None, label))

    def _titled(self, title: Sequence[n.Inline], block: n.Block, *, heading: bool = False) -> None:
        if not self.styled and block.id in self.numbered.labels:
            title = _own_label(title)[1]
        if title:
            self.passage(title, block.span, heading=heading)

    def _list(self, block: n.List) -> None:
        for index, item in enumerate(block.items):
            if not block.ordered and LABELLED in block.attrs.classes:
                self.label = ""
            else:
                self._flush(self._taken())
                self.label = _item_label(block, index) if block.ordered else BULLET
            first = item.blocks[0] if item.blocks else None
            if self.styled and not isinstance(first, n.Paragraph):
                self._flush(self._taken())  # formats show the label above the heading, list or table
            self.blocks(item.blocks)
            self._flush(self._taken())

    def _table(self, table: n.Table) -> None:
        self._titled(table.caption, table)
        at, before, images = len(self.out.tables), self._size(), len(self.out.images)
        rows = (*table.head, *table.body, *table.foot)
        columns = max((slot.column + slot.columns for line in slots(rows) for slot in line), default=0)
        self.out.tables.append(SourceTable(len(rows), max(columns, len(table.columns)), table.span))
        for row in rows:
            for cell in row.cells:
                self.blocks(cell.blocks)
        if self._size() == before and len(self.out.images) == images:
            del self.out.tables[at]

    def _size(self) -> int:
        return len(self.out.passages)

    def _texts(self, inlines: Iterable[n.Inline]) -> Iterator[str]:
        for inline in inlines:
            match inline:
                case n.CrossReference():
                    text = "".join(self._texts(inline.inlines))
                    self.out.references.append(text)
                    yield text
                case n.NoteCrossReference():
                    self.out.note_references.append(inline.text)
                    yield inline.text
                case n.Text() | n.InlineCode() | n.RawInline():
                    yield inline.text
                case n.LineBreak() | n.Math():
                    yield " "
                case n.Image():
                    self.out.images.append(inline)
                    yield " "
                case n.TextSpan(role=roles.MISSING_IMAGE):
                    self.out.missing += 1
                    yield " "
                case n.NoteRef() | n.PageMark():
                    pass
                case _:
                    if isinstance(inline, n.Link) or (isinstance(inline, n.Citation) and inline.href):
                        self.out.links.append(inline.href)
                    yield from self._texts(child_inlines(inline))


def _own_label(inlines: Sequence[n.Inline]) -> tuple[str, Sequence[n.Inline]]:
    """Return the label at the start of a title or item, and the other inlines."""
    first = inlines[0] if inlines else None
    if isinstance(first, n.TextSpan) and first.role in LABELS:
        return plain_text(first.inlines).strip(), inlines[1:]
    return "", inlines


def _item_label(block: n.List, index: int) -> str:
    number = block.start + index
    match block.style:
        case "decimal":
            text = str(number)
        case "lower-alpha" | "upper-alpha":
            text = letters(number)
        case "lower-roman" | "upper-roman":
            text = roman(number)
    text = text.upper() if block.style.startswith("upper") else text
    return f"({text})" if block.delimiter == "()" else f"{text}{block.delimiter}"


def _values(metadata: Metadata) -> Iterator[str]:
    """Yield the values of the metadata as text."""
    for name in Metadata.__struct_fields__:
        value = getattr(metadata, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, str):
                    yield item
                    continue
                yield from (str(getattr(item, name)) for name in item.__struct_fields__)
