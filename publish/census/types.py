"""Result of a census."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from publish.diagnostics.types import Span

ALL = frozenset({"words", "notes", "labels", "tables", "images", "links", "headings"})
"""Kinds of content that a census can list."""

BULLET = "•"
"""Label of every item of a bulleted list."""


class SourceFile(Struct, frozen=True):
    """A source for a census."""

    name: str
    data: bytes
    reader: str
    """Name of the reader that read the source."""
    pandoc_format: str = ""
    """Name of the format in pandoc, if the source is read through pandoc."""
    track_changes: str = "accept"
    """`accept` or `reject`: whether tracked changes are shown as made or as undone."""


class Passage(Struct, frozen=True):
    """A paragraph, heading, list item or cell, as the source shows it."""

    text: str
    """The words that are shown, without note calls and without the label."""
    span: Span | None = None
    label: str = ""
    """Label that the program of the source computes, such as `1.1`, `Artikel 3` or `•`."""
    heading: bool = False


def note_text(passages: Iterable[Passage]) -> str:
    """Return the text of a note from its passages, with the labels of their list items."""
    labelled = (f"{'' if p.label == BULLET else p.label} {p.text}" for p in passages)
    return " ".join(labelled).strip()


class SourceNote(Struct, frozen=True):
    """A note, as the source shows it."""

    label: str
    """Label at its calls; empty if only the layout of the source gives it."""
    text: str
    calls: int = 1
    span: Span | None = None


class SourceTable(Struct, frozen=True):
    """A table that contains words."""

    rows: int
    columns: int
    span: Span | None = None


class SourceImage(Struct, frozen=True):
    """An image that is shown."""

    sha256: str
    """Digest of its file; empty if the source does not contain the file."""
    name: str = ""
    width: float = 0.0
    """Displayed width in millimetres; 0 if the source does not give it."""
    height: float = 0.0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Parts of the image that are not shown: left, top, right, bottom, from 0 to 1."""
    rotation: float = 0.0
    """Clockwise rotation in degrees."""
    alt: str = ""
    """Alternative text."""
    span: Span | None = None


class Unseen(Struct, frozen=True):
    """Words in the source that are not shown."""

    reason: str
    """Such as `tracked deletion`, `hidden`, `field code`, `header or footer`, `comment`."""
    text: str
    span: Span | None = None


class Census(Struct, frozen=True):
    """What a source shows."""

    format: str
    passages: tuple[Passage, ...]
    """Body text, in reading order."""
    notes: tuple[SourceNote, ...] = ()
    """In the order of their first calls."""
    tables: tuple[SourceTable, ...] = ()
    images: tuple[SourceImage, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses outside the document."""
    unseen: tuple[Unseen, ...] = ()
    counted: frozenset[str] = ALL
    """Kinds of content that the census lists; a format can lack some."""
    possible: tuple[str, ...] = ()
    """Words that the document can show or not: typed numbers of lists, front matter, alternative texts."""
    joins: frozenset[tuple[str, str]] = frozenset()
    """Pairs of words of the source that can be one word of the document, such as a word split at the end of a line."""
    computed: bool = False
    """Whether the source has references whose text is the number or title of their target."""
    method: str = ""
    """Library or program that read the source."""
