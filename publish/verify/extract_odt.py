"""OpenDocument text: a note stands at its call, with the citation that is printed (ODF 1.3, part 3, 6.3).

Where notes are text with links, as our tree has them when a counter would be wrong, a call is a raised link to a bookmark.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from publish.mathematics.linear import of_mathml
from publish.mathematics.names import MML
from publish.verify.extract import UnreadableError
from publish.verify.extract_epub import MAX_UNPACKED
from publish.verify.observation import Call, Edition, Note, apart, tail

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

APART = frozenset({"p", "h", "list-item", "table-cell", "section"})
SILENT = frozenset({"sequence-decls", "note-citation"})


def extract(data: bytes, path: str) -> Edition:
    """Read an OpenDocument text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableError("unpacks to more than 200 MB")
            root = etree.fromstring(archive.read("content.xml"), parser)
            formulas = {
                name.removesuffix("/content.xml"): etree.fromstring(archive.read(name), parser)
                for name in archive.namelist()
                if name.startswith("Formula-") and name.endswith("/content.xml")
            }
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"not an OpenDocument text: {error}") from None
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("it holds no text")
    reader = _Reader(body, formulas)
    reader.children(body)
    return reader.edition(path)


class _Reader:
    def __init__(self, body: Element, formulas: dict[str, Element]) -> None:
        self.formulas = formulas
        self.out: list[str] = []
        self.links: list[str] = []
        self.notes: list[Note] = []
        self.calls: list[tuple[str, int | str, str, int]] = []
        self.within = -1
        self.after_call = 0
        """How many pieces of text there were after the last call."""
        targets = {
            a.get(XLINK + "href", "")[1:]
            for a in body.iter(TEXT + "a")
            if a.get(XLINK + "href", "").startswith("#")
        }
        sections = {section.get(TEXT + "name", "") for section in body.iter(TEXT + "section")}
        self.sections = targets & sections
        """The names of sections that are notes: links lead to them."""
        self.indexes: dict[str, int] = {}
        self.head: Element | None = None
        """The link at the head of the note that is being read: its label, and the way back."""

    def children(self, element: Element) -> None:
        self.out.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child)
            self.out.append(child.tail or "")

    def _visit(self, element: Element) -> None:
        name = etree.QName(element).localname
        if element.tag == TEXT + "note":
            self._native(element)
        elif element.tag == TEXT + "section" and element.get(TEXT + "name") in self.sections:
            self._section(element)
        elif name in SILENT or element.tag in {SVG + "title", SVG + "desc"} or element is self.head:
            return
        elif (
            name == "object"
            and (formula := self.formulas.get(element.get(XLINK + "href", "").strip("/"))) is not None
        ):
            math = formula if formula.tag == f"{MML}math" else next(formula.iter(f"{MML}math"), None)
            if math is not None:
                self.out.append(apart(of_mathml(math)))
        elif element.tag in {TEXT + "s", TEXT + "tab", TEXT + "line-break"}:
            self.out.append(" ")
        elif element.tag == TEXT + "a" and element.get(XLINK + "href", "")[1:] in self.sections:
            self._call("".join(map(str, element.itertext())), element.get(XLINK + "href", "")[1:])
        else:
            if name in APART:
                self.out.append(" ")
            if element.tag == TEXT + "a" and not (href := element.get(XLINK + "href", "")).startswith("#"):
                self.links.append(href)
            self.children(element)
            if name in APART:
                self.out.append(" ")

    def _call(self, label: str, target: int | str) -> None:
        if self.calls and "".join(self.out[self.after_call :]).strip() == ",":
            del self.out[self.after_call :]  # what sets two calls apart
        self.calls.append((label, target, tail(self.out), self.within))
        self.after_call = len(self.out)

    def _native(self, element: Element) -> None:
        citation = element.find(TEXT + "note-citation")
        label = (citation.text or "") if citation is not None else ""
        self._call(label, len(self.notes))
        kind = "end" if element.get(TEXT + "note-class") == "endnote" else "foot"
        body = element.find(TEXT + "note-body")
        self._note(body if body is not None else element, label, kind)

    def _section(self, element: Element) -> None:
        outer, self.head = self.head, next(element.iter(TEXT + "a"), None)
        self.indexes[element.get(TEXT + "name", "")] = len(self.notes)
        label = "".join(map(str, self.head.itertext())) if self.head is not None else ""
        self._note(element, label, "")
        self.head = outer

    def _note(self, element: Element, label: str, kind: str) -> None:
        index = len(self.notes)
        self.notes.append(Note(label, ""))
        outer = self.out, self.links, self.within, self.after_call
        self.out, self.links, self.within, self.after_call = [], [], index, 0
        self.children(element)
        self.notes[index] = Note(label, "".join(self.out), (), tuple(self.links), kind=kind)
        self.out, self.links, self.within, self.after_call = outer

    def edition(self, path: str) -> Edition:
        calls = tuple(
            Call(label, self.indexes.get(target, -1) if isinstance(target, str) else target, before, within)
            for label, target, before, within in self.calls
        )
        return Edition(
            "odt", path, tuple(self.notes), calls, "".join(self.out), tuple(self.links), backs="none"
        )
