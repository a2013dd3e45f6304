"""The table of readers. Adding one is a line here, or an entry point `publish.readers` in another package."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.base import Reader

GROUP = "publish.readers"


class ReaderEntry(Struct, frozen=True):
    """One line of the table."""

    name: str
    target: str
    """`module:attribute`, imported on use only."""
    suffixes: tuple[str, ...]
    about: str


READERS: tuple[ReaderEntry, ...] = (
    ReaderEntry(
        "markdown",
        "publish.readers.markdown:read",
        (".md", ".markdown", ".mdown", ".txt"),
        "CommonMark with tables, footnotes, attributes; text extracted from official PDFs",
    ),
    ReaderEntry(
        "json",
        "publish.readers.json:read",
        (".json",),
        "the document model, as `publish inspect --json` prints it",
    ),
    ReaderEntry(
        "pandoc",
        "publish.readers.pandoc:read",
        (".docx", ".odt", ".rtf", ".html", ".htm", ".tex", ".rst", ".org", ".epub", ".docbook", ".typ"),
        "everything else that pandoc reads, without positions",
    ),
)


def all_readers() -> tuple[ReaderEntry, ...]:
    """The readers of publish and of every installed package that adds one."""
    added = (
        ReaderEntry(
            point.name,
            point.value,
            (f".{point.name}",),
            f"from the package {point.dist.name if point.dist else '?'}",
        )
        for point in entry_points(group=GROUP)
    )
    return (*READERS, *added)


def find_reader(name: str, source: str) -> Reader:
    """The reader with this name or, where it is empty, the one for the source's suffix.

    A reader of another package names the suffixes that it reads in an attribute `suffixes`, a tuple of strings.

    Raises:
        PublishError: PUB-R007, where there is none.
    """
    suffix = PurePath(source).suffix.lower()
    for entry in READERS:
        if entry.name == name or (not name and suffix in entry.suffixes):
            return _load(entry.target)
    for entry in all_readers()[len(READERS) :]:
        if entry.name == name:
            return _load(entry.target)
        if not name:
            reader = _load(entry.target)
            if suffix in getattr(reader, "suffixes", entry.suffixes):
                return reader
    what = (
        f"no reader is called '{name}'" if name else f"no reader for files that end in '{suffix or source}'"
    )
    raise PublishError(make("PUB-R007", what, source=source, hint="`publish formats` lists the readers"))


def _load(target: str) -> Reader:
    module, _, attribute = target.partition(":")
    reader: Reader = getattr(import_module(module), attribute)
    return reader
