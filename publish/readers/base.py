"""What a reader is.

A reader is a function from bytes to a `ReadResult`. It opens no file itself: pictures and other files beside the
manuscript are had through the `Folder` that it is given, which refuses whatever lies outside.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document
from publish.options import Options
from publish.request import TrackChanges


class Source(Struct, frozen=True):
    """A manuscript to be read."""

    name: str
    """As the user named it; diagnostics repeat it."""
    data: bytes
    folder: Path | None
    """Where images may come from; None if the source has no folder."""
    track_changes: TrackChanges = "accept"
    max_megabytes: int = 200
    """The most that the file may hold when it is unpacked."""
    seconds: int = 60
    """The longest time that reading may take."""
    options: Struct | None = None
    """The reader's own options."""

    def options_as(self, kind: type[Options]) -> Options:
        """The reader's own options, or its defaults."""
        return self.options if isinstance(self.options, kind) else kind()

    def deadline(self) -> Deadline:
        """The time until which this source may be read, counted from now."""
        return Deadline(self.name, self.seconds)


class Deadline:
    """The end of the time that a reader has; long loops call `check`."""

    def __init__(self, source: str, seconds: int) -> None:
        self.source = source
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def check(self) -> None:
        """Stop reading where the time is over.

        Raises:
            PublishError: PUB-R031.
        """
        if time.monotonic() > self.end:
            message = f"Reading timed out after {self.seconds} seconds"
            raise PublishError(make("PUB-R031", message, source=self.source))


class ReadResult(Struct, frozen=True):
    """What a reader hands back."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


Reader = Callable[[Source], ReadResult]
