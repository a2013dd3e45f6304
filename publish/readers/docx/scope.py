"""What all parts of the Word reader share while one file is being read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.readers.base import Deadline, Source
from publish.readers.docx.names import value
from publish.readers.docx.numbering import Numbering
from publish.readers.docx.package import DocxPackage, Relations
from publish.readers.docx.run_format import Looks
from publish.readers.docx.styles import Styles
from publish.readers.images import ImageLoader

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DROPPED_CHANGES: dict[str, frozenset[str]] = {
    "accept": frozenset({"del", "moveFrom"}),
    "reject": frozenset({"ins", "moveTo"}),
    "fail": frozenset(),
}
"""The tracked changes that are left out, by what the user decided."""

CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})


class Scope:
    """One file: its package, its tables, and what was found."""

    def __init__(self, source: Source, package: DocxPackage) -> None:
        self.source = source
        self.package = package
        self.deadline: Deadline = source.deadline()
        self.found: list[Diagnostic] = []
        self.counted: Counter[tuple[str, str]] = Counter()
        """How often each message came up; it is said once."""
        self.first: dict[tuple[str, str], Span | None] = {}
        style_part, number_part = package.part("styles"), package.part("numbering")
        self.styles = Styles(package.tree(style_part) if style_part else None)
        self.numbering = Numbering(package.tree(number_part) if number_part else None)
        self.run_formats = Looks(self.styles, "")
        self.images = ImageLoader(None, source.name)
        self.dropped = DROPPED_CHANGES[source.track_changes]
        self.paragraphs = 0
        """How many paragraphs have been read; the number of a paragraph is its line in diagnostics."""
        self.bookmarks: dict[str, str] = {}
        """The id that stands for each bookmark that something leads to."""
        self.wanted: frozenset[str] = frozenset()
        """The names of the bookmarks that something leads to."""
        self.note_marks: dict[str, str] = {}
        """The note whose reference lies within a bookmark, by the bookmark's name."""
        self.formulas: list[Element] = []
        """Formulas in the order in which they were met; each stands in the text under its number."""
        self.embedded: dict[str, n.Note] = {}
        """Notes of documents that are embedded in this one."""
        self.contents = 0
        """Levels of the list of contents that Word made; 0 where there is none."""

    def report(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Add a diagnostic."""
        self.found.append(make(code, message, span=span, source=self.source.name, hint=hint))

    def count(self, code: str, message: str, span: Span | None = None) -> None:
        """Add a diagnostic that is said once, with how often it came up."""
        key = (code, message)
        self.counted[key] += 1
        self.first.setdefault(key, span)

    def settle(self) -> None:
        """Turn what was counted into diagnostics."""
        for (code, message), count in self.counted.items():
            times = f" ({count} times, first here)" if count > 1 else ""
            self.report(code, message + times, self.first[code, message])

    def change(self, element: Element, name: str, span: Span | None) -> bool:
        """Whether a tracked change keeps its content; it is counted.

        Raises:
            PublishError: PUB-R032, where the user wants no tracked changes.
        """
        if self.source.track_changes == "fail":
            who = value(element, "author")
            by = f" by {who}" if who else ""
            message = f"File contains a tracked change{by} ({name})"
            hint = "Accept or reject the changes in Word, or use `--track-changes accept`"
            raise PublishError(make("PUB-R032", message, span=span, source=self.source.name, hint=hint))
        kept = name not in self.dropped
        inserted = name in {"ins", "moveTo"}
        kind = "insertions" if inserted else "deletions"
        verb = "accepted" if kept == inserted else "rejected"
        self.count("PUB-R033", f"Tracked {kind} are {verb}", span)
        return kept


class Story(Struct):
    """A part that is being read: the body, a note, a header."""

    part: str
    relations: Relations
    place: Span | None = None
    """Where all of it stands in the text, for a note; None for the body, whose paragraphs are counted."""
    note: str = ""
    """The key of the note that is being read."""
