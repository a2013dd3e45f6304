"""Names that pandoc has for kinds of files."""

from __future__ import annotations

import re

FORMATS = {
    ".docx": "docx",
    ".odt": "odt",
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
"""pandoc's name for each kind of file."""

ROOTS = {
    "article": "jats",
    "book": "docbook",
    "chapter": "docbook",
    "FictionBook": "fb2",
    "opml": "opml",
    "html": "html",
}
"""pandoc's name for an XML file by the name of its root, where the suffix does not tell."""

_DOCBOOK = b"docbook"
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def recognise(data: bytes) -> bool:
    """Whether a file is no XML, or XML of a kind that pandoc reads."""
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or xml_kind(data) != ""


def xml_kind(data: bytes) -> str:
    """Pandoc's name for an XML file; empty where it reads none of its kind."""
    match = _ROOT.search(data[:4096])
    root = match[2].decode() if match else ""
    if root.lower() == "html":
        return "html"
    if root == "article" and _DOCBOOK in data[:4096].lower():
        return "docbook"
    return ROOTS.get(root, "")
