"""Faults of a reader, one at a time: the comparison of census and document must find each.

A fault changes the document that a reader returns, as if the reader had made it. All readers read the same paper.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from msgspec.structs import replace

import publish
from publish.engine import pipeline
from publish.engine.source_proof import prove_source
from publish.model import nodes as n
from publish.model.walk import change_document, document_nodes, keep, nodes_in
from publish.readers.base import ReadResult
from publish.request import Request
from tests.word import call, note, p, package, r

PAPER = """---
title: Over de haven
---

# Eerste kop

De haven van Delfzijl groeit.[^a] Zij ligt aan [de zee](https://example.org/zee) en vraagt 1200 euro.

Een tweede alinea noemt[^b] het jaar 1998 en de schepen.

1. appels uit Utrecht
2. peren uit Zeeland
3. pruimen uit Limburg

| Plaats | Aantal |
|--------|--------|
| Emden  | 17     |
| Breda  | 23     |

## Tweede kop

Slot van het stuk over kades.

[^a]: Bron van de eerste noot.

[^b]: Tweede noot met nadruk.
"""

HIDDEN = "GEHEIME WOORDEN"
"""Words that the Word file hides."""

Fault = Callable[[n.Document], n.Document]


@cache
def sources() -> dict[str, tuple[str, bytes]]:
    """Return the paper in each format, with the name of the file, by reader."""
    document = publish.read(PAPER.encode(), name="x.md").document

    def written(form: str) -> bytes:
        return publish.write(document, form).data

    hidden = p("Zicht", r(HIDDEN, "<w:vanish/>"), call(1))
    return {
        "markdown": ("x.md", PAPER.encode() + b"\n<!-- " + HIDDEN.encode() + b" -->\n"),
        "docx": ("x.docx", written("docx")),
        "docx with hidden text": ("y.docx", package(hidden, footnotes=note(1, "Noot."))),
        "web": ("x.html", written("html").replace(b"</main>", f"<p hidden>{HIDDEN}</p></main>".encode())),
        "epub": ("x.epub", written("epub")),
        "akn": ("x.xml", written("akn")),
        "op": ("x.xml", written("op")),
        "pdf": ("x.pdf", written("pdf")),
        "odt": ("x.odt", written("odt")),
        "pandoc": ("x.rst", written("rst")),
    }


# Faults


def on_nth_block(kind: type, index: int, change: Callable[[n.Block], n.Block | tuple[n.Block, ...]]) -> Fault:
    """Return a fault that changes one block of a kind."""

    def fault(document: n.Document) -> n.Document:
        chosen = [x for x in document_nodes(document) if isinstance(x, kind)][index:][:1]

        def block(node: n.Block) -> n.Block | tuple[n.Block, ...]:
            same = any(x.span == node.span and type(x) is type(node) and x == node for x in chosen)
            return change(node) if same else node

        return change_document(document, keep, block)

    return fault


def on_text(wanted: str, new: str) -> Fault:
    """Return a fault that replaces words once."""

    def fault(document: n.Document) -> n.Document:
        done = False

        def inline(node: n.Inline) -> n.Inline:
            nonlocal done
            if isinstance(node, n.Text) and wanted in node.text and not done:
                done = True
                return replace(node, text=node.text.replace(wanted, new, 1))
            return node

        return change_document(document, inline)

    return fault


def on_table(change: Callable[[n.Table], n.Block | tuple[n.Block, ...]]) -> Fault:
    return on_nth_block(n.Table, 0, change)  # type: ignore[arg-type]


def on_list(change: Callable[[n.List], n.Block | tuple[n.Block, ...]]) -> Fault:
    return on_nth_block(n.List, 0, change)  # type: ignore[arg-type]


def without_last_column(table: n.Table) -> n.Table:
    def cut(row: n.Row) -> n.Row:
        return replace(row, cells=row.cells[:-1])

    head, body = (tuple(map(cut, rows)) for rows in (table.head, table.body))
    return replace(table, columns=table.columns[:-1], head=head, body=body)


def cells_in_one_column(table: n.Table) -> n.Table:
    rows = (*table.head, *table.body)
    cells = tuple(n.Row((replace(cell, columns=1),)) for row in rows for cell in row.cells)
    return replace(table, columns=(n.Column(),), head=(), body=cells)


def without_note_text(document: n.Document) -> n.Document:
    key = next(iter(document.notes))
    note_ = document.notes[key]
    cut = on_text("Bron van ", "") if "Bron" in plain_words(note_) else on_text("Noot", "")
    return cut(document)


def plain_words(note_: n.Note) -> str:
    return " ".join(x.text for x in nodes_in(note_.blocks) if isinstance(x, n.Text))


def without_calls(document: n.Document) -> n.Document:
    def inline(node: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        return () if isinstance(node, n.NoteRef) else node

    return replace(change_document(document, inline), notes={})


def notes_as_text(document: n.Document) -> n.Document:
    """Publish the notes as paragraphs at the end."""
    more = tuple(block for note_ in document.notes.values() for block in note_.blocks)
    return replace(without_calls(document), blocks=(*document.blocks, *more))


def swapped_notes(document: n.Document) -> n.Document:
    """Exchange the texts of two notes."""
    if len(document.notes) < 2:
        return document
    (a, first), (b, second), *others = document.notes.items()
    notes = {a: replace(first, blocks=second.blocks), b: replace(second, blocks=first.blocks), **dict(others)}
    return replace(document, notes=notes)


def without_links(document: n.Document) -> n.Document:
    def inline(node: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        return node.inlines if isinstance(node, n.Link) else node

    return change_document(document, inline)


def other_address(document: n.Document) -> n.Document:
    def inline(node: n.Inline) -> n.Inline:
        return replace(node, href="https://example.org/elders") if isinstance(node, n.Link) else node

    return change_document(document, inline)


def headings_as_text(document: n.Document) -> n.Document:
    def block(node: n.Block) -> n.Block | tuple[n.Block, ...]:
        if isinstance(node, n.Section) and node.title:
            return (n.Paragraph(node.title), *node.blocks)
        return node

    return change_document(document, keep, block)


def with_hidden_words(document: n.Document) -> n.Document:
    return replace(document, blocks=(*document.blocks, n.Paragraph((n.Text(HIDDEN),))))


def last_block_dropped(document: n.Document) -> n.Document:
    def cut(blocks: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
        last = blocks[-1]
        inner = cut(last.blocks) if isinstance(last, n.Section) and last.blocks else None
        return (*blocks[:-1], replace(last, blocks=inner)) if inner is not None else blocks[:-1]  # type: ignore[arg-type]

    return replace(document, blocks=cut(document.blocks))


def drop(_: n.Block) -> tuple[n.Block, ...]:
    return ()


def doubled(block: n.Block) -> tuple[n.Block, ...]:
    return (block, block)


def bulleted(block: n.List) -> n.List:
    return replace(block, ordered=False)


def shifted(block: n.List) -> n.List:
    return replace(block, start=block.start + 1)


def without_item(block: n.List) -> n.List:
    return replace(block, items=block.items[:-1])


def without_row(table: n.Table) -> n.Table:
    return replace(table, body=table.body[:-1])


def as_paragraphs(table: n.Table) -> tuple[n.Block, ...]:
    return tuple(block for row in (*table.head, *table.body) for cell in row.cells for block in cell.blocks)


FAULTS: dict[str, Fault] = {
    "paragraph dropped": on_nth_block(n.Paragraph, 0, drop),
    "last paragraph dropped": last_block_dropped,
    "paragraph published twice": on_nth_block(n.Paragraph, 1, doubled),
    "word dropped": on_text("schepen", ""),
    "word changed": on_text("Delfzijl", "Delfzicht"),
    "words joined": on_text("vraagt 1200", "vraagt1200"),
    "number changed": on_text("1200", "1300"),
    "year changed": on_text("1998", "1999"),
    "words added": on_text("groeit", "groeit zeer snel"),
    "note dropped": without_calls,
    "words of a note dropped": without_note_text,
    "notes published as text": notes_as_text,
    "list item dropped": on_list(without_item),
    "list numbers shifted": on_list(shifted),
    "numbers published as bullets": on_list(bulleted),
    "table row dropped": on_table(without_row),
    "table column dropped": on_table(without_last_column),
    "table published as paragraphs": on_table(as_paragraphs),
    "cells in one column": on_table(cells_in_one_column),
    "table dropped": on_table(drop),
    "link dropped": without_links,
    "address changed": other_address,
    "headings published as text": headings_as_text,
    "hidden words published": with_hidden_words,
    "notes exchanged": swapped_notes,
}

NOT_COUNTED: dict[str, frozenset[str]] = {
    "markdown": frozenset({"list numbers shifted", "numbers published as bullets", "notes exchanged"}),
    "pandoc": frozenset({"notes exchanged"}),
    "pdf": frozenset(
        {
            "notes published as text", "table published as paragraphs", "cells in one column", "link dropped",
            "address changed", "headings published as text", "list numbers shifted", "numbers published as bullets",
            "notes exchanged",
        }
    ),
    "akn": frozenset({"headings published as text"}),
    "op": frozenset({"headings published as text"}),
}  # fmt: skip
"""Faults that the census of a format does not look for. docs/proof.md says so."""


def codes_after(
    name: str, data: bytes, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> tuple[set[str], bool]:
    """Return the codes of the findings, and whether the fault changed the document."""
    read = pipeline.read
    changed = False

    def faulty(request: Request) -> ReadResult:
        nonlocal changed
        result = read(request)
        document = fault(result.document)
        changed = document != result.document
        return replace(result, document=document)

    monkeypatch.setattr(pipeline, "read", faulty)
    prepared = pipeline.prepare(Request(source=name, data=data, formats=(), style="base"))
    return {finding.code for finding in prove_source(prepared)[1]}, changed


@pytest.mark.parametrize("reader", list(sources()))
def test_paper_agrees_without_a_fault(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes, _ = codes_after(*sources()[reader], lambda document: document, monkeypatch)
    assert codes == set()


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("reader", list(sources()))
def test_fault_is_found(reader: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes, changed = codes_after(*sources()[reader], FAULTS[fault], monkeypatch)
    if not changed:
        pytest.skip("the paper in this format has nothing to which the fault applies")
    if fault in NOT_COUNTED.get(reader, frozenset()):
        pytest.skip("the census of this format does not look for this fault")
    assert codes, fault


def test_hidden_words_are_reported_as_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in ("docx with hidden text", "web", "markdown"):
        codes, _ = codes_after(*sources()[reader], with_hidden_words, monkeypatch)
        monkeypatch.undo()
        assert codes == {"PUB-V032"}, reader
