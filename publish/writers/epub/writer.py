"""EPUB writer: notes are at the end of the file that calls them, numbered through the whole book."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET

from msgspec.structs import replace

from publish.localisation import terms
from publish.model import nodes as n
from publish.model.schema import to_json
from publish.model.walk import document_nodes
from publish.resolve.numbered import NumberedDocument
from publish.style.css import epub_css
from publish.writers.base import IMAGE_SUFFIXES, Context, Output
from publish.writers.epub.chapters import Chapter, cut, places
from publish.writers.epub.container import Item, Metadata, pack
from publish.writers.epub.navigation import navigation
from publish.writers.html.page import root_language, whole
from publish.writers.html.target import Target
from publish.writers.html.tree import TreeBuilder


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write EPUB 3.3 with the metadata of EPUB Accessibility 1.1."""
    document = numbered.document
    language = document.metadata.language or "und"
    chapters = cut(numbered)
    place = places(numbered, chapters)
    images = {
        key: f"pictures/{k:03}.{IMAGE_SUFFIXES[resource.media_type]}"
        for k, (key, resource) in enumerate(document.resources.items(), start=1)
    }
    items = [Item("style", "style.css", "text/css", epub_css(context.style).encode())]
    items += [
        Item(f"picture-{k}", images[key], resource.media_type, resource.data)
        for k, (key, resource) in enumerate(document.resources.items(), start=1)
    ]
    for k, chapter in enumerate(chapters, start=1):
        content = _chapter(numbered, chapter, place, images)
        items.append(
            Item(
                f"chapter-{k}",
                chapter.name,
                "application/xhtml+xml",
                _xhtml(content, chapter.title, document),
                ("mathml",) if content.find(".//math") is not None else (),
                spine=True,
            )
        )
    pages = [node for node in document_nodes(document) if isinstance(node, n.PageMark) and node.id]
    nav = navigation(
        chapters, lambda anchor: f"{place[anchor]}#{anchor}", terms(language), numbered.title, pages
    )
    data = _xhtml(nav, terms(language).contents, document)
    items.append(Item("nav", "nav.xhtml", "application/xhtml+xml", data, ("nav",)))
    return Output(pack(items, _metadata(numbered, language, paged=bool(pages)), context))


def _chapter(
    numbered: NumberedDocument, chapter: Chapter, place: dict[str, str], images: dict[str, str]
) -> ET.Element:
    def link(anchor: str) -> str:
        return f"#{anchor}" if place[anchor] == chapter.name else f"{place[anchor]}#{anchor}"

    body = ET.Element("body", {"epub:type": "bodymatter"})
    builder = TreeBuilder(numbered, Target(epub=True, link=link, picture=images.__getitem__))
    if chapter.first:
        whole(body, builder, chapter.blocks)
    else:
        builder.blocks(body, chapter.blocks, builder.top)
    builder.notes.at_end(
        body, (note for note in numbered.notes.values() if place[note.anchor] == chapter.name)
    )
    return body


def _xhtml(body: ET.Element, title: str, document: n.Document) -> bytes:
    root = root_language(document)
    attributes = {
        "xmlns": "http://www.w3.org/1999/xhtml",
        "xmlns:epub": "http://www.idpf.org/2007/ops",
        **root,
        "xml:lang": root["lang"],
    }
    html = ET.Element("html", attributes)
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    html.append(body)
    for element in body.iter():
        if "lang" in element.attrib:
            element.set("xml:lang", element.attrib["lang"])
    text = ET.tostring(html, encoding="unicode", short_empty_elements=True)
    for tag in ("span", "p", "td", "th", "div", "li", "dd", "dt", "a"):
        # Reading systems that parse as HTML interpret `<p/>` as an open tag.
        text = text.replace(f"<{tag} />", f"<{tag}></{tag}>")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()


def _metadata(numbered: NumberedDocument, language: str, *, paged: bool) -> Metadata:
    metadata = numbered.document.metadata
    names = [a.shown for a in metadata.agents_as("author")]
    date = metadata.date("published") or metadata.date("answered")
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"]
    images = [node for node in numbered.nodes() if isinstance(node, n.Image)]
    features += ["alternativeText"] if images and all(image.alt for image in images) else []
    features += ["MathML"] if numbered.formulas else []
    features += ["pageNavigation", "pageBreakMarkers"] if paged else []
    modes = ["textual"] + (["visual"] if numbered.document.resources else [])
    accessibility = [("accessMode", mode) for mode in modes]
    accessibility += [("accessModeSufficient", "textual")]
    accessibility += [("accessibilityFeature", feature) for feature in features]
    accessibility += [("accessibilityHazard", "none"), ("accessibilitySummary", terms(language).summary)]
    return Metadata(
        identifier=_identifier(numbered),
        title=numbered.title,
        language=language,
        creators=tuple(name for name in names if name),
        publisher=metadata.body,
        date=date.isoformat() if date else "",
        subjects=metadata.keywords,
        description=metadata.subject,
        accessibility=tuple(accessibility),
        page_source=_page_source(numbered) if paged else "",
    )


def _page_source(numbered: NumberedDocument) -> str:
    """Return the publication whose pages are listed: the PDF of the same build, or the earlier one in the source."""
    name = _identifier(numbered)
    return f"{name} (PDF)" if numbered.pages else name


def _identifier(numbered: NumberedDocument) -> str:
    """Return the identifier of the document, or else one derived from its content, never a random one."""
    given = numbered.document.metadata.identifiers
    chosen = next((i for i in given if i.scheme != "issn"), None)
    if chosen is not None:
        return chosen.value
    # Only the content, without the path of the source and without annotations.
    said = to_json(replace(numbered.document, source="", annotations=()))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, said.decode())}"
