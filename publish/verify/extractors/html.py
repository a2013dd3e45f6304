"""HTML and XHTML: calls and notes by their ARIA roles (DPUB-ARIA 1.1) or EPUB types, in any file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree, html

from publish.formulas.linear import of_mathml
from publish.verify.extractors.observer import Observer
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation, apart

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS = "{http://www.idpf.org/2007/ops}"
INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
        "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
        "var", "wbr",
    ]
)  # fmt: skip
"""Elements that do not separate words; all other elements do."""

SILENT = frozenset({"head", "nav", "script", "style", "template", "title"})
"""Elements without document text: a `nav` repeats headings, or links to other files."""

_CALL = ({"doc-noteref"}, {"noteref"})
_NOTE = ({"doc-footnote", "doc-endnote"}, {"footnote", "endnote", "rearnote"})
_ENDNOTES = ({"doc-endnotes"}, {"endnotes", "rearnotes"})
_BACK = ({"doc-backlink"}, {"backlink"})


_PAGE_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)


def without_page_ends(data: bytes) -> bytes:
    """Return a page without the end tags of `html` and `body`: a browser shows what follows them, libxml2 drops it.

    Both end tags are optional (HTML, 13.1.2.4).
    """
    return _PAGE_END.sub(b"", data)


def extract(data: bytes, path: str) -> Observation:
    """Read one HTML page."""
    parser = html.HTMLParser(encoding="utf-8")
    try:
        root = html.document_fromstring(without_page_ends(data), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"Not HTML: {error}") from None
    for entry in parser.error_log:
        # The parser stops at its limits without an exception, but a browser shows the rest.
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise UnreadableError(f"Not read to its end: {entry.message}")
    pages = Pages(lambda _page, href: ("", href[1:]) if href.startswith("#") else None)
    pages.look_ahead("", root)
    pages.add("", root)
    return pages.observation("html", path)


class Pages:
    """Collector of the content of one or more pages, in reading order."""

    def __init__(self, resolve: Callable[[str, str], tuple[str, str] | None]) -> None:
        self.resolve = resolve
        """Maps a page and an href to a page and an id; None for an address outside the publication."""
        self.seen = Observer()
        self.called: set[tuple[str, str]] = set()
        """Targets of calls. A target is a note, whatever role its element has."""
        self.kinds: list[str] = []
        """The types of notes that the enclosing sections announce at the current position."""

    def look_ahead(self, page: str, root: Element) -> None:
        """Record the targets of the calls of a page, before any page is read."""
        for element in root.iter("{*}a", "a"):
            target = self.resolve(page, element.get("href") or "") if _is(element, _CALL) else None
            if target is not None:
                self.called.add(target)

    def add(self, page: str, root: Element) -> None:
        """Read one page."""
        self._visit(page, root)

    def _visit(self, page: str, element: Element) -> None:
        if not isinstance(element.tag, str):  # a comment or processing instruction
            return  # type: ignore[unreachable]
        tag = str(element.tag).rpartition("}")[2]  # HTML can contain names that are no XML names
        if tag in SILENT:
            return
        if _is(element, _CALL) and element.get("href") is not None:
            self._call(page, element)
        elif self._is_note(page, element):
            self._note(page, element, tag)
        elif _is(element, _BACK) and self.seen.flow.index >= 0:
            self._back(page, element)
        elif tag == "math":
            self.seen.text(apart(of_mathml(element)))
        elif "call-separator" in (element.get("class") or "").split() and not _has_words(element):
            pass
        else:
            self._plain(page, element, tag)

    def _is_note(self, page: str, element: Element) -> bool:
        if _is(element, _NOTE):
            return not self._is_group(element)
        name = element.get("id")
        return bool(name) and (page, name) in self.called and (page, name) not in self.seen.note_keys

    def _note(self, page: str, element: Element, tag: str) -> None:
        is_of_table = "table-note" in (element.get("class") or "").split()
        kind = "table" if is_of_table else self.kinds[-1] if self.kinds else "foot"
        with self.seen.note((page, element.get("id") or ""), kind=kind) as note:
            self._children(page, element)
        if not note.label and tag == "li" and (parent := element.getparent()) is not None:
            # Browsers number the items of a list; a note without a visible label has that number.
            items = [item for item in parent if isinstance(item.tag, str)]
            note.label = str(int(parent.get("start") or 1) + items.index(element))

    @staticmethod
    def _is_group(element: Element) -> bool:
        return "footnotes" in (element.get(f"{OPS}type") or element.get("epub:type") or "").split()

    def _plain(self, page: str, element: Element, tag: str) -> None:
        block = tag not in INLINE
        if block:
            self.seen.text(" ")
        href = element.get("href") if tag == "a" else None
        target = self.resolve(page, href) if href else None
        if href and target is None:
            self.seen.link(href)
        elif target in self.called and target is not None:
            text = "".join(map(str, element.itertext())).strip()
            self.seen.reference(text, target)
        announces = _is(element, _ENDNOTES)
        if announces:
            self.kinds.append("end")
        self._children(page, element)
        if announces:
            self.kinds.pop()
        if block:
            self.seen.text(" ")

    def _children(self, page: str, element: Element) -> None:
        self.seen.text(element.text or "")
        for child in element:
            self._visit(page, child)
            self.seen.text(child.tail or "")

    def _call(self, page: str, element: Element) -> None:
        label = "".join(map(str, element.itertext())).strip()
        target = self.resolve(page, element.get("href") or "")
        self.seen.call(label, target, (page, element.get("id") or ""))

    def _back(self, page: str, element: Element) -> None:
        note = self.seen.flow
        text = "".join(map(str, element.itertext())).strip()
        target = self.resolve(page, element.get("href") or "")
        if target is not None:
            self.seen.backlink(target)
        if text.startswith(("↑", "↩")):
            return
        if note.label:
            self.seen.text(text)
        else:
            note.label = text

    def observation(self, form: str, path: str) -> Observation:
        """Return the observation of all pages."""
        return self.seen.finish(form, path)


def _has_words(element: Element) -> bool:
    return any(character.isalnum() for text in element.itertext() for character in str(text))


def _is(element: Element, kind: tuple[set[str], set[str]]) -> bool:
    roles, types = kind
    if roles & set((element.get("role") or "").split()):
        return True
    return bool(types & set((element.get(f"{OPS}type") or element.get("epub:type") or "").split()))
