"""State that all parts of the Word reader share while they read one file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry, Kind
from publish.readers.base import Deadline, Source
from publish.readers.docx import changes
from publish.readers.docx.numbering import Numbering
from publish.readers.docx.package import DocxPackage, Relations
from publish.readers.docx.run_format import Looks
from publish.readers.docx.styles import Styles
from publish.readers.images import ImageLoader

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Scope:
    """State of one file: its package, its tables, and the diagnostics."""

    def __init__(self, source: Source, package: DocxPackage) -> None:
        self.source = source
        self.package = package
        self.deadline: Deadline = source.deadline()
        self.found: list[Diagnostic] = []
        self.account: list[AccountEntry] = []
        """Content that is left out or added on purpose."""
        self.counted: Counter[tuple[str, str]] = Counter()
        """Number of occurrences of each message, which is reported once."""
        self.first: dict[tuple[str, str], Span | None] = {}
        style_part, number_part = package.part("styles"), package.part("numbering")
        self.styles = Styles(package.tree(style_part) if style_part else None)
        self.numbering = Numbering(package.tree(number_part) if number_part else None)
        self.run_formats = Looks(self.styles, "")
        self.images = ImageLoader(None, source.name)
        self.paragraphs = 0
        """Number of paragraphs read; the number of a paragraph is its line in diagnostics."""
        self.bookmarks: dict[str, str] = {}
        """Id for each bookmark that is a reference target."""
        self.bookmark_texts: dict[str, str] = {}
        """Text of each bookmark that is a reference target."""
        self.bookmark_numbers: dict[str, str] = {}
        """Number of the paragraph that contains each such bookmark."""
        self.wanted: frozenset[str] = frozenset()
        """Names of the bookmarks that are reference targets."""
        self.note_marks: dict[str, str] = {}
        """Key of the note that is called in a bookmark, by the name of the bookmark."""
        self.hidden_notes: dict[str, set[str]] = {"footnote": set(), "endnote": set()}
        """Ids of the notes whose calls are hidden, by kind."""
        self.formulas: list[Element] = []
        """Formulas in reading order; the placeholder of each in the text contains its number."""
        self.embedded: dict[str, n.Note] = {}
        """Notes of documents that are embedded in this document."""
        self.contents = 0
        """Levels of the table of contents that Word generated; 0 if there is none."""

    def report(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Add a diagnostic."""
        self.found.append(make(code, message, span=span, source=self.source.name, hint=hint))

    def count(self, code: str, message: str, span: Span | None = None) -> None:
        """Add a diagnostic that is reported once, with the number of occurrences."""
        key = (code, message)
        self.counted[key] += 1
        self.first.setdefault(key, span)

    def leave_out(self, code: str, text: str, span: Span | None = None, kind: Kind = "words") -> None:
        """Record content of the file that is not published."""
        self.account.append(AccountEntry(code, text, kind, span=span))

    def add(self, code: str, text: str, span: Span | None = None) -> None:
        """Record published words that the file does not show."""
        self.account.append(AccountEntry(code, text, added=True, span=span))

    def settle(self) -> None:
        """Convert the counted messages to diagnostics."""
        for (code, message), count in self.counted.items():
            times = f" ({count} times, first here)" if count > 1 else ""
            self.report(code, message + times, self.first[code, message])

    def text(self, part: str) -> Element:
        """Return a part with text, with its tracked changes accepted or rejected, and count them.

        Raises:
            PublishError: PUB-R032, if the part has tracked changes and the user does not allow them.
        """
        root = self.package.tree(part)
        how = self.source.track_changes
        found = list(changes.changes_in(root))
        for change in found:
            span = Span(change.paragraph) if part == self.package.main else None
            if how == "fail":
                by = f" by {change.author}" if change.author else ""
                message = f"File contains a tracked change{by} ({change.name})"
                hint = "Accept or reject the changes in Word, or use `--track-changes accept`"
                raise PublishError(make("PUB-R032", message, span=span, source=self.source.name, hint=hint))
            self.count("PUB-R033", f"Tracked {change.kind} are {how}ed", span)
        if found:
            changes.settle(root, how)
        return root


class Story(Struct):
    """A part that is being read: the body, a note or a header."""

    part: str
    relations: Relations
    place: Span | None = None
    """Position of the whole part in the text, for a note; None for the body, whose paragraphs are counted."""
    note: str = ""
    """Key of the note that is being read."""
