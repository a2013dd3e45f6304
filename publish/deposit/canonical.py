"""Digest of the content of a file, independent of compression: the bytes of deflate depend on the library that made them.

docs/deposit.md defines the rules, so that a digest can be computed without this program. The digest covers the members of a
container (DOCX, EPUB, ODT, AKN package), the canonical form of an XML file, the objects of a PDF, and the bytes of other files.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

from lxml import etree

from publish.xml_parsers import closed_parser
from publish.zip_files import opened

MOST = 500 * 1024 * 1024
"""Largest unpacked size of a file, in bytes."""

METHODS = {
    "members": "SHA-256 over one line for each member of the ZIP file, sorted by name: its SHA-256, two spaces, its name, a line feed",
    "c14n": "SHA-256 over the Canonical XML 1.0 (https://www.w3.org/TR/xml-c14n) of the file, with comments",
    "objects": "SHA-256 over one line for each PDF object with a stream, sorted by number: its number, the SHA-256 of its decoded stream; includes /Metadata and image streams, excludes cross-reference and object streams",
    "bytes": "SHA-256 over the file",
}

DEEPEST = 40
"""Depth of objects in a PDF that are compared."""


def canonical(name: str, data: bytes) -> tuple[str, str]:
    """Return the digest method for a file, and its digest."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        return "members", _members(data)
    if name.lower().endswith(".pdf"):
        return "objects", _objects(data)
    if name.lower().endswith(".xml"):
        tree = etree.fromstring(data, closed_parser())
        return "c14n", hashlib.sha256(etree.tostring(tree, method="c14n", with_comments=True)).hexdigest()
    return "bytes", hashlib.sha256(data).hexdigest()


def same(name: str, old: bytes, new: bytes) -> bool:
    """Return whether two files differ only in their compression; stricter than the digest, because a forger can change one.

    In a PDF every object must be the same, not only those with a stream; an archive must list the same members once, in
    the same order.
    """
    try:
        if canonical(name, old) != canonical(name, new):
            return False
        if new.startswith(b"PK"):
            return old.startswith(b"PK") and _names(old) == _names(new)
        return not name.lower().endswith(".pdf") or _values(old) == _values(new)
    except Exception:  # noqa: BLE001 - a damaged file is not the same
        return False


def same_pages(old: bytes, new: bytes) -> bool:
    """Return whether the pages of two PDF files show the same: contents, resources, and annotations except signature fields."""
    import pikepdf

    def shown(data: bytes) -> list[object]:
        with pikepdf.open(io.BytesIO(data)) as document:
            return [[_shown(page.obj.get(key)) for key in _SHOWN] for page in document.pages]

    try:
        return shown(old) == shown(new)
    except Exception:  # noqa: BLE001 - a damaged file is not the same
        return False


_SHOWN = ("/Contents", "/Resources", "/Annots", "/MediaBox", "/CropBox", "/Rotate", "/AA")


def _shown(value: Any, depth: int = 0) -> object:  # noqa: ANN401 - pikepdf has no types for its objects
    """Return a value of a page with all that it contains, without signature fields and references to pages."""
    import pikepdf

    if depth > DEEPEST:
        return "…"
    if isinstance(value, pikepdf.Array):
        return [_shown(item, depth + 1) for item in value if not _is_signature(item)]
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        parts: dict[str, object] = {
            key: _shown(value[key], depth + 1)
            for key in value.keys()  # noqa: SIM118 - no dict
            if key not in {"/P", "/Parent", "/Dest", "/StructParent", "/Popup"}
        }
        if isinstance(value, pikepdf.Stream):
            parts["stream"] = hashlib.sha256(value.read_raw_bytes()).hexdigest()
        return parts
    return repr(value)


def _is_signature(value: Any) -> bool:  # noqa: ANN401 - pikepdf has no types for its objects
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and value.get("/FT") == pikepdf.Name("/Sig")


def _names(data: bytes) -> list[str]:
    with opened(data, MOST) as archive:
        return archive.namelist()


def _values(data: bytes) -> dict[int, object]:
    """Return the trailer and all objects of a PDF; of a stream, its dictionary without the length."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        found = {k: _plain(value) for k, value in enumerate(document.objects, start=1)}
        trailer = {
            key: _plain(document.trailer[key]) for key in ("/Root", "/Info") if key in document.trailer
        }
        return found | {0: trailer}


def _plain(value: Any) -> object:  # noqa: ANN401 - pikepdf has no types for its objects
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        return {key: _inner(value[key]) for key in value.keys() if key != "/Length"}  # noqa: SIM118 - no dict
    if isinstance(value, pikepdf.Dictionary):
        return {key: _inner(value[key]) for key in value.keys()}  # noqa: SIM118 - no dict
    if isinstance(value, pikepdf.Array):
        return [_inner(item) for item in value]
    return repr(value)


def _inner(value: Any) -> object:  # noqa: ANN401 - pikepdf has no types for its objects
    """Return a value in another; an object with a number of its own is compared under that number."""
    if getattr(value, "is_indirect", False):
        return value.objgen
    return _plain(value)


def _members(data: bytes) -> str:
    with opened(data, MOST) as archive:
        lines = [
            f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}\n"
            for name in sorted(archive.namelist())
        ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _objects(data: bytes) -> str:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import PDFException, PDFStream

    document = PDFDocument(PDFParser(io.BytesIO(data)))
    numbers = sorted({number for xref in document.xrefs for number in xref.get_objids()})
    lines: list[str] = []
    for number in numbers:
        try:
            found: Any = document.getobj(number)
        except PDFException:
            continue
        kind = str(found.attrs.get("Type", "")) if isinstance(found, PDFStream) else "none"
        if isinstance(found, PDFStream) and not any(word in kind for word in ("XRef", "ObjStm")):
            lines.append(f"{number} {hashlib.sha256(found.get_data()).hexdigest()}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()
