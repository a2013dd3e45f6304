"""Numbering of the notes of a document: decisions of an office, independent of formats.

Notes are numbered in series. The default series of a document has no name. The series `end` (endnotes) and `table` (table
notes, printed below the table) are always available. A manuscript can declare more series, so that one document can
contain the notes of a member and of a ministry with separate numbers.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NumberFormat = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "symbols"]
NoteKind = Literal["foot", "end", "table"]
Scope = Literal["document", "chapter", "role", "page"]


class Series(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """The numbering of one series of notes."""

    kind: NoteKind = "foot"
    """Position of the notes: at the foot of the page, at the end of the document, or below their table."""
    scope: Scope = "document"
    """Where numbering restarts: never, at each section of the first level, at each section with `role`, or on each
    page of the PDF. Numbering of table notes restarts at each table."""
    role: str = ""
    """Section role for `scope = "role"`, such as `qa:question`."""
    format: NumberFormat = "decimal"
    start: int = 1
    """The first number."""
    source_labels: Literal["check", "keep", "ignore"] = "check"
    """What to do with the labels in the source: report labels that differ, publish them unchanged, or ignore them."""


class NotePolicy(Series, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """Numbering of notes, from `notes:` in the front matter: the default series of the document, and the others."""

    tables: Literal["shared", "own"] = "shared"
    """Whether a note with its first call in a table is numbered with the notes of the text, or in the series `table`."""
    series: dict[str, Series] = {}

    def of(self, name: str) -> Series:
        """Return the numbering of a series by name; for an unknown name, return the default series of the document."""
        return self.series.get(name) or BUILT_IN.get(name) or self

    def knows(self, name: str) -> bool:
        """Return whether a manuscript can put notes into a series with this name."""
        return name in self.series or name in BUILT_IN

    @property
    def by_page(self) -> bool:
        """Whether any number depends on the pages of the PDF."""
        return any(s.scope == "page" and s.kind == "foot" for s in (self, *self.series.values()))


END, TABLE = "end", "table"
MARKED = "marked"
"""Series of notes with a label from the manuscript. They get no number; the label is published unchanged."""

BUILT_IN: dict[str, Series] = {
    END: Series(kind="end", format="lower-roman"),
    TABLE: Series(kind="table", format="lower-alpha"),
}
"""Series that need no declaration."""
