"""The names of file formats in pandoc."""

from __future__ import annotations

import re
from pathlib import PurePath

FORMATS = {
    ".docx": "docx",
    ".rtf": "rtf",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".rst": "rst",
    ".org": "org",
    ".epub": "epub",
    ".docbook": "docbook",
    ".dbk": "docbook",
    ".jats": "jats",
    ".typ": "typst",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
    ".textile": "textile",
    ".opml": "opml",
    ".fb2": "fb2",
    ".ipynb": "ipynb",
    ".csv": "csv",
    ".tsv": "tsv",
}
"""The pandoc format of each file suffix."""

ROOTS = {
    "article": "jats",
    "book": "docbook",
    "chapter": "docbook",
    "FictionBook": "fb2",
    "opml": "opml",
    "html": "html",
}
"""The pandoc format of an XML file by the name of its root element, for suffixes that do not determine the format."""

_DOCBOOK = b"docbook"
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def recognise(data: bytes) -> bool:
    """Return whether a file is not XML, or is in an XML format that pandoc reads."""
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or xml_kind(data) != ""


def format_of(name: str, data: bytes) -> str:
    """Return the pandoc format of a file."""
    suffix = PurePath(name).suffix.lower()
    return xml_kind(data) if suffix == ".xml" else FORMATS.get(suffix, suffix.lstrip("."))


def xml_kind(data: bytes) -> str:
    """Return the pandoc format of an XML file; empty if pandoc does not read it."""
    match = _ROOT.search(data[:4096])
    root = match[2].decode() if match else ""
    if root.lower() == "html":
        return "html"
    if root == "article" and _DOCBOOK in data[:4096].lower():
        return "docbook"
    return ROOTS.get(root, "")
