"""Fragments: merge the elements that WeasyPrint writes for each page and box to one for each HTML element."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree, number

INLINE_TAGS = {
    **dict.fromkeys(("em", "strong", "s", "u", "sup", "sub", "small", "time"), "/Span"),
    "code": "/Code",
    "pre": "/P",
    "figure": "/Div",
}
"""HTML elements that WeasyPrint tags as NonStruct, and their structure types."""

UNMERGED = frozenset({"/Figure"})
"""Types of structure elements that are not merged if they come from one HTML element: each has a separate box."""


def merge_fragments(tree: Tree) -> None:
    """Merge the fragments of each HTML element that was broken over pages, and set its structure type."""
    _Merger(tree).merge(tree.document, {tree.document.number: tree.document})


class _Merger:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.first: dict[tuple[Object, str], tuple[Object, str]] = {}
        """First fragment of each HTML element, and the structure type that WeasyPrint assigned."""

    def merge(self, parent: Object, above: dict[int, Object]) -> None:
        kids: list[Object] = []
        for kid in parent["K"]:
            element = self.tree.element(kid)
            if element is None:
                kids.append(kid)
                continue
            box = self.tree.boxes.get(element.number)
            html = getattr(box, "element", None)
            tag = str(getattr(box, "element_tag", "") or "")
            whole, kind = (
                (None, "") if html is None or "::" in tag else self.first.get((html, tag), (None, ""))
            )
            if whole is not None and tag in {"thead", "tfoot"}:
                # Rows that each page repeats are read aloud once (ISO 14289-1, 7.5). The copies are outside the tree and
                # become artifacts. Their links have the same targets as those of the first rows, and are removed.
                self.tree.unwanted |= self._annotations(element)
                continue
            if whole is not None and kind == element["S"] and kind not in UNMERGED:
                self.merge(element, {**above, element.number: element})
                target = whole if whole.number not in above else parent
                held = self._handed_over(element, target)
                (kids if target is parent else whole["K"]).extend(held)
                self.tree.moved[element.number] = target
                continue
            if html is not None and self._is_drawn_only(html, tag):
                continue  # content outside the tree becomes an artifact
            if html is not None and "::" not in tag and whole is None:
                self.first[html, tag] = element, element["S"]
            self.merge(element, {**above, element.number: element})
            if html is not None:
                self._name(element, html, tag)
            if element["S"] in {"/NonStruct", "/Span"} and not element["K"]:
                # An empty pseudo-element, or a span with an empty first line. Fragments of the span on later lines must
                # not be merged with it.
                self.tree.moved[element.number] = parent
                self.first.pop((html, tag), None)
                continue
            kids.append(kid)
        parent["K"] = pydyf.Array(kids)

    @staticmethod
    def _is_drawn_only(html: Object, tag: str) -> bool:
        """Return whether an element is only visual: the comma between two calls, or the page number of a link target."""
        is_page = tag == "a::after" and html.get("data-on-page") is not None
        return is_page or "call-separator" in (html.get("class") or "").split()

    def _annotations(self, element: Object) -> set[int]:
        found: set[int] = set()
        for kid in element["K"]:
            item = self.tree.objects[number(kid)] if isinstance(kid, bytes | str) else kid
            if isinstance(item, dict) and item.get("Type") == "/OBJR":
                found.add(number(item["Obj"]))
            elif isinstance(item, dict) and "K" in item:
                found |= self._annotations(item)
        return found

    def _handed_over(self, element: Object, target: Object) -> list[Object]:
        """Return the content of an element, prepared for another parent."""
        out: list[Object] = []
        for kid in element["K"]:
            held = self.tree.element(kid)
            if held is not None:
                held["P"] = target.reference
            if isinstance(kid, int) and element["Pg"] != target["Pg"]:
                # A number without a page is content of the parent's page (ISO 32000-1, 14.7.4.2).
                content = {"Type": "/MCR", "Pg": element["Pg"], "MCID": kid}
                out.append(pydyf.Dictionary(content))
            else:
                out.append(kid)
        return out

    def _name(self, element: Object, html: Object, tag: str) -> None:
        """Set the structure type of an element by the name and the classes of its HTML element."""
        classes = (html.get("class") or "").split()
        if "note" in classes and tag in {"span", "div"}:
            self._note(element, html, is_fixed=tag == "div")
        elif "call" in classes and tag == "a":
            anchor = html.get("href").removeprefix("#")
            self.tree.calls.append((anchor, element))
            self.tree.labels[anchor] = html.text
        elif tag == "nav" and "contents" in classes:
            element["S"] = "/TOC"
        elif tag == "p" and "contents-title" in classes:
            element["S"] = "/Caption"
        elif tag == "p" and "entry" in classes:
            self.tree.entries.append(element)
        elif tag == "div" and "p" in classes:
            element["S"] = "/P"
        elif tag in INLINE_TAGS:
            element["S"] = INLINE_TAGS[tag]

    def _note(self, element: Object, html: Object, *, is_fixed: bool) -> None:
        anchor = html.get("id")
        element["S"] = "/Note"
        element["ID"] = pydyf.String(anchor)
        self.tree.notes[anchor] = element
        if is_fixed:
            self.tree.fixed.add(anchor)
        elif html.get("data-within"):
            self.tree.within[anchor] = html.get("data-within")
