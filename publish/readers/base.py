"""What a reader is.

A reader is a function from bytes to a `ReadResult`. It opens no file itself: pictures and other files beside the
manuscript are had through the `Folder` that it is given, which refuses whatever lies outside.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.model.nodes import Document


class Source(Struct, frozen=True):
    """A manuscript to be read."""

    name: str
    """As the user named it; diagnostics repeat it."""
    data: bytes
    folder: Path | None
    """Where pictures may come from; None where the source has no folder."""


class ReadResult(Struct, frozen=True):
    """What a reader hands back."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


Reader = Callable[[Source], ReadResult]
