"""Table of formats. To add one, add a line here, or an entry point `publish.writers` in another package."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import Added, added, declared_options, load
from publish.writers.base import Writer

GROUP = "publish.writers"

AKN_OPTIONS = "publish.writers.akn.options:AknOptions"


class WriterEntry(Struct, frozen=True):
    """One line of the table."""

    name: str
    target: str
    """`module:attribute`, imported only on use."""
    suffix: str
    title: str
    """Name of the format that people use."""
    media_type: str
    about: str
    default: bool = False
    """Whether `-t all` writes the format."""
    options: str = ""
    """`module:attribute` of the struct of the options of the format."""
    options_name: str = ""
    """Name of the options in a request; empty for the name of the format."""
    pages: str = ""
    """`module:attribute` of a function that returns where pages begin, if the format has pages."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WRITERS: tuple[WriterEntry, ...] = (
    WriterEntry(
        "pdf",
        "publish.writers.pdf.dispatch:write",
        ".pdf",
        "PDF",
        "application/pdf",
        "PDF/A-2a and PDF/UA-1, with footnotes",
        True,
        "publish.writers.pdf.options:PdfOptions",
        pages="publish.writers.pdf.dispatch:pages",
    ),
    WriterEntry(
        "docx",
        "publish.writers.docx.writer:write",
        ".docx",
        "Word",
        _WORD,
        "Word, with native footnotes",
        True,
        "publish.writers.docx.options:DocxOptions",
    ),
    WriterEntry(
        "epub", "publish.writers.epub.writer:write", ".epub", "EPUB", "application/epub+zip", "EPUB 3.3", True
    ),
    WriterEntry(
        "akn",
        "publish.writers.akn.writer:write",
        ".akn.xml",
        "Akoma Ntoso",
        "application/akn+xml",
        "Akoma Ntoso 3.0",
        True,
        AKN_OPTIONS,
    ),
    WriterEntry(
        "akn-package",
        "publish.writers.akn.package:write",
        ".akn",
        "Akoma Ntoso package",
        "application/zip",
        "Akoma Ntoso with its images and components in one archive",
        options=AKN_OPTIONS,
        options_name="akn",
    ),
    WriterEntry(
        "html",
        "publish.writers.html.page:write",
        ".html",
        "HTML",
        "text/html",
        "One self-contained, accessible page",
        True,
    ),
    WriterEntry(
        "op",
        "publish.writers.op.writer:write",
        ".op.xml",
        "officiele-publicatie",
        "application/xml",
        "The XML of officielebekendmakingen.nl",
    ),
    WriterEntry(
        "odt",
        "publish.writers.odt.writer:write",
        ".odt",
        "OpenDocument",
        "application/vnd.oasis.opendocument.text",
        "OpenDocument text with native notes, lists, references and table of contents",
        options="publish.writers.odt.options:OdtOptions",
    ),
    WriterEntry(
        "rtf",
        "publish.writers.pandoc.writer:rtf",
        ".rtf",
        "RTF",
        "application/rtf",
        "Rich text, through pandoc",
    ),
    WriterEntry(
        "latex",
        "publish.writers.pandoc.writer:latex",
        ".tex",
        "LaTeX",
        "application/x-latex",
        "LaTeX, through pandoc",
    ),
    WriterEntry(
        "rst",
        "publish.writers.pandoc.writer:rst",
        ".rst",
        "reStructuredText",
        "text/x-rst",
        "reStructuredText, through pandoc",
    ),
    WriterEntry("org", "publish.writers.pandoc.writer:org", ".org", "Org", "text/org", "Org, through pandoc"),
    WriterEntry(
        "docbook",
        "publish.writers.pandoc.writer:docbook",
        ".dbk",
        "DocBook",
        "application/docbook+xml",
        "DocBook 5, through pandoc",
    ),
    WriterEntry(
        "jats",
        "publish.writers.pandoc.writer:jats",
        ".jats",
        "JATS",
        "application/jats+xml",
        "JATS, through pandoc",
    ),
    WriterEntry(
        "mediawiki",
        "publish.writers.pandoc.writer:mediawiki",
        ".wiki",
        "MediaWiki",
        "text/plain",
        "MediaWiki, through pandoc",
    ),
    WriterEntry(
        "typst",
        "publish.writers.typst.writer:write_source",
        ".typ",
        "Typst",
        "text/plain",
        "Input for `--pdf-engine typst`, with its images",
    ),
    WriterEntry(
        "markdown",
        "publish.writers.markdown.writer:write",
        ".md",
        "Markdown",
        "text/markdown",
        "Manuscript, as publish reads it",
    ),
    WriterEntry(
        "text",
        "publish.writers.pandoc.writer:plain",
        ".txt",
        "text",
        "text/plain",
        "Plain text, through pandoc",
    ),
    WriterEntry(
        "json", "publish.writers.json:write", ".json", "JSON", "application/json", "The document model"
    ),
)


def all_writers() -> tuple[WriterEntry, ...]:
    """Return the writers of publish and of every installed package that adds a writer."""
    return (*WRITERS, *map(_added, added(GROUP)))


def _added(point: Added) -> WriterEntry:
    """Return the writer of another package, which may have attributes `suffix`, `title`, `media_type` and `options`."""
    writer = load(point.target)
    return WriterEntry(
        point.name,
        point.target,
        getattr(writer, "suffix", f".{point.name}"),
        getattr(writer, "title", point.name),
        getattr(writer, "media_type", "application/octet-stream"),
        point.about,
    )


def find_entry(name: str) -> WriterEntry:
    """Return the format with this name.

    Raises:
        PublishError: PUB-W003, if the format is unknown.
    """
    for entry in WRITERS:
        if entry.name == name:
            return entry
    entries = all_writers()
    for entry in entries:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in entries)
    raise PublishError(make("PUB-W003", f"Unknown format: '{name}'", hint=f"Use one of {known}, or all"))


def load_writer(entry: WriterEntry) -> Writer:
    """Import and return the function of a writer."""
    writer: Writer = load(entry.target)
    return writer


def writer_options(entry: WriterEntry) -> type[Struct] | None:
    """Return the struct of a writer's options; a writer of another package names it in an attribute `options`."""
    return declared_options(entry.target, entry.options, installed=entry not in WRITERS)
