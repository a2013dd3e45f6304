"""Fields: instructions to Word, with their last displayed result (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.readers.docx.names import W, child_value, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CHANGING = frozenset(
    {"DATE", "TIME", "PAGE", "NUMPAGES", "SECTIONPAGES", "FILENAME", "SAVEDATE", "PRINTDATE"}
)
"""Fields whose result depends on when or how a file is displayed."""

SHOWN = frozenset(
    {
        "=", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "EQ", "LISTNUM", "NOTEREF", "NUMCHARS", "NUMWORDS",
        "PAGEREF", "QUOTE", "REF", "STYLEREF", "SUBJECT", "TITLE", *CHANGING,
    }
)  # fmt: skip
"""Fields that always show something, so that one without result lacks it."""

GENERATED = frozenset({"TOC", "INDEX", "TOA"})
"""Lists that Word generates from the text."""

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_LEVELS = re.compile(r'\\o\s+"?\d-(\d)')


class Field(Struct):
    """A field that has started and not yet ended."""

    start: int
    """Index of the first piece of its result in the paragraph."""
    instruction: str = ""
    in_result: bool = False
    form: str = ""
    """Displayed value of a form field that has no result."""

    @property
    def words(self) -> list[str]:
        """Words of the instruction, without quotation marks."""
        return [quoted or plain for quoted, plain in _QUOTED.findall(self.instruction)]

    @property
    def name(self) -> str:
        """Name of the field, such as `HYPERLINK`."""
        words = self.words
        return words[0].upper() if words else ""

    @property
    def argument(self) -> str:
        """Word after the name; empty if it is a switch."""
        words = self.words[1:]
        return words[0] if words and not words[0].startswith("\\") else ""

    def has(self, switch: str) -> bool:
        r"""Return whether the field has a switch such as `\f`."""
        return switch in self.words

    def after(self, switch: str) -> str:
        """Return the word after a switch."""
        words = self.words
        return next((b for a, b in pairwise(words) if a == switch), "")

    @property
    def is_contents(self) -> bool:
        """Whether the field is a list of headings, which publish generates again; a list of captions is not (17.16.5.68)."""
        return self.name == "TOC" and not (self.has("\\c") or self.has("\\a"))

    @property
    def levels(self) -> int:
        """Number of heading levels in a table of contents; 3 if the field does not specify it."""
        match = _LEVELS.search(self.instruction)
        return int(match[1]) if match else 3


def form_result(start: Element) -> str:
    """Return what a form field without a result in the runs shows: a check box, or an entry of a list."""
    data = start.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        own = box.find(W + "checked")
        return "☒" if is_on(own if own is not None else box.find(W + "default")) else "☐"
    entries = data.findall(f"{W}ddList/{W}listEntry")
    if entries:
        chosen = number(child_value(data, "ddList/result"))
        return value(entries[min(max(chosen, 0), len(entries) - 1)])
    return ""
