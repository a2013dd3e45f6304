"""Remove the names of contributors from a manuscript: a Word file contains them in places that readers do not see."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from publish.readers.image_metadata import without_metadata
from publish.readers.images import identify
from publish.writers.zipped import zipped
from publish.xml_parsers import closed_parser

PERSONS = frozenset(
    {
        "creator",
        "creator-initials",
        "sender-initials",
        "lastModifiedBy",
        "author",
        "manager",
        "Manager",
        "initial-creator",
        "printed-by",
    }
)
"""Elements of document properties that name a person (ECMA-376-2, 11; ECMA-376-1, 22.2; OpenDocument 1.3, 4.3)."""

MARKS = frozenset({"author", "initials", "userId", "providerId"})
"""Attributes of changes and comments that name a person (ECMA-376-1, 17.13)."""

EMPTIED = {"docProps/custom.xml": "property", "word/people.xml": "person"}
"""Parts whose entries are removed, and the element name of these entries: custom properties, and contributors."""

OPEN_DOCUMENT = ("content.xml", "styles.xml")
"""Parts of an OpenDocument file with comments and changes, whose authors are elements (OpenDocument 1.3, 4.3.2)."""

DC = "http://purl.org/dc/elements/1.1/"
LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"

PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


PACKAGES = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott")
FLAT = (".fodt",)
FLAT_PART = "content.xml"
"""Part whose rules apply to a flat OpenDocument file."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif")


def _image(data: bytes) -> bytes:
    """Return an image without the data that can name its author, place and device."""
    found = identify(data)
    return without_metadata(found.media_type, data) if found is not None else data


def anonymise(name: str, data: bytes) -> bytes:
    """Return the manuscript with the same content, without the names of persons; return other file types unchanged."""
    lowered = name.lower()
    if lowered.endswith(FLAT):
        return _part(FLAT_PART, data)
    if lowered.endswith(IMAGES):
        return _image(data)
    if not lowered.endswith(PACKAGES) or not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            member = archive.read(info)
            is_image = info.filename.lower().endswith(IMAGES)
            members[info.filename] = _image(member) if is_image else _part(info.filename, member)
    return zipped(members)


def _part(name: str, data: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return data
    try:
        root = etree.fromstring(data, closed_parser(huge_tree=True))
    except etree.XMLSyntaxError:
        return data
    changed = False
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        in_office = name in OPEN_DOCUMENT and etree.QName(element).namespace in {DC, META, LOEXT}
        if (name in PROPERTIES or in_office) and local in PERSONS and element.text:
            element.text, changed = "", True
        for key in element.attrib:
            if etree.QName(key).localname in MARKS and element.get(key) and name.startswith("word/"):
                element.set(key, "")
                changed = True
    entry = EMPTIED.get(name)
    for element in [e for e in root if entry and etree.QName(e).localname == entry]:
        root.remove(element)
        changed = True
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else data
