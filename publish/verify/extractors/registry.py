"""The table of extractors, by format. Another package adds an extractor with an entry point `publish.extractors`."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import added, load
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation
from publish.verify.structure import with_structure

GROUP = "publish.extractors"


class ExtractorEntry(Struct, frozen=True):
    """One row of the table."""

    format: str
    suffixes: tuple[str, ...]
    target: str
    """`module:attribute` of a function that takes bytes and a path and returns an `Observation`."""


EXTRACTORS: tuple[ExtractorEntry, ...] = (
    ExtractorEntry("pdf", (".pdf",), "publish.verify.extractors.pdf.extract:extract"),
    ExtractorEntry("docx", (".docx",), "publish.verify.extractors.docx:extract"),
    ExtractorEntry("epub", (".epub",), "publish.verify.extractors.epub:extract"),
    ExtractorEntry("op", (".op.xml",), "publish.verify.extractors.op:extract"),
    ExtractorEntry("akn", (".akn.xml", ".akn", ".xml"), "publish.verify.extractors.akn:extract"),
    ExtractorEntry("odt", (".odt",), "publish.verify.extractors.odt:extract"),
    ExtractorEntry("html", (".html", ".htm", ".xhtml"), "publish.verify.extractors.html:extract"),
)


def all_extractors() -> tuple[ExtractorEntry, ...]:
    """Return the extractors of publish and of installed packages; attribute `suffixes` of a function gives the suffixes."""
    own = (
        ExtractorEntry(p.name, getattr(load(p.target), "suffixes", (f".{p.name}",)), p.target)
        for p in added(GROUP)
    )
    return (*EXTRACTORS, *own)


def find_extractor(path: str) -> ExtractorEntry | None:
    """Return the extractor for a file by its name; None if there is none."""
    name = path.lower()
    known = next((entry for entry in EXTRACTORS if name.endswith(entry.suffixes)), None)
    return known or next((entry for entry in all_extractors() if name.endswith(entry.suffixes)), None)


BEGINNINGS = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ""),
    (b"<officiele-publicatie", ".op.xml"),
    (b"<akomaNtoso", ".akn.xml"),
    (b"<html", ".html"),
)
"""Byte sequences near the start of a file of each format, in search order."""

MEMBERS = (
    ("word/", ".docx"),
    ("META-INF/container.xml", ".epub"),
    ("content.xml", ".odt"),
    ("main.xml", ".akn"),
)
"""Members that identify the format of an archive."""


def suffix_of(data: bytes) -> str:
    """Return the suffix for a file without a name, by its content; empty if the format is unknown."""
    suffix = next((suffix for start, suffix in BEGINNINGS if start in data[:4096]), "")
    if suffix or not data.startswith(b"PK"):
        return suffix
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    return next((suffix for start, suffix in MEMBERS if any(n.startswith(start) for n in names)), "")


def format_of(path: str) -> str | None:
    """Return the format of a file by its name; None if there is no extractor for it."""
    entry = find_extractor(path)
    return entry.format if entry is not None else None


def extract(path: Path, data: bytes | None = None) -> Observation:
    """Read a produced file back.

    Raises:
        PublishError: PUB-V009, if the file cannot be read; PUB-V013, if there is no extractor for its type.
    """
    entry = find_extractor(str(path))
    if entry is None:
        raise PublishError(make("PUB-V013", "Cannot compare files of this type", source=str(path)))
    try:
        content = path.read_bytes() if data is None else data
        observation: Observation = load(entry.target)(content, str(path))
        return with_structure(observation, content)
    except UnreadableError as error:
        raise PublishError(make("PUB-V009", str(error), source=str(path))) from None
    except PublishError:
        raise
    except Exception as error:
        # The file can come from an untrusted source: whatever is wrong with it, it is reported, and the other files are read.
        if os.environ.get("PUBLISH_DEBUG"):
            raise
        message = f"Cannot read file: {type(error).__name__}: {str(error)[:200]}"
        raise PublishError(make("PUB-V009", message, source=str(path))) from None
