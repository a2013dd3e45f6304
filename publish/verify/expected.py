"""The expected content of a file, derived from the numbered document."""

from __future__ import annotations

from typing import assert_never

from publish.model import nodes as n
from publish.model.walk import child_inlines
from publish.resolve.numbered import NumberedDocument
from publish.verify.observation import MODEL, Call, Note, Observation, Reference, apart, tail
from publish.verify.structure import with_expected_structure


def expect(numbered: NumberedDocument) -> Observation:
    """Return the observation that every format should match."""
    document = numbered.document
    indexes = {key: k for k, key in enumerate(numbered.notes)}
    reader = _Reader(numbered, indexes)
    reader.begin(-1)
    if document.title:
        reader.inlines(document.title)
    reader.out.append(f" {document.metadata.subtitle} ")
    reader.blocks(document.front)
    reader.blocks(document.blocks)
    text, links = "".join(reader.out), tuple(reader.links)
    texts: list[tuple[str, tuple[str, ...]]] = []
    for key, note in numbered.notes.items():
        reader.begin(indexes[key])
        reader.blocks(note.blocks)
        texts.append(("".join(reader.out), tuple(reader.links)))
    positions: dict[str, int] = {anchor: k for k, anchor in enumerate(reader.anchors)}
    notes = tuple(
        Note(note.label, body, tuple(positions[a] for a in note.calls), hrefs, kind=note.kind)
        for note, (body, hrefs) in zip(numbered.notes.values(), texts, strict=True)
    )
    seen = Observation(
        MODEL, document.source, notes, tuple(reader.calls), text, links, references=tuple(reader.references)
    )
    return with_expected_structure(seen, numbered)


class _Reader:
    def __init__(self, numbered: NumberedDocument, indexes: dict[str, int]) -> None:
        self.numbered = numbered
        self.indexes = indexes
        self.calls: list[Call] = []
        self.references: list[Reference] = []
        self.anchors: list[str] = []
        self.out: list[str] = []
        self.links: list[str] = []
        self.within = -1

    def begin(self, within: int) -> None:
        self.within, self.out, self.links = within, [], []

    def blocks(self, blocks: tuple[n.Block, ...]) -> None:
        for block in blocks:
            self.out.append(" ")
            self.block(block)
            self.out.append(" ")

    def block(self, block: n.Block) -> None:
        match block:
            case n.Paragraph():
                self.inlines(block.inlines)
            case n.Section():
                self.inlines(block.title)
                self.blocks(block.blocks)
            case n.List():
                for item in block.items:
                    self.blocks(item.blocks)
            case n.DefinitionList():
                for entry in block.items:
                    self.out.append(" ")
                    self.inlines(entry.term)
                    for definition in entry.definitions:
                        self.blocks(definition)
            case n.Quote():
                self.blocks(block.blocks)
            case n.Table():
                self.inlines(block.caption)
                for row in (*block.head, *block.body, *block.foot):
                    for cell in row.cells:
                        self.blocks(cell.blocks)
            case n.Figure():
                self.blocks(block.blocks)
                self.inlines(block.caption)
            case n.CodeBlock() | n.RawBlock():
                self.out.append(block.text)
            case n.Rule() | n.PageBreak():
                pass
            case _:
                assert_never(block)

    def inlines(self, inlines: tuple[n.Inline, ...]) -> None:
        for inline in inlines:
            match inline:
                case n.Math() if (formula := self.numbered.formula(inline)) is not None:
                    self.out.append(apart(formula.linear))
                case n.Text() | n.InlineCode() | n.Math() | n.RawInline():
                    self.out.append(inline.text)
                case n.LineBreak():
                    self.out.append(" ")
                case n.NoteRef():
                    self._call(inline)
                case n.NoteCrossReference():
                    self.out.append(inline.text)
                    self.references.append(Reference(inline.text, self.indexes[inline.note], self.within))
                case n.Link() | n.Citation() if inline.href:
                    self.links.append(inline.href)
                    self.inlines(inline.inlines)
                case _:
                    self.inlines(child_inlines(inline))

    def _call(self, ref: n.NoteRef) -> None:
        call = self.numbered.call(ref)
        before = tail(self.out)
        self.calls.append(Call(call.label, self.indexes[call.note], before, self.within))
        self.anchors.append(call.anchor)
