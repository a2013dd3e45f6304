"""Split a document into units with text (title, headings, paragraphs, items, cells, captions) and into notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import outline_text, plain_text
from publish.model.walk import child_inlines
from publish.resolve.numbered import NumberedDocument

CALL = "\ue000"
"""Delimiter before the label of a note at its call. It is a private-use character of Unicode, so no text contains it."""
CALL_END = "\ue001"

_TOKEN = re.compile(rf"{CALL}[^{CALL_END}]*{CALL_END}|\w+|[^\w\s]|\s+")


class Unit(Struct, frozen=True):
    """One unit of text for a comparison, such as a paragraph."""

    kind: str
    """`title`, `heading 2`, `paragraph`, `item`, `cell`, `caption`, `term`, `code`, `formula`, `note`."""
    text: str
    """Text of the unit. A note call is the label between two private-use characters."""
    links: tuple[str, ...] = ()
    """Targets of the links to outside the document."""
    place: str = ""
    """Heading above the unit, or the label of a note."""
    span: Span | None = None
    """Position in the source."""

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """Key that is the same for equal units, even if the labels of their notes differ."""
        return self.kind, neutral(self.text), self.links

    def tokens(self) -> list[str]:
        """Return the words, punctuation characters, spaces and note calls."""
        return _TOKEN.findall(self.text)


def neutral(text: str) -> str:
    """Return the text without the labels in note calls, so that all calls are equal."""
    return re.sub(f"{CALL}[^{CALL_END}]*{CALL_END}", CALL, text)


def units(document: NumberedDocument) -> list[Unit]:
    """Return the units of title, front matter and body in reading order."""
    return list(_Reader(document).document())


def notes(document: NumberedDocument) -> list[Unit]:
    """Return each note as one unit, in the order of the calls."""
    reader = _Reader(document)
    out: list[Unit] = []
    for note in document.notes.values():
        inner = list(reader.blocks(note.blocks, 1, ""))
        text = " ¶ ".join(unit.text for unit in inner if unit.text)
        links = tuple(link for unit in inner for link in unit.links)
        out.append(Unit("note", text, links, note.label, document.document.notes[note.id].span))
    return out


class _Reader:
    def __init__(self, numbered: NumberedDocument) -> None:
        self.numbered = numbered

    def document(self) -> Iterator[Unit]:
        document = self.numbered.document
        if document.title:
            yield self.unit("title", document.title, "")
        if document.metadata.subtitle:
            yield Unit("subtitle", document.metadata.subtitle)
        yield from self.blocks(document.front, 1, "")
        yield from self.blocks(document.blocks, 1, "")

    def unit(self, kind: str, inlines: tuple[n.Inline, ...], place: str, span: Span | None = None) -> Unit:
        text = " ".join("".join(self._text(inlines)).split())
        return Unit(kind, text, tuple(_links(inlines)), place, span)

    def _text(self, inlines: Iterable[n.Inline]) -> Iterator[str]:
        for inline in inlines:
            match inline:
                case n.NoteRef():
                    yield f"{CALL}{self.numbered.call(inline).label}{CALL_END}"
                case n.NoteCrossReference():
                    yield f"{CALL}{inline.text}{CALL_END}"
                case n.LineBreak():
                    yield " "
                case _:
                    inner = child_inlines(inline)
                    if inner:
                        yield from self._text(inner)
                    else:
                        yield plain_text((inline,))

    def blocks(
        self, blocks: Iterable[n.Block], level: int, place: str, kind: str = "paragraph"
    ) -> Iterator[Unit]:
        for block in blocks:
            yield from self._block(block, level, place, kind)

    def _block(self, block: n.Block, level: int, place: str, kind: str) -> Iterator[Unit]:
        match block:
            case n.Paragraph():
                unit = self.unit(kind, block.inlines, place, block.span)
                if unit.text or unit.links:
                    yield unit
            case n.Section():
                title = " ".join(outline_text(block.title).split())
                if title:
                    name = block.role if block.role in roles.QUESTION_ROLES else f"heading {level}"
                    yield self.unit(name, block.title, place, block.span)
                yield from self.blocks(block.blocks, level + 1 if title else level, title or place, kind)
            case n.List():
                for item in block.items:
                    yield from self.blocks(item.blocks, level, place, "item")
            case n.DefinitionList():
                for entry in block.items:
                    yield self.unit("term", entry.term, place, block.span)
                    for definition in entry.definitions:
                        yield from self.blocks(definition, level, place, "definition")
            case n.Quote():
                yield from self.blocks(block.blocks, level, place, "quotation")
            case n.Table():
                if block.caption:
                    yield self.unit("caption", block.caption, place, block.span)
                for row in (*block.head, *block.body, *block.foot):
                    for cell in row.cells:
                        yield from self.blocks(cell.blocks, level, place, "cell")
            case n.Figure():
                yield from self.blocks(block.blocks, level, place, kind)
                if block.caption:
                    yield self.unit("caption", block.caption, place, block.span)
            case n.CodeBlock() | n.RawBlock():
                yield Unit("code", block.text, (), place, block.span)
            case n.Rule() | n.PageBreak():
                return


def _links(inlines: Iterable[n.Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, n.Link | n.Citation) and inline.href:
            yield inline.href
        yield from _links(child_inlines(inline))
