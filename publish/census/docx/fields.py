"""Fields: which of their words Word shows (17.16)."""

from __future__ import annotations

import re

from msgspec import Struct

from publish.census.docx.package import Element, W, at, down, integer, val

_NAME = re.compile(r"\s*(\S+)")
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]\S*))', re.IGNORECASE)
_EQUATION = re.compile(r"^\s*EQ|\\[a-z]+\d*", re.IGNORECASE)
"""Name and switches of a formula in the form of a field (17.16.5.23): what is left is text."""

_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)')


class Field(Struct):
    """A field that has begun and not ended."""

    instruction: str = ""
    in_result: bool = False
    choice: str = ""
    """Words that a form field shows if it has no result."""
    shown: bool = False
    """Whether its result shows a character."""

    @property
    def name(self) -> str:
        """Name of the field in capitals."""
        match = _NAME.match(self.instruction)
        return match[1].upper() if match else ""

    @property
    def equation(self) -> str:
        """Words that a formula shows."""
        return _EQUATION.sub(" ", self.instruction)

    @property
    def is_contents(self) -> bool:
        r"""Whether the field is a table of contents, made from headings; one with `\c` or `\a` is made from captions."""
        switches = self.instruction.split()
        return self.name == "TOC" and "\\c" not in switches and "\\a" not in switches

    @property
    def address(self) -> str:
        """Address of a hyperlink outside the file."""
        match = _ADDRESS.match(self.instruction)
        if match is None:
            return ""
        anchor = _ANCHOR.search(self.instruction)
        return (match[1] or match[2]) + (f"#{anchor[1]}" if anchor else "")


def form_choice(start: Element) -> str:
    """Return what a drop-down form field shows (17.16.9)."""
    entries = [val(e) for e in start.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    if not entries:
        return ""
    index = integer(at(down(start, "ffData/ddList"), "result") or at(down(start, "ffData/ddList"), "default"))
    return entries[min(max(index, 0), len(entries) - 1)]
