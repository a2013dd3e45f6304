"""Akoma Ntoso: a note is at its call, so call and note are one element; `noteRef` is a further call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from publish.formulas.linear import of_mathml
from publish.formulas.names import MML
from publish.storage import as_path
from publish.verify.akn import package
from publish.verify.extractors.observer import Observer
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation, apart
from publish.xml_parsers import closed_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
INLINE = frozenset(
    [
        "a", "abbr", "affectedDocument", "argument", "b", "concept", "date", "def", "del", "docAuthority",
        "docCommittee", "docDate", "docIntroducer", "docJurisdiction", "docketNumber", "docNumber",
        "docProponent", "docPurpose", "docStage", "docStatus", "docTitle", "docType", "entity", "eol",
        "eop", "event", "fillIn", "i", "img", "inline", "ins", "judge", "lawyer", "legislature", "location",
        "marker", "mod", "mmod", "rmod", "mref", "neutralCitation", "object", "omissis", "opinion",
        "organization", "outcome", "party", "person", "placeholder", "process", "quantity", "quotedText",
        "ref", "relatedDocument", "remark", "role", "rref", "session", "shortTitle", "signature", "span",
        "sub", "sup", "term", "time", "u", "vote",
    ]
)  # fmt: skip
"""Inline elements of the schema; all other elements separate words."""


def extract(data: bytes, path: str) -> Observation:
    """Read an Akoma Ntoso file or package."""
    folder = as_path(path).parent
    if not package.is_package(data):
        return _read(_root(data), {}, lambda address: (folder / unquote(address)).is_file()).observation(path)
    try:
        files, names = package.members(data)
    except package.DamagedError as error:
        raise UnreadableError(str(error)) from None
    main, *others = (_root(member) for member in files.values())
    works = {_work(other): other for other in others}
    return _read(main, works, lambda address: unquote(address) in names).observation(path)


def _root(data: bytes) -> Element:
    parser = closed_parser(collect_ids=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"Not XML: {error}") from None
    name = etree.QName(root)
    if name.localname != "akomaNtoso":
        raise UnreadableError(f"Root element is <{name.localname}>, not <akomaNtoso>")
    if name.namespace != NAMESPACE:
        raise UnreadableError(f"Namespace is {name.namespace}, not the namespace of Akoma Ntoso 3.0")
    return root


def _fragment(reference: str) -> str:
    """Return the eId at the end of a reference, within the file or, in a package, within another file."""
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


class _Reader:
    def __init__(self, works: Mapping[str, Element], is_there: Callable[[str], bool]) -> None:
        self.works = works
        """The other files of a package, by the IRI of their work."""
        self.is_there = is_there
        """Whether an image is next to the file, or in the package."""
        self.seen = Observer()
        self.editorial: dict[str, Element] = {}
        """Editorial notes, which are in the metadata."""

    def visit(self, element: Element) -> None:
        if not isinstance(element.tag, str):  # a comment or processing instruction
            return  # type: ignore[unreachable]
        tag = etree.QName(element).localname
        if tag == "meta":
            return
        if element.tag == f"{MML}math":
            self.seen.text(apart(of_mathml(element)))
        elif tag == "authorialNote":
            self._note(element)
        elif tag == "noteRef":
            self._again(element)
        elif tag == "marker" and element.get("name") == "tab":
            self.seen.text(" ")
        elif tag == "documentRef":
            other = self.works.get((element.get("href") or "").partition("/!")[0])
            if other is not None:
                self.visit(other)
        elif tag == "img" and not self._is_shown(element.get("src") or ""):
            # The image is not in the file: other formats show its description instead.
            self.seen.text(f"[{element.get('alt') or element.get('src') or ''}]")
        else:
            block = tag not in INLINE
            if block:
                self.seen.text(" ")
            href = element.get("href") or ""
            if tag == "ref" and href.startswith("#"):
                text = "".join(map(str, element.itertext()))
                self.seen.reference(text, href[1:])
            if (tag == "a" and href) or (tag == "ref" and "://" in href):
                self.seen.link(href)
            self._children(element)
            if block:
                self.seen.text(" ")

    def _is_shown(self, address: str) -> bool:
        return address.startswith("data:") or ("://" not in address and self.is_there(address))

    def _children(self, element: Element) -> None:
        self.seen.text(element.text or "")
        for child in element:
            self.visit(child)
            self.seen.text(child.tail or "")

    def _again(self, element: Element) -> None:
        """Read a further call, or the first call of an editorial note."""
        label, target = element.get("marker") or "", _fragment(element.get("href") or "")
        self.seen.call(label, target)
        note = self.editorial.get(target)
        if note is not None and target not in self.seen.note_keys:
            with self.seen.note(target, label, "foot"):
                self._children(note)

    def _note(self, element: Element) -> None:
        label = element.get("marker") or ""
        eid = element.get("eId") or f"note {len(self.seen.notes)}"
        classes = (element.get("class") or "").split()
        if "nested" not in classes:
            self.seen.call(label, eid)
        kind = "end" if "endnote" in classes else "table" if "table-note" in classes else "foot"
        with self.seen.note(eid, label, kind):
            self._children(element)

    def observation(self, path: str) -> Observation:
        return self.seen.finish("akn", path, backlinks="none")
