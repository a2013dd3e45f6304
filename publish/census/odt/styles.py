"""Properties that styles give to text, with inheritance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.census.odt.package import Element, at, natural, q, short

_CODE = re.compile(r"_([0-9a-f]+)_")
_HEADING = re.compile(r"heading (\d+)")

MARKS = frozenset({"footnote symbol", "endnote symbol", "footnote anchor", "endnote anchor"})


class Styles:
    """The styles of a file."""

    def __init__(self, roots: list[Element]) -> None:
        self.known: dict[tuple[str, str], Element] = {}
        self.lists: dict[str, Element] = {}
        self.notes: dict[str, Element] = {}
        self.outline: Element | None = None
        self.masters: list[Element] = []
        groups = [child for root in roots for child in root if short(child).endswith("styles")]
        # A common style wins over an automatic one with the same name.
        groups.sort(key=lambda g: short(g) == "office:styles")
        for group, element in [(g, e) for g in groups for e in g]:
            match short(element):
                case "style:style":
                    key = at(element, "style:family"), at(element, "style:name")
                    self.known.setdefault(key, element)
                case "text:list-style":
                    self.lists[at(element, "style:name")] = element
                case "text:outline-style":
                    self.outline = element
                case "text:notes-configuration" if short(group) == "office:styles":
                    self.notes.setdefault(at(element, "text:note-class"), element)
                case "style:master-page":
                    self.masters.append(element)
                case _:
                    pass

    def line(self, family: str, name: str) -> Iterator[Element]:
        """Yield a style and its ancestors."""
        seen: set[str] = set()
        while (family, name) in self.known and name not in seen:
            seen.add(name)
            style = self.known[family, name]
            yield style
            name = at(style, "style:parent-style-name")

    def given(self, family: str, name: str, group: str, attribute: str) -> str | None:
        """Return a property of a style or of its nearest ancestor that sets it."""
        for style in self.line(family, name):
            for properties in style.findall(q(f"style:{group}-properties")):
                if q(attribute) in properties.attrib:
                    return properties.get(q(attribute))
        return None

    def names(self, family: str, name: str) -> list[str]:
        """Return the names of a style and its ancestors as a user sees them, in lower case."""
        found = [at(s, "style:display-name") or at(s, "style:name") for s in self.line(family, name)] or [
            name
        ]
        return [_CODE.sub(lambda m: chr(int(m[1], 16)), n).replace("_", " ").lower() for n in found]

    def heading_level(self, name: str) -> int:
        """Return the level of a heading style; 0 for other styles."""
        return next((int(m[1]) for n in self.names("paragraph", name) if (m := _HEADING.fullmatch(n))), 0)

    def style_attribute(self, name: str, attribute: str) -> str | None:
        """Return an attribute of a paragraph style or of its nearest ancestor that has it."""
        found = (style.get(q(attribute)) for style in self.line("paragraph", name))
        return next((value for value in found if value is not None), None)

    def outline_level(self, element: Element) -> int:
        """Return the level of a heading or of a paragraph in a heading style; 0 for text."""
        style = at(element, "text:style-name")
        if not {"title", "subtitle"}.isdisjoint(self.names("paragraph", style)):
            return 0
        own = self.heading_level(style)
        if short(element) == "text:h":
            return max(natural(at(element, "text:outline-level"), own or 1), 1)
        level = self.style_attribute(style, "style:default-outline-level")
        return natural(level, 0) if own and level is not None else own
