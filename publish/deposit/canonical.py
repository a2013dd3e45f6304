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

from publish.deposit.layout import same_pdf, same_zip
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
    """Return whether two files differ only in their compression.

    This is stricter than the digest: a forger can change a file so that its digest stays, but programs show other content.
    """
    if new.startswith(b"PK"):
        return same_zip(old, new)
    if name.lower().endswith(".pdf"):
        return same_pdf(old, new)
    try:
        same_tree = canonical(name, old) == canonical(name, new)
    except Exception:  # noqa: BLE001 - a damaged file is not the same
        return False
    # A document type is not in the canonical form.
    return same_tree and (b"<!" not in old or b"<!" in new)


def same_pages(old: bytes, new: bytes) -> bool:
    """Return whether two PDF files show and do the same, apart from signatures that are not visible: pages and catalogue."""
    import pikepdf

    def shown(data: bytes) -> list[object]:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = [[_shown(page.obj.get(key)) for key in _SHOWN] for page in document.pages]
            catalogue = {
                key: _shown(document.Root[key])
                for key in document.Root.keys()  # noqa: SIM118 - no dict
                if key not in _OF_SIGNATURES
            }
            return [pages, catalogue]

    try:
        return shown(old) == shown(new)
    except Exception:  # noqa: BLE001 - a damaged file is not the same
        return False


_UPWARDS = frozenset({"/P", "/Parent", "/Prev", "/Last", "/Dest", "/SE", "/StructParent", "/Popup"})
"""Entries that refer to something that is compared elsewhere."""

_OF_SIGNATURES = frozenset(
    {"/AcroForm", "/DSS", "/Extensions", "/Pages", "/Version", "/StructTreeRoot", "/Names", "/Dests"}
)
"""Entries of the catalogue that a signature changes, or that are compared by the pages, or that show nothing."""

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
            if key not in _UPWARDS
        }
        if isinstance(value, pikepdf.Stream):
            parts["stream"] = hashlib.sha256(value.read_raw_bytes()).hexdigest()
        return parts
    return repr(value)


def _is_signature(value: Any) -> bool:  # noqa: ANN401 - pikepdf has no types for its objects
    """Return whether a value is a signature field that shows nothing: its rectangle is empty."""
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary) or value.get("/FT") != pikepdf.Name("/Sig"):
        return False
    sides = [float(side) for side in value.get("/Rect", [])]
    return len(sides) == 4 and sides[0] == sides[2] and sides[1] == sides[3] and "/AA" not in value


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
