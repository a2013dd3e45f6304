"""Automatic numbering: the numbers that Word shows but does not store in the file (ISO/IEC 29500-1, 17.9).

Each abstract numbering has its counters, which run in document order over all paragraphs that use it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.model.numerals import doubled_letters, roman
from publish.readers.docx.names import W, child_value, is_on, number, value
from publish.readers.docx.styles import Num
from publish.readers.lists import Delimiter, Label, ListStyle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FORMATS: dict[str, ListStyle] = {
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
"""Formats of Word that a list of the model can have."""

_SIMPLE = re.compile(r"(?P<open>\()?%(?P<level>\d)(?P<close>[.)])")
_WORD = re.compile(r"[^\W\d_]{2}")
"""A word in the text of a bullet; a single letter is a sign of a symbol font."""

_PLACE = re.compile(r"%(\d)")
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "o": "o"}
)


class Level(Struct, frozen=True):
    """One level of a numbering."""

    form: str
    text: str
    start: int
    indent: int
    """Position where its text begins, in twentieths of a point."""
    restart: int | None = None
    """Level, from 1, whose number restarts this level; 0 means no level, None means the level above."""
    legal: bool = False


class Numbering:
    """The numberings of one file, with the current counts."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.abstract: dict[str, str] = {}
        """Abstract numbering of each `w:numId`; counters belong to it."""
        self.overrides: dict[str, dict[int, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstracts = {value(x, "abstractNumId"): x for x in root.iter(W + "abstractNum")}
        for num in root.iter(W + "num"):
            identifier, abstract = value(num, "numId"), child_value(num, "abstractNumId")
            self.abstract[identifier] = abstract
            levels = _levels(abstracts.get(abstract), abstracts)
            starts: dict[int, int] = {}
            for override in num.iter(W + "lvlOverride"):
                index = number(value(override, "ilvl"))
                own = override.find(W + "lvl")
                if own is not None:
                    levels[index] = _level(own)
                given = child_value(override, "startOverride")
                if given:
                    starts[index] = number(given, 1)
            self.levels[identifier] = levels
            self.overrides[identifier] = starts

    def label(self, num: Num) -> Label | None:
        """Count one paragraph, and return its label; None if the numbering is not defined."""
        level = self.levels.get(num.id, {}).get(num.level)
        if level is None:
            return None
        counts = self.counts.setdefault(self.abstract[num.id], {})
        self._count(num, counts, level)
        fixed = _PLACE.sub("", level.text).strip() if level.form in {"bullet", "none"} else ""
        if _WORD.search(fixed):
            return Label(fixed, counts[num.level], False, "decimal", ".", False, level.indent)
        if level.form in {"bullet", "none"}:
            text = level.text.translate(_SYMBOLS) if level.form == "bullet" else ""
            return Label(text, counts[num.level], bullet=True, indent=level.indent)
        text = _PLACE.sub(lambda m: self._part(num, counts, int(m[1]) - 1, legal=level.legal), level.text)
        simple = _SIMPLE.fullmatch(level.text)
        style = FORMATS.get(level.form)
        plain = simple is not None and style is not None and int(simple["level"]) == num.level + 1
        delimiter: Delimiter = "."
        if simple is not None:
            plain = plain and not (simple["open"] and simple["close"] == ".")
            delimiter = "()" if simple["open"] else ")" if simple["close"] == ")" else "."
        return Label(text, counts[num.level], False, style or "decimal", delimiter, plain, level.indent)

    def _count(self, num: Num, counts: dict[int, int], level: Level) -> None:
        first = (num.id, num.level) not in self.begun
        self.begun.add((num.id, num.level))
        override = self.overrides[num.id].get(num.level)
        if first and override is not None:
            counts[num.level] = override
        else:
            counts[num.level] = counts.get(num.level, level.start - 1) + 1
        for deeper in [k for k in counts if k > num.level]:
            below = self.levels[num.id].get(deeper)
            restart = below.restart if below and below.restart is not None else deeper
            if restart and num.level < restart:
                del counts[deeper]

    def _part(self, num: Num, counts: dict[int, int], index: int, *, legal: bool) -> str:
        level = self.levels[num.id].get(index)
        if level is None:
            return ""
        found = counts.get(index, level.start)
        return str(found) if legal else shown(found, level.form)


def shown(count: int, form: str) -> str:
    """Return a number in one of Word's formats (ST_NumberFormat); an unknown format is decimal."""
    match form:
        case "lowerLetter" | "upperLetter":
            # Word repeats letters (aa bb cc); other programs count aa ab ac.
            text = doubled_letters(count) if count > 0 else ""
            return text.upper() if form == "upperLetter" else text
        case "lowerRoman":
            return roman(count)
        case "upperRoman":
            return roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "ordinal":
            return f"{count}e"
        case "none" | "bullet":
            return ""
        case _:
            return str(count)


def _levels(abstract: Element | None, all_abstract: dict[str, Element]) -> dict[int, Level]:
    if abstract is None:
        return {}
    link = child_value(abstract, "numStyleLink")
    if link:  # the levels are in the numbering that defines the style
        for other in all_abstract.values():
            if child_value(other, "styleLink") == link:
                return _levels(other, {})
    return {number(value(level, "ilvl")): _level(level) for level in abstract.findall(W + "lvl")}


def _level(element: Element) -> Level:
    restart = child_value(element, "lvlRestart")
    return Level(
        form=child_value(element, "numFmt") or "decimal",
        text=child_value(element, "lvlText"),
        start=number(child_value(element, "start"), 0) if child_value(element, "start") else 0,
        indent=number(child_value(element, "pPr/ind", "left") or child_value(element, "pPr/ind", "start")),
        restart=number(restart) if restart else None,
        legal=is_on(element.find(W + "isLgl")),
    )
