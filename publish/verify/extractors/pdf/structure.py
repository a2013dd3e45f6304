"""The structure tree of a PDF (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from publish.verify.extractors.pdf.objects import Objects, is_reference, name, text
from publish.verify.extractors.unreadable import UnreadableError

INLINE = frozenset({"Span", "Em", "Strong", "Link", "Code", "Quote", "NonStruct"})
"""Structure types that do not separate words."""

NOTES = frozenset({"Note", "FENote"})
"""Structure types of a note, in PDF 1.7 and in PDF 2.0."""

MAX_DEPTH = 400
"""Maximum depth of the tree; a deeper tree contains itself."""


class Marked(Struct, frozen=True):
    """Marked content on a page."""

    page: int
    mcid: int


class Annotation(Struct, frozen=True):
    """An annotation, by its reference."""

    reference: str


class Element(Struct):
    """A structure element."""

    kind: str
    """Structure type, as written; empty for the root of the tree."""
    kids: list[Element | Marked | Annotation] = field(default_factory=list)
    attributes: dict[str, Any] = {}
    """Attributes of all owners (ISO 32000-1, 14.7.5)."""
    said: str = ""
    """Replacement text (ISO 32000-1, 14.9.4), or else alternate description (14.9.3)."""

    def elements(self) -> list[Element]:
        """Return the elements directly within this element."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def is_call(self, parent: str) -> bool:
        """Return whether an element other than a Reference is a call: a label in the text that is a link, or a raised link.

        Typst tags calls in this way. The label of a list item is not a call, nor is the first label in a note, its marker.
        """
        if self.kind == "Lbl" and parent not in {"LI", "L"}:
            return any(kid.kind == "Link" for kid in self.elements())
        return self.kind == "Link" and parent not in {"Lbl", "Reference"} and self.is_raised()

    def is_raised(self) -> bool:
        """Return whether all content of a link is above the baseline (ISO 32000-1, table 344)."""
        inside = self.elements()
        return bool(inside) and all(
            float(kid.attributes.get("/BaselineShift") or 0) > 0 or kid.is_raised() for kid in inside
        )


class Tree(Struct):
    """The structure tree of one file."""

    root: Element
    roles: dict[str, str]
    """Standard structure type of each type that the file defines."""
    by_reference: dict[str, Element]

    def has_note_tags(self) -> bool:
        """Return whether tags distinguish calls from text; office programs that write tags write none for calls."""
        left: list[tuple[Element, str, bool]] = [(self.root, "", False)]
        notes = False
        while left:
            element, parent, within = left.pop()
            kind = element.kind
            if kind == "Reference" or (not within and element.is_call(parent if kind == "Lbl" else "")):
                return True
            notes = notes or kind in NOTES
            left += [(kid, kind, within or kind in NOTES) for kid in element.elements()]
        return not notes


def read_tree(objects: Objects) -> Tree | None:
    """Return the structure tree of a file; None if the file is not tagged.

    Raises:
        UnreadableError: if the tree contains itself.
    """
    root = objects.dictionary(objects.catalog.get("/StructTreeRoot"))
    if not root:
        return None
    roles = {name(key): name(value) for key, value in objects.dictionary(root.get("/RoleMap")).items()}
    tree = Tree(Element(""), roles, {})
    tree.root.kids = list(_Builder(objects, tree).kids(root, -1, 0))
    return tree


class _Builder:
    def __init__(self, objects: Objects, tree: Tree) -> None:
        self.objects = objects
        self.tree = tree

    def kids(self, element: dict[str, Any], page: int, depth: int) -> Iterator[Element | Marked | Annotation]:
        """Yield the content of an element; `page` is the page of the element that contains it."""
        if depth > MAX_DEPTH:
            raise UnreadableError(f"Cannot read PDF: structure tree is deeper than {MAX_DEPTH} levels")
        for kid in self.objects.items(element.get("/K")):
            value = self.objects.resolve(kid)
            if isinstance(value, int):
                yield Marked(page, value)
            elif isinstance(value, dict):
                own = self.objects.page_index.get(str(value.get("/Pg")), page)
                yield from self._kid(kid, value, own, depth)

    def _kid(
        self,
        kid: Any,  # noqa: ANN401 - of any type
        value: dict[str, Any],
        page: int,
        depth: int,
    ) -> Iterator[Element | Marked | Annotation]:
        kind = name(value.get("/Type"))
        if kind == "MCR":
            yield Marked(page, int(self.objects.resolve(value["/MCID"])))
        elif kind == "OBJR":
            yield Annotation(str(value.get("/Obj")))
        else:
            made = Element(
                name(self.objects.resolve(value.get("/S"))),
                list(self.kids(value, page, depth + 1)),
                self._attributes(value.get("/A")),
                text(self.objects.resolve(value.get("/ActualText")))
                or text(self.objects.resolve(value.get("/Alt"))),
            )
            if is_reference(kid):
                self.tree.by_reference[kid] = made
            yield made

    def _attributes(self, given: Any) -> dict[str, Any]:  # noqa: ANN401
        out: dict[str, Any] = {}
        for owner in self.objects.items(given):
            for key, value in self.objects.dictionary(owner).items():
                out.setdefault(key, self.objects.resolve(value))
        return out
