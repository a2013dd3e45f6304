"""What a writer is."""

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
"""How the files of pictures are named within a package, by the media types that readers let in."""


class Manifestation(Struct, frozen=True):
    """A file that the same paper is published as, beside the one that is written."""

    address: str
    """Relative to the file that is written."""
    media_type: str
    title: str


class Context(Struct, frozen=True):
    """What a writer may know beside the document."""

    style: Style
    timestamp: dt.datetime
    """The time that goes into files, in UTC: from SOURCE_DATE_EPOCH, or the document's own date."""
    tool: str
    """Name and version of publish."""
    options: Struct | None = None
    """The writer's own options."""
    manifestations: tuple[Manifestation, ...] = ()
    """The other files that the paper is published as."""
    media: str = ""
    """The folder for images next to the file, relative to it; empty puts them into it."""
    layouts: dict[str, Any] = field(default_factory=dict)
    """Where a writer keeps its last layout: pages are asked for before the same document is written."""

    def options_as(self, kind: type[Options]) -> Options:
        """The writer's own options, or its defaults."""
        return self.options if isinstance(self.options, kind) else kind()

    @property
    def stamp(self) -> str:
        """The time as W3CDTF, to the second."""
        return self.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")


class Output(Struct, frozen=True):
    """What a writer makes."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    attachments: dict[str, bytes] = field(default_factory=dict)
    """Files that belong to it, by their paths relative to it."""


Writer = Callable[[NumberedDocument, Context], Output]


class Pages(Struct, frozen=True):
    """What a layout says of pages, which are counted from 1."""

    anchors: dict[str, int]
    """The page of each id."""
    starts: tuple[int, ...] = ()
    """For each page, how many printed characters of the running text stand before it."""
    wide: frozenset[int] = frozenset()
    """The tables that are wider than the place they have, by their place among the document's tables."""
