"""officiele-publicatie: a note is at its call, so call and note are one element; `nootref` is a further call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.verify.extractors.observer import Observer
from publish.verify.extractors.unreadable import UnreadableError
from publish.verify.observation import Observation
from publish.xml_parsers import closed_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INLINE = frozenset(
    [
        "nadruk", "extref", "intref", "sup", "inf", "naam", "voornaam", "achternaam", "politiek",
        "organisatie", "datum", "functie", "kamervraagonderwerp", "illustratie",
    ]
)  # fmt: skip
"""Inline elements; all other elements separate words."""

_NUMBER = re.compile(r"\(?(?:\d+|[a-z]{1,3}|[A-Z]{1,3}|[ivxlcdm]+|[IVXLCDM]+)[.)]|[–•-]")
"""List numbers that other formats generate and that are not part of the text."""

_ADDRESS = {
    "document": "https://zoek.officielebekendmakingen.nl/{}.html",
    "jci": "https://wetten.overheid.nl/{}",
}


def extract(data: bytes, path: str) -> Observation:
    """Read a file in KOOP's schema."""
    parser = closed_parser(huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"Not XML: {error}") from None
    if root.tag != "officiele-publicatie":
        raise UnreadableError(f"Root element is <{root.tag}>, not <officiele-publicatie>")
    reader = _Reader()
    reader.visit(root)
    return reader.observation(path)


class _Reader:
    def __init__(self) -> None:
        self.seen = Observer()

    def visit(self, element: Element) -> None:
        tag = str(element.tag)
        if not isinstance(element.tag, str) or tag in {"metadata", "noot.nr"}:
            return
        if tag == "noot":
            self._note(element)
            return
        if tag == "nootref":
            self.seen.call("".join(map(str, element.itertext())), element.get("refid", ""))
            return
        if tag == "li.nr" and _NUMBER.fullmatch(element.text or ""):
            return
        apart = " " if tag not in INLINE else ""
        self.seen.text(apart)
        if tag == "extref" and (doc := element.get("doc", "")):
            kind = "jci" if doc.startswith("jci") else element.get("soort", "URL")
            self.seen.link(_ADDRESS.get(kind, "{}").format(doc))
        self._children(element)
        self.seen.text(apart)

    def _children(self, element: Element) -> None:
        self.seen.text(element.text or "")
        for child in element:
            self.visit(child)
            self.seen.text(child.tail or "")

    def _note(self, element: Element) -> None:
        number = element.find("noot.nr")
        label = (number.text or "") if number is not None else ""
        name = element.get("id", f"note {len(self.seen.notes) + 1}")
        # A note that is called within the previous note follows that note without a separate call.
        inner = any(x.get("refid") == name for x in _notes_before(element))
        if not inner:
            self.seen.call(label, name)
        with self.seen.note(name, label, "table" if element.get("type") == "tabel" else ""):
            self._children(element)

    def observation(self, path: str) -> Observation:
        return self.seen.finish("op", path, backlinks="none")


def _notes_before(element: Element) -> list[Element]:
    """Return the calls within the notes directly before this one."""
    out: list[Element] = []
    previous = element.getprevious()
    while previous is not None and previous.tag == "noot" and not (previous.tail or "").strip():
        out += previous.iter("nootref")
        previous = previous.getprevious()
    return out
