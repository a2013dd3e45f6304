"""Report errors of libraries as diagnostics."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.limits import is_near_limit, memory_exceeded


@contextlib.contextmanager
def reported(what: str, source: str, code: str = "PUB-W005") -> Iterator[None]:
    """Convert any exception to a diagnostic, so that only this format or manuscript fails.

    Args:
        what: The beginning of the message.
        source: The manuscript or the output.
        code: The code of the diagnostic.

    Raises:
        PublishError: with this code, or PUB-B003 if the memory is exceeded, if the block raises an exception.
    """
    try:
        yield
    except PublishError:
        raise
    except MemoryError:
        raise PublishError(memory_exceeded(source)) from None
    except Exception as error:
        if os.environ.get("PUBLISH_DEBUG"):
            raise
        if is_near_limit():
            raise PublishError(memory_exceeded(source, cause=error)) from error
        message = f"{what}: {type(error).__name__}: {error}"
        hint = "Set PUBLISH_DEBUG=1 to see where the error occurred"
        raise PublishError(make(code, message, source=source, hint=hint)) from error
