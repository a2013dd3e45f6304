"""Entry of the census of web pages and EPUB."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from publish.census.collector import XmlCounter, integer, rows_of, width_of
from publish.census.numbers import item_number
from publish.census.types import (
    ALL,
    BULLET,
    Census,
    SourceFile,
    SourceImage,
    SourceNote,
    Unseen,
)
from publish.census.web.notes import Notes, notes_of
from publish.census.web.pages import Element, Pages, pages_of, roles, text_of

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin a line of their own (HTML, 15.3)."""

HIDDEN = frozenset(
    [
        "area",
        "base",
        "datalist",
        "head",
        "link",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "param",
        "rp",
        "script",
        "style",
        "template",
        "title",
    ]
)
"""Elements that browsers do not show (HTML, 15.3.1)."""

REPLACED = frozenset({"iframe", "object", "video", "audio", "canvas", "svg", "math", "embed"})
"""Elements that show something else than their content."""

FORMS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""Formats of the numbers of a list, by its type (HTML, 4.4.5)."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDES = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel"})


def take(source: SourceFile) -> Census:
    """Count what a browser shows.

    Raises:
        ValueError: if the file has no pages.
    """
    pages = pages_of(source.data)
    notes = notes_of(pages)
    counter = _Counter(pages, notes)
    for page in pages.pages:
        counter.page = page
        counter.block(page.body)
    counter.out.notes = {
        str(key): SourceNote(note.label, counter.note_texts.get(key, ""), note.calls)
        for key, note in notes.found.items()
    }
    return counter.out.census("web", ALL, "xml.etree and tinyhtml5")


class _Counter(XmlCounter):
    def __init__(self, pages: Pages, notes: Notes) -> None:
        super().__init__()
        self.pages = pages
        self.notes = notes
        self.page = pages.pages[0]
        self.note_texts: dict[int, str] = {}

    # Blocks

    def block(self, element: Element) -> None:
        """Count an element that begins a line."""
        self.out.end()
        outer, self.out.heading = self.out.heading, self.out.heading or element.tag in HEADINGS
        if element.tag == "table":
            self._table(element)
        elif element.tag in {"ol", "ul", "menu"}:
            self._list(element)
        else:
            self.children(element)
        self.out.end()
        self.out.heading = outer

    def element(self, element: Element, name: str) -> None:
        """Count an element."""
        if id(element) in self.notes.calls or id(element) in self.notes.backlinks:
            return
        if name in HIDDEN or self._is_hidden(element):
            text = text_of(element)
            if text.strip() and name not in {"script", "style", "title"}:
                self.out.unseen.append(Unseen("hidden", text))
        elif id(element) in self.notes.found:
            self._note(element)
        elif roles(element) & {"pagebreak"}:
            return
        elif name == "br":
            self.out.words.append(" ")
        elif name == "img":
            self._image(element)
        elif name == "svg":
            self._drawing(element)
        elif name in REPLACED:
            self.out.words.append(" ")
        elif name in BLOCKS:
            self.block(element)
        else:
            if name == "a":
                self._link(element)
            self.children(element)

    @staticmethod
    def _is_hidden(element: Element) -> bool:
        closed = element.tag == "dialog" and element.get("open") is None
        return (
            element.get("hidden") is not None
            or closed
            or _HIDES.search(element.get("style") or "") is not None
        )

    def _note(self, element: Element) -> None:
        label = self.notes.found[id(element)].label
        aside = self.out.begin_note()
        self.children(element) if element.tag not in BLOCKS else self.block(element)
        self.note_texts[id(element)] = _without_label(self.out.text_since(aside), label)

    # Lists, tables

    def _list(self, element: Element) -> None:
        items = [child for child in element if child.tag == "li"]
        down = element.get("reversed") is not None
        number = integer(element.get("start"), len(items) if down else 1)
        for child in element:
            if child.tag != "li":
                if isinstance(child.tag, str):
                    self.element(child, child.tag)
                continue
            number = integer(child.get("value"), number)
            if id(child) in self.notes.found:
                self._note(child)
            else:
                self.out.end()
                self.out.label = _marker(element, child, number)
                self.block(child)
                self.out.label = ""
            number += -1 if down else 1

    def _table(self, table: Element) -> None:
        rows = rows_of(table)
        if not rows:
            self.children(table)
            return
        begun = self.out.begin_table()
        self.children(table)
        self.out.end_table(begun, len(rows), width_of(rows))

    # Images, links

    def _image(self, element: Element) -> None:
        address = element.get("src") or ""
        if not address:
            return
        self.out.words.append(" ")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), unquote(address)))
        data = _embedded(address) if address.startswith("data:") else self.pages.files.get(path, b"")
        name = path if not address.startswith("data:") else ""
        self.out.images.append(
            SourceImage(hashlib.sha256(data).hexdigest() if data else "", name, alt=element.get("alt") or "")
        )

    def _drawing(self, element: Element) -> None:
        """Count a drawing, whose text is published as that of an image."""
        self.out.words.append(" ")
        words = " ".join(text_of(e) for e in element.iter() if str(e.tag).rpartition("}")[2] == "text")
        self.out.images.append(SourceImage("", "svg", alt=" ".join(words.split())))

    def _link(self, element: Element) -> None:
        address = element.get("href") or ""
        if urlsplit(address).scheme.lower() in _SCHEMES and (text_of(element).strip() or len(element)):
            self.out.links.append(address)


def _marker(parent: Element, item: Element, number: int) -> str:
    if parent.tag != "ol":
        return BULLET
    kind = item.get("type") or parent.get("type") or "1"
    text = item_number(number, FORMS.get(kind, ""))
    return f"{text}."


def _without_label(text: str, label: str) -> str:
    """Return the text of a note without the label that is typed at its beginning."""
    stripped = text.strip()
    match = re.match(rf"[\[(]?{re.escape(label)}(?![\w])[\])]?[.:)]?\s*", stripped) if label else None
    return stripped[match.end() :] if match and match.end() < len(stripped) else stripped


def _embedded(address: str) -> bytes:
    head, _, body = address.partition(",")
    try:
        return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except ValueError:
        return b""
