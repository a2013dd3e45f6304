"""What kind of file some bytes are, whatever their name says: so that a wrong name is said, and not guessed around."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from msgspec import Struct

HEAD = 4096
"""Bytes at the beginning that are looked at."""


class Kind(Struct, frozen=True):
    """One kind of file that its content tells."""

    title: str
    """With its article, for a sentence."""
    suffixes: frozenset[str]
    """The suffixes under which such a file may come; none for a kind that nothing reads."""
    test: Callable[[bytes], bool] | None = None
    hint: str = ""
    members: frozenset[str] = frozenset()
    """Names of which a zip archive of this kind holds one."""


def _members(data: bytes) -> frozenset[str]:
    """The names in a zip archive; none where the data are no archive that can be read."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(starts)


def _is_encrypted(data: bytes) -> bool:
    """An OLE file that holds an encrypted package (MS-OFFCRYPTO, 2.3)."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?(?:<!doctype html|<html)", re.IGNORECASE | re.DOTALL
)
_ANY_ZIP = frozenset({".docx", ".docm", ".dotx", ".odt", ".epub", ".akn"})

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
    Kind("an OpenDocument text document", frozenset({".odt"}), members=frozenset({"content.xml"})),
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
"""Suffixes of files that are no text, so that text under such a name is wrong too."""

TEXTUAL = frozenset({".md", ".markdown", ".mdown", ".txt", ".json", ".xml", ".akn"})
"""Suffixes of files that are text; what is shown as an example of another kind within them is not meant."""


def kind_of(data: bytes) -> Kind | None:
    """What the content of a file tells of its kind; None for text, and for what is not known."""
    members = _members(data)
    return next(
        (k for k in KINDS if not members.isdisjoint(k.members) or (k.test is not None and k.test(data))), None
    )


def mislabelled(data: bytes, suffix: str) -> tuple[str, str] | None:
    """What a file is where its suffix says something else, and what to do; None where both agree.

    Args:
        data: The file.
        suffix: The end of its name, lower case, with the dot.
    """
    kind = kind_of(data)
    if kind is not None:
        is_sample = suffix in TEXTUAL and kind.title in {"a web page", "a rich text file"}
        if suffix in kind.suffixes or is_sample:
            return None
        best = min(kind.suffixes) if kind.suffixes else ""
        return kind.title, kind.hint or (f"Rename it to {best} if it is the right file" if best else "")
    if suffix in BINARY:
        what = "a damaged or unsupported ZIP archive" if data.startswith(b"PK") else "something else"
        return what, "Save it again with the program that created it"
    return None
