"""How the notes of a document are numbered: what an office decides, and nothing that a format decides.

Notes are numbered in series. A document's own series has no name; `end` (endnotes) and `table` (notes of a table, printed
below it) are always there to be used, and a manuscript may declare more, so that a member's notes and a ministry's can
stand in one document, each with its own numbers.
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
    """Where its notes are printed: at the foot of the page, at the end of the document, or below their table."""
    scope: Scope = "document"
    """Where numbers start again: never, at each section of the first level, at each section with `role`, or on each
    page of the PDF. Numbers of a table's notes start again at each table."""
    role: str = ""
    """The section role of `scope = "role"`, such as `qa:question`."""
    format: NumberFormat = "decimal"
    start: int = 1
    """The first number."""
    source_labels: Literal["check", "keep", "ignore"] = "check"
    """What to do with the labels that the source prints: report those that differ, publish them as they are, or
    take no notice of them."""


class NotePolicy(Series, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """Numbering of notes, as `notes:` in the front matter gives it: the document's own series, and the others."""

    tables: Literal["shared", "own"] = "shared"
    """Whether a note that is first called in a table is numbered with the text's notes, or in the series `table`."""
    series: dict[str, Series] = {}

    def of(self, name: str) -> Series:
        """The numbering of a series by its name; an unknown name is the document's own series."""
        return self.series.get(name) or BUILT_IN.get(name) or self

    def knows(self, name: str) -> bool:
        """Whether a manuscript may put notes into a series of this name."""
        return name in self.series or name in BUILT_IN

    @property
    def by_page(self) -> bool:
        """Whether any number depends on the pages of the PDF."""
        return any(s.scope == "page" and s.kind == "foot" for s in (self, *self.series.values()))


END, TABLE = "end", "table"
MARKED = "marked"
"""The series of notes whose mark a manuscript gives: it takes no number, and is published as it is."""

BUILT_IN: dict[str, Series] = {
    END: Series(kind="end", format="lower-roman"),
    TABLE: Series(kind="table", format="lower-alpha"),
}
"""Series that need no declaration."""
