"""Web page: one file without scripts, external fonts or external images, for long-term use."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from publish.model import nodes as n
from publish.model.language import is_rtl
from publish.model.text import outline_text
from publish.resolve.numbered import NumberedDocument
from publish.style.css import screen_css
from publish.style.furniture import values
from publish.writers.base import Context, Manifestation, Output
from publish.writers.html.metadata import head
from publish.writers.html.target import Target
from publish.writers.html.tree import TreeBuilder


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write the page, with notes at its end."""
    document = numbered.document

    def picture(key: str) -> str:
        resource = document.resources[key]
        return f"data:{resource.media_type};base64,{base64.b64encode(resource.data).decode()}"

    html = ET.Element("html", root_language(document))
    head(html, numbered, context)
    known = values(document.metadata, numbered.title)
    ET.SubElement(html[0], "style").text = screen_css(context.style, known)
    body = ET.SubElement(html, "body")
    main = ET.SubElement(body, "main")
    builder = TreeBuilder(numbered, Target(picture=picture))
    whole(main, builder, document.blocks)
    builder.notes.at_end(main, numbered.notes.values())
    _editions(body, context.manifestations, builder.terms.editions)
    text = ET.tostring(html, encoding="unicode", method="html", short_empty_elements=False)
    return Output(f"<!DOCTYPE html>\n{text}\n".encode())


def root_language(document: n.Document) -> dict[str, str]:
    """Return language and writing direction of a document, for the root of a page."""
    tag = document.metadata.language or "und"
    return {"lang": tag, "dir": "rtl"} if is_rtl(tag) else {"lang": tag}


def _editions(body: ET.Element, manifestations: tuple[Manifestation, ...], name: str) -> None:
    """Append links to the other files of the document for readers; `head` contains them for programs."""
    if not manifestations:
        return
    footer = ET.SubElement(body, "footer", {"class": "editions"})
    nav = ET.SubElement(footer, "nav", {"aria-label": name})
    for other in manifestations:
        link = ET.SubElement(nav, "a", {"href": other.address, "type": other.media_type})
        link.text = other.title
        link.tail = " "


def whole(parent: ET.Element, builder: TreeBuilder, blocks: Iterable[n.Block]) -> None:
    """Append title and front matter of a document, and blocks of its body."""
    document = builder.numbered.document
    level = 1
    if document.title:
        classes = "title with-subtitle" if document.metadata.subtitle else "title"
        heading = ET.SubElement(parent, "h1", {"class": classes})
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
    """Append the table of contents, if any, in print with page numbers; an EPUB has a navigation document instead."""
    target = builder.target
    found = builder.numbered.contents()
    if not found:
        return
    attributes = {"class": "contents", "role": "doc-toc", "aria-label": builder.terms.contents}
    nav = ET.SubElement(parent, "nav", attributes)
    ET.SubElement(nav, "p", {"class": "p contents-title"}).text = builder.terms.contents
    for section, level in found:
        entry = ET.SubElement(nav, "p", {"class": f"p entry entry-{level}"})
        link = ET.SubElement(entry, "a", {"href": target.link(section.id)})
        link.text = outline_text(section.title)
        page = target.page(section.id)
        if page:
            link.set("data-page", page)
