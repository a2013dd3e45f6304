"""The tree itself: finding its elements, making, wrapping and moving them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

Object = Any


def number(reference: bytes | str) -> int:
    """The object number of a reference such as `12 0 R`."""
    return int(reference.split()[0])


class Tree:
    """The structure tree of one file, with what is known of its elements."""

    def __init__(self, pdf: Object, boxes: Mapping[int, Object], language: str) -> None:
        self.pdf = pdf
        self.boxes = boxes
        self.language = language
        self.objects = {item.number: item for item in pdf.objects}
        self.root = self.objects[number(pdf.catalog["StructTreeRoot"])]
        self.document = self.objects[number(self.root["K"][0])]
        self.parents = self.objects[number(self.root["ParentTree"])]
        self.moved: dict[int, Object] = {}
        """Elements that were dissolved, and the element that took what they held."""
        self.notes: dict[str, Object] = {}
        """Every note by its anchor."""
        self.fixed: set[str] = set()
        """Notes that are printed below a table or at the end, and said there too."""
        self.within: dict[str, str] = {}
        """For a note within a note, the note that calls it first."""
        self.calls: list[tuple[str, Object]] = []
        """The link of each call, with the anchor of its note."""
        self.labels: dict[str, str] = {}
        """What is printed at the calls of each note."""
        self.entries: list[Object] = []
        """The entries of the list of contents."""
        self.unwanted: set[int] = set()
        """Annotations that are to go: of header rows which are printed again on a further page, and of links within links."""

    def element(self, kid: Object) -> Object | None:
        """The structure element that a kid refers to; None for marked content and object references."""
        if not isinstance(kid, bytes | str):
            return None
        item = self.objects[number(kid)]
        return item if isinstance(item, dict) and item.get("Type") == "/StructElem" else None

    def html(self, element: Object | None) -> Object:
        """The HTML element that a structure element was made of; None where it was made of none."""
        box = self.boxes.get(element.number) if element is not None else None
        return getattr(box, "element", None)

    def parent(self, element: Object) -> Object:
        """The element that holds this one now."""
        holder = self.objects[number(element["P"])]
        return self.moved.get(holder.number, holder)

    def descendants(self, parent: Object) -> Iterator[tuple[Object, Object]]:
        """Every element below this one with the one that holds it, in the order in which they are said."""
        for kid in list(parent["K"]):
            element = self.element(kid)
            if element is not None:
                yield element, parent
                yield from self.descendants(element)

    def live(self) -> set[int]:
        """The elements that hang in the tree; what belongs to any other is not said."""
        return {self.document.number} | {e.number for e, _ in self.descendants(self.document)}

    def make(self, kind: str, parent: Object, page: Object, kids: list[Object]) -> Object:
        """A new element, which does not yet stand among its parent's kids."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "Pg": page, "K": pydyf.Array(kids)})
        self.pdf.add_object(element)
        self.objects[element.number] = element
        element["P"] = parent.reference
        return element

    def wrap(self, element: Object, parent: Object, kind: str) -> Object:
        """Put a new element around one, at its place."""
        wrapper = self.make(kind, parent, element["Pg"], [element.reference])
        element["P"] = wrapper.reference
        parent["K"][parent["K"].index(element.reference)] = wrapper.reference
        return wrapper

    def put_after(self, before: Object, element: Object, parent: Object) -> None:
        """Move an element to the place right after another one of `parent`."""
        old = self.parent(element)
        old["K"] = pydyf.Array([kid for kid in old["K"] if kid != element.reference])
        element["P"] = parent.reference
        parent["K"].insert(parent["K"].index(before.reference) + 1, element.reference)

    def is_within(self, element: Object, ancestor: Object) -> bool:
        """Whether an element stands within another, or is it."""
        while "P" in element and element is not self.root:
            if element is ancestor:
                return True
            element = self.objects[number(element["P"])]
        return False

    def survivor(self, moved: int) -> Object:
        """The element that holds now what a dissolved one held."""
        element = self.moved[moved]
        while element.number in self.moved:
            element = self.moved[element.number]
        return element


def repair_parents(tree: Tree) -> None:
    """Let marked content point at the element that holds it now (ISO 32000-1, 14.7.4.4)."""
    nums = tree.parents["Nums"]
    for place, entry in enumerate(nums):
        if isinstance(entry, list):
            for index, reference in enumerate(entry):
                if number(reference) in tree.moved:
                    entry[index] = tree.survivor(number(reference)).reference
        elif isinstance(entry, bytes | str) and number(entry) in tree.moved:
            nums[place] = tree.survivor(number(entry)).reference
