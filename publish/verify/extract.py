"""The table of extractors, by format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.verify.observation import Edition


class ExtractorEntry(Struct, frozen=True):
    """One line of the table."""

    format: str
    suffixes: tuple[str, ...]
    target: str


EXTRACTORS: tuple[ExtractorEntry, ...] = (
    ExtractorEntry("pdf", (".pdf",), "publish.verify.extract_pdf:extract"),
    ExtractorEntry("docx", (".docx",), "publish.verify.extract_docx:extract"),
    ExtractorEntry("epub", (".epub",), "publish.verify.extract_epub:extract"),
    ExtractorEntry("op", (".op.xml",), "publish.verify.extract_op:extract"),
    ExtractorEntry("akn", (".akn.xml", ".akn", ".xml"), "publish.verify.extract_akn:extract"),
    ExtractorEntry("odt", (".odt",), "publish.verify.extract_odt:extract"),
    ExtractorEntry("html", (".html", ".htm", ".xhtml"), "publish.verify.extract_html:extract"),
)


class UnreadableError(Exception):
    """A file is not what its name says; the message says why."""


def format_of(path: str) -> str | None:
    """The format of a file by its name; None where no extractor reads it."""
    name = path.lower()
    return next((e.format for e in EXTRACTORS if name.endswith(e.suffixes)), None)


def extract(path: Path, data: bytes | None = None) -> Edition:
    """Read a produced file back.

    Raises:
        PublishError: PUB-V009 where it cannot be read; PUB-V013 where nothing reads files of its kind.
    """
    kind = format_of(str(path))
    entry = next((e for e in EXTRACTORS if e.format == kind), None)
    if entry is None:
        raise PublishError(make("PUB-V013", "files of this kind cannot be compared", source=str(path)))
    module, _, attribute = entry.target.partition(":")
    function = getattr(import_module(module), attribute)
    try:
        edition: Edition = function(path.read_bytes() if data is None else data, str(path))
    except OSError as error:
        raise PublishError(make("PUB-V009", f"cannot be read: {error.strerror}", source=str(path))) from None
    except UnreadableError as error:
        raise PublishError(make("PUB-V009", str(error), source=str(path))) from None
    return edition
