"""EPUB: the content documents of the spine, in order; links are resolved across files."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from lxml import etree

from publish.verify.extractors.html import Pages
from publish.verify.extractors.unreadable import MAX_UNPACKED, UnreadableError
from publish.verify.observation import Observation
from publish.xml_parsers import closed_parser
from publish.zip_files import DAMAGED, ArchiveError, opened

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"


def extract(data: bytes, path: str) -> Observation:
    """Read an EPUB 3 (OCF 3.3)."""
    try:
        with opened(data, MAX_UNPACKED) as archive:
            return _read(archive, path)
    except (ArchiveError, etree.XMLSyntaxError, StopIteration, *DAMAGED) as error:
        raise UnreadableError(f"Not an EPUB file: {error}") from None


def parse(data: bytes) -> Element:
    """Parse XML without entities, network access or document types."""
    parser = closed_parser(huge_tree=True)
    return etree.fromstring(data, parser)


def _read(archive: zipfile.ZipFile, path: str) -> Observation:
    container = parse(archive.read("META-INF/container.xml"))
    opf = next(str(e.get("full-path")) for e in container.iter(f"{_CONTAINER}rootfile"))
    package = parse(archive.read(opf))
    folder = posixpath.dirname(opf)
    items = {e.get("id"): str(e.get("href")) for e in package.iter(f"{_OPF}item")}
    files = [
        posixpath.normpath(posixpath.join(folder, unquote(items[e.get("idref")])))
        for e in package.iter(f"{_OPF}itemref")
    ]

    def resolve(page: str, href: str) -> tuple[str, str] | None:
        address, anchor = urldefrag(href)
        if ":" in address.partition("/")[0]:
            return None
        file = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address))) if address else page
        )
        return file, unquote(anchor)

    pages = Pages(resolve)
    roots = {file: parse(archive.read(file)) for file in files}
    for file, root in roots.items():
        pages.look_ahead(file, root)
    for file, root in roots.items():
        pages.add(file, root)
    return pages.observation("epub", path)
