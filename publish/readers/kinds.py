"""Detection of the file type by content, regardless of the name, so that a wrong name is reported and not ignored."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from msgspec import Struct

HEAD = 4096
"""Number of bytes at the beginning that are checked."""


class Kind(Struct, frozen=True):
    """A file type that can be recognised by content."""

    title: str
    """Name with its article, for use in a sentence."""
    suffixes: frozenset[str]
    """Suffixes that such a file may have; empty for a type without a reader."""
    test: Callable[[bytes], bool] | None = None
    hint: str = ""
    members: frozenset[str] = frozenset()
    """Names of which a ZIP archive of this type contains at least one."""


def _members(data: bytes) -> frozenset[str]:
    """Return the names in a ZIP archive; empty if the data is not a readable archive."""
    if not data.startswith(b"PK"):
        return frozenset()
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(starts)


def _is_encrypted(data: bytes) -> bool:
    """Return whether the data is an OLE file that contains an encrypted package (MS-OFFCRYPTO, 2.3)."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?(?:<!doctype html|<html)", re.IGNORECASE | re.DOTALL
)
_ANY_ZIP = frozenset({".docx", ".docm", ".dotx", ".odt", ".ott", ".epub", ".akn"})

KINDS: tuple[Kind, ...] = (
    Kind(
        "a password-protected document",
        frozenset(),
        _is_encrypted,
        "Open it with its password and save it without one",
    ),
    Kind(
        "a Word 97 to 2003 file, or a file from another old program",
        frozenset(),
        lambda data: data.startswith(_OLE),
        "Save it as .docx, for example with `soffice --convert-to docx`",
    ),
    Kind(
        "a Word file",
        frozenset({".docx", ".docm", ".dotx"}),
        members=frozenset({"word/document.xml", "word/document2.xml"}),
    ),
    Kind("an Excel workbook", frozenset(), members=frozenset({"xl/workbook.xml"})),
    Kind("a PowerPoint presentation", frozenset(), members=frozenset({"ppt/presentation.xml"})),
    Kind("an EPUB", frozenset({".epub"}), members=frozenset({"META-INF/container.xml"})),
    Kind("an OpenDocument text document", frozenset({".odt", ".ott"}), members=frozenset({"content.xml"})),
    Kind("an Akoma Ntoso package", frozenset({".akn"}), members=frozenset({"main.xml"})),
    Kind("a PDF", frozenset({".pdf"}), lambda data: b"%PDF-" in data[:1024]),
    Kind("a rich text file", frozenset({".rtf"}), _begins(b"{\\rtf")),
    Kind(
        "a web page",
        frozenset({".html", ".htm", ".xhtml", ".xml"}),
        lambda data: bool(_HTML.match(data[:HEAD])),
    ),
    Kind("a picture", frozenset(), _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
)

BINARY = frozenset({*_ANY_ZIP, ".pdf"})
"""Suffixes of files that are not text, so that text with such a name is also wrong."""

TEXTUAL = frozenset({".md", ".markdown", ".mdown", ".txt", ".json", ".xml", ".akn"})
"""Suffixes of text files; a sample of another type in such a file does not determine its type."""


def kind_of(data: bytes) -> Kind | None:
    """Return the file type by content; None for text and for unknown content."""
    members = _members(data)
    return next(
        (k for k in KINDS if not members.isdisjoint(k.members) or (k.test is not None and k.test(data))), None
    )


def mislabelled(data: bytes, suffix: str) -> tuple[str, str] | None:
    """Return the type of a file with a wrong suffix, and a hint; None if type and suffix agree.

    Args:
        data: Content of the file.
        suffix: Suffix of its name, in lower case, with the dot.
    """
    kind = kind_of(data)
    if kind is not None:
        is_sample = suffix in TEXTUAL and kind.title in {"a web page", "a rich text file"}
        if suffix in kind.suffixes or is_sample:
            return None
        best = min(kind.suffixes) if kind.suffixes else ""
        return kind.title, kind.hint or (f"Rename it to {best} if it is the right file" if best else "")
    if suffix == ".akn" and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None  # a document without a package
    if suffix in BINARY:
        what = "a damaged or unsupported ZIP archive" if data.startswith(b"PK") else "something else"
        return what, "Save it again with the program that created it"
    return None
