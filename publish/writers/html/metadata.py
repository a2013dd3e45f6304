"""Head of a web page: metadata for catalogues and search engines, and links to the other files.

Dublin Core terms follow DCMI's recommendation for HTML (DC-HTML, 2008). A Dutch document also has the names of OWMS, the web
metadata standard of the Dutch government, as on officielebekendmakingen.nl.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

from publish.model import nodes as n
from publish.model.metadata import Metadata
from publish.model.roles import ANSWER, QUESTION
from publish.model.text import outline_text
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context

_DATES = {"published": "issued", "submitted": "dateSubmitted", "answered": "available"}
_CAPACITIES = {"questioner": "OVERHEIDop.indiener", "addressee": "OVERHEIDop.ontvanger"}


def head(html: ET.Element, numbered: NumberedDocument, context: Context) -> None:
    """Append the head with the title and the metadata of the document."""
    metadata = numbered.document.metadata
    element = ET.SubElement(html, "head")
    ET.SubElement(element, "meta", {"charset": "utf-8"})
    ET.SubElement(element, "title").text = numbered.title
    ET.SubElement(element, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    ET.SubElement(element, "meta", {"name": "generator", "content": context.tool})
    pairs = _dublin_core(metadata, numbered.title)
    pairs += _owms(metadata) if metadata.country == "nl" else []
    for name, content in pairs:
        if content:
            ET.SubElement(element, "meta", {"name": name, "content": content})
    for other in context.manifestations:
        attributes = {"type": other.media_type, "href": other.address, "title": other.title}
        ET.SubElement(element, "link", {"rel": "alternate", **attributes})
    script = ET.SubElement(element, "script", {"type": "application/ld+json"})
    text = json.dumps(_linked_data(numbered, context), ensure_ascii=False)
    script.text = text.replace("<", "\\u003c")


def _dublin_core(metadata: Metadata, title: str) -> list[tuple[str, str]]:
    pairs = [
        ("DCTERMS.title", title),
        ("DCTERMS.language", metadata.language),
        ("DCTERMS.subject", metadata.subject),
        ("DCTERMS.publisher", metadata.body),
        ("DCTERMS.rights", metadata.rights),
    ]
    pairs += [("DCTERMS.identifier", i.value) for i in metadata.identifiers]
    pairs += [(f"DCTERMS.{_DATES.get(d.role, 'date')}", d.date.isoformat()) for d in metadata.dates]
    pairs += [("DCTERMS.creator", a.name) for a in metadata.agents_as("author")]
    return pairs + [("DCTERMS.references", r.identifier or r.text) for r in metadata.related]


def _owms(metadata: Metadata) -> list[tuple[str, str]]:
    pairs = [
        ("OVERHEID.authority", metadata.body),
        ("OVERHEIDop.publicationName", metadata.series),
        ("OVERHEIDop.publicationIssue", metadata.number),
        ("OVERHEIDop.vergaderjaar", metadata.session),
        ("OVERHEIDop.dossiernummer", metadata.dossier),
    ]
    return pairs + [(name, a.shown) for kind, name in _CAPACITIES.items() for a in metadata.agents_as(kind)]


def _linked_data(numbered: NumberedDocument, context: Context) -> dict[str, Any]:
    """Return the document as a schema.org `CreativeWork`, without unknown values."""
    metadata = numbered.document.metadata
    published = metadata.date("published")
    authors = [{"@type": "Person", "name": a.name} for a in metadata.agents_as("author") if a.name]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": numbered.title,
        "inLanguage": metadata.language,
        "about": metadata.subject,
        "keywords": ", ".join(metadata.keywords),
        "datePublished": published.isoformat() if published else "",
        "identifier": [i.value for i in metadata.identifiers],
        "publisher": {"@type": "Organization", "name": metadata.body} if metadata.body else "",
        "author": authors,
        "hasPart": _questions(numbered.document),
        "encoding": [
            {
                "@type": "MediaObject",
                "name": other.title,
                "encodingFormat": other.media_type,
                "contentUrl": other.address,
            }
            for other in context.manifestations
        ],
    }
    return {key: value for key, value in data.items() if value}


def _questions(document: n.Document) -> list[dict[str, Any]]:
    """Return the questions of a document, each with the answer that has its number."""
    sections = [block for block in document.blocks if isinstance(block, n.Section)]
    answers = {number: s for s in sections if s.role == ANSWER for number in s.number.split()}
    out: list[dict[str, Any]] = []
    for section in sections:
        if section.role != QUESTION:
            continue
        part = {"@type": "Question", "@id": f"#{section.id}", "name": outline_text(section.title)}
        answer = answers.get(section.number)
        out.append(part | ({"acceptedAnswer": {"@type": "Answer", "@id": f"#{answer.id}"}} if answer else {}))
    return out
