"""Akoma Ntoso: a note stands at its call, so call and note are one element; `noteRef` is a further call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from publish.mathematics.linear import of_mathml
from publish.mathematics.names import MML
from publish.places import place
from publish.verify.akomantoso import package
from publish.verify.extract import UnreadableError
from publish.verify.observation import Call, Edition, Note, Reference, apart, tail

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
INLINE = frozenset(
    [
        "a",
        "abbr",
        "affectedDocument",
        "argument",
        "b",
        "concept",
        "date",
        "def",
        "del",
        "docAuthority",
        "docCommittee",
        "docDate",
        "docIntroducer",
        "docJurisdiction",
        "docketNumber",
        "docNumber",
        "docProponent",
        "docPurpose",
        "docStage",
        "docStatus",
        "docTitle",
        "docType",
        "entity",
        "eol",
        "eop",
        "event",
        "fillIn",
        "i",
        "img",
        "inline",
        "ins",
        "judge",
        "lawyer",
        "legislature",
        "location",
        "marker",
        "mod",
        "mmod",
        "rmod",
        "mref",
        "neutralCitation",
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
        "ref",
        "relatedDocument",
        "remark",
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
    ]
)
"""Inline elements of the schema; any other sets words apart."""


def extract(data: bytes, path: str) -> Edition:
    """Read an Akoma Ntoso file, or a package of them."""
    folder = place(path).parent
    if not package.is_package(data):
        return _read(_root(data), {}, lambda address: (folder / address).is_file()).edition(path)
    try:
        files, names = package.members(data)
    except package.DamagedError as error:
        raise UnreadableError(str(error)) from None
    main, *others = (_root(member) for member in files.values())
    works = {_work(other): other for other in others}
    return _read(main, works, names.__contains__).edition(path)


def _root(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"not XML: {error}") from None
    name = etree.QName(root)
    if name.localname != "akomaNtoso":
        raise UnreadableError(f"the root is <{name.localname}>, not <akomaNtoso>")
    if name.namespace != NAMESPACE:
        raise UnreadableError(f"the namespace is {name.namespace}, not that of Akoma Ntoso 3.0")
    return root


def _fragment(reference: str) -> str:
    """The eId that a reference ends in, within the file or, in a package, within another."""
    return reference.rpartition("~")[2] if reference.startswith("/akn/") else reference.removeprefix("#")


def _work(root: Element) -> str:
    uri = root.find(f".//{{{NAMESPACE}}}FRBRWork/{{{NAMESPACE}}}FRBRuri")
    return str(uri.get("value", "")) if uri is not None else ""


def _read(root: Element, works: Mapping[str, Element], is_there: Callable[[str], bool]) -> _Reader:
    reader = _Reader(works, is_there)
    for note in root.iter(f"{{{NAMESPACE}}}note"):
        reader.editorial[note.get("eId") or ""] = note
    reader.visit(root)
    return reader


class _Open:
    def __init__(self, label: str, kind: str) -> None:
        self.label = label
        self.kind = kind
        self.out: list[str] = []
        self.links: list[str] = []


class _Reader:
    def __init__(self, works: Mapping[str, Element], is_there: Callable[[str], bool]) -> None:
        self.works = works
        """The other files of a package, by the IRI of their work."""
        self.is_there = is_there
        """Whether a picture stands beside the file, or in the package."""
        self.out: list[str] = []
        self.links: list[str] = []
        self.notes: list[_Open] = []
        self.ids: dict[str, int] = {}
        self.calls: list[tuple[str, str, str, int]] = []
        self.open: list[int] = []
        self.references: list[tuple[str, str, int]] = []
        self.editorial: dict[str, Element] = {}
        """Notes of editors, which stand in the metadata."""

    def visit(self, element: Element) -> None:
        if not isinstance(element.tag, str):  # a comment or processing instruction
            return  # type: ignore[unreachable]
        tag = etree.QName(element).localname
        if tag == "meta":
            return
        if element.tag == f"{MML}math":
            self._text(apart(of_mathml(element)))
        elif tag == "authorialNote":
            self._note(element)
        elif tag == "noteRef":
            self._again(element)
        elif tag == "documentRef":
            other = self.works.get((element.get("href") or "").partition("/!")[0])
            if other is not None:
                self.visit(other)
        elif tag == "img" and not self._is_shown(element.get("src") or ""):
            # A picture that is not in the file: what stands for it elsewhere is what is said of it.
            self._text(f"[{element.get('alt') or element.get('src') or ''}]")
        else:
            block = tag not in INLINE
            if block:
                self._text(" ")
            href = element.get("href") or ""
            if tag == "ref" and href.startswith("#"):
                text = "".join(map(str, element.itertext()))
                self.references.append((text, href[1:], self.open[-1] if self.open else -1))
            if (tag == "a" and href) or (tag == "ref" and "://" in href):
                (self.notes[self.open[-1]].links if self.open else self.links).append(href)
            self._children(element)
            if block:
                self._text(" ")

    def _is_shown(self, address: str) -> bool:
        return address.startswith("data:") or ("://" not in address and self.is_there(address))

    def _children(self, element: Element) -> None:
        self._text(element.text or "")
        for child in element:
            self.visit(child)
            self._text(child.tail or "")

    def _text(self, text: str) -> None:
        (self.notes[self.open[-1]].out if self.open else self.out).append(text)

    def _call(self, label: str, target: str) -> None:
        out = self.notes[self.open[-1]].out if self.open else self.out
        self.calls.append((label, target, tail(out), self.open[-1] if self.open else -1))

    def _again(self, element: Element) -> None:
        """A further call, or the first one of an editor's note."""
        label, target = element.get("marker") or "", _fragment(element.get("href") or "")
        self._call(label, target)
        note = self.editorial.get(target)
        if note is not None and target not in self.ids:
            self.ids[target] = len(self.notes)
            self.open.append(len(self.notes))
            self.notes.append(_Open(label, "foot"))
            self._children(note)
            self.open.pop()

    def _note(self, element: Element) -> None:
        label = element.get("marker") or ""
        eid = element.get("eId") or f"note {len(self.notes)}"
        classes = (element.get("class") or "").split()
        if "nested" not in classes:
            self._call(label, eid)
        self.ids[eid] = len(self.notes)
        self.open.append(len(self.notes))
        kind = "end" if "endnote" in classes else "table" if "table-note" in classes else "foot"
        self.notes.append(_Open(label, kind))
        self._children(element)
        self.open.pop()

    def edition(self, path: str) -> Edition:
        notes = tuple(Note(n.label, "".join(n.out), (), tuple(n.links), kind=n.kind) for n in self.notes)
        calls = tuple(
            Call(label, self.ids.get(target, -1), before, within)
            for label, target, before, within in self.calls
        )
        references = tuple(
            Reference(label, self.ids[target], within)
            for label, target, within in self.references
            if target in self.ids
        )
        text = "".join(self.out)
        return Edition(
            "akn", path, notes, calls, text, tuple(self.links), references=references, backs="none"
        )
