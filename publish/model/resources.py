"""Data that belongs to a document in addition to its text: files that it shows, and comments."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics.types import Span


class Resource(Struct, frozen=True, omit_defaults=True):
    """A file that the document shows."""

    media_type: str
    data: bytes
    width: int = 0
    """Width in pixels; 0 if unknown."""
    height: int = 0


class Annotation(Struct, frozen=True, omit_defaults=True):
    """A comment on the text. It is never published."""

    text: str
    quoted: str = ""
    """Text that the comment refers to."""
    author: str = ""
    date: str = ""
    """Date as written in the source."""
    span: Span | None = None
