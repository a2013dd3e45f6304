"""Navigation document: contents and landmarks, in the language of the document (EPUB 3.3, 7)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable

from publish.localisation import Terms
from publish.model import nodes as n
from publish.model.text import outline_text
from publish.writers.epub.chapters import Chapter

DEPTH = 3
"""Number of heading levels in the contents."""


def navigation(
    chapters: list[Chapter], link: Callable[[str], str], said: Terms, title: str, pages: Iterable[n.PageMark]
) -> ET.Element:
    """Return the body of the navigation document: contents, pages of the PDF if it was laid out, and landmarks."""
    body = ET.Element("body")
    toc = ET.SubElement(
        body, "nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc", "aria-label": said.contents}
    )
    ET.SubElement(toc, "h1").text = said.contents
    items = ET.SubElement(toc, "ol")
    for chapter in chapters:
        sections = list(_sections(chapter.blocks))
        if len(chapters) == 1 or not sections:
            _entry(items, chapter.name, chapter.title if len(chapters) > 1 else title)
        _contents(items, sections, link, DEPTH)
    _page_list(body, link, said, pages)
    marks = ET.SubElement(body, "nav", {"epub:type": "landmarks", "id": "landmarks", "hidden": "hidden"})
    entry = ET.SubElement(ET.SubElement(ET.SubElement(marks, "ol"), "li"), "a")
    entry.set("epub:type", "bodymatter")
    entry.set("href", chapters[0].name)
    entry.text = said.start
    return body


def _page_list(
    body: ET.Element, link: Callable[[str], str], said: Terms, pages: Iterable[n.PageMark]
) -> None:
    """Append the pages of the printed publication, which locate a citation (EPUB Accessibility 1.1, 3.3.2)."""
    marks = list(pages)
    if not marks:
        return
    attributes = {"epub:type": "page-list", "role": "doc-pagelist", "id": "pages", "aria-label": said.pages}
    nav = ET.SubElement(body, "nav", attributes | {"hidden": "hidden"})
    items = ET.SubElement(nav, "ol")
    for mark in marks:
        _entry(items, link(mark.id), mark.label)


def _sections(blocks: Iterable[n.Block]) -> Iterable[n.Section]:
    for block in blocks:
        if isinstance(block, n.Section):
            if block.title and outline_text(block.title):
                yield block
            else:
                yield from _sections(block.blocks)


def _contents(
    parent: ET.Element, sections: Iterable[n.Section], link: Callable[[str], str], depth: int
) -> None:
    for section in sections:
        item = _entry(parent, link(section.id), outline_text(section.title))
        inner = list(_sections(section.blocks)) if depth > 1 else []
        if inner:
            _contents(ET.SubElement(item, "ol"), inner, link, depth - 1)


def _entry(parent: ET.Element, href: str, text: str) -> ET.Element:
    item = ET.SubElement(parent, "li")
    ET.SubElement(item, "a", {"href": href}).text = text
    return item
