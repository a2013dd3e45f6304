"""Numbers of list items and headings: LibreOffice computes them when it opens a file (ODF 1.3, part 3, 5.3 and 19.880).

Each list counts in a tree of levels. A list continues another one only if it says so. LibreOffice shows a label only for
paragraphs in a list and for headings, and counts paragraphs whose text is hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from publish.model.numerals import doubled_letters, letters, roman
from publish.readers.lists import Delimiter, Label, ListStyle
from publish.readers.odt.names import LOEXT, STYLE, TEXT, XML, first_number, whole
from publish.readers.odt.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FORMATS: dict[str, ListStyle] = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
"""Formats of OpenDocument that a list of the model can have."""

SYMBOLS = "*, †, ‡, §, **, ††, ..."
"""LibreOffice's name of the format of note symbols."""

MARKS = "*†‡§"
"""The symbols, which repeat after the last."""

TEXT_AREA, FRAME_AREA, NOTE_AREA = "text", "frames", "notes"

OUTLINE = "Outline"
"""Name of the list that the headings of a text form."""

_PLACE = re.compile(r"%(\d+)%")
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "\uf0a8": "◦"}
)
_DELIMITERS: dict[tuple[str, str], Delimiter] = {("", "."): ".", ("", ")"): ")", ("(", ")"): "()"}


class Level(Struct, frozen=True):
    """One level of a list style."""

    form: str
    """Format of its number (20.314); empty if it shows no number."""
    prefix: str
    suffix: str
    display: int
    """Number of levels that the label contains."""
    start: int
    template: str | None
    """LibreOffice's label with places for numbers, such as `%1%.%2%)`; it replaces prefix and suffix."""
    bullet: str | None
    """Character of a bullet; empty for an image; None for a number."""
    repeats: bool
    """Whether letters repeat after z: aa, bb."""

    def number(self, count: int) -> str:
        """Return a number in the format of this level."""
        return number_text(count, self.form, repeats=self.repeats)


class Tree(Struct):
    """The counts of one list. LibreOffice counts the text, the frames and the notes apart."""

    areas: dict[str, dict[int, int]] = field(default_factory=dict)

    def counts(self, area: str) -> dict[int, int]:
        """Return the count of each level from 1 in an area."""
        return self.areas.setdefault(area, {})


class OpenList(Struct, frozen=True):
    """A list that is being read."""

    style: str
    tree: Tree
    level: int
    """Level from 1."""


