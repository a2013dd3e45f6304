"""What publish writes as Word or Akoma Ntoso it reads again, with the same structure, notes and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import assume, given, settings

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.readers.akn import read as read_akn
from publish.readers.base import Source
from publish.readers.docx import read as read_docx
from publish.resolve import resolve
from publish.resolve.numbered import NumberedDocument
from tests.properties.strategies import manuscripts
from tests.properties.test_agreement import QUICK
from tests.support import numbered


def again(document: NumberedDocument, kind: str) -> NumberedDocument:
    """A document, written and read."""
    data = publish.write(document, kind).data
    read = {"docx": read_docx, "akn": read_akn}[kind]
    return resolve(read(Source(f"terug.{'xml' if kind == 'akn' else kind}", data, None)).document).document


def words(document: NumberedDocument) -> Counter[str]:
    """The words of the text, without those of notes."""
    out: list[str] = []
    for block in nodes_in((*document.document.front, *document.document.blocks)):
        match block:
            case n.Paragraph():
                out.append(plain_text(block.inlines))
            case n.Section():
                out.append(plain_text(block.title))
            case n.CodeBlock():
                out.append(block.text)
            case n.Table() | n.Figure():
                out.append(plain_text(block.caption))
            case n.DefinitionList():
                out += [plain_text(entry.term) for entry in block.items]
            case _:
                pass
    return Counter(" ".join(out).split())


def headings(document: NumberedDocument) -> list[str]:
    """Those that structure the text: in a list, a quotation or a table Word knows paragraphs only."""

    def walk(blocks: tuple[n.Block, ...]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, n.Section):
                yield " ".join(plain_text(block.title).split())
                yield from walk(block.blocks)

    return [text for text in walk(document.document.blocks) if text]


def sections(document: NumberedDocument) -> list[n.Section]:
    """All of them, also those in lists and quotations."""
    found = (b for b in nodes_in(document.document.blocks) if isinstance(b, n.Section))
    return [section for section in found if plain_text(section.title).strip()]


def notes(document: NumberedDocument) -> list[tuple[str, str, int]]:
    out = []
    for note in document.notes.values():
        text = " ".join(plain_text(b.inlines) for b in nodes_in(note.blocks) if isinstance(b, n.Paragraph))
        out.append((note.label, " ".join(text.split()), len(note.calls)))
    return out


def plain_notes(document: NumberedDocument) -> bool:
    """Word has no notes of tables and within notes; they are text there, with links."""
    return all(note.kind != "table" and not note.parent for note in document.notes.values())


@settings(max_examples=100, phases=QUICK)
@given(manuscripts(nested=False))
def test_word_files_keep_headings_words_and_notes(text: str) -> None:
    document = numbered(text)
    assume(plain_notes(document))
    assume(len(headings(document)) == len(sections(document)))
    back = again(document, "docx")
    assert notes(back) == notes(document)
    assert headings(back) == headings(document)
    assert words(back) == words(document)


@settings(max_examples=100, phases=QUICK)
@given(manuscripts())
def test_akoma_ntoso_comes_back_as_the_same_file(text: str) -> None:
    document = numbered(text)
    data = publish.write(document, "akn").data
    back = again(document, "akn")
    # A note that is called in a note only stands beside that one, as if it were called there, too.
    assert [note[:2] for note in notes(back)] == [note[:2] for note in notes(document)]
    assert publish.write(back, "akn").data == data
