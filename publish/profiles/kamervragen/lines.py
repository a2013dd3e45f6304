"""Lines of a letter: the texts of its paragraphs, with labels next to their values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.text import plain_text
from publish.model.walk import nodes_in


def lines_of(blocks: Iterable[Flat]) -> list[str]:
    """Return the non-empty texts of paragraphs and headings, without images; a tab separates a label from its value."""
    return [line for block in blocks for line in lines_in(block)]


def lines_in(block: Flat) -> list[str]:
    """Return the lines of one block."""
    if isinstance(block, Heading):
        return _shown([block.title])
    if isinstance(block, n.Table):
        return [line for row in (*block.head, *block.body, *block.foot) for line in _row(row)]
    return _shown(x.inlines for x in nodes_in((block,)) if isinstance(x, n.Paragraph))


def _row(row: n.Row) -> list[str]:
    """Return the lines of a row; a cell with labels and the next cell with their values become lines with both."""
    cells = [
        _shown(x.inlines for x in nodes_in(cell.blocks) if isinstance(x, n.Paragraph)) for cell in row.cells
    ]
    if len(cells) == 2 and len(cells[0]) == len(cells[1]) > 1:
        return [f"{label}\t{value}" for label, value in zip(*cells, strict=True)]
    return [line for cell in cells for line in cell]


def _shown(texts: Iterable[Sequence[n.Inline]]) -> list[str]:
    found = (plain_text([x for x in inlines if not isinstance(x, n.Image)]) for inlines in texts)
    return [
        line
        for text in found
        if (line := "\t".join(" ".join(part.split()) for part in text.split("\t"))).strip()
    ]
