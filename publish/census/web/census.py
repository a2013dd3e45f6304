"""Entry of the census of web pages and EPUB."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from publish.census.collector import integer, width_of
from publish.census.numbers import item_number
from publish.census.types import (
    BULLET,
    Census,
    Passage,
    SourceFile,
    SourceImage,
    SourceNote,
    SourceTable,
    Unseen,
    note_text,
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
    found = [
        SourceNote(note.label, counter.note_texts.get(key, ""), note.calls)
        for key, note in notes.found.items()
    ]
    return Census(
        "web",
        tuple(counter.passages),
        tuple(found),
        tuple(counter.tables),
        tuple(counter.images),
        tuple(counter.links),
        tuple(counter.unseen),
        method="xml.etree and tinyhtml5",
    )


class _Counter:
    def __init__(self, pages: Pages, notes: Notes) -> None:
        self.pages = pages
        self.notes = notes
        self.page = pages.pages[0]
        self.passages: list[Passage] = []
        self.tables: list[SourceTable] = []
        self.images: list[SourceImage] = []
        self.links: list[str] = []
        self.unseen: list[Unseen] = []
        self.note_texts: dict[int, str] = {}
        self.words: list[str] = []
        self.label = ""
        self.heading = False

    # Blocks

    def _end(self) -> None:
        text = "".join(self.words)
        if text.strip():
            self.passages.append(Passage(text, None, self.label, self.heading))
            self.label = ""
        self.words = []

    def block(self, element: Element) -> None:
        """Count an element that begins a line."""
        self._end()
        outer, self.heading = self.heading, self.heading or element.tag in HEADINGS
        if element.tag == "table":
            self._table(element)
        elif element.tag in {"ol", "ul", "menu"}:
            self._list(element)
        else:
            self._content(element)
        self._end()
        self.heading = outer

    def _content(self, element: Element) -> None:
        self.words.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._element(child)
            self.words.append(child.tail or "")

    def _element(self, element: Element) -> None:
        if id(element) in self.notes.calls or id(element) in self.notes.backlinks:
            return
        if element.tag in HIDDEN or self._is_hidden(element):
            text = text_of(element)
            if text.strip() and element.tag not in {"script", "style", "title"}:
                self.unseen.append(Unseen("hidden", text))
        elif id(element) in self.notes.found:
            self._note(element)
        elif roles(element) & {"pagebreak"}:
            return
        elif element.tag == "br":
            self.words.append(" ")
        elif element.tag == "img":
            self._image(element)
        elif element.tag in REPLACED:
            self.words.append(" ")
        elif element.tag in BLOCKS:
            self.block(element)
        else:
            if element.tag == "a":
                self._link(element)
            self._content(element)

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
        words, passages, outer = self.words, self.passages, self.label
        self.words, self.passages, self.label = [], [], ""
        self._content(element) if element.tag not in BLOCKS else self.block(element)
        self._end()
        text = note_text(self.passages)
        self.note_texts[id(element)] = _without_label(text, label)
        self.words, self.passages, self.label = words, passages, outer

    # Lists, tables

    def _list(self, element: Element) -> None:
        items = [child for child in element if child.tag == "li"]
        down = element.get("reversed") is not None
        number = integer(element.get("start"), len(items) if down else 1)
        for child in element:
            if child.tag != "li":
                if isinstance(child.tag, str):
                    self._element(child)
                continue
            number = integer(child.get("value"), number)
            if id(child) in self.notes.found:
                self._note(child)
            else:
                self._end()
                self.label = _marker(element, child, number)
                self.block(child)
                self.label = ""
            number += -1 if down else 1

    def _table(self, table: Element) -> None:
        at, before = len(self.tables), (len(self.passages), len(self.images))
        self.tables.append(SourceTable(0, 0))
        rows = [row for row in table.iter("tr") if self._owner(row) is table]
        self._content_of_table(table)
        if (len(self.passages), len(self.images)) == before or not rows:
            del self.tables[at]
            return
        self.tables[at] = SourceTable(len(rows), width_of(rows))

    def _owner(self, row: Element) -> Element | None:
        parent = self.page.parents.get(row)
        while parent is not None and parent.tag != "table":
            parent = self.page.parents.get(parent)
        return parent

    def _content_of_table(self, table: Element) -> None:
        for child in table:
            if isinstance(child.tag, str):
                self._element(child)

    # Images, links

    def _image(self, element: Element) -> None:
        address = element.get("src") or ""
        if not address:
            return
        self.words.append(" ")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), unquote(address)))
        data = _embedded(address) if address.startswith("data:") else self.pages.files.get(path, b"")
        name = path if not address.startswith("data:") else ""
        self.images.append(
            SourceImage(hashlib.sha256(data).hexdigest() if data else "", name, alt=element.get("alt") or "")
        )

    def _link(self, element: Element) -> None:
        address = element.get("href") or ""
        if urlsplit(address).scheme.lower() in _SCHEMES and (text_of(element).strip() or len(element)):
            self.links.append(address)


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
