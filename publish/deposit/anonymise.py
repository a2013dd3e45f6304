"""The manuscript without the names of those who worked on it: a file from Word names them where no reader looks."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from publish.writers.zipped import zipped

PERSONS = frozenset(
    {"creator", "lastModifiedBy", "author", "manager", "Manager", "initial-creator", "printed-by"}
)
"""Elements of document properties that name a person (ECMA-376-2, 11; ECMA-376-1, 22.2; OpenDocument 1.3, 4.3)."""

MARKS = frozenset({"author", "initials", "userId", "providerId"})
"""Attributes of changes and comments that name one (ECMA-376-1, 17.13)."""

EMPTIED = {"docProps/custom.xml": "property", "word/people.xml": "person"}
"""Parts whose entries are dropped, and what these are called: properties that an office adds, and who takes part."""

PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


def anonymise(name: str, data: bytes) -> bytes:
    """The same manuscript, with what it says, but not by whom it was written. Files of other kinds are as they were."""
    if not name.lower().endswith((".docx", ".docm", ".dotx", ".odt")) or not zipfile.is_zipfile(
        io.BytesIO(data)
    ):
        return data
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            members[info.filename] = _part(info.filename, archive.read(info))
    return zipped(members)


def _part(name: str, data: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return data
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        return data
    changed = False
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if name in PROPERTIES and local in PERSONS and element.text:
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
