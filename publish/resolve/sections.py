"""Add the numbers of sections, tables and figures to their titles as text, so that all formats show the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publish.localisation import terms
from publish.model import nodes as n
from publish.model.roles import LABEL, QUESTION_ROLES, label_of
from publish.model.structure import PLAIN
from publish.model.walk import change_blocks, keep
from publish.resolve.state import State

UNNUMBERED = "unnumbered"


def number_sections(state: State) -> State:
    """Add numbers to headings and captions, if the structure of the document requires them."""
    document = state.document
    structure = document.structure or PLAIN
    labels: dict[str, str] = {}
    blocks = document.blocks
    if structure.sections:
        blocks = _sections(blocks, "", labels)
    if structure.captions:
        captions = _Captions(document.metadata.language, labels)
        blocks = change_blocks(blocks, keep, captions.block)
    return replace(state, document=replace(document, blocks=blocks), labels=labels)


def _sections(blocks: Sequence[n.Block], above: str, labels: dict[str, str]) -> tuple[n.Block, ...]:
    out: list[n.Block] = []
    number = 0
    for block in blocks:
        if not isinstance(block, n.Section) or not block.title or block.role in QUESTION_ROLES:
            out.append(block)
        elif UNNUMBERED in block.attrs.classes:
            out.append(replace(block, title=_bare(block.title)))
        else:
            number += 1
            label = f"{above}{number}"
            labels[block.id] = label
            inside = _sections(block.blocks, f"{label}.", labels)
            out.append(replace(block, title=_labelled(label, " ", block.title), blocks=inside))
    return tuple(out)


def _labelled(label: str, gap: str, inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Return a title with its label; a page mark in the previous label is kept in the new one."""
    marks = tuple(inline for inline in label_of(inlines) if isinstance(inline, n.PageMark))
    return (n.TextSpan((*marks, n.Text(f"{label}{gap}")), LABEL), *_bare(inlines))


def _bare(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Return a title without the label of an earlier run."""
    return inlines[1:] if label_of(inlines) else inlines


class _Captions:
    def __init__(self, language: str, labels: dict[str, str]) -> None:
        self.terms = terms(language)
        self.labels = labels
        self.tables = 0
        self.figures = 0

    def block(self, block: n.Block) -> n.Block:
        if isinstance(block, n.Table) and block.caption:
            self.tables += 1
            label = f"{self.terms.table} {self.tables}"
        elif isinstance(block, n.Figure) and block.caption:
            self.figures += 1
            label = f"{self.terms.figure} {self.figures}"
        else:
            return block
        self.labels[block.id] = label
        return replace(block, caption=_labelled(label, ". ", block.caption))
