"""Assembly of paragraphs to blocks: lists, quotations, code, definitions, title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.roles import LABEL
from publish.model.text import finish, plain_text, trimmed
from publish.model.walk import child_inlines, inlines_in
from publish.readers.lists import Entry, arranged
from publish.readers.office.captions import CAPTION
from publish.readers.office.report import Report

TITLE, SUBTITLE = "title", "subtitle"
"""Roles of paragraphs until the document is assembled."""


class Styled(Struct, frozen=True):
    """A paragraph that forms one block with adjacent paragraphs of the same kind."""

    kind: str
    """`quote`, `code`, `term` or `definition`."""
    block: n.Paragraph


Item = Flat | Entry | Styled


def parts(inlines: tuple[n.Inline, ...]) -> list[tuple[n.Inline, ...]]:
    """Split the text at page breaks; return at least one part."""
    parts: list[list[n.Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, n.RawInline) and inline.format == "page-break":
            parts.append([])
        else:
            parts[-1].append(inline)
    return [tuple(part) for part in parts]


def without_ends(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Remove white space and line breaks at the ends of inlines."""
    inlines = finish(inlines)
    while inlines and isinstance(inlines[0], n.LineBreak):
        inlines = finish(inlines[1:])
    while inlines and isinstance(inlines[-1], n.LineBreak):
        inlines = trimmed(inlines[:-1])
    return inlines


def shows(inlines: tuple[n.Inline, ...]) -> bool:
    """Return whether a paragraph contains more than white space (such as the no-break space of a blank line)."""
    return bool(plain_text(inlines).strip()) or any(
        not isinstance(inline, n.Text | n.LineBreak)
        for inline in inlines_in(inlines)
        if not child_inlines(inline)
    )


def in_cell(blocks: Iterable[Flat], report: Report) -> tuple[n.Block, ...]:
    """Return blocks as they are in a cell or a note: headings are bold paragraphs, and there are no titles or captions.

    Args:
        blocks: The blocks.
        report: Report of the file, which records that a heading is text.
    """
    out: list[n.Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            first = block.title[0] if block.title else None
            label = block.title[:1] if isinstance(first, n.TextSpan) and first.role == LABEL else ()
            title = block.title[len(label) :]
            report.leave_out("heading in a cell or note", plain_text(title), block.span, "heading")
            inlines = (*label, n.Strong(title, span=block.span))
            out.append(n.Paragraph(inlines, id=block.id, span=block.span))
        elif isinstance(block, n.Paragraph) and block.role in {TITLE, SUBTITLE, CAPTION}:
            out.append(replace(block, role=""))
        else:
            out.append(block)
    return tuple(out)


def assembled(items: list[Item]) -> list[Flat]:
    """Combine adjacent items of the same kind into one block."""
    out: list[Flat] = []
    index = 0
    while index < len(items):
        item = items[index]
        if isinstance(item, Entry):
            end = _run(items, index, lambda x: isinstance(x, Entry))
            out += arranged([x for x in items[index:end] if isinstance(x, Entry)])
        elif isinstance(item, Styled):
            end = _run(items, index, partial(_goes_with, item.kind))
            out += _styled([x for x in items[index:end] if isinstance(x, Styled)])
        else:
            out.append(item)
            end = index + 1
        index = end
    return out


def _goes_with(kind: str, item: object) -> bool:
    """Return whether an item belongs to a block that begins with a styled paragraph of this kind."""
    definitions = {"term", "definition"}
    return isinstance(item, Styled) and (item.kind == kind or {item.kind, kind} <= definitions)


def _run(items: list[Item], start: int, same: Callable[[Item], bool]) -> int:
    end = start
    while end < len(items) and same(items[end]):
        end += 1
    return end


def _styled(items: list[Styled]) -> list[n.Block]:
    first = items[0]
    if first.kind == "quote":
        return [n.Quote(tuple(x.block for x in items), span=first.block.span)]
    if first.kind == "code":  # one paragraph is one block
        return [n.CodeBlock(plain_text(x.block.inlines), span=x.block.span) for x in items]
    entries: list[n.Definition] = []
    for item in items:
        if item.kind == "term" or not entries:
            entries.append(
                n.Definition(
                    item.block.inlines if item.kind == "term" else (),
                    (),
                    id=item.block.id,
                    span=item.block.span,
                )
            )
            if item.kind == "term":
                continue
        last = entries[-1]
        entries[-1] = replace(last, definitions=(*last.definitions, (item.block,)))
    return [n.DefinitionList(tuple(entries), span=first.block.span)]


def titled(blocks: Sequence[Flat]) -> tuple[tuple[n.Inline, ...], str, list[Flat]]:
    """Return the title and subtitle at the beginning of a text, and the rest; a title elsewhere is a paragraph."""
    title: tuple[n.Inline, ...] = ()
    subtitle = ""
    out: list[Flat] = []
    for block in blocks:
        role = block.role if isinstance(block, n.Paragraph) else ""
        if role == TITLE and not title and isinstance(block, n.Paragraph) and not any(map(_is_body, out)):
            title = block.inlines
        elif (
            role == SUBTITLE
            and title
            and not subtitle
            and isinstance(block, n.Paragraph)
            and not _has_calls(block)
        ):
            subtitle = " ".join(plain_text(block.inlines).split())
        elif role in {TITLE, SUBTITLE}:
            out.append(replace(block, role=""))
        else:
            out.append(block)
    return title, subtitle, out


def _is_body(block: Flat) -> bool:
    return isinstance(block, Heading | n.Paragraph | n.List) and not getattr(block, "role", "")


def _has_calls(paragraph: n.Paragraph) -> bool:
    return any(isinstance(x, n.NoteRef) for x in inlines_in(paragraph.inlines))
