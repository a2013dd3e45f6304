"""Report errors of libraries as diagnostics."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make


@contextlib.contextmanager
def reported(format_name: str, source: str) -> Iterator[None]:
    """Convert any exception from the library of a format to a diagnostic.

    Raises:
        PublishError: PUB-W005, if the library raises an exception.
    """
    try:
        yield
    except PublishError:
        raise
    except Exception as error:
        if os.environ.get("PUBLISH_DEBUG"):
            raise
        message = f"{format_name}: {type(error).__name__}: {error}"
        hint = "Set PUBLISH_DEBUG=1 to see where the error occurred"
        raise PublishError(make("PUB-W005", message, source=source, hint=hint)) from error
