"""Interface of a writer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from publish.diagnostics import Diagnostic
from publish.options import Options
from publish.resolve.numbered import NumberedDocument
from publish.style.tokens import Style

IMAGE_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
"""File name extensions of images in a package, by the media types that readers accept."""


class Manifestation(Struct, frozen=True):
    """Another file that is published from the same document."""

    address: str
    """Address relative to the written file."""
    media_type: str
    title: str


class Context(Struct, frozen=True):
    """Input of a writer in addition to the document."""

    style: Style
    timestamp: dt.datetime
    """Time for the content of files, in UTC: from SOURCE_DATE_EPOCH, or the date of the document."""
    tool: str
    """Name and version of publish."""
    options: Struct | None = None
    """Options of the writer."""
    manifestations: tuple[Manifestation, ...] = ()
    """Other files that are published from the document."""
    media: str = ""
    """Folder for images next to the file, relative to it; empty embeds the images in the file."""
    layouts: dict[str, Any] = field(default_factory=dict)
    """Cache for the last layout of a writer, because the page numbers are read before the same document is written."""

    def options_as(self, kind: type[Options]) -> Options:
        """Return the options of the writer, or its defaults."""
        return self.options if isinstance(self.options, kind) else kind()

    @property
    def stamp(self) -> str:
        """Time as W3CDTF, to the second."""
        return self.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")


class Output(Struct, frozen=True):
    """Result of a writer."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    attachments: dict[str, bytes] = field(default_factory=dict)
    """Additional files, by path relative to the main file."""


Writer = Callable[[NumberedDocument, Context], Output]


class Pages(Struct, frozen=True):
    """Page information from a layout; pages are counted from 1."""

    anchors: dict[str, int]
    """Page of each id."""
    starts: tuple[int, ...] = ()
    """For each page, the number of printed characters of the running text before it."""
    wide: frozenset[int] = frozenset()
    """Indexes, among the tables of the document, of tables that are wider than the available space."""
