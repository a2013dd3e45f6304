"""Write officiele-publicatie: questions as `kamervragen`, any other document as a `kamerstuk`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context, Output
from publish.writers.op.content import OpContent

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SCHEMA = "http://technische-documentatie.oep.overheid.nl/schema/op-xsd-2012-3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
RECORD = "https://zoek.officielebekendmakingen.nl/{}/metadata.xml"

_LINES = (
    (re.compile("Vergaderjaar"), "vergaderjaar"),
    (re.compile("(Tweede|Eerste) Kamer"), "kameraanduiding"),
)
"""Content types of heading lines, by the pattern with which the line begins."""

_DESCRIPTIONS = {roles.QUESTIONS_LINE: "vraag", roles.ANSWERS_LINE: "antwoord"}
_UNITS = {roles.QUESTION: "vraag", roles.ANSWER: "antwoord"}


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write XML for KOOP's schema of 2012."""
    del context
    document = numbered.document
    content = OpContent(numbered)
    root = etree.Element(
        "officiele-publicatie", {f"{{{XSI}}}noNamespaceSchemaLocation": SCHEMA}, nsmap={"xsi": XSI}
    )
    metadata = etree.SubElement(root, "metadata")
    identifier = document.metadata.identifier("officielebekendmakingen")
    if identifier:
        attributes = {
            "name": "OVERHEIDop.externMetadataRecord",
            "scheme": "",
            "content": RECORD.format(identifier),
        }
        etree.SubElement(metadata, "meta", attributes)
    else:
        etree.SubElement(metadata, "meta", {"name": "DC.title", "scheme": "", "content": numbered.title})
    if document.profile == "kamervragen":
        _questions(etree.SubElement(root, "kamervragen"), content)
    else:
        _paper(etree.SubElement(root, "kamerstuk"), content)
    found = []
    if content.images:
        message = f"File refers to {content.images} images; put them in the same folder as the file"
        found.append(make("PUB-W012", message, source=document.source))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Output(data + b"\n", tuple(found))


def _questions(parent: Element, content: OpContent) -> None:
    document = content.numbered.document
    head: Element | None = None
    for block in _paragraphs(document):
        if block.role == roles.NUMBER:
            head = None
            content.inlines(etree.SubElement(parent, "kamervraagnummer"), block.inlines)
        elif block.role in _DESCRIPTIONS:
            head = None
            kind = {"type": _DESCRIPTIONS[block.role]}
            content.inlines(etree.SubElement(parent, "kamervraagomschrijving", kind), block.inlines)
        else:
            head = etree.SubElement(parent, "kamervraagkop") if head is None else head
            text = plain_text(block.inlines)
            kind = {"inhoud": next((name for pattern, name in _LINES if pattern.match(text)), "titel")}
            content.inlines(etree.SubElement(head, "tekstregel", kind), block.inlines)
    for part in document.blocks:
        if isinstance(part, n.Section) and part.role in _UNITS:
            unit = etree.SubElement(parent, _UNITS[part.role])
            content.inlines(etree.SubElement(unit, "nr"), part.title)
            content.blocks(unit, part.blocks)
        else:
            _remark(parent, part, content)


def _remark(parent: Element, block: n.Block, content: OpContent) -> None:
    if isinstance(block, n.Section):
        if block.title:
            content.inlines(etree.SubElement(parent, "kamervraagopmerking"), block.title)
        for inner in block.blocks:
            _remark(parent, inner, content)
    elif isinstance(block, n.Paragraph):
        content.inlines(etree.SubElement(parent, "kamervraagopmerking"), block.inlines)
    else:
        content.block(parent, block)


def _paragraphs(document: n.Document) -> list[n.Paragraph]:
    """Return the title and the front matter, one paragraph for each line."""
    out = [n.Paragraph(document.title)] if document.title else []
    if document.metadata.subtitle:
        out.append(n.Paragraph((n.Text(document.metadata.subtitle),)))
    for block in document.front:
        if isinstance(block, n.Paragraph):
            out.append(block)
        else:
            out += [x for x in nodes_in((block,)) if isinstance(x, n.Paragraph)]
    return out


def _paper(parent: Element, content: OpContent) -> None:
    document = content.numbered.document
    metadata = document.metadata
    etree.SubElement(parent, "kamerstukkop")
    piece = etree.SubElement(parent, "stuk")
    if document.title:
        content.inlines(etree.SubElement(piece, "titel"), document.title)
    text = etree.SubElement(etree.SubElement(etree.SubElement(piece, "algemeen"), "vrije-tekst"), "tekst")
    if metadata.subtitle:
        etree.SubElement(text, "al").text = metadata.subtitle
    content.blocks(text, (*document.front, *document.blocks))
