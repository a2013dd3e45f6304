"""How the notes of a document are numbered: what an office decides, and nothing that a format decides."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NumberFormat = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "symbols"]


class NotePolicy(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"):
    """Numbering of notes, as `notes:` in the front matter or `[notes]` in publish.toml gives it."""

    scope: Literal["document", "chapter", "role"] = "document"
    """Where numbers start again: never, at each section of the first level, or at each section with `role`."""
    role: str = ""
    """The section role of `scope = "role"`, such as `qa:question`."""
    format: NumberFormat = "decimal"
    start: int = 1
    """The first number."""
    source_labels: Literal["check", "keep", "ignore"] = "check"
    """What to do with the labels that the source prints: report those that differ, publish them as they are, or
    take no notice of them."""
