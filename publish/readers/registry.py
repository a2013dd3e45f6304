"""The table of readers. Adding one is a line here, or an entry point `publish.readers` in another package."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.base import Reader, Source
from publish.readers.kinds import mislabelled

GROUP = "publish.readers"


class ReaderEntry(Struct, frozen=True):
    """One line of the table."""

    name: str
    target: str
    """`module:attribute`, imported on use only."""
    suffixes: tuple[str, ...]
    about: str
    recognise: str = ""
    """`module:attribute` of a function that tells from the bytes of a file whether it is for this reader. Where several readers
    have one suffix, the first whose function says yes, or that has none, is taken."""


READERS: tuple[ReaderEntry, ...] = (
    ReaderEntry(
        "extracted",
        "publish.readers.official.text:read",
        (".md", ".txt"),
        "text taken out of official PDFs by other programs, with its pages and notes",
        "publish.readers.official.dialects:recognise",
    ),
    ReaderEntry(
        "markdown",
        "publish.readers.markdown:read",
        (".md", ".markdown", ".mdown", ".txt"),
        "CommonMark with tables, footnotes, attributes",
    ),
    ReaderEntry(
        "json",
        "publish.readers.json:read",
        (".json",),
        "the document model, as `publish inspect --json` prints it",
    ),
    ReaderEntry(
        "docx",
        "publish.readers.docx:read",
        (".docx", ".docm", ".dotx"),
        "Word, with its notes, positions, tracked changes and comments",
    ),
    ReaderEntry(
        "pdf",
        "publish.readers.official.pdf:read",
        (".pdf",),
        "PDF with text in it, as official papers are published",
    ),
    ReaderEntry(
        "akn",
        "publish.readers.akn:read",
        (".xml", ".akn"),
        "Akoma Ntoso 3.0, of which nothing is lost on the way back",
        "publish.readers.akn:recognise",
    ),
    ReaderEntry(
        "op",
        "publish.readers.op:read",
        (".xml",),
        "officiele-publicatie, the XML of officielebekendmakingen.nl",
        "publish.readers.op:recognise",
    ),
    ReaderEntry(
        "web",
        "publish.readers.web:read",
        (".html", ".htm", ".xhtml", ".epub"),
        "web pages and EPUB, with their notes by their roles; the rest through pandoc",
    ),
    ReaderEntry(
        "pandoc",
        "publish.readers.pandoc:read",
        (
            ".odt",
            ".rtf",
            ".tex",
            ".rst",
            ".org",
            ".docbook",
            ".dbk",
            ".jats",
            ".xml",
            ".typ",
            ".wiki",
            ".mediawiki",
            ".textile",
            ".opml",
            ".fb2",
            ".ipynb",
            ".csv",
            ".tsv",
        ),
        "everything else that pandoc reads, without positions",
        "publish.readers.pandoc:recognise",
    ),
)


def all_readers() -> tuple[ReaderEntry, ...]:
    """The readers of publish and of every installed package that adds one."""
    from importlib.metadata import entry_points  # looked for where no name of ours is the one that is wanted

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


def find_reader(name: str, source: Source) -> Reader:
    """The reader with this name or, where it is empty, the one for the source's suffix and content.

    A reader of another package names the suffixes that it reads in an attribute `suffixes`, a tuple of strings.

    Raises:
        PublishError: PUB-R007, where there is none; PUB-R048, where the content is not what the suffix says.
    """
    if name:
        return _named(name, source)
    suffix = PurePath(source.name).suffix.lower()
    candidates = [entry for entry in READERS if suffix in entry.suffixes]
    if not candidates:
        for entry in all_readers()[len(READERS) :]:
            reader: Reader = _load(entry.target)
            if suffix in getattr(reader, "suffixes", entry.suffixes):
                return reader
        what = f"no reader for files that end in '{suffix or source.name}'"
        raise PublishError(
            make("PUB-R007", what, source=source.name, hint="`publish formats` lists the readers")
        )
    wrong = mislabelled(source.data, suffix)
    if wrong:
        what, hint = wrong
        message = f"its name ends in '{suffix}', but it is {what}"
        raise PublishError(make("PUB-R048", message, source=source.name, hint=hint))
    for entry in candidates:
        if not entry.recognise or len(candidates) == 1 or _load(entry.recognise)(source.data):
            found: Reader = _load(entry.target)
            return found
    message = f"its name ends in '{suffix}', but nothing in it is known"
    raise PublishError(make("PUB-R007", message, source=source.name, hint="name its kind with `--from`"))


def _named(name: str, source: Source) -> Reader:
    entry = next((entry for entry in READERS if entry.name == name), None)
    entry = entry or next((entry for entry in all_readers() if entry.name == name), None)
    if entry is None:
        hint = "`publish formats` lists the readers"
        raise PublishError(make("PUB-R007", f"no reader is called '{name}'", source=source.name, hint=hint))
    reader: Reader = _load(entry.target)
    return reader


def _load(target: str) -> Any:  # noqa: ANN401 - readers and recognisers
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)
