"""Conversion of headings with levels (in most sources) to nested sections (in the model), and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n


class Heading(Struct, frozen=True):
    """A heading without blocks. Readers and profiles use it; a document does not contain it."""

    level: int
    title: tuple[n.Inline, ...]
    id: str = ""
    attrs: n.Attrs = n.NO_ATTRS
    span: Span | None = None


Flat = n.Block | Heading


class _Open:
    """A section to which blocks can still be added."""

    def __init__(self, heading: Heading | None) -> None:
        self.heading = heading
        self.blocks: list[n.Block] = []

    def close(self) -> n.Section:
        assert self.heading is not None, "Outermost level is not a section"
        h = self.heading
        return n.Section(h.title, tuple(self.blocks), id=h.id, attrs=h.attrs, span=h.span)


def nest(
    flat: Sequence[Flat], source: str = "", found: list[Diagnostic] | None = None
) -> tuple[n.Block, ...]:
    """Put each block into the section of the heading above it; report skipped levels (PUB-R015).

    A level below 1 occurs only in damaged sources. It counts as the outermost level.
    """
    stack = [_Open(None)]
    levels = [0]
    for block in flat:
        if not isinstance(block, Heading):
            stack[-1].blocks.append(block)
            continue
        level = max(block.level, 1)
        while levels[-1] >= level:
            levels.pop()
            closed = stack.pop().close()
            stack[-1].blocks.append(closed)
        if len(levels) > 1 and level > levels[-1] + 1 and found is not None:
            message = f"Heading level skipped: level {level} under level {levels[-1]}"
            found.append(make("PUB-R015", message, span=block.span, source=source))
        stack.append(_Open(block))
        levels.append(level)
    while len(stack) > 1:
        closed = stack.pop().close()
        stack[-1].blocks.append(closed)
    return tuple(stack[0].blocks)


def flatten(blocks: Sequence[n.Block], level: int = 1) -> list[Flat]:
    """Replace each titled section with a heading followed by the content of the section: the inverse of `nest`."""
    out: list[Flat] = []
    for block in blocks:
        if isinstance(block, n.Section):
            if block.title:
                out.append(Heading(level, block.title, block.id, block.attrs, block.span))
            out += flatten(block.blocks, level + 1 if block.title else level)
        else:
            out.append(block)
    return out


def ungrouped(blocks: Iterable[n.Block]) -> tuple[n.Block, ...]:
    """Replace each section without a title with its content."""
    out: list[n.Block] = []
    for block in blocks:
        if isinstance(block, n.Section) and not block.title:
            out += ungrouped(block.blocks)
        else:
            out.append(block)
    return tuple(out)


def headings(blocks: Iterable[n.Block], depth: int, level: int = 1) -> Iterator[tuple[n.Section, int]]:
    """Yield the sections with a title, down to a depth, with their levels (from 1), in document order."""
    for block in blocks:
        if isinstance(block, n.Section) and level <= depth:
            if block.title:
                yield block, level
            yield from headings(block.blocks, depth, level + 1 if block.title else level)
