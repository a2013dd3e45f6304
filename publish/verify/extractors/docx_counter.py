"""Word's counters of footnotes and endnotes, computed from the settings in a file (ECMA-376-1, 17.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


LARGEST = 32_767
"""The largest number that Word counts to; larger ones are digits."""


def shown(number: int, form: str) -> str:
    """Return the label that Word shows for a number in a format (ST_NumberFormat)."""
    if number > LARGEST:
        return str(number)
    if form in {"lowerLetter", "upperLetter"}:
        repeat, index = divmod(number - 1, 26)
        text = "abcdefghijklmnopqrstuvwxyz"[index] * (repeat + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        text, left = "", number
        for sign, value in zip(
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            strict=True,
        ):
            while left >= value:
                text, left = text + sign, left - value
    elif form == "chicago":
        repeat, index = divmod(number - 1, 4)
        return "*†‡§"[index] * (repeat + 1)
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text


class Counter:
    """Word's counter of footnotes or endnotes, with the settings of each section of the file."""

    def __init__(self, tag: str, sections: list[Element], settings: Element | None) -> None:
        self.tag = tag
        self.sections = sections
        self.settings = settings
        self.section = 0
        self.number = self._start()

    def _property(self, name: str, default: str) -> str:
        path = f"{W}{self.tag}Pr/{W}{name}"
        own = self.sections[self.section].find(path) if self.section < len(self.sections) else None
        if own is None and self.settings is not None:
            own = self.settings.find(path)
        return str(own.get(f"{W}val")) if own is not None else default

    def _start(self) -> int:
        value = self._property("numStart", "1")
        return int(value) if value.isdecimal() else 1

    def next_section(self) -> None:
        """Move to the next section of the file."""
        self.section += 1
        if self._property("numRestart", "continuous") == "eachSect":
            self.number = self._start()

    def next_label(self) -> str:
        """Return the current label and increment the counter."""
        self.number += 1
        return shown(
            self.number - 1, self._property("numFmt", "decimal" if self.tag == "footnote" else "lowerRoman")
        )
