"""What a story shows, and the parts of the file that decide it."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from publish.census.docx.numbering import Numbering
from publish.census.docx.package import Package
from publish.census.docx.styles import Styles
from publish.census.types import Passage, SourceImage, SourceNote, SourceTable, Unseen
from publish.diagnostics.types import Span

INSERTIONS = frozenset({"ins", "moveTo", "cellIns"})
DELETIONS = frozenset({"del", "moveFrom", "cellDel"})


class Call(NamedTuple):
    """A note call that is shown."""

    kind: str
    id: str
    section: int
    mark: str
    """Custom mark; empty if Word counts the note."""
    span: Span


class Shown(Struct):
    """What a story shows, in order."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    images: list[SourceImage] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[SourceNote] = field(default_factory=list)
    """Notes of embedded documents."""
    calls: list[Call] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)


class Files(NamedTuple):
    """The parts of the file that a story needs."""

    package: Package
    styles: Styles
    numbering: Numbering
    track_changes: str
    note_bookmarks: frozenset[str] = frozenset()
    """Bookmarks around the calls of notes."""

    @property
    def undone(self) -> frozenset[str]:
        """Elements whose content is not part of the text."""
        return INSERTIONS if self.track_changes == "reject" else DELETIONS
