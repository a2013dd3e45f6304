"""Fields: instructions to Word with the result that it last showed (ISO/IEC 29500-1, 17.16)."""

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
"""Fields whose result depends on when or how a file is shown."""

MADE_ANEW = frozenset({"TOC", "INDEX", "TOA"})
"""Lists that are made from the text. Ours are made anew, and theirs left out."""

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_LEVELS = re.compile(r'\\o\s+"?\d-(\d)')


class Field(Struct):
    """A field that has begun and not yet ended."""

    start: int
    """Where its result begins among the pieces of the paragraph."""
    instruction: str = ""
    in_result: bool = False
    form: str = ""
    """What a form field shows without a result of its own."""

    @property
    def words(self) -> list[str]:
        """The instruction's words, without quotation marks."""
        return [quoted or plain for quoted, plain in _QUOTED.findall(self.instruction)]

    @property
    def name(self) -> str:
        """Such as `HYPERLINK`."""
        words = self.words
        return words[0].upper() if words else ""

    @property
    def argument(self) -> str:
        """The first word after the name that is no switch."""
        words = self.words[1:]
        return words[0] if words and not words[0].startswith("\\") else ""

    def has(self, switch: str) -> bool:
        r"""Whether it has a switch such as `\f`."""
        return switch in self.words

    def after(self, switch: str) -> str:
        """The word after a switch."""
        words = self.words
        return next((b for a, b in pairwise(words) if a == switch), "")

    @property
    def levels(self) -> int:
        """The levels of headings that a list of contents holds; 3 where it does not say."""
        match = _LEVELS.search(self.instruction)
        return int(match[1]) if match else 3


def form_result(start: Element) -> str:
    """What a form field shows that has no result among the runs: a box, or an entry of a list."""
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
