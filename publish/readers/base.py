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
from publish.model.options import Options


class Source(Struct, frozen=True):
    """A manuscript to be read."""

    name: str
    """As the user named it; diagnostics repeat it."""
    data: bytes
    folder: Path | None
    """Where pictures may come from; None where the source has no folder."""
    options: Options = Options()

    def deadline(self) -> Deadline:
        """The time until which this source may be read, counted from now."""
        return Deadline(self.name, self.options.seconds)


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
            message = f"it could not be read within {self.seconds} seconds"
            raise PublishError(make("PUB-R031", message, source=self.source))


class ReadResult(Struct, frozen=True):
    """What a reader hands back."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


Reader = Callable[[Source], ReadResult]
