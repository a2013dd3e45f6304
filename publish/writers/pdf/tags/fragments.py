"""Fragments: what WeasyPrint tags once for each page and box becomes one element for each HTML element."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree, number

INLINE_TAGS = {
    **dict.fromkeys(("em", "strong", "s", "u", "sup", "sub", "small", "time"), "/Span"),
    "code": "/Code",
    "pre": "/P",
    "figure": "/Div",
}
"""HTML elements that WeasyPrint tags as NonStruct, and the structure type that they have."""

UNMERGED = frozenset({"/Figure"})
"""Structure elements that stay apart when they come from one HTML element: each has a box of its own."""


def merge_fragments(tree: Tree) -> None:
    """Join the fragments of an HTML element that was broken over pages, and give each its structure type."""
    _Merger(tree).merge(tree.document, {tree.document.number: tree.document})


class _Merger:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.first: dict[tuple[Object, str], tuple[Object, str]] = {}
        """The first fragment of each HTML element, and the structure type that WeasyPrint gave it."""

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
                # Rows that are printed again on each page are said once (ISO 14289-1, 7.5); hanging in no tree, the
                # others become artifacts, and their links, which lead where those of the first do, are taken out.
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
                continue  # what hangs in no tree becomes an artifact
            if html is not None and "::" not in tag and whole is None:
                self.first[html, tag] = element, element["S"]
            self.merge(element, {**above, element.number: element})
            if html is not None:
                self._name(element, html, tag)
            if element["S"] in {"/NonStruct", "/Span"} and not element["K"]:
                # What is left of an empty pseudo-element, or of a span whose first line holds nothing; what comes of the
                # span on later lines must not hang from it.
                self.tree.moved[element.number] = parent
                self.first.pop((html, tag), None)
                continue
            kids.append(kid)
        parent["K"] = pydyf.Array(kids)

    @staticmethod
    def _is_drawn_only(html: Object, tag: str) -> bool:
        """Whether something helps the eye and is not said: the comma between two calls, the page that a link leads to."""
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
        """What an element holds, made ready to be held by another one."""
        out: list[Object] = []
        for kid in element["K"]:
            held = self.tree.element(kid)
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
        """Give an element its structure type by the HTML element's name and classes."""
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
