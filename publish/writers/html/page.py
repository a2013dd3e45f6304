"""The web page: one file without scripts, fonts or pictures elsewhere, which opens in fifty years too."""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from publish.model import nodes as n
from publish.model.text import outline_text
from publish.resolve.numbered import NumberedDocument
from publish.style.css import screen_css
from publish.writers.base import Context, Output
from publish.writers.html.target import Target
from publish.writers.html.tree import TreeBuilder


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write the page; notes stand at its end."""
    document = numbered.document

    def picture(key: str) -> str:
        resource = document.resources[key]
        return f"data:{resource.media_type};base64,{base64.b64encode(resource.data).decode()}"

    html = ET.Element("html")
    if document.metadata.language:
        html.set("lang", document.metadata.language)
    head(html, numbered, context)
    ET.SubElement(html[0], "style").text = screen_css(context.style)
    body = ET.SubElement(html, "body")
    main = ET.SubElement(body, "main")
    builder = TreeBuilder(numbered, Target(picture=picture))
    whole(main, builder, document.blocks)
    builder.notes.at_end(main, numbered.notes.values())
    text = ET.tostring(html, encoding="unicode", method="html", short_empty_elements=False)
    return Output(f"<!DOCTYPE html>\n{text}\n".encode())


def whole(parent: ET.Element, builder: TreeBuilder, blocks: Iterable[n.Block]) -> None:
    """Title and front matter of a document, and blocks of its body."""
    document = builder.numbered.document
    level = 1
    if document.title:
        heading = ET.SubElement(parent, "h1", {"class": "title"})
        builder.outline(heading, document.title)
        builder.inlines(heading, document.title)
        level = 2
    if document.metadata.subtitle:
        ET.SubElement(parent, "p", {"class": "p subtitle"}).text = document.metadata.subtitle
    builder.blocks(parent, document.front, level)
    if not builder.target.epub:
        contents(parent, builder)
    builder.blocks(parent, blocks, builder.top)


def contents(parent: ET.Element, builder: TreeBuilder) -> None:
    """The list of contents, if the document has one; in print with page numbers. An EPUB has its own."""
    target = builder.target
    found = builder.numbered.contents()
    if not found:
        return
    attributes = {"class": "contents", "role": "doc-toc", "aria-label": builder.words.contents}
    nav = ET.SubElement(parent, "nav", attributes)
    ET.SubElement(nav, "p", {"class": "p contents-title"}).text = builder.words.contents
    for section, level in found:
        entry = ET.SubElement(nav, "p", {"class": f"p entry entry-{level}"})
        link = ET.SubElement(entry, "a", {"href": target.link(section.id)})
        link.text = outline_text(section.title)
        page = target.page(section.id)
        if page:
            link.set("data-page", page)


def head(html: ET.Element, numbered: NumberedDocument, context: Context) -> None:
    """The head with the title and the metadata that the document has, in Dublin Core names."""
    metadata = numbered.document.metadata
    element = ET.SubElement(html, "head")
    ET.SubElement(element, "meta", {"charset": "utf-8"})
    ET.SubElement(element, "title").text = numbered.title
    ET.SubElement(element, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    ET.SubElement(element, "meta", {"name": "generator", "content": context.tool})
    pairs = [("DCTERMS.title", numbered.title)]
    pairs += [("DCTERMS.language", metadata.language)] if metadata.language else []
    pairs += [("DCTERMS.subject", metadata.subject)] if metadata.subject else []
    pairs += [("DCTERMS.publisher", metadata.body)] if metadata.body else []
    pairs += [("DCTERMS.identifier", i.value) for i in metadata.identifiers]
    pairs += [(f"DCTERMS.{_DATES.get(d.role, 'date')}", d.date.isoformat()) for d in metadata.dates]
    pairs += [("DCTERMS.creator", a.name) for a in metadata.agents_as("author") if a.name]
    for name, value in pairs:
        ET.SubElement(element, "meta", {"name": name, "content": value})
    data = {"@context": "https://schema.org", "@type": "CreativeWork", "name": numbered.title}
    if metadata.language:
        data["inLanguage"] = metadata.language
    script = ET.SubElement(element, "script", {"type": "application/ld+json"})
    script.text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


_DATES = {"published": "issued", "submitted": "dateSubmitted", "answered": "available"}
