"""Labels of list items and headings, as LibreOffice counts them.

A list is a tree of numbered nodes. A node on a deep level without a parent gets a parent that is counted but not shown.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from publish.census.numbers import counted_letters, repeated_letters, roman
from publish.census.odt.package import Element, at, natural, q, short, start
from publish.census.odt.styles import Styles
from publish.census.types import BULLET

SYMBOLS, MARKS = "*, †, ‡, §, **, ††, ...", "*†‡§"


class Nodes(Struct):
    """Numbers of the open nodes of a list, from the first level down: apart for text, frames and notes."""

    paths: dict[str, list[int]] = field(default_factory=dict)

    def path(self, area: str) -> list[int]:
        """Return the numbers in an area."""
        return self.paths.setdefault(area, [])


class Place(Struct, frozen=True):
    """Position in the lists of a text."""

    style: str
    nodes: Nodes
    depth: int


class Lists:
    """The lists of a file."""

    def __init__(self, styles: Styles) -> None:
        self.formats = {name: _levels(element) for name, element in styles.lists.items()}
        self.formats["Outline"] = _levels(styles.outline) if styles.outline is not None else {}
        self.headings = Nodes()
        self.named: dict[str, Nodes] = {}
        self.previous = ("", Nodes())
        self.area = "text"

    def enter(self, element: Element, outside: Place | None, *, second: bool) -> Place:
        """Return the position in a list; `second` tells that its item already contained a list."""
        style = at(element, "text:style-name")
        goes_on = at(element, "text:continue-numbering") == "true"
        if outside is not None:
            if second and not goes_on:
                del outside.nodes.path(self.area)[outside.depth :]
            return Place(style or outside.style, outside.nodes, outside.depth + 1)
        nodes = Nodes()
        if style == "Outline":
            nodes = self.headings
        elif at(element, "text:continue-list") in self.named:
            nodes = self.named[at(element, "text:continue-list")]
        elif goes_on and self.previous[0] == style:
            nodes = self.previous[1]
        self.previous = (style, nodes)
        identifier = at(element, "xml:id") or at(element, "text:id")
        if identifier:
            self.named[identifier] = nodes
        return Place(style, nodes, 1)

    def alone(self, element: Element) -> Place:
        """Return the position of a paragraph in a list without list elements."""
        style = at(element, "text:style-name")
        nodes = self.named.setdefault(at(element, "text:list-id") or f"of {style}", Nodes())
        return Place(style, nodes, max(natural(at(element, "text:level"), 1), 1))

    def next(self, place: Place, number: int | None, other: str) -> str:
        """Count an item, and return its label.

        Args:
            place: Position of the item.
            number: Number that the item sets, if any.
            other: Style that the item uses instead of that of its list.
        """
        if place.style not in self.formats:
            return BULLET
        levels, path, depth = self.formats[place.style], place.nodes.path(self.area), place.depth

        def first(level: int) -> int:
            return start(levels[level], 1) if level in levels else 1

        while len(path) < depth - 1:
            path.append(first(len(path) + 1))
        if number is None:
            number = path[depth - 1] + 1 if len(path) >= depth else first(depth)
        path[depth - 1 :] = [number]
        return _label(self.formats.get(other) or levels, path)

    def heading(self, level: int, number: int | None) -> str:
        """Count a heading that is not in a list, and return its label."""
        return self.next(Place("Outline", self.headings, level), number, "")


def _levels(style: Element) -> dict[int, Element]:
    return {natural(at(e, "text:level"), 0): e for e in style if at(e, "text:level")}


def _label(levels: dict[int, Element], path: list[int]) -> str:
    own = levels.get(len(path))
    if own is None:
        return ""
    if not short(own).endswith(("-number", "outline-level-style")):
        return BULLET if short(own).endswith("image") or at(own, "text:bullet-char") else ""

    def part(level: int) -> str:
        if level not in levels or level > len(path):
            return ""
        return shown_number(path[level - 1], levels[level])

    template = own.get(q("loext:num-list-format"))
    if template is not None:
        text = re.sub(r"%(\d+)%", lambda m: part(int(m[1])), template)
    else:
        count = max(natural(at(own, "text:display-levels"), 1), 1)
        numbers = [part(level) for level in range(max(len(path) - count, 0) + 1, len(path) + 1)]
        text = at(own, "style:num-prefix") + ".".join(n for n in numbers if n) + at(own, "style:num-suffix")
    return text.replace("\u200b", "").strip()


def shown_number(number: int, holder: Element) -> str:
    """Return a number in the format that a level or a configuration of notes sets."""
    default = "1" if short(holder).endswith("-number") else ""
    form = at(holder, "style:num-format", default)
    if form in {"a", "A"} and number > 0:
        synchronous = at(holder, "style:num-letter-sync") == "true"
        text = repeated_letters(number) if synchronous else counted_letters(number)
    elif form in {"i", "I"}:
        text = roman(number)
    elif form == SYMBOLS:
        text = MARKS[(number - 1) % 4] * ((number - 1) // 4 + 1) if number > 0 else ""
    else:
        text = str(number) if form else ""
    return text.upper() if form in {"A", "I"} else text
