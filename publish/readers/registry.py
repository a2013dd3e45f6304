"""The table of readers. To add one, add a line here, or an entry point `publish.readers` in another package."""

from __future__ import annotations

from pathlib import PurePath

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import added, declared_options, load
from publish.readers.base import Reader, Source
from publish.readers.kinds import kind_of, mislabelled

GROUP = "publish.readers"

PANDOC_OPTIONS = "publish.readers.pandoc.options:PandocOptions"


class ReaderEntry(Struct, frozen=True):
    """One line of the table."""

    name: str
    target: str
    """`module:attribute`, imported at first use."""
    suffixes: tuple[str, ...]
    about: str
    recognise: str = ""
    """`module:attribute` of a function that recognises the files of this reader by their bytes.

    If several readers have the same suffix, publish takes the first that recognises the file or has no such function."""
    options: str = ""
    """`module:attribute` of the struct of the options of this reader."""
    program_language: bool = False
    """Whether programs write a language into these files that the author did not choose."""
    options_name: str = ""
    """The name of these options in a request; empty means the name of the reader."""


READERS: tuple[ReaderEntry, ...] = (
    ReaderEntry(
        "extracted",
        "publish.readers.gazettes.text:read",
        (".md", ".txt"),
        "Text extracted from official PDFs by other programs, with its pages and notes",
        "publish.readers.gazettes.dialects:recognise",
    ),
    ReaderEntry(
        "markdown",
        "publish.readers.markdown.reader:read",
        (".md", ".markdown", ".mdown", ".txt"),
        "CommonMark with tables, footnotes and attributes",
    ),
    ReaderEntry(
        "json",
        "publish.readers.json:read",
        (".json",),
        "The document model, as `publish inspect --json` prints it",
    ),
    ReaderEntry(
        "docx",
        "publish.readers.docx.reader:read",
        (".docx", ".docm", ".dotx"),
        "Word, with its notes, source positions, tracked changes and comments",
        program_language=True,
    ),
    ReaderEntry(
        "odt",
        "publish.readers.odt.reader:read",
        (".odt", ".ott", ".fodt"),
        "OpenDocument text, as LibreOffice displays it, with tracked changes and comments",
        "publish.readers.odt.package:recognise",
        program_language=True,
    ),
    ReaderEntry(
        "pdf",
        "publish.readers.gazettes.pdf:read",
        (".pdf",),
        "PDF with text, as used for official papers",
    ),
    ReaderEntry(
        "akn",
        "publish.readers.akn.reader:read",
        (".xml", ".akn"),
        "Akoma Ntoso 3.0, with a lossless round trip",
        "publish.readers.akn.reader:recognise",
    ),
    ReaderEntry(
        "op",
        "publish.readers.op.reader:read",
        (".xml",),
        "officiele-publicatie, the XML of officielebekendmakingen.nl",
        "publish.readers.op.reader:recognise",
    ),
    ReaderEntry(
        "web",
        "publish.readers.web.reader:read",
        (".html", ".htm", ".xhtml", ".epub"),
        "Web pages and EPUB; notes are recognised by their roles, the rest is read through pandoc",
        options=PANDOC_OPTIONS,
        options_name="pandoc",
        program_language=True,
    ),
    ReaderEntry(
        "pandoc",
        "publish.readers.pandoc.reader:read",
        (
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
        "Every other format that pandoc reads, without source positions",
        "publish.readers.pandoc.kinds:recognise",
        PANDOC_OPTIONS,
        program_language=True,
    ),
)


def all_readers() -> tuple[ReaderEntry, ...]:
    """Return the readers of publish and of installed packages that add one."""
    return (*READERS, *(ReaderEntry(p.name, p.target, (f".{p.name}",), p.about) for p in added(GROUP)))


def find_reader(name: str, source: Source) -> ReaderEntry:
    """Return the reader with this name or, if the name is empty, the reader for the suffix and content of the source.

    A reader of another package lists its suffixes in an attribute `suffixes`, a tuple of strings.

    Raises:
        PublishError: PUB-R007, if no reader is found; PUB-R048, if the content does not match the suffix.
    """
    if name:
        return _named(name, source)
    suffix = PurePath(source.name).suffix.lower() or _suffix_by_content(source.data)
    candidates = [entry for entry in READERS if suffix in entry.suffixes]
    if not candidates:
        for entry in all_readers()[len(READERS) :]:
            if suffix in getattr(load(entry.target), "suffixes", entry.suffixes):
                return entry
        what = f"No reader for files that end in '{suffix or source.name}'"
        raise PublishError(
            make("PUB-R007", what, source=source.name, hint="Run `publish formats` to list the readers")
        )
    wrong = mislabelled(source.data, suffix)
    if wrong:
        what, hint = wrong
        message = f"File name ends in '{suffix}', but the file is {what}"
        raise PublishError(make("PUB-R048", message, source=source.name, hint=hint))
    for entry in candidates:
        if not entry.recognise or len(candidates) == 1 or load(entry.recognise)(source.data):
            return entry
    message = f"File name ends in '{suffix}', but the content is not recognised"
    raise PublishError(make("PUB-R007", message, source=source.name, hint="Give its format with `--from`"))


def load_reader(entry: ReaderEntry) -> Reader:
    """Import and return the function of a reader."""
    reader: Reader = load(entry.target)
    return reader


def reader_options(entry: ReaderEntry) -> type[Struct] | None:
    """Return the options struct of a reader; a reader of another package names it in an attribute `options`."""
    return declared_options(entry.target, entry.options, installed=entry not in READERS)


def _suffix_by_content(data: bytes) -> str:
    """Return the suffix for a file without suffix: that of its recognised file type, else `.xml` or `.md`."""
    kind = kind_of(data)
    if kind is not None and kind.suffixes:
        return min(kind.suffixes)
    return ".xml" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else ".md"


def _named(name: str, source: Source) -> ReaderEntry:
    entry = next((entry for entry in READERS if entry.name == name), None)
    entry = entry or next((entry for entry in all_readers() if entry.name == name), None)
    if entry is None:
        hint = "Run `publish formats` to list the readers"
        raise PublishError(make("PUB-R007", f"Unknown reader: '{name}'", source=source.name, hint=hint))
    return entry
