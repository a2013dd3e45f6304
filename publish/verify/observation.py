"""Content found in a file: its notes, the calls of its notes, its words and its links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from msgspec import Struct, field

from publish.model.language import RTL_LETTERS

MODEL = "model"
"""Format of the observation of a document."""

CONTEXT = 24
"""Number of characters before a call to compare."""

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_RIGHT_TO_LEFT = re.compile(f"[{RTL_LETTERS}]")
_MIRRORED = str.maketrans(")]}>»", "([{<«")
"""Right-to-left text shows brackets as their mirror images (UAX #9, L4)."""

_UNPRINTED = re.compile(
    "[-\u2010\u2011\u200c-\u200f\u202a-\u202e\u2061-\u2069\ue000-\uf8ff\ufe00-\ufe0f\ufffd]"
)
"""Characters that print does not preserve; those for private use have no Unicode letter, and U+FFFD takes their place."""


class Call(Struct, frozen=True):
    """One call, as printed."""

    label: str
    note: int
    """Index in `Observation.notes` of the note that its link points to; -1 if it points to none."""
    before: str
    """The characters before it."""
    within: int = -1
    """Index of the note that contains the call; -1 for the body text."""
    page: int = 0
    """Page, counted from 1; 0 if the format has no pages."""


class Note(Struct, frozen=True):
    """One note, as printed."""

    label: str
    text: str
    backlinks: tuple[int, ...] = field(default=(), name="backs")
    """Indexes of the calls that it links back to."""
    links: tuple[str, ...] = ()
    page: int = 0
    kind: str = ""
    """`foot`, `end` or `table`, by its printed position; empty if unknown."""


class Reference(Struct, frozen=True):
    """A cross-reference: the label of a note that the text cites ("see note 4")."""

    label: str
    note: int
    """Index of the note that it points to; -1 if it points to none."""
    within: int = -1
    """Index of the note that contains the cross-reference; -1 for the body text."""


class Observation(Struct, frozen=True):
    """The content of one file that is compared."""

    format: str
    path: str
    notes: tuple[Note, ...]
    calls: tuple[Call, ...]
    """In reading order."""
    text: str
    """The text without notes and calls; spaces separate blocks."""
    links: tuple[str, ...] = ()
    """Addresses outside the document that the text links to, in order."""
    exact: bool = True
    """False if spaces and hyphens are uncertain, as in print; then only the other characters are compared."""
    off_page: str = ""
    """Text printed outside the page, where it is not visible."""
    references: tuple[Reference, ...] = ()
    items: tuple[str, ...] = ()
    """Label and first words of each list item, heading and caption with a label; of a file, the beginning of each paragraph."""
    tables: tuple[tuple[int, int], ...] = ()
    """Rows and columns of each table."""
    note_tables: tuple[tuple[int, int], ...] = ()
    """Rows and columns of the tables in notes, which are among `tables`; OpenDocument shows their rows as lines."""
    images: tuple[str, ...] = ()
    """Alternative text of each image."""
    hidden: str = ""
    """Words in the file that its program does not show."""
    structured: bool = False
    """Whether the extractor reads labels, tables and images."""
    backlinks: str = field(default="all", name="backs")
    """The backlinks that a format can have: "all", "first" (Word: only to the first call), "none" (Akoma Ntoso)."""


def normalise_text(text: str) -> str:
    """Normalise text for comparison: NFC, no invisible characters, one space for any white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for character in _INVISIBLE:
            text = text.replace(character, "")
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def normalise_letters(text: str) -> str:
    """Remove white space, and the characters that print does not preserve."""
    return _UNPRINTED.sub("", normalise_text(text).replace(" ", ""))


def normalise_print(text: str) -> str:
    """Normalise text for comparison in print; sort the characters if the text contains right-to-left letters.

    A page contains right-to-left letters in drawing order.
    """
    shown = normalise_letters(text)
    # Brackets alone do not indicate a direction.
    drawn = has_rtl(shown) or not any(map(str.isalnum, shown))
    return "".join(sorted(shown.translate(_MIRRORED))) if drawn else shown


def addresses(links: tuple[str, ...]) -> tuple[str, ...]:
    """Return links as URIs, with non-ASCII characters percent-encoded, as in PDF (RFC 3987, 3.1)."""
    return tuple(quote(link, safe="%/:?#[]@!$&'()*+,;=~-._ ") for link in links)


def apart(line: str) -> str:
    """Return the linear form of a formula (`publish.formulas.linear`) as a separate word.

    The spaces are necessary because not every format preserves the boundaries of a formula.
    """
    return f" {line} " if line else ""


def has_rtl(text: str) -> bool:
    """Return whether a text contains letters of a right-to-left script."""
    return _RIGHT_TO_LEFT.search(text) is not None


def tail(pieces: list[str]) -> str:
    """Return the last characters of a running text that consists of pieces."""
    window: list[str] = []
    length = 0
    for piece in reversed(pieces):
        window.append(piece)
        length += len(piece)
        if length > 4 * CONTEXT:
            break
    return normalise_text("".join(reversed(window)))[-CONTEXT:]
