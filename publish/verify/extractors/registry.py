"""The table of extractors, by format. Another package adds one by an entry point `publish.extractors`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import added, load
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation

GROUP = "publish.extractors"


class ExtractorEntry(Struct, frozen=True):
    """One line of the table."""

    format: str
    suffixes: tuple[str, ...]
    target: str
    """`module:attribute` of a function from bytes and a path to an `Observation`."""


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
    """The extractors of publish and of every installed package that adds one, by an attribute `suffixes` of its function."""
    own = (
        ExtractorEntry(p.name, getattr(load(p.target), "suffixes", (f".{p.name}",)), p.target)
        for p in added(GROUP)
    )
    return (*EXTRACTORS, *own)


def find_extractor(path: str) -> ExtractorEntry | None:
    """The extractor for a file by its name; None if nothing reads it."""
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
"""What is near the beginning of a file of a format, in the order in which they are looked for."""

MEMBERS = (
    ("word/", ".docx"),
    ("META-INF/container.xml", ".epub"),
    ("content.xml", ".odt"),
    ("main.xml", ".akn"),
)
"""What an archive of a format has in it."""


def suffix_of(data: bytes) -> str:
    """The suffix that a file without a name should have, by its content; empty if it is of no format that is known."""
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
    """The format of a file by its name; None if no extractor reads it."""
    entry = find_extractor(path)
    return entry.format if entry is not None else None


def extract(path: Path, data: bytes | None = None) -> Observation:
    """Read a produced file back.

    Raises:
        PublishError: PUB-V009, if it cannot be read; PUB-V013, if nothing reads files of its kind.
    """
    entry = find_extractor(str(path))
    if entry is None:
        raise PublishError(make("PUB-V013", "Cannot compare files of this type", source=str(path)))
    try:
        observation: Observation = load(entry.target)(path.read_bytes() if data is None else data, str(path))
    except OSError as error:
        raise PublishError(
            make("PUB-V009", f"Cannot read file: {error.strerror}", source=str(path))
        ) from None
    except UnreadableError as error:
        raise PublishError(make("PUB-V009", str(error), source=str(path))) from None
    return observation
