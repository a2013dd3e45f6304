"""Census of Akoma Ntoso (OASIS LegalDocML 1.0, part 2), with the XML parser of Python's standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from publish.census.collector import WITHOUT_HEADINGS, Element, XmlCounter, local, rows_of, width_of
from publish.census.numbers import item_number
from publish.census.types import BULLET, Census, SourceFile, SourceImage

INLINES = frozenset(
    [
        "a",
        "abbr",
        "affectedDocument",
        "argument",
        "b",
        "br",
        "caption",
        "change",
        "concept",
        "courtType",
        "date",
        "decoration",
        "def",
        "del",
        "docCommittee",
        "docDate",
        "docIntroducer",
        "docJurisdiction",
        "docNumber",
        "docProponent",
        "docPurpose",
        "docStage",
        "docStatus",
        "docTitle",
        "docType",
        "docketNumber",
        "embeddedText",
        "entity",
        "event",
        "fillIn",
        "i",
        "inline",
        "ins",
        "judge",
        "lawyer",
        "legislature",
        "location",
        "mmod",
        "mod",
        "mref",
        "neutralCitation",
        "noteRef",
        "object",
        "omissis",
        "opinion",
        "organization",
        "outcome",
        "party",
        "person",
        "placeholder",
        "process",
        "quantity",
        "quotedText",
        "recordedTime",
        "ref",
        "relatedDocument",
        "remark",
        "rmod",
        "role",
        "rref",
        "session",
        "shortTitle",
        "signature",
        "span",
        "sub",
        "sup",
        "term",
        "time",
        "u",
        "vote",
        "img",
        "authorialNote",
        "eol",
        "eop",
    ]
)
"""Elements within a line; all others begin a line of their own."""

TITLES = frozenset({"heading", "subheading", "crossHeading"})
SILENT = frozenset({"meta", "eol", "eop", "script", "style", "iframe", "object", "embed", "form"})
AROUND = {"parenthesis": "{})", "parentheses": "({})"}
"""Characters around the number of an item, by class of its list (docs/akoma-ntoso.md)."""

FORMATS = frozenset({"lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})
MAIN = "main.xml"
"""Name of the main document of a package."""

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def take(source: SourceFile) -> Census:
    """Count the text of a document, with its notes.

    Raises:
        ValueError: if the file contains no document.
    """
    main, *others = (ET.fromstring(data) for data in _members(source.data))  # noqa: S314 - expat limits entities
    counter = _Counter(main, {_work(other): other for other in others})
    counter.children(main)
    return counter.out.census("akn", WITHOUT_HEADINGS, "xml.etree")


def _members(data: bytes) -> list[bytes]:
    """Return the documents of a package, with the main document first; a file that is no package is its own member.

    Raises:
        ValueError: if the package contains no document.
    """
    if not data.startswith(b"PK"):
        return [data]
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = sorted(archive.namelist(), key=lambda name: name != MAIN)
    contents = (archive.read(name) for name in names if name.endswith((".xml", ".akn")))
    found = [content for content in contents if b"akomaNtoso" in content[:4096]]
    if not found:
        raise ValueError("No document in the package")
    return found


def _work(root: Element) -> str:
    return next((e.get("value") or "" for e in root.iter() if local(e) == "FRBRuri"), "")


class _Counter(XmlCounter):
    def __init__(self, root: Element, others: Mapping[str, Element]) -> None:
        super().__init__()
        self.others = others
        """The other documents of a package, by the IRI of their work."""
        everywhere = [e for tree in (root, *others.values()) for e in tree.iter()]
        self.editorial = {e.get("eId") or "": e for e in everywhere if local(e) == "note"}
        self.authorial = {e.get("eId") or "": e for e in everywhere if local(e) == "authorialNote"}

    def element(self, element: Element, name: str) -> None:
        """Count an element."""
        if name in SILENT:
            return
        if name == "authorialNote":
            self._note(element)
        elif name == "noteRef":
            self._reference(element)
        elif name == "documentRef":
            other = self.others.get((element.get("href") or "").partition("/!")[0])
            if other is not None:
                self._block(other, local(other))
        elif name == "img":
            self.out.images.append(SourceImage("", element.get("src") or "", alt=element.get("alt") or ""))
            self.out.words.append(" ")
        elif name == "br":
            self.out.words.append(" ")
        elif element.tag == f"{MATHML}math":
            self._formula(element)
        elif name == "marker" and element.get("name") == "tab":
            self.out.words.append(" ")
        elif name in INLINES:
            self._inline(element, name)
        else:
            self._block(element, name)

    def _inline(self, element: Element, name: str) -> None:
        if name == "caption":
            self.out.end()
        if name in {"a", "ref"} and (element.get("href") or "").startswith(("http:", "https:", "mailto:")):
            self.out.links.append(element.get("href") or "")
        if element.get("class") == "math" and name == "span":
            self.out.words.append(" ")
            return
        self.children(element)
        if name == "caption":
            self.out.end()

    def _block(self, element: Element, name: str) -> None:
        if name == "num":
            self.out.end_item()
            self.out.label = (
                " ".join("".join(element.itertext()).split()) if not self._has_notes(element) else ""
            )
            if not self.out.label:
                self.children(element)
            return
        self.out.end()
        outer, self.out.heading = self.out.heading, name in TITLES
        if name == "table":
            self._table(element)
        elif name in {"ol", "ul"}:
            self._list(element)
        else:
            self.children(element)
        if name in TITLES:
            self.out.end()
        else:
            self.out.end_item() if any(local(c) == "num" for c in element) else self.out.end()
        self.out.heading = outer

    def _formula(self, element: Element) -> None:
        """Count the characters of a formula, unless it is also written in TeX: then it is a formula and not text."""
        tex = any(e.get("encoding") == "application/x-tex" for e in element.iter(f"{MATHML}annotation"))
        self.out.words.append(" " if tex else f" {''.join(element.itertext())} ")

    @staticmethod
    def _has_notes(element: Element) -> bool:
        return any(local(e) in {"authorialNote", "noteRef"} for e in element.iter())

    def _list(self, element: Element) -> None:
        classes = (element.get("class") or "").split()
        if "definition-list" in classes:
            self.children(element)
            return
        form = next((c for c in classes if c in FORMATS), "")
        around = next((AROUND[c] for c in classes if c in AROUND), "{}.")
        number = 1
        for item in element:
            if local(item) != "li":
                continue
            value = item.get("value") or ""
            number = int(value) if value.isdecimal() else number
            self.out.label = around.format(item_number(number, form)) if local(element) == "ol" else BULLET
            self.children(item)
            self.out.end_item()
            number += 1

    def _table(self, table: Element) -> None:
        begun = self.out.begin_table()
        self.children(table)
        rows = rows_of(table)
        self.out.end_table(begun, len(rows), width_of(rows))

    # Notes

    def _note(self, element: Element) -> None:
        key = element.get("eId") or str(id(element))
        aside = self.out.begin_note()
        self.children(element)
        self.out.end_note(key, element.get("marker") or "", aside)

    def _reference(self, element: Element) -> None:
        key = (element.get("href") or "").lstrip("#")
        if self.out.call(key):
            return
        note = self.editorial.get(key, self.authorial.get(key))
        if note is None:
            return
        aside = self.out.begin_note()
        self.children(note)
        self.out.end_note(key, element.get("marker") or note.get("marker") or "", aside)
