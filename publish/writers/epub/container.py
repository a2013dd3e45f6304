"""Packaging with EbookLib, and corrections of its output.

EbookLib 0.20 gets only complete bytes (`EpubItem`): its classes for chapters and navigation parse their input again and
lose parts of it. It writes local time as UTC, the current time into zip entries, a fixed order of metadata, and cannot set
the language of the package. So publish corrects the package document and writes the archive again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from ebooklib import epub
from msgspec import Struct

from publish.markup import quoteattr
from publish.writers.base import Context
from publish.writers.zipped import zipped

MIMETYPE = b"application/epub+zip"


class Item(Struct, frozen=True):
    """A file of the publication."""

    id: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    spine: bool = False


class Metadata(Struct, frozen=True):
    """Content of the package document."""

    identifier: str
    title: str
    language: str
    creators: tuple[str, ...]
    publisher: str
    date: str
    subjects: tuple[str, ...]
    description: str
    accessibility: tuple[tuple[str, str], ...]
    page_source: str = ""
    """Publication that has the pages of the page list."""


def pack(items: Sequence[Item], metadata: Metadata, context: Context) -> bytes:
    """Return an EPUB of these items."""
    book = epub.EpubBook()
    book.metadata = {}
    dc = "DC"
    book.add_metadata(dc, "identifier", metadata.identifier, {"id": "publication-id"})
    book.IDENTIFIER_ID = "publication-id"
    book.add_metadata(dc, "title", metadata.title)
    book.add_metadata(dc, "language", metadata.language)
    for creator in metadata.creators:
        book.add_metadata(dc, "creator", creator)
    for name, value in (
        ("publisher", metadata.publisher),
        ("date", metadata.date),
        ("description", metadata.description),
    ):
        if value:
            book.add_metadata(dc, name, value)
    for subject in metadata.subjects:
        book.add_metadata(dc, "subject", subject)
    for name, value in metadata.accessibility:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    if metadata.page_source:
        book.add_metadata(None, "meta", metadata.page_source, {"property": "pageBreakSource"})
    spine: list[object] = []
    for item in items:
        entry = epub.EpubItem(uid=item.id, file_name=item.name, media_type=item.media_type, content=item.data)
        entry.properties = list(item.properties)
        book.add_item(entry)
        if item.spine:
            spine.append(entry)
    book.spine = spine
    buffer = io.BytesIO()
    options = {
        "mtime": context.timestamp.replace(tzinfo=None),
        "epub3_pages": False,
        "epub3_landmark": False,
        "raise_exceptions": True,
    }
    epub.write_epub(buffer, book, options)
    return _normalised(buffer.getvalue(), metadata.language, context)


def _normalised(data: bytes, language: str, context: Context) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    opf = next(name for name in entries if name.endswith(".opf"))
    entries[opf] = _mended(entries[opf].decode(), language, context).encode()
    entries.pop("mimetype", None)
    order = ["META-INF/container.xml", opf]
    order += sorted(entries.keys() - set(order))
    # OCF 3.3, 4.2.2: first entry, not compressed, without extra fields.
    members = {"mimetype": MIMETYPE} | {name: entries[name] for name in order}
    return zipped(members, stored={"mimetype"})


def _mended(opf: str, language: str, context: Context) -> str:
    """Set the language and the modification time in UTC, and remove the reference to a missing NCX."""
    opf = re.sub(r"<package\b", f"<package xml:lang={quoteattr(language)}", opf, count=1)
    opf = re.sub(r'(<meta property="dcterms:modified">)[^<]*', rf"\g<1>{context.stamp}", opf)
    opf = opf.replace(' toc="ncx"', "")
    return re.sub(r'\s*<meta name="generator"[^>]*/>', "", opf)
