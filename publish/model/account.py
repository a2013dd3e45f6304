"""Account of a reader: the content of the source that it left out or added on purpose.

`publish.verify.source` compares it with a census of the source. What a reader neither publishes nor lists here is lost.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from publish.diagnostics.types import Span

Kind = Literal["words", "note", "note label", "note reference", "label", "heading", "table", "image", "link"]
"""Kind of content: `note label` means that notes are numbered differently, `note reference` that a reference to the note
with the key `text` has no words in the source, `heading` that a heading is text."""


class AccountEntry(Struct, frozen=True, omit_defaults=True):
    """Content that is in the source or in the document, but not in both."""

    code: str
    """Code of the diagnostic that reports it, or a short reason if the content only has another form in the document."""
    text: str = ""
    """The words concerned, the label, or the name of the image."""
    kind: Kind = "words"
    added: bool = False
    """Whether the reader added the content; otherwise it left the content out."""
    count: int = 1
    """Number of notes, tables or images."""
    span: Span | None = None
