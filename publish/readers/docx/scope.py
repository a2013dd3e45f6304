"""State that all parts of the Word reader share while they read one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from publish.diagnostics import PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.readers.base import Deadline, Source
from publish.readers.docx import changes
from publish.readers.docx.numbering import Numbering
from publish.readers.docx.package import DocxPackage, Relations
from publish.readers.docx.run_format import Looks
from publish.readers.docx.styles import Styles
from publish.readers.images import ImageLoader
from publish.readers.metafiles import SUFFIXES, Metafiles
from publish.readers.office.report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Scope(Report):
    """State of one file: its package, its tables, and the diagnostics."""

    def __init__(self, source: Source, package: DocxPackage) -> None:
        super().__init__(source.name)
        self.source = source
        self.package = package
        self.deadline: Deadline = source.deadline()
        style_part, number_part = package.part("styles"), package.part("numbering")
        self.styles = Styles(package.tree(style_part) if style_part else None)
        self.numbering = Numbering(package.tree(number_part) if number_part else None)
        self.run_formats = Looks(self.styles, "")
        self.images = ImageLoader(None, source.name, Metafiles(lambda: package.archive.ending_with(SUFFIXES)))
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
