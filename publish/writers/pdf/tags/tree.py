"""The structure tree: find, create, wrap and move elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

Object = Any


def number(reference: bytes | str) -> int:
    """Return the object number of a reference such as `12 0 R`."""
    return int(reference.split()[0])


class Tree:
    """The structure tree of one file, with information about its elements."""

    def __init__(self, pdf: Object, boxes: Mapping[int, Object], language: str) -> None:
        self.pdf = pdf
        self.boxes = boxes
        self.language = language
        self.objects = {item.number: item for item in pdf.objects}
        self.root = self.objects[number(pdf.catalog["StructTreeRoot"])]
        self.document = self.objects[number(self.root["K"][0])]
        self.parents = self.objects[number(self.root["ParentTree"])]
        self.moved: dict[int, Object] = {}
        """Elements that were dissolved, and the element that took over their content."""
        self.notes: dict[str, Object] = {}
        """Every note, by its anchor."""
        self.fixed: set[str] = set()
        """Notes that are printed, and read aloud, below a table or at the end."""
        self.within: dict[str, str] = {}
        """For a note within a note, the note that contains its first call."""
        self.calls: list[tuple[str, Object]] = []
        """Link of each call, with the anchor of its note."""
        self.labels: dict[str, str] = {}
        """Text that is printed at the calls of each note."""
        self.entries: list[Object] = []
        """Entries of the table of contents."""
        self.unwanted: set[int] = set()
        """Annotations to remove: those of header rows that further pages repeat, and those of links within links."""

    def element(self, kid: Object) -> Object | None:
        """Return the structure element to which a kid refers; None for marked content and object references."""
        if not isinstance(kid, bytes | str):
            return None
        item = self.objects[number(kid)]
        return item if isinstance(item, dict) and item.get("Type") == "/StructElem" else None

    def html(self, element: Object | None) -> Object:
        """Return the HTML element of a structure element; None if it comes from no HTML element."""
        box = self.boxes.get(element.number) if element is not None else None
        return getattr(box, "element", None)

    def parent(self, element: Object) -> Object:
        """Return the element that now contains this one."""
        holder = self.objects[number(element["P"])]
        return self.moved.get(holder.number, holder)

    def descendants(self, parent: Object) -> Iterator[tuple[Object, Object]]:
        """Yield every element below this one with its parent, in reading order."""
        for kid in list(parent["K"]):
            element = self.element(kid)
            if element is not None:
                yield element, parent
                yield from self.descendants(element)

    def live(self) -> set[int]:
        """Return the numbers of the elements in the tree; content of other elements is not read aloud."""
        return {self.document.number} | {e.number for e, _ in self.descendants(self.document)}

    def make(self, kind: str, parent: Object, page: Object, kids: list[Object]) -> Object:
        """Create and return an element that is not yet in the kids of its parent."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "Pg": page, "K": pydyf.Array(kids)})
        self.pdf.add_object(element)
        self.objects[element.number] = element
        element["P"] = parent.reference
        return element

    def wrap(self, element: Object, parent: Object, kind: str) -> Object:
        """Wrap an element in a new one at the same position, and return the new element."""
        wrapper = self.make(kind, parent, element["Pg"], [element.reference])
        element["P"] = wrapper.reference
        parent["K"][parent["K"].index(element.reference)] = wrapper.reference
        return wrapper

    def put_after(self, before: Object, element: Object, parent: Object) -> None:
        """Move an element to the position directly after `before` in `parent`."""
        old = self.parent(element)
        old["K"] = pydyf.Array([kid for kid in old["K"] if kid != element.reference])
        element["P"] = parent.reference
        parent["K"].insert(parent["K"].index(before.reference) + 1, element.reference)

    def is_within(self, element: Object, ancestor: Object) -> bool:
        """Return whether an element is within another element, or is the same element."""
        while "P" in element and element is not self.root:
            if element is ancestor:
                return True
            element = self.objects[number(element["P"])]
        return False

    def survivor(self, moved: int) -> Object:
        """Return the element that now contains the content of a dissolved element."""
        element = self.moved[moved]
        while element.number in self.moved:
            element = self.moved[element.number]
        return element


def repair_parents(tree: Tree) -> None:
    """Make marked content refer to the element that now contains it (ISO 32000-1, 14.7.4.4)."""
    nums = tree.parents["Nums"]
    for place, entry in enumerate(nums):
        if isinstance(entry, list):
            for index, reference in enumerate(entry):
                if number(reference) in tree.moved:
                    entry[index] = tree.survivor(number(reference)).reference
        elif isinstance(entry, bytes | str) and number(entry) in tree.moved:
            nums[place] = tree.survivor(number(entry)).reference
