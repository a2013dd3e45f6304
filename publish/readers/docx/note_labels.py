"""Labels of notes as Word displays them: each section has its own format, first number and restart.

`footnotePr` and `endnotePr` in the properties of a section govern that section only; without them, those of the settings
of the file apply (ECMA-376, part 1, 17.11.11, 17.11.17 to 17.11.21).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.model.policy import NumberFormat
from publish.readers.docx.names import OFF, W, child_value, number, value
from publish.readers.docx.numbering import shown
from publish.readers.office.note_numbering import Displayed, NoteCall, Restart, SectionNotes
from publish.resolve.labels import label as symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEFAULTS = {"footnote": "decimal", "endnote": "lowerRoman"}
FORMATS: dict[str, NumberFormat] = {
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
    "chicago": "symbols",
}
"""Formats that a series of the model can have."""

RESTARTS: dict[str, Restart] = {"eachSect": "section", "eachPage": "page"}


class _Section(Struct, frozen=True):
    """How Word numbers the notes of one kind in one section."""

    format: str
    """Format in Word's terms (ST_NumberFormat)."""
    restart: str
    """`continuous`, `eachSect` or `eachPage`."""
    start: int

    def label(self, count: int) -> str:
        """Return the label of a number."""
        return symbol(count, "symbols") if self.format == "chicago" else shown(count, self.format)

    def numbering(self) -> SectionNotes:
        """Return the same numbering in the terms of the model."""
        return SectionNotes(FORMATS.get(self.format), RESTARTS.get(self.restart, "continuous"), self.start)


def displayed(document: Element, settings: Element | None, kind: str, hidden: Collection[str]) -> Displayed:
    """Return the labels of all notes with a counted label, in order.

    Args:
        document: The main part.
        settings: The settings of the file, if any.
        kind: `footnote` or `endnote`.
        hidden: Ids of the notes whose calls Word does not show and does not count.
    """
    sections = [_section(kind, end, settings) for end in document.iter(W + "sectPr")]
    sections = sections or [_section(kind, None, settings)]
    calls: list[NoteCall] = []
    count = at = 0
    last = -1
    seen = set(hidden)
    for element in document.iter(W + "sectPr", f"{W}{kind}Reference"):
        if element.tag == W + "sectPr":
            at = min(at + 1, len(sections) - 1)
        elif value(element, "id") not in seen and value(element, "customMarkFollows", default="0") in OFF:
            seen.add(value(element, "id"))
            numbering = sections[at]
            restarts = last < 0 or (numbering.restart == "eachSect" and at != last)
            count = numbering.start if restarts else count + 1
            last = at
            calls.append(NoteCall(value(element, "id"), at, numbering.label(count)))
    return Displayed(tuple(calls), tuple(section.numbering() for section in sections))


def _section(kind: str, section: Element | None, settings: Element | None) -> _Section:
    holders = [holder.find(f"{W}{kind}Pr") for holder in (section, settings) if holder is not None]

    def first(name: str) -> str:
        return next((found for holder in holders if (found := child_value(holder, name))), "")

    return _Section(
        first("numFmt") or DEFAULTS[kind],
        first("numRestart") or "continuous",
        max(number(first("numStart"), 1), 1),
    )
