"""The table of formats. Adding one is a line here, or an entry point `publish.writers` in another package."""

from __future__ import annotations

from importlib import import_module

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.writers.base import Writer

GROUP = "publish.writers"


class WriterEntry(Struct, frozen=True):
    """One line of the table."""

    name: str
    target: str
    """`module:attribute`, imported on use only."""
    suffix: str
    title: str
    """What readers call such a file."""
    media_type: str
    about: str
    default: bool = False
    """Whether `-t all` writes it."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WRITERS: tuple[WriterEntry, ...] = (
    WriterEntry(
        "pdf",
        "publish.writers.pdf:write",
        ".pdf",
        "PDF",
        "application/pdf",
        "PDF/A-2a and PDF/UA-1, notes at the foot of the page",
        True,
    ),
    WriterEntry(
        "docx", "publish.writers.docx:write", ".docx", "Word", _WORD, "Word, with native footnotes", True
    ),
    WriterEntry(
        "epub", "publish.writers.epub:write", ".epub", "EPUB", "application/epub+zip", "EPUB 3.3", True
    ),
    WriterEntry(
        "akn",
        "publish.writers.akn:write",
        ".akn.xml",
        "Akoma Ntoso",
        "application/akn+xml",
        "Akoma Ntoso 3.0",
        True,
    ),
    WriterEntry(
        "akn-package",
        "publish.writers.akn.package:write",
        ".akn",
        "Akoma Ntoso package",
        "application/zip",
        "Akoma Ntoso with its pictures and components in one archive",
    ),
    WriterEntry(
        "html",
        "publish.writers.html:write",
        ".html",
        "HTML",
        "text/html",
        "one self-contained accessible page",
        True,
    ),
    WriterEntry(
        "op",
        "publish.writers.op:write",
        ".op.xml",
        "officiele-publicatie",
        "application/xml",
        "the XML of officielebekendmakingen.nl",
    ),
    WriterEntry(
        "odt",
        "publish.writers.pandoc:odt",
        ".odt",
        "OpenDocument",
        "application/vnd.oasis.opendocument.text",
        "OpenDocument, through pandoc",
    ),
    WriterEntry(
        "rtf", "publish.writers.pandoc:rtf", ".rtf", "RTF", "application/rtf", "rich text, through pandoc"
    ),
    WriterEntry(
        "latex",
        "publish.writers.pandoc:latex",
        ".tex",
        "LaTeX",
        "application/x-latex",
        "LaTeX, through pandoc",
    ),
    WriterEntry(
        "rst",
        "publish.writers.pandoc:rst",
        ".rst",
        "reStructuredText",
        "text/x-rst",
        "reStructuredText, through pandoc",
    ),
    WriterEntry("org", "publish.writers.pandoc:org", ".org", "Org", "text/org", "Org, through pandoc"),
    WriterEntry(
        "docbook",
        "publish.writers.pandoc:docbook",
        ".dbk",
        "DocBook",
        "application/docbook+xml",
        "DocBook 5, through pandoc",
    ),
    WriterEntry(
        "jats", "publish.writers.pandoc:jats", ".jats", "JATS", "application/jats+xml", "JATS, through pandoc"
    ),
    WriterEntry(
        "mediawiki",
        "publish.writers.pandoc:mediawiki",
        ".wiki",
        "MediaWiki",
        "text/plain",
        "MediaWiki, through pandoc",
    ),
    WriterEntry(
        "typst",
        "publish.writers.typst:write_source",
        ".typ",
        "Typst",
        "text/plain",
        "what `--pdf-engine typst` lays out, with its pictures",
    ),
    WriterEntry(
        "markdown",
        "publish.writers.markdown:write",
        ".md",
        "Markdown",
        "text/markdown",
        "a manuscript, as publish reads it",
    ),
    WriterEntry(
        "text", "publish.writers.pandoc:plain", ".txt", "text", "text/plain", "plain text, through pandoc"
    ),
    WriterEntry(
        "json", "publish.writers.json:write", ".json", "JSON", "application/json", "the document model"
    ),
)


def all_writers() -> tuple[WriterEntry, ...]:
    """The writers of publish and of every installed package that adds one."""
    from importlib.metadata import entry_points  # looked for where no name of ours is the one that is wanted

    added = (
        WriterEntry(
            point.name,
            point.value,
            f".{point.name}",
            point.name,
            "application/octet-stream",
            f"from the package {point.dist.name if point.dist else '?'}",
        )
        for point in entry_points(group=GROUP)
    )
    return (*WRITERS, *added)


def find_entry(name: str) -> WriterEntry:
    """The format with this name.

    Raises:
        PublishError: PUB-W003, where there is none.
    """
    for entry in WRITERS:
        if entry.name == name:
            return entry
    entries = all_writers()
    for entry in entries:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in entries)
    raise PublishError(make("PUB-W003", f"there is no format '{name}'", hint=f"formats: {known}, or all"))


PDF_ENGINES = {"weasyprint": "publish.writers.pdf", "typst": "publish.writers.typst"}
"""What can lay out a PDF, and its package, which has `write` and `pages`; the first is the default. None ever takes the place of
another without being asked."""


def find_engine(name: str) -> str:
    """The package of a PDF engine.

    Raises:
        PublishError: PUB-C001, where there is none of this name.
    """
    package = PDF_ENGINES.get(name or next(iter(PDF_ENGINES)))
    if package is None:
        hint = f"engines: {', '.join(PDF_ENGINES)}"
        raise PublishError(make("PUB-C001", f"there is no PDF engine '{name}'", hint=hint))
    return package


def load_writer(entry: WriterEntry, pdf_engine: str = "") -> Writer:
    """The writer of a format, imported now.

    A writer of another package may name the suffix of its files in an attribute `suffix`.
    """
    target = f"{find_engine(pdf_engine)}:write" if entry.name == "pdf" else entry.target
    module, _, attribute = target.partition(":")
    writer: Writer = getattr(import_module(module), attribute)
    return writer