class Numbering:
    """The list styles of one file, with the current counts."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.levels: dict[str, dict[int, Level]] = {
            name: _levels(element) for name, element in styles.lists.items()
        }
        self.levels[OUTLINE] = _levels(styles.outline) if styles.outline is not None else {}
        self.trees: dict[str, Tree] = {}
        """Trees of the lists that another list can continue, by id."""
        self.last: tuple[str, Tree] | None = None
        """Style and tree of the last list on the first level."""
        self.outline = Tree()
        self.area = TEXT_AREA
        """Area that is being read."""

    def open(self, element: Element, outer: OpenList | None, *, again: bool = False) -> OpenList:
        """Begin a list.

        Args:
            element: The list.
            outer: The list that contains it, if any.
            again: Whether it follows another list in the same item.
        """
        own = element.get(TEXT + "style-name", "")
        continues = element.get(TEXT + "continue-numbering") == "true"
        if outer is not None:  # it counts with the list around it, also with a style of its own
            counts = outer.tree.counts(self.area)
            for level in [key for key in counts if key > outer.level and again and not continues]:
                del counts[level]
            return OpenList(own or outer.style, outer.tree, outer.level + 1)
        tree = self._tree(element, own, continues=continues)
        self.last = own, tree
        for identifier in (element.get(XML + "id"), element.get(TEXT + "id")):
            if identifier:
                self.trees[identifier] = tree
        return OpenList(own, tree, 1)

    def _tree(self, element: Element, style: str, *, continues: bool) -> Tree:
        if style == OUTLINE:
            return self.outline
        known = self.trees.get(element.get(TEXT + "continue-list", ""))
        if known is not None:
            return known
        if continues and self.last is not None and self.last[0] == style:
            return self.last[1]
        return Tree()

    def numbered_paragraph(self, element: Element) -> OpenList:
        """Return the list of a paragraph that is in a list without list elements (5.3.5)."""
        style = element.get(TEXT + "style-name", "")
        identifier = element.get(TEXT + "list-id") or f"style {style}"
        tree = self.trees.setdefault(identifier, Tree())
        return OpenList(style, tree, max(whole(element.get(TEXT + "level"), 1), 1))

    def heading(self, level: int, restart: int | None) -> Label | None:
        """Count a heading outside lists, and return its label; None if headings of its level have none."""
        return self.label(OpenList(OUTLINE, self.outline, level), restart)

    def label(self, opened: OpenList, restart: int | None = None, style: str = "") -> Label | None:
        """Count an item, and return its label; None if its level has none. A list without a style has bullets.

        Args:
            opened: The list.
            restart: The number that the item sets, if any.
            style: Style that replaces the style of the list for this item.
        """
        own = self.levels.get(opened.style)
        if own is None:
            return Label("•", 0, bullet=True)
        levels = self.levels.get(style) or own
        level = levels.get(opened.level)
        counts = opened.tree.counts(self.area)
        for above in range(1, opened.level):
            counts.setdefault(above, own[above].start if above in own else 1)
        start = own[opened.level].start if opened.level in own else 1
        counts[opened.level] = counts.get(opened.level, start - 1) + 1 if restart is None else restart
        for deeper in [key for key in counts if key > opened.level]:
            del counts[deeper]
        return _label(level, levels, counts, opened.level) if level is not None else None


def _label(level: Level, levels: dict[int, Level], counts: dict[int, int], at: int) -> Label:
    count = counts[at]
    if level.bullet is not None:
        return Label(level.bullet.translate(_SYMBOLS), count, bullet=True)

    def part(number: int) -> str:
        return levels[number].number(counts[number]) if number in levels and number in counts else ""

    if level.template is not None:
        text = _PLACE.sub(lambda m: part(int(m[1])), level.template)
        around = _around(level.template, at)
    else:
        numbers = [part(number) for number in range(max(at - level.display + 1, 1), at)]
        shown = ".".join(filter(None, [*numbers, part(at)]))
        text = f"{level.prefix}{shown}{level.suffix}"
        around = (level.prefix, level.suffix) if not any(numbers) else None
    text = text.strip("\u200b ")
    if not text:
        return Label("", count, bullet=True)
    style = FORMATS.get(level.form)
    delimiter = _DELIMITERS.get((around[0].strip(), around[1].strip())) if around is not None else None
    plain = style is not None and delimiter is not None and count > 0 and not _repeats(level, count)
    return Label(text, count, False, style or "decimal", delimiter or ".", plain)


def _repeats(level: Level, count: int) -> bool:
    return level.repeats and count > 26 and level.form in {"a", "A"}


def _around(template: str, at: int) -> tuple[str, str] | None:
    """Return the text before and after the number of a level in a template that shows no other level."""
    before, place, after = template.partition(f"%{at}%")
    return (before, after) if place and "%" not in before + after else None


def number_text(count: int, form: str, *, repeats: bool = False) -> str:
    """Return a number in a format of OpenDocument; an unknown format is decimal.

    Args:
        count: The number.
        form: The format (`style:num-format`).
        repeats: Whether letters repeat after z (`style:num-letter-sync`): aa, bb instead of aa, ab.
    """
    match form:
        case "a" | "A" if count > 0:
            text = doubled_letters(count) if repeats else letters(count)
            return text.upper() if form == "A" else text
        case "i" | "I" if count > 0:
            return roman(count) if form == "i" else roman(count).upper()
        case "":
            return ""
        case _ if form == SYMBOLS and count > 0:
            return MARKS[(count - 1) % len(MARKS)] * ((count - 1) // len(MARKS) + 1)
        case _:
            return str(count)


def _levels(style: Element) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for element in style:
        number = whole(element.get(TEXT + "level"), 0)
        if number:
            out[number] = _level(element)
    return out


def _level(element: Element) -> Level:
    bullet = None
    if element.tag == TEXT + "list-level-style-bullet":
        bullet = element.get(TEXT + "bullet-char", "")
    elif element.tag == TEXT + "list-level-style-image":
        bullet = "•"
    return Level(
        form=element.get(
            STYLE + "num-format", "1" if element.tag == TEXT + "list-level-style-number" else ""
        ),
        prefix=element.get(STYLE + "num-prefix", ""),
        suffix=element.get(STYLE + "num-suffix", ""),
        display=max(whole(element.get(TEXT + "display-levels"), 1), 1),
        start=first_number(element.get(TEXT + "start-value"), 1),
        template=element.get(LOEXT + "num-list-format"),
        bullet=bullet,
        repeats=element.get(STYLE + "num-letter-sync") == "true",
    )
