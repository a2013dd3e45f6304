"""What is numbered and listed beside notes: sections, captions, contents. An office decides; no format does."""

from __future__ import annotations

from msgspec import Struct


class Structure(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """Numbering of sections and captions, and the list of contents."""

    sections: bool = False
    """Whether headings are numbered: 1, 1.1, 1.1.1. One with the class `unnumbered` is not, nor what stands under it."""
    captions: bool = False
    """Whether captions are numbered: Table 1, Figure 1."""
    page_references: bool = False
    """Whether a reference within the document names its target's page where there are pages, in PDF and Word."""
    contents: int = 0
    """Levels of headings in the list of contents at the beginning; 0 is no list."""


PLAIN = Structure()
