"""Numbering of the notes of a file, from the labels that its program displays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.policy import END, MARKED, NoteKind, NotePolicy, NumberFormat, Series
from publish.model.walk import inlines_in, nodes_in

Restart = Literal["continuous", "section", "page"]
KINDS = ("footnote", "endnote")
MARKED_END = "marked-end"
"""Series of endnotes with a custom marker."""


class SectionNotes(Struct, frozen=True):
    """How the program numbers the notes of one kind in one section."""

    format: NumberFormat | None
    """Format of the numbers; None if the model has no such format."""
    restart: Restart
    start: int


class NoteCall(Struct, frozen=True):
    """A call whose label the program counts."""

    id: str
    section: int
    """Index of the section that contains it."""
    label: str


class Displayed(Struct, frozen=True):
    """The labels of the notes of one kind."""

    calls: tuple[NoteCall, ...]
    sections: tuple[SectionNotes, ...]

    @property
    def used(self) -> tuple[SectionNotes, ...]:
        """The different ways of numbering in sections that contain calls; at least one."""
        found = dict.fromkeys(self.sections[call.section] for call in self.calls)
        return tuple(found) or self.sections[-1:]


def policy(found: Mapping[str, Displayed], blocks: Sequence[Flat], *, marked: bool) -> NotePolicy:
    """Return a policy with which the notes of a file have the labels that the program displays.

    Args:
        found: The labels of the notes of each kind.
        blocks: The text with the calls.
        marked: Whether notes have custom markers.
    """
    foot, end = (_numbering(kind, found[kind], blocks) for kind in KINDS)
    series: dict[str, Series] = {}
    if marked:
        series[MARKED] = Series(source_labels="keep")
        series[MARKED_END] = Series(kind="end", source_labels="keep")
    if end != Series(kind="end", format="lower-roman"):
        series[END] = end
    return NotePolicy(
        scope=foot.scope,
        format=foot.format,
        start=foot.start,
        source_labels=foot.source_labels,
        series=series,
    )


def _numbering(kind: str, found: Displayed, blocks: Sequence[Flat]) -> Series:
    place: NoteKind = "end" if kind == "endnote" else "foot"
    first, *others = found.used
    form = first.format
    sections = {call.id: call.section for call in found.calls}
    if others or form is None:
        return Series(kind=place, source_labels="keep")
    if first.restart == "section" and len(set(sections.values())) > 1:
        if not _follow_chapters(kind, sections, blocks):
            return Series(kind=place, source_labels="keep")
        return Series(kind=place, format=form, start=first.start, scope="chapter")
    by_page = first.restart == "page" and place == "foot"
    return Series(kind=place, format=form, start=first.start, scope="page" if by_page else "document")


def _follow_chapters(kind: str, sections: Mapping[str, int], blocks: Sequence[Flat]) -> bool:
    """Return whether the notes of each section of the file are those of one chapter."""
    level = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    chapter = 0
    pairs: set[tuple[int, int]] = set()
    for block in blocks:
        chapter += isinstance(block, Heading) and block.level == level
        nodes = inlines_in(block.title) if isinstance(block, Heading) else nodes_in((block,))
        calls = (node.note.removeprefix(f"{kind}-") for node in nodes if isinstance(node, n.NoteRef))
        pairs |= {(chapter, sections[call]) for call in calls if call in sections}
    return len(pairs) == len({chapter for chapter, _ in pairs}) == len({section for _, section in pairs})
