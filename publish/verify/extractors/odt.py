"""OpenDocument text: a note is at its call, with the printed citation (ODF 1.3, part 3, 6.3).

A further call of a note is a raised reference to it. A note that OpenDocument cannot contain, such as a note within a note,
is a section; its calls are raised links to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from publish.census.odt.census import take
from publish.census.types import SourceFile
from publish.formulas.linear import of_mathml
from publish.formulas.names import MML
from publish.verify.extractors.observer import Observer
from publish.verify.extractors.unreadable import MAX_UNPACKED, UnreadableError
from publish.verify.observation import Observation, apart
from publish.xml_parsers import closed_parser
from publish.zip_files import DAMAGED, ArchiveError, opened

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

RAISED = frozenset({"Footnote_20_anchor", "Endnote_20_anchor"})
"""Character styles of calls."""

GENERATED = "Page_20_Reference"
"""Character style of the pages of references, which are not text of the document."""

APART = frozenset({"p", "h", "list-item", "table-cell", "section"})
SILENT = frozenset({"sequence-decls", "note-citation", "table-of-content"})


def extract(data: bytes, path: str) -> Observation:
    """Read an OpenDocument text."""
    parser = closed_parser(huge_tree=True)
    try:
        with opened(data, MAX_UNPACKED) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser)
            formulas = {
                name.removesuffix("/content.xml"): etree.fromstring(archive.read(name), parser)
                for name in archive.namelist()
                if name.endswith("/content.xml")
            }
    except (ArchiveError, etree.XMLSyntaxError, *DAMAGED) as error:
        raise UnreadableError(f"Not an OpenDocument text document: {error}") from None
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("No text in the file")
    reader = _Reader(root, body, formulas, _displayed(data, path))
    reader.children(body)
    return reader.observation(path)


def _displayed(data: bytes, path: str) -> Iterator[str]:
    """Yield the label that LibreOffice displays for each note of the file; empty if its pages give it.

    LibreOffice counts the notes when it opens a file, whatever the printed citations are.
    """
    try:
        yield from (note.label for note in take(SourceFile(path, data, "odt")).notes)
    except (SyntaxError, *DAMAGED) as error:
        raise UnreadableError(f"Not an OpenDocument text document: {error}") from None


class _Reader:
    def __init__(
        self, root: Element, body: Element, formulas: dict[str, Element], displayed: Iterator[str]
    ) -> None:
        self.formulas = formulas
        self.displayed = displayed
        self.labels = {
            style.get(STYLE + "name", ""): style[0].get(STYLE + "num-prefix", "")
            for style in root.iter(TEXT + "list-style")
            if len(style) and style[0].get(STYLE + "num-format") == ""
        }
        """Label of each list style that shows no number: the label is text."""
        self.raised = False
        """Whether the current text has the style of calls."""
        self.seen = Observer()
        targets = {
            a.get(XLINK + "href", "")[1:]
            for a in body.iter(TEXT + "a")
            if a.get(XLINK + "href", "").startswith("#")
        }
        sections = {section.get(TEXT + "name", "") for section in body.iter(TEXT + "section")}
        self.sections = targets & sections
        """The names of sections that are notes, because links point to them."""
        self.head: Element | None = None
        """The link at the start of the note that is being read: its label and backlink."""

    def children(self, element: Element) -> None:
        self.seen.text(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child)
            self.seen.text(child.tail or "")

    def _visit(self, element: Element) -> None:
        name = etree.QName(element).localname
        if element.tag == TEXT + "note":
            self._native(element)
        elif element.tag == TEXT + "section" and element.get(TEXT + "name") in self.sections:
            self._section(element)
        elif name in SILENT or element.tag in {SVG + "title", SVG + "desc"} or element is self.head:
            return
        elif element.tag == TEXT + "span":
            self._span(element)
        elif element.tag == TEXT + "note-ref":
            self._reference(element)
        elif element.tag == TEXT + "list-item":
            self.seen.text(f" {self.labels.get(element.get(TEXT + 'style-override', ''), '')} ")
            self.children(element)
            self.seen.text(" ")
        elif name == "object" and (formula := self._formula(element)) is not None:
            math = formula if formula.tag == f"{MML}math" else next(formula.iter(f"{MML}math"), None)
            if math is not None:
                self.seen.text(apart(of_mathml(math)))
        elif element.tag in {TEXT + "s", TEXT + "tab", TEXT + "line-break"}:
            self.seen.text(" ")
        elif element.tag == TEXT + "a" and element.get(XLINK + "href", "")[1:] in self.sections:
            self._link(element)
        else:
            if name in APART:
                self.seen.text(" ")
            if element.tag == TEXT + "a" and not (href := element.get(XLINK + "href", "")).startswith("#"):
                self.seen.link(href)
            self.children(element)
            if name in APART:
                self.seen.text(" ")

    def _formula(self, element: Element) -> Element | None:
        return self.formulas.get(element.get(XLINK + "href", "").removeprefix("./").strip("/"))

    def _span(self, element: Element) -> None:
        style = element.get(TEXT + "style-name", "")
        separates = style in RAISED and "".join(map(str, element.itertext())).strip() == ","
        if style == GENERATED or separates:
            return  # the separator between two calls is no text of the document
        outer, self.raised = self.raised, self.raised or style in RAISED
        self.children(element)
        self.raised = outer

    def _link(self, element: Element) -> None:
        """Read a link to a section that is a note: a call if it is raised, else a reference."""
        label, target = "".join(map(str, element.itertext())), element.get(XLINK + "href", "")[1:]
        styles = {span.get(TEXT + "style-name") for span in element.iter(TEXT + "span")}
        if self.raised or styles & RAISED:
            self.seen.call(label, target)
        else:
            self.seen.reference(label, target)
            self.seen.text(label)

    def _reference(self, element: Element) -> None:
        """Read a reference to a native note: a further call if it is raised."""
        label, name = "".join(map(str, element.itertext())), element.get(TEXT + "ref-name", "")
        if self.raised:
            self.seen.call(label, name)
        else:
            self.seen.reference(label, name)
            self.seen.text(label)

    def _native(self, element: Element) -> None:
        citation = element.find(TEXT + "note-citation")
        label = (citation.text or "") if citation is not None else ""
        counted = next(self.displayed, "")
        if counted and counted != label:
            label = f"{label} ({counted} in LibreOffice)"
        key: int | str = element.get(TEXT + "id") or len(self.seen.notes)
        self.seen.call(label, key)
        kind = "end" if element.get(TEXT + "note-class") == "endnote" else "foot"
        body = element.find(TEXT + "note-body")
        self._note(key, body if body is not None else element, label, kind)

    def _section(self, element: Element) -> None:
        outer, self.head = self.head, next(element.iter(TEXT + "a"), None)
        label = "".join(map(str, self.head.itertext())) if self.head is not None else ""
        self._note(element.get(TEXT + "name", ""), element, label, "")
        self.head = outer

    def _note(self, key: int | str, element: Element, label: str, kind: str) -> None:
        outer, self.raised = self.raised, False
        with self.seen.note(key, label, kind):
            self.children(element)
        self.raised = outer

    def observation(self, path: str) -> Observation:
        return self.seen.finish("odt", path, backlinks="none")
