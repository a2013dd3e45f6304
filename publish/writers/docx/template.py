"""Custom Word template: its styles, sheet, header and footer, with the text of the document.

Styles are found by name. In every language version of Word a built-in style keeps its English name in the file, but its id
is translated: "heading 1" has the id Kop1 in a Dutch template. Styles that the template lacks are added to it.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from lxml import etree

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make

_TEMPLATE = "wordprocessingml.template.main+xml"
_DOCUMENT = "wordprocessingml.document.main+xml"
_NEEDED = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
AFTER_NOTES = ("compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping")
"""Settings that follow the note properties (CT_Settings)."""

_PLAIN_SECTION = (
    '<w:sectPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4, for a template without a page size."""

Element = Any


def opened(data: bytes, name: str) -> Any:  # noqa: ANN401 - python-docx is untyped
    """Return a python-docx document of a .docx or .dotx file, with an empty body.

    Raises:
        PublishError: PUB-W009, if the file is not a Word file.
    """
    try:
        document = docx.Document(io.BytesIO(_as_document(data)))
        body = document.element.body
        if body[-1].tag != qn("w:sectPr"):
            body.append(parse_xml(f'<w:sectPr xmlns:w="{body.nsmap["w"]}"/>'))
        for tag in ("w:pgSz", "w:pgMar"):
            if body[-1].find(qn(tag)) is None:
                body[-1].append(parse_xml(_PLAIN_SECTION).find(qn(tag)))
        for child in list(body)[:-1]:
            body.remove(child)
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        IndexError,
        etree.XMLSyntaxError,
    ) as error:
        message = f"Cannot use Word template {name}: {str(error).splitlines()[0] if str(error) else 'it is not a Word file'}"
        raise PublishError(make("PUB-W009", message)) from None
    return document


def _as_document(data: bytes) -> bytes:
    """Return the template package as a document, whose main part declares the namespaces that publish needs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == "[Content_Types].xml":
                content = content.replace(_TEMPLATE.encode(), _DOCUMENT.encode())
            elif entry == "word/document.xml":
                content = _declared(content.decode()).encode()
            new.writestr(entry, content)
    return out.getvalue()


def _declared(xml: str) -> str:
    match = re.search(r"<w:document\b[^>]*>", xml)
    if match is None:
        raise ValueError("Main part is not a document")
    root = match[0]
    for prefix, address in _NEEDED.items():
        if f"xmlns:{prefix}=" not in root:
            root = root.replace("<w:document", f'<w:document xmlns:{prefix}="{address}"', 1)
    ignorable = re.search(r'mc:Ignorable="([^"]*)"', root)
    if ignorable is None:
        root = root.replace("<w:document", '<w:document mc:Ignorable="w15"', 1)
    elif "w15" not in ignorable[1].split():
        root = root.replace(ignorable[0], f'mc:Ignorable="{ignorable[1]} w15"')
    return xml[: match.start()] + root + xml[match.end() :]


def adopt_styles(styles: Element, ours: str) -> dict[str, str]:
    """Add the styles of publish that a template lacks.

    Args:
        styles: The `w:styles` of the template, changed in place.
        ours: The `styles.xml` of publish.

    Returns:
        The id in the template of each style of publish, by the id in publish.
    """
    known: dict[tuple[str, str], str] = {}
    for style in styles.findall(qn("w:style")):
        known[_key(style)] = str(style.get(qn("w:styleId")))
    taken = set(known.values())
    ids: dict[str, str] = {}
    added: list[Element] = []
    for style in parse_xml(ours.encode()).findall(qn("w:style")):
        own = str(style.get(qn("w:styleId")))
        if _key(style) in known:
            ids[own] = known[_key(style)]
            continue
        ids[own] = own if own not in taken else f"Publish{own}"
        style.set(qn("w:styleId"), ids[own])
        style.attrib.pop(qn("w:default"), None)
        added.append(style)
    for style in added:
        for tag in ("w:basedOn", "w:next", "w:link"):
            element = style.find(qn(tag))
            if element is not None:
                element.set(
                    qn("w:val"), ids.get(str(element.get(qn("w:val"))), str(element.get(qn("w:val"))))
                )
        styles.append(style)
    return ids


def _key(style: Element) -> tuple[str, str]:
    name = style.find(qn("w:name"))
    return str(style.get(qn("w:type"))), str(name.get(qn("w:val")) if name is not None else "").lower()


def use_styles(root: Element, ids: dict[str, str]) -> None:
    """Replace style ids in the text with the ids of the template."""
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for element in root.iter(qn(tag)):
            value = str(element.get(qn("w:val")))
            element.set(qn("w:val"), ids.get(value, value))


def numbering_of(part: Any) -> Element:  # noqa: ANN401
    """Return the lists of a template; create the part for them if it is missing."""
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    element = parse_xml(f'<w:numbering xmlns:w="{part.element.nsmap["w"]}"/>')
    name = PackURI("/word/numbering.xml")
    made = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, element, part.package)
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return element


def merge_numbering(numbering: Element, ours: str) -> None:
    """Add the lists of publish to those of the template; their numbers must be unused."""
    first = numbering.find(qn("w:num"))
    for element in list(parse_xml(ours.encode())):
        if element.tag == qn("w:abstractNum") and first is not None:
            first.addprevious(element)
        else:
            numbering.append(element)


def highest(numbering: Element, tag: str, attribute: str) -> int:
    """Return the highest number of the lists of a template, or -1 if there are none."""
    return max((int(e.get(qn(attribute))) for e in numbering.findall(qn(tag))), default=-1)


def set_note_properties(parent: Element, properties: list[Element]) -> None:
    """Replace the note properties of a section or of the settings."""
    for tag in ("w:footnotePr", "w:endnotePr"):
        for element in parent.findall(qn(tag)):
            parent.remove(element)
    if parent.tag == qn("w:sectPr"):
        at = sum(1 for e in parent if e.tag in {qn("w:headerReference"), qn("w:footerReference")})
    else:
        at = next((k for k, e in enumerate(parent) if etree.QName(e).localname in AFTER_NOTES), len(parent))
    for offset, element in enumerate(properties):
        parent.insert(at + offset, element)


def section_of(template: Element, *, first: bool) -> Element:
    """Return a copy of the section of a template; later sections continue on the same page with the same header."""
    section = copy.deepcopy(template)
    if not first:
        for element in list(section):
            if etree.QName(element).localname in {"headerReference", "footerReference", "titlePg", "type"}:
                section.remove(element)
        size = section.find(qn("w:pgSz"))
        kind = parse_xml(f'<w:type xmlns:w="{size.nsmap["w"]}" w:val="continuous"/>')
        size.addprevious(kind)
    return section
