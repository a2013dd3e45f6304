"""The structure tree of a PDF: what someone hears who cannot see the page.

WeasyPrint tags what it lays out, box by box. Here the tree becomes the document's: an element that runs over pages is
one element, a call is a Reference, a note is a Note with a Lbl that stands right after its Reference, emphasis is a
Span, and what stands in the margins is an artifact (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

from publish.writers.words import words

INLINE_TAGS = {
    **dict.fromkeys(("em", "strong", "s", "u", "sup", "sub", "small", "time"), "/Span"),
    "code": "/Code",
    "pre": "/P",
    "figure": "/Div",
}
"""HTML elements that WeasyPrint tags as NonStruct, and the structure type that they have."""

UNMERGED = frozenset({"/Figure"})
"""Structure elements that stay apart when they come from one HTML element: each has a box of its own."""

Object = Any


def retag(pdf: Object, boxes: Mapping[int, Object], language: str) -> None:
    """Put the structure tree of a file right, in place.

    Args:
        pdf: The `pydyf.PDF`, before it is written.
        boxes: The layout box that each structure element was made of, by object number.
        language: BCP 47 tag, for the descriptions of links.
    """
    tree = _Tree(pdf, boxes)
    tree.merge_fragments(tree.document, {tree.document.number: tree.document})
    tree.tag_notes()
    tree.wrap_list_bodies()
    tree.nest_lists()
    tree.give_header_scopes()
    tree.repair_parents()
    tree.drop_repeated_links()
    tree.describe_links(language)
    tree.mark_artifacts()


def _number(reference: bytes | str) -> int:
    return int(reference.split()[0])


class _Tree:
    def __init__(self, pdf: Object, boxes: Mapping[int, Object]) -> None:
        self.pdf = pdf
        self.boxes = boxes
        self.objects = {item.number: item for item in pdf.objects}
        self.root = self.objects[_number(pdf.catalog["StructTreeRoot"])]
        self.document = self.objects[_number(self.root["K"][0])]
        self.parents = self.objects[_number(self.root["ParentTree"])]
        self.first: dict[tuple[Object, str], tuple[Object, str]] = {}
        """The first fragment of each HTML element, and the structure type that WeasyPrint gave it."""
        self.moved: dict[int, Object] = {}
        """Elements that were dissolved, and the element that took what they held."""
        self.notes: dict[str, Object] = {}
        self.fixed: set[str] = set()
        """Notes that are printed below a table or at the end, and said there too."""
        self.within: dict[str, str] = {}
        """For a note within a note, the note that calls it first; in the order of the notes."""
        self.calls: list[tuple[str, Object]] = []
        self.repeated: set[int] = set()
        """Annotations that stand in a header row which is printed again on a further page."""

    def element(self, kid: Object) -> Object | None:
        """The structure element that a kid refers to; None for marked content and object references."""
        if not isinstance(kid, bytes | str):
            return None
        item = self.objects[_number(kid)]
        return item if isinstance(item, dict) and item.get("Type") == "/StructElem" else None

    def merge_fragments(self, parent: Object, above: dict[int, Object]) -> None:
        """Join the fragments of an HTML element that was broken over pages, and give each its structure type."""
        kids: list[Object] = []
        for kid in parent["K"]:
            element = self.element(kid)
            if element is None:
                kids.append(kid)
                continue
            box = self.boxes.get(element.number)
            html = getattr(box, "element", None)
            tag = str(getattr(box, "element_tag", "") or "")
            whole, kind = (
                (None, "") if html is None or "::" in tag else self.first.get((html, tag), (None, ""))
            )
            if whole is not None and tag in {"thead", "tfoot"}:
                # Rows that are printed again on each page are said once (ISO 14289-1, 7.5); hanging in no tree, the
                # others become artifacts, and their links, which lead where those of the first do, are taken out.
                self.repeated |= self._annotations(element)
                continue
            if whole is not None and kind == element["S"] and kind not in UNMERGED:
                self.merge_fragments(element, {**above, element.number: element})
                target = whole if whole.number not in above else parent
                held = self._handed_over(element, target)
                (kids if target is parent else whole["K"]).extend(held)
                self.moved[element.number] = target
                continue
            if html is not None and "call-separator" in (html.get("class") or "").split():
                continue  # the comma between two calls is drawn, not said: what hangs in no tree becomes an artifact
            if html is not None and "::" not in tag and whole is None:
                self.first[html, tag] = element, element["S"]
            self.merge_fragments(element, {**above, element.number: element})
            if html is not None:
                self._name(element, html, tag)
            if element["S"] in {"/NonStruct", "/Span"} and not element["K"]:
                self.moved[element.number] = parent  # what is left of an empty pseudo-element
                continue
            kids.append(kid)
        parent["K"] = pydyf.Array(kids)

    def _annotations(self, element: Object) -> set[int]:
        found: set[int] = set()
        for kid in element["K"]:
            item = self.objects[_number(kid)] if isinstance(kid, bytes | str) else kid
            if isinstance(item, dict) and item.get("Type") == "/OBJR":
                found.add(_number(item["Obj"]))
            elif isinstance(item, dict) and "K" in item:
                found |= self._annotations(item)
        return found

    def drop_repeated_links(self) -> None:
        """Take the links of repeated rows from their pages: a link must be in the structure tree (7.18.5)."""
        if not self.repeated:
            return
        for item in self.pdf.objects:
            if isinstance(item, dict) and item.get("Type") == "/Page" and "Annots" in item:
                item["Annots"] = pydyf.Array([a for a in item["Annots"] if _number(a) not in self.repeated])
        for number in self.repeated:
            self.objects[number].pop("StructParent", None)
        nums, live = self.parents["Nums"], self._live()
        kept = [
            (key, value)
            for key, value in zip(nums[0::2], nums[1::2], strict=True)
            if isinstance(value, list) or _number(value) in live
        ]
        self.parents["Nums"] = pydyf.Array([item for pair in kept for item in pair])

    def _live(self) -> set[int]:
        """The elements that hang in the tree; what belongs to any other is not said."""
        return {self.document.number} | {e.number for e, _ in self._descendants(self.document)}

    def give_header_scopes(self) -> None:
        """Say of each header cell whether it heads a column or a row (ISO 14289-1, 7.5).

        WeasyPrint names header cells by page, so a cell on a later page would name a header that is not there.
        """
        for element, _ in list(self._descendants(self.document)):
            attributes = element.get("A")
            if element["S"] == "/TH":
                element.pop("ID", None)
                html = getattr(self.boxes.get(element.number), "element", None)
                scope = "/Row" if html is not None and html.get("scope") == "row" else "/Column"
                element["A"] = pydyf.Dictionary({**(attributes or {}), "O": "/Table", "Scope": scope})
            elif element["S"] == "/TD" and attributes is not None:
                attributes.pop("Headers", None)
                if set(attributes) == {"O"}:
                    del element["A"]

    def _handed_over(self, element: Object, target: Object) -> list[Object]:
        """What an element holds, made ready to be held by another one."""
        out: list[Object] = []
        for kid in element["K"]:
            held = self.element(kid)
            if held is not None:
                held["P"] = target.reference
            if isinstance(kid, int) and element["Pg"] != target["Pg"]:
                # A bare number is content of the holder's own page (ISO 32000-1, 14.7.4.2).
                content = {"Type": "/MCR", "Pg": element["Pg"], "MCID": kid}
                out.append(pydyf.Dictionary(content))
            else:
                out.append(kid)
        return out

    def _name(self, element: Object, html: Object, tag: str) -> None:
        classes = (html.get("class") or "").split()
        if "note" in classes and tag in {"span", "div"}:
            element["S"] = "/Note"
            element["ID"] = pydyf.String(html.get("id"))
            self.notes[html.get("id")] = element
            if tag == "div":
                self.fixed.add(html.get("id"))
            elif html.get("data-within"):
                self.within[html.get("id")] = html.get("data-within")
        elif "call" in classes and tag == "a":
            self.calls.append((html.get("href").removeprefix("#"), element))
        elif tag == "div" and "p" in classes:
            element["S"] = "/P"
        elif tag in INLINE_TAGS:
            element["S"] = INLINE_TAGS[tag]

    def tag_notes(self) -> None:
        """Wrap each call in a Reference; move each Note after the Reference of its first call; give it its Lbl."""
        placed: set[str] = set()
        for anchor, link in self.calls:
            parent = self.objects[_number(link["P"])]
            parent = self.moved.get(parent.number, parent)
            reference = self._wrap(link, parent, "/Reference")
            note = self.notes.get(anchor)
            if note is None or anchor in placed or anchor in self.fixed or anchor in self.within:
                continue
            placed.add(anchor)
            if not self._is_within(parent, note):
                self._put_after(reference, note, parent)
        self._place_nested()
        for note in self.notes.values():
            self._label(note)
        if self.notes:
            names = pydyf.Array()
            for name, note in sorted(self.notes.items()):
                names.extend([pydyf.String(name), note.reference])
            self.root["IDTree"] = pydyf.Dictionary({"Names": names})

    def _place_nested(self) -> None:
        """Put each note within a note right after it, in the order of their numbers."""
        last: dict[str, str] = {}
        for anchor in sorted(self.within, key=lambda name: int(name.removeprefix("fn"))):
            top = self.within[anchor]
            while top in self.within:
                top = self.within[top]
            before = self.notes[last.get(top, top)]
            self._put_after(before, self.notes[anchor], self.objects[_number(before["P"])])
            last[top] = anchor

    def _put_after(self, before: Object, note: Object, parent: Object) -> None:
        """Move a note to the place right after another element of `parent`."""
        old = self.objects[_number(note["P"])]
        old = self.moved.get(old.number, old)
        old["K"] = pydyf.Array([kid for kid in old["K"] if kid != note.reference])
        note["P"] = parent.reference
        parent["K"].insert(parent["K"].index(before.reference) + 1, note.reference)

    def _is_within(self, element: Object, ancestor: Object) -> bool:
        while "P" in element and element is not self.root:
            if element is ancestor:
                return True
            element = self.objects[_number(element["P"])]
        return False

    def _wrap(self, element: Object, parent: Object, kind: str) -> Object:
        wrapper = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": kind,
                "P": parent.reference,
                "Pg": element["Pg"],
                "K": pydyf.Array([element.reference]),
            }
        )
        self.pdf.add_object(wrapper)
        wrapper["P"] = parent.reference
        self.objects[wrapper.number] = wrapper
        element["P"] = wrapper.reference
        parent["K"][parent["K"].index(element.reference)] = wrapper.reference
        return wrapper

    def _label(self, note: Object) -> None:
        """The first link in a note, which leads back to its call, is its label."""
        for element, parent in self._descendants(note):
            if element["S"] == "/Link":
                self._wrap(element, parent, "/Lbl")
                return

    def _descendants(self, parent: Object) -> Iterator[tuple[Object, Object]]:
        for kid in list(parent["K"]):
            element = self.element(kid)
            if element is not None:
                yield element, parent
                yield from self._descendants(element)

    def wrap_list_bodies(self) -> None:
        """Put what an LI holds beside its Lbl into one LBody (ISO 32000-1, table 336)."""
        for item, _ in list(self._descendants(self.document)):
            if item["S"] != "/LI":
                continue
            kids = [(kid, self.element(kid)) for kid in item["K"]]
            loose = [kid for kid, e in kids if e is None or e["S"] not in {"/Lbl", "/LBody"}]
            if not loose:
                continue
            self._move(loose, item, self._list_body(item))

    def _list_body(self, item: Object) -> Object:
        """The LBody of a list item; it is made where there is none."""
        for kid in item["K"]:
            element = self.element(kid)
            if element is not None and element["S"] == "/LBody":
                return element
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "K": pydyf.Array()})
        self.pdf.add_object(body)
        self.objects[body.number] = body
        body["P"] = item.reference
        item["K"].append(body.reference)
        return body

    def nest_lists(self) -> None:
        """Put a list within a list into the item that it belongs to, at its place; WeasyPrint puts it after the item."""
        for outer, _ in [(self.document, None), *self._descendants(self.document)]:
            inner = [
                e for kid in outer["K"] if outer["S"] == "/L" and (e := self.element(kid)) and e["S"] == "/L"
            ]
            items = {
                child: (index, item)
                for kid in outer["K"]
                if outer["S"] == "/L" and inner and (item := self.element(kid)) and item["S"] == "/LI"
                for index, child in enumerate(self._html(item))
            }
            for nested in inner:
                place = items.get(self._html(nested))
                if place is None:
                    continue
                index, item = place
                body = self._list_body(item)
                order = {child: k for child, (k, owner) in items.items() if owner is item}
                kids = body["K"]
                at = next(
                    (k for k, kid in enumerate(kids) if order.get(self._html(self.element(kid)), -1) > index),
                    len(kids),
                )
                outer["K"].remove(nested.reference)
                kids.insert(at, nested.reference)
                nested["P"] = body.reference

    def _html(self, element: Object | None) -> Object:
        """The HTML element that a structure element was made of."""
        box = self.boxes.get(element.number) if element is not None else None
        return getattr(box, "element", None)

    def _move(self, loose: list[Object], item: Object, body: Object) -> None:
        order = [kid for kid in item["K"] if kid in loose or kid == body.reference]
        content: list[Object] = []
        for kid in order:
            content += list(body["K"]) if kid == body.reference else [kid]
            element = self.element(kid)
            if element is not None and kid != body.reference:
                element["P"] = body.reference
        body["K"] = pydyf.Array(content)
        item["K"] = pydyf.Array([kid for kid in item["K"] if kid not in loose])

    def repair_parents(self) -> None:
        """Let marked content point at the element that holds it now (ISO 32000-1, 14.7.4.4)."""
        nums = self.parents["Nums"]
        for place, entry in enumerate(nums):
            if isinstance(entry, list):
                for index, reference in enumerate(entry):
                    if _number(reference) in self.moved:
                        entry[index] = self._survivor(_number(reference)).reference
            elif isinstance(entry, bytes | str) and _number(entry) in self.moved:
                nums[place] = self._survivor(_number(entry)).reference

    def _survivor(self, number: int) -> Object:
        element = self.moved[number]
        while element.number in self.moved:
            element = self.moved[element.number]
        return element

    def describe_links(self, language: str) -> None:
        """Say in words where the links of notes lead (ISO 14289-1, 7.18.5), in place of their anchors' names."""
        said = words(language)
        for item in self.pdf.objects:
            if not (isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item):
                continue
            target = getattr(item["Dest"], "string", str(item["Dest"]))
            match = re.fullmatch(r"fn(ref)?(\d+)(?:-\d+)?", target)
            if match:
                text = f"{said.note} {match[2]}"
                item["Contents"] = pydyf.String(f"{text}, {said.back}" if match[1] else text)

    def mark_artifacts(self) -> None:
        """Mark content that hangs in no tree, such as running heads and page numbers, as pagination artifacts."""
        live = self._live()
        nums = self.parents["Nums"]
        by_page = dict(zip(nums[0::2], nums[1::2], strict=True))
        for page in self.pdf.objects:
            if not (isinstance(page, dict) and page.get("Type") == "/Page"):
                continue
            owners = by_page[page["StructParents"]]
            dead = {index for index, owner in enumerate(owners) if _number(owner) not in live}
            if dead:
                self._mark_page(self.objects[_number(page["Contents"])].stream, dead)
            for index in dead:
                owners[index] = "null"

    @staticmethod
    def _mark_page(stream: list[Object], dead: set[int]) -> None:
        for index, item in enumerate(stream):
            marked = isinstance(item, pydyf.Dictionary) and item.get("MCID") in dead
            if marked and stream[index + 1] == b"BDC":
                stream[index - 1] = "/Artifact"
                stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
