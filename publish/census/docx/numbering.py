"""Labels of numbered paragraphs, as Word displays them (17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from publish.census.docx.package import Element, W, at, down, integer, switch, val
from publish.census.numbers import repeated_letters, roman
from publish.census.types import BULLET

_LEVEL = re.compile(r"%([1-9])")

_WORD = re.compile(r"[^\W\d_][^\W\d_]")
"""A bullet that is a word; one letter is a sign of a symbol font, such as Wingdings."""


class Numbering:
    """The numberings of a file. Each abstract numbering has one counter for each level."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._abstract = {val(e, "abstractNumId"): e for e in root.findall(W + "abstractNum")}
            self._nums = {val(e, "numId"): e for e in root.findall(W + "num")}

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level that a numbering gives to the paragraphs of a style (17.9.23)."""
        for level in self._levels(num).values():
            if at(level, "pStyle") == style:
                return integer(val(level, "ilvl"))
        return 0

    def next(self, num: str, depth: int) -> str:
        """Count a paragraph, and return its label; empty if Word displays none."""
        levels = self._levels(num)
        level = levels.get(depth)
        if level is None:
            return ""
        owner = at(self._nums[num], "abstractNumId")
        counts = self._counts.setdefault(owner, {})
        first = (num, depth) not in self._started
        self._started.add((num, depth))
        begin = self._override(num, depth)
        if first and begin is not None:
            counts[depth] = begin
        else:
            counts[depth] = counts.get(depth, _start(level) - 1) + 1
        for deeper in [k for k in counts if k > depth]:
            limit = at(levels[deeper], "lvlRestart") if deeper in levels else ""
            if depth < (integer(limit) if limit else deeper):
                del counts[deeper]
        if switch(down(level, "rPr/vanish")):
            return ""
        return _text(level, counts, levels)

    def _override(self, num: str, depth: int) -> int | None:
        for override in self._nums[num].findall(W + "lvlOverride"):
            if integer(val(override, "ilvl")) == depth and (start := at(override, "startOverride")):
                return integer(start)
        return None

    def _levels(self, num: str) -> Mapping[int, Element]:
        element = self._nums.get(num)
        if element is None:
            return {}
        abstract = self._abstract.get(at(element, "abstractNumId"))
        link = at(abstract, "numStyleLink")
        if link:
            abstract = next((e for e in self._abstract.values() if at(e, "styleLink") == link), abstract)
        found = list(abstract.findall(W + "lvl")) if abstract is not None else []
        found += [own for e in element.findall(W + "lvlOverride") if (own := e.find(W + "lvl")) is not None]
        return {integer(val(level, "ilvl")): level for level in found}


def _text(level: Element, counts: Mapping[int, int], levels: Mapping[int, Element]) -> str:
    pattern = at(level, "lvlText")
    if at(level, "numFmt") == "bullet" and not _WORD.search(_LEVEL.sub("", pattern)):
        return BULLET if pattern or level.find(W + "lvlPicBulletId") is not None else ""
    legal = switch(down(level, "isLgl"))

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        source = levels.get(depth)
        if source is None:
            return ""
        count = counts.get(depth, _start(source))
        return str(count) if legal else formatted(count, at(source, "numFmt") or "decimal")

    return _LEVEL.sub(number, pattern).strip()


def _start(level: Element) -> int:
    return integer(at(level, "start"))


def formatted(count: int, form: str) -> str:
    """Return a number in a format of Word (17.18.59); a format for other scripts is returned as decimal."""
    match form:
        case "lowerLetter":
            return repeated_letters(count)
        case "upperLetter":
            return repeated_letters(count).upper()
        case "lowerRoman":
            return roman(count)
        case "upperRoman":
            return roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "none" | "bullet":
            return ""
        case _:
            return str(count)
