"""HTML and XHTML: calls and notes by their ARIA roles (DPUB-ARIA 1.1) or EPUB types, in any file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree, html

from publish.mathematics.linear import of_mathml
from publish.verify.extract import UnreadableError
from publish.verify.observation import Call, Edition, Note, Reference, apart, tail

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS = "{http://www.idpf.org/2007/ops}"
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that do not set words apart; any other does."""

SILENT = frozenset({"head", "nav", "script", "style", "template", "title"})
"""Elements without words of the text: a `nav` repeats headings, or leads to other files."""

_CALL = ({"doc-noteref"}, {"noteref"})
_NOTE = ({"doc-footnote", "doc-endnote"}, {"footnote", "endnote", "rearnote"})
_ENDNOTES = ({"doc-endnotes"}, {"endnotes", "rearnotes"})
_BACK = ({"doc-backlink"}, {"backlink"})


def extract(data: bytes, path: str) -> Edition:
    """Read one HTML page."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"not HTML: {error}") from None
    pages = Pages(lambda _page, href: ("", href[1:]) if href.startswith("#") else None)
    pages.look_ahead("", root)
    pages.add("", root)
    return pages.edition("html", path)


class Pages:
    """Gathers what one or more pages hold, in reading order."""

    def __init__(self, resolve: Callable[[str, str], tuple[str, str] | None]) -> None:
        self.resolve = resolve
        """From a page and an href to a page and an id; None for an address outside the publication."""
        self.ids: dict[tuple[str, str], Element] = {}
        self.out: list[str] = []
        self.links: list[str] = []
        self.calls: list[tuple[str, tuple[str, str] | None, str, int]] = []
        self.call_ids: dict[tuple[str, str], int] = {}
        self.notes: list[_Open] = []
        self.note_ids: dict[tuple[str, str], int] = {}
        self.open: list[int] = []
        self.called: set[tuple[str, str]] = set()
        """What calls lead to: a note, whatever its element says of itself."""
        self.kinds: list[str] = []
        """Around the place that is being read, the kinds of notes that sections announce."""
        self.references: list[tuple[str, tuple[str, str], int]] = []

    def look_ahead(self, page: str, root: Element) -> None:
        """Remember where the calls of a page lead, before any page is read."""
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
        tag = etree.QName(element).localname
        if tag in SILENT or "doc-toc" in (element.get("role") or "").split():
            return
        if _is(element, _CALL) and element.get("href") is not None:
            self._call(page, element)
        elif self._is_note(page, element):
            self._note(page, element, tag)
        elif _is(element, _BACK) and self.open:
            self._back(page, element)
        elif tag == "math":
            self._text(apart(of_mathml(element)))
        elif "call-separator" in (element.get("class") or "").split():
            pass
        else:
            self._plain(page, element, tag)

    def _is_note(self, page: str, element: Element) -> bool:
        if _is(element, _NOTE):
            return not self._is_group(element)
        name = element.get("id")
        return bool(name) and (page, name) in self.called and (page, name) not in self.note_ids

    def _note(self, page: str, element: Element, tag: str) -> None:
        self.note_ids[page, element.get("id") or ""] = len(self.notes)
        note = _Open(self.kinds[-1] if self.kinds else "foot")
        if tag == "li" and (parent := element.getparent()) is not None:
            # Browsers number the items of a list; a note that shows no label of its own has that number.
            items = [item for item in parent if isinstance(item.tag, str)]
            note.counted = str(int(parent.get("start") or 1) + items.index(element))
        if "table-note" in (element.get("class") or "").split():
            note.kind = "table"
        self.open.append(len(self.notes))
        self.notes.append(note)
        self._children(page, element)
        self.open.pop()

    @staticmethod
    def _is_group(element: Element) -> bool:
        return "footnotes" in (element.get(f"{OPS}type") or element.get("epub:type") or "").split()

    def _plain(self, page: str, element: Element, tag: str) -> None:
        block = tag not in INLINE
        if block:
            self._text(" ")
        href = element.get("href") if tag == "a" else None
        target = self.resolve(page, href) if href else None
        if href and target is None:
            (self.notes[self.open[-1]].links if self.open else self.links).append(href)
        elif target in self.called and target is not None:
            text = "".join(map(str, element.itertext())).strip()
            self.references.append((text, target, self.open[-1] if self.open else -1))
        announces = _is(element, _ENDNOTES)
        if announces:
            self.kinds.append("end")
        if element.get("id"):
            self.ids[page, element.get("id") or ""] = element
        self._children(page, element)
        if announces:
            self.kinds.pop()
        if block:
            self._text(" ")

    def _children(self, page: str, element: Element) -> None:
        self._text(element.text or "")
        for child in element:
            self._visit(page, child)
            self._text(child.tail or "")

    def _text(self, text: str) -> None:
        (self.notes[self.open[-1]].out if self.open else self.out).append(text)

    def _call(self, page: str, element: Element) -> None:
        label = "".join(map(str, element.itertext())).strip()
        out = self.notes[self.open[-1]].out if self.open else self.out
        target = self.resolve(page, element.get("href") or "")
        self.call_ids[page, element.get("id") or ""] = len(self.calls)
        self.calls.append((label, target, tail(out), self.open[-1] if self.open else -1))

    def _back(self, page: str, element: Element) -> None:
        note = self.notes[self.open[-1]]
        text = "".join(map(str, element.itertext())).strip()
        target = self.resolve(page, element.get("href") or "")
        if target is not None:
            note.backs.append(target)
        if not note.label and not text.startswith(("↑", "↩")):
            note.label = text
        elif not text.startswith(("↑", "↩")):
            note.out.append(text)

    def edition(self, kind: str, path: str) -> Edition:
        """All that was gathered."""
        notes = tuple(
            Note(
                note.label or note.counted,
                "".join(note.out),
                tuple(self.call_ids[b] for b in note.backs if b in self.call_ids),
                tuple(note.links),
                kind=note.kind,
            )
            for note in self.notes
        )
        calls = tuple(
            Call(label, self.note_ids.get(target, -1) if target else -1, before, within)
            for label, target, before, within in self.calls
        )
        references = tuple(
            Reference(label, self.note_ids[target], within)
            for label, target, within in self.references
            if target in self.note_ids
        )
        text = "".join(self.out)
        return Edition(kind, path, notes, calls, text, tuple(self.links), references=references)


class _Open:
    """A note in the making."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.label = ""
        self.counted = ""
        """The number that a browser gives it, where it is an item of a numbered list."""
        self.out: list[str] = []
        self.backs: list[tuple[str, str]] = []
        self.links: list[str] = []


def _is(element: Element, kind: tuple[set[str], set[str]]) -> bool:
    roles, types = kind
    if roles & set((element.get("role") or "").split()):
        return True
    return bool(types & set((element.get(f"{OPS}type") or element.get("epub:type") or "").split()))
