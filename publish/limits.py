"""Limit the time and memory of the work on one manuscript, and describe a limit that it exceeded.

The limits hold where a process can be ended: in the command line (`publish.supervisor`), in the workers of a batch, and in
`publish.convert(..., limits=Limits())`. Elsewhere only the limits of reading hold.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.process import limit_memory, memory_limit, peak_memory
from publish.request import Limits
from publish.supervisor import Job, TimeExceeded, has_parent, tell

NEAR = 0.75
"""Share of the memory limit from which an error of a library counts as its consequence."""


@contextlib.contextmanager
def limited(limits: Limits, name: str) -> Iterator[None]:
    """Limit a block, if a parent process supervises this one; without a parent, do nothing.

    Raises:
        PublishError: PUB-B001 or PUB-B003, if the block exceeds a limit.
    """
    if not has_parent():
        yield
        return
    tell(Job(name, limits.timeout, limits.memory))
    limit_memory(limits.memory)
    try:
        yield
    except TimeExceeded:
        raise PublishError(time_exceeded(limits.timeout, name)) from None
    except MemoryError:
        raise PublishError(memory_exceeded(name)) from None
    finally:
        limit_memory(0)
        tell(Job())


def time_exceeded(seconds: float, source: str) -> Diagnostic:
    """Return the diagnostic of a manuscript that took too long."""
    return make("PUB-B001", f"Time limit exceeded: {seconds:g} seconds", source=source, hint=_hint("timeout"))


def is_near_limit() -> bool:
    """Return whether this process has used most of its memory: then an error of a library may mean that there is no more."""
    return memory_limit() > 0 and peak_memory() >= NEAR * memory_limit()


def memory_exceeded(source: str, megabytes: int = 0, cause: Exception | None = None) -> Diagnostic:
    """Return the diagnostic of a manuscript that needs more memory than this process may use.

    Args:
        source: The manuscript.
        megabytes: The limit, if it is that of another process.
        cause: The error of a library that ran out of memory.
    """
    limit = megabytes or memory_limit()
    message = f"Memory limit exceeded: {limit} MB" if limit else "Out of memory"
    message += f" ({type(cause).__name__}: {cause})" if cause is not None else ""
    return make("PUB-B003", message, source=source, hint=_hint("memory") if limit else "")


def died(code: int, source: str, megabytes: int = 0) -> Diagnostic:
    """Return the diagnostic of a manuscript whose process died.

    Args:
        code: The exit code of the process; negative for a signal.
        source: The manuscript.
        megabytes: The memory limit of the process; 0 if it had none.
    """
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    hint = f"it may need more than the limit of {megabytes} MB: {_hint('memory')}" if megabytes else ""
    return make("PUB-B002", f"Process died ({how})", source=source, hint=hint)


def _hint(limit: str) -> str:
    return f"raise the limit with --{limit}, or divide the manuscript"
