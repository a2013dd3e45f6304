"""Parsed file for the rules: its elements in order, the document of each element, and the target of each eId."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree
from msgspec import Struct

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML = "http://www.w3.org/XML/1998/namespace"
AKN = f"{{{NAMESPACE}}}"

DOCUMENTS = frozenset(
    [
        "act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection",
        "judgment", "officialGazette", "portion", "statement",
    ]
)  # fmt: skip
"""Elements that are a document: each has separate metadata and identifiers."""

TEXT_BLOCKS = frozenset({"p", "heading", "subheading", "num", "from", "li", "td", "th", "block"})
"""Elements that contain running text."""


class Fault(Struct, frozen=True):
    """One violation of a rule."""

    code: str
    message: str
    line: int = 0
    note: str = ""
    """The marker of the note that the violation concerns."""


class Tree:
    """The elements of a file."""

    def __init__(self, root: Element, *, continues: bool = False) -> None:
        self.root = root
        self.continues = continues
        """Whether the file is a component of a package: its first note may have any number."""
        self.elements: list[Element] = [e for e in root.iter(etree.Element) if e.tag.startswith(AKN)]
        self.documents: list[Element] = [e for e in self.elements if local(e) in DOCUMENTS]
        self.owner: dict[Element, Element | None] = {}
        """The document element that contains an element; None for the root."""
        self.ids: dict[tuple[Element | None, str], Element] = {}
        """The first element with a given eId in a document."""
        self.first: dict[str, Element] = {}
        """The first element with a given eId in the file."""
        for element in self.elements:
            parent = element.getparent()
            above = self.owner.get(parent) if parent is not None else None
            self.owner[element] = element if local(element) in DOCUMENTS else above
            eid = element.get("eId")
            if eid:
                self.ids.setdefault((self.owner[element], eid), element)
                self.first.setdefault(eid, element)

    def named(self, *names: str) -> Iterator[Element]:
        """Return the elements with one of these names, in the order of the file."""
        wanted = frozenset(names)
        return (e for e in self.elements if local(e) in wanted)

    def target(self, element: Element, eid: str) -> Element | None:
        """Return the target of a local reference. Search the document of the element first, then the whole file."""
        return self.ids.get((self.owner[element], eid), self.first.get(eid))


def local(element: Element | None) -> str:
    """Return the name of an element without its namespace; empty for None and for a comment."""
    return str(etree.QName(element).localname) if element is not None and isinstance(element.tag, str) else ""


def inside(element: Element, *names: str) -> bool:
    """Return whether an element is within an element with one of these names."""
    wanted = frozenset(f"{AKN}{name}" for name in names)
    return any(above.tag in wanted for above in element.iterancestors())


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child on a path of names."""
    for name in path:
        element = element.find(AKN + name) if element is not None else None
    return element


def text(element: Element, without: frozenset[str] = frozenset()) -> str:
    """Return the text of an element, without the text of elements with the given names."""
    out = [element.text or ""]
    for inner in element:
        if isinstance(inner.tag, str) and local(inner) not in without:
            out.append(text(inner, without))
        out.append(inner.tail or "")
    return "".join(out)


def fault(code: str, message: str, element: Element, note: str = "") -> Fault:
    """Return a violation at an element."""
    eid = element.get("eId")
    where = f"<{local(element)}>" + (f" '{eid}'" if eid else "")
    return Fault(code, f"{where}: {message}", _line(element), note)


def _line(element: Element) -> int:
    line: int | None = cast("int | None", element.sourceline)
    return line or 0
