"""publish inspect: print the document model of a manuscript, as an outline or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from publish.cli import exits
from publish.cli.console import report, say, say_lines
from publish.cli.requests import limits, request, settings, with_source
from publish.engine.pipeline import check, prepare
from publish.engine.reading import read
from publish.limits import limited
from publish.model import nodes as n
from publish.model.schema import to_json
from publish.model.text import plain_text
from publish.resolve import NumberedDocument


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    found = settings(quiet=options.quiet or options.json)
    asked = with_source(request(options, found.request, formats=()), options.source)
    with limited(limits(options, found), options.source):
        if options.json:
            check(asked)
            say_lines(to_json(read(asked).document).decode())
            return exits.OK
        prepared = prepare(asked)
    for line in _outline(prepared.numbered):
        say(line)
    report(prepared.diagnostics, quiet=options.quiet)
    return exits.OK


def _outline(numbered: NumberedDocument) -> Iterator[str]:
    document = numbered.document
    yield f"{document.source}: {numbered.title}"
    yield f"profile {document.profile}, language {document.metadata.language or 'not given'}"
    for name in document.metadata.__struct_fields__:
        value = getattr(document.metadata, name)
        if value and name != "title":
            yield from _field(name, value)
    yield from _blocks((*document.front, *document.blocks), 0, numbered.labels)
    for note in numbered.notes.values():
        text = " ".join(plain_text(b.inlines) for b in note.blocks if isinstance(b, n.Paragraph))
        yield f"note {note.label} [{note.anchor}] called {len(note.calls)}×: {_short(text)}"


def _field(name: str, value: object) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        fields = getattr(item, "__struct_fields__", None)
        if fields:
            yield f"  {name}: " + ", ".join(f"{f} {getattr(item, f)}" for f in fields if getattr(item, f))
        else:
            yield f"  {name}: {item}"


def _blocks(blocks: tuple[n.Block, ...], depth: int, labels: Mapping[str, str]) -> Iterator[str]:
    for block in blocks:
        kind = type(block).__name__.lower()
        role = f" {block.role}" if isinstance(block, n.Section | n.Paragraph) and block.role else ""
        text = plain_text(block.title if isinstance(block, n.Section) else getattr(block, "inlines", ()))
        line = f" (line {block.span.line})" if block.span else ""
        anchor = f" [{block.id}]" if block.id else ""
        label = f" {labels[block.id]}" if block.id in labels else ""
        yield f"{'  ' * depth}{kind}{role}{label}{anchor}{line}: {_short(text)}".rstrip(": ")
        if isinstance(block, n.Section | n.Quote):
            yield from _blocks(block.blocks, depth + 1, labels)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:69] + "…"
