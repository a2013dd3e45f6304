"""What is seen in a file: its notes, the calls of its notes, its words and its links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from msgspec import Struct, field

from publish.model.language import RTL_LETTERS

CONTEXT = 24
"""Characters before a call that are compared."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_RIGHT_TO_LEFT = re.compile(f"[{RTL_LETTERS}]")
_MIRRORED = str.maketrans(")]}>»", "([{<«")
"""Brackets are drawn as their mirror images in text from right to left (UAX #9, L4)."""

_UNPRINTED = re.compile("[-\u2010\u2011\u200c-\u200f\u202a-\u202e\u2061-\u2069\ufe00-\ufe0f]")


class Call(Struct, frozen=True):
    """One call, as it is printed."""

    label: str
    note: int
    """Index of the note that its link leads to in `Edition.notes`; -1 where it leads to none."""
    before: str
    """The characters before it."""
    within: int = -1
    """Index of the note in whose text it stands; -1 for the text itself."""
    page: int = 0
    """Page, counted from 1; 0 where the format has none."""


class Note(Struct, frozen=True):
    """One note, as it is printed."""

    label: str
    text: str
    backlinks: tuple[int, ...] = field(default=(), name="backs")
    """Indexes of the calls that it links back to."""
    links: tuple[str, ...] = ()
    page: int = 0
    kind: str = ""
    """`foot`, `end` or `table`, by where it is printed; empty where that cannot be told."""


class Reference(Struct, frozen=True):
    """The number of a note as the text cites it ("see note 4")."""

    label: str
    note: int
    """Index of the note that it leads to; -1 where it leads to none."""
    within: int = -1
    """Index of the note in whose text it stands; -1 for the text itself."""


class Observation(Struct, frozen=True):
    """All that is compared of one file."""

    format: str
    path: str
    notes: tuple[Note, ...]
    calls: tuple[Call, ...]
    """In reading order."""
    text: str
    """The text without notes and calls; blocks are set apart by spaces."""
    links: tuple[str, ...] = ()
    """Addresses outside the document that the text links to, in order."""
    exact: bool = True
    """False where spaces and hyphens are not certain, as in print, and only the other characters are compared."""
    off_page: str = ""
    """What is printed outside the sheet, where nobody sees it."""
    references: tuple[Reference, ...] = ()
    backlinks: str = field(default="all", name="backs")
    """Which links back a format can have: "all", "first" (Word: only of the first call), "none" (Akoma Ntoso)."""


def normalise_text(text: str) -> str:
    """Text for comparison: NFC, without invisible characters, with one space for any white space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_INVISIBLE))


def normalise_letters(text: str) -> str:
    """Text without white space, hyphens and signs that only steer the look of others, which print does not keep."""
    return _UNPRINTED.sub("", normalise_text(text).replace(" ", ""))


def normalise_print(text: str) -> str:
    """Text as print can be compared: squeezed, and in no order where it holds letters that run from right to left.

    A page holds such letters in the order in which they are drawn.
    """
    shown = normalise_letters(text)
    # Brackets alone tell nothing of their direction.
    drawn = has_rtl(shown) or not any(map(str.isalnum, shown))
    return "".join(sorted(shown.translate(_MIRRORED))) if drawn else shown


def addresses(links: tuple[str, ...]) -> tuple[str, ...]:
    """Links as URIs: what is no ASCII is written in percent signs, as in PDF (RFC 3987, 3.1)."""
    return tuple(quote(link, safe="%/:?#[]@!$&'()*+,;=~-._ ") for link in links)


def apart(line: str) -> str:
    """A formula as a word of a text: its line (`publish.formulas.linear`), set apart, as not every format tells its sides."""
    return f" {line} " if line else ""


def has_rtl(text: str) -> bool:
    """Whether a text has letters of a script that runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def tail(pieces: list[str]) -> str:
    """The last characters of a running text that is held in pieces."""
    window: list[str] = []
    length = 0
    for piece in reversed(pieces):
        window.append(piece)
        length += len(piece)
        if length > 4 * CONTEXT:
            break
    return normalise_text("".join(reversed(window)))[-CONTEXT:]
