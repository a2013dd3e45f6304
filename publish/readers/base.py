"""Definition of a reader.

A reader is a function from bytes to a `ReadResult`. It opens no files itself: it gets images and other files next to the
manuscript through its `Folder`, which rejects files outside the folder.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.model.account import AccountEntry
from publish.model.nodes import Document
from publish.options import Options
from publish.request import TrackChanges


class Source(Struct, frozen=True):
    """A manuscript for a reader."""

    name: str
    """Name as given by the user, for diagnostics."""
    data: bytes
    folder: Path | None
    """Folder that can contain images; None if the source has no folder."""
    track_changes: TrackChanges = "accept"
    max_megabytes: int = 200
    """Maximum size of the unpacked file, in megabytes."""
    seconds: int = 60
    """Maximum time for reading, in seconds."""
    options: Struct | None = None
    """Options of the reader."""

    def options_as(self, kind: type[Options]) -> Options:
        """Return the options of the reader, or its defaults."""
        return self.options if isinstance(self.options, kind) else kind()

    def deadline(self) -> Deadline:
        """Return the deadline for reading this source, counted from now."""
        return Deadline(self.name, self.seconds)


class Deadline:
    """Deadline of a reader; long loops call `check`."""

    def __init__(self, source: str, seconds: int) -> None:
        self.source = source
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def check(self) -> None:
        """Stop reading if the deadline has passed.

        Raises:
            PublishError: PUB-R031, if the deadline has passed.
        """
        if time.monotonic() > self.end:
            message = f"Reading timed out after {self.seconds} seconds"
            raise PublishError(make("PUB-R031", message, source=self.source))


class ReadResult(Struct, frozen=True):
    """Result of a reader: the document, and diagnostics."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    account: tuple[AccountEntry, ...] = ()
    """Content that the reader left out or added on purpose."""


Reader = Callable[[Source], ReadResult]
