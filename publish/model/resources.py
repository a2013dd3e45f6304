"""What belongs to a document next to its text: files that it shows, and comments on it."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics.types import Span


class Resource(Struct, frozen=True, omit_defaults=True):
    """A file that the document shows."""

    media_type: str
    data: bytes
    width: int = 0
    """Pixels; 0 when not known."""
    height: int = 0


class Annotation(Struct, frozen=True, omit_defaults=True):
    """A comment that someone wrote beside the text. It is never published."""

    text: str
    quoted: str = ""
    """The words that it is about."""
    author: str = ""
    date: str = ""
    """As the source writes it."""
    span: Span | None = None
