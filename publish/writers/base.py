"""What a writer is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct, field

from publish.diagnostics import Diagnostic
from publish.resolve.numbered import NumberedDocument
from publish.style.tokens import Style

PICTURE_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
"""How the files of pictures are named within a package, by the media types that readers let in."""


class Template(Struct, frozen=True):
    """A file of the office that a format is poured into."""

    name: str
    data: bytes


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
    pdf_variant: str = ""
    """The kind of PDF; empty is the default."""
    pdf_engine: str = ""
    """What lays out the PDF; empty is WeasyPrint."""
    docx_template: Template | None = None
    """The office's own Word template; None is the house style's look."""
    manifestations: tuple[Manifestation, ...] = ()
    """The other files that are made of the paper."""

    jurisdiction: str = ""
    """Akoma Ntoso: the tables by which a work is named; empty follows the document's country."""
    enriched: bool = True
    """Akoma Ntoso: whether persons, offices and bodies are marked in the text."""
    media: str = ""
    """The folder for files beside the one that is written, relative to it; empty puts them into it."""

    @property
    def stamp(self) -> str:
        """The time as W3CDTF, to the second."""
        return self.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")


class Output(Struct, frozen=True):
    """What a writer makes."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    beside: dict[str, bytes] = field(default_factory=dict)
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
