"""Numbering of sections and captions, and table of contents: decisions of an office, independent of formats."""

from __future__ import annotations

from msgspec import Struct


class Structure(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """Numbering of sections and captions, and the table of contents."""

    sections: bool = False
    """Whether headings are numbered: 1, 1.1, 1.1.1.

    A heading with the class `unnumbered` and the headings below it have no number.
    """
    captions: bool = False
    """Whether captions are numbered: Table 1, Figure 1."""
    page_references: bool = False
    """Whether a cross-reference shows the page of its target; only in formats with pages (PDF and Word)."""
    contents: int = 0
    """Number of heading levels in the table of contents; 0 means no table of contents."""


PLAIN = Structure()
