"""Failures of jobs that returned no outcome."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TypeVar

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.limits import died, memory_exceeded, time_exceeded
from publish.request import Limits

Outcome = TypeVar("Outcome")


class JobFailure(Exception):  # noqa: N818 - result of a job, not an error of this program
    """Job without an outcome, for example because the worker died or the time limit was exceeded."""

    def __init__(self, diagnostic: Diagnostic, *, again: bool) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.again = again
        """Whether a retry may succeed."""


def outcome(future: Future[Outcome], source: str, limits: Limits) -> Outcome:
    """Return the outcome of a job.

    Args:
        future: The job.
        source: Its manuscript.
        limits: The limits of its worker.

    Raises:
        JobFailure: if the job has no outcome.
    """
    try:
        return future.result()
    except JobFailure:
        raise
    except FutureTimeout:
        raise JobFailure(time_exceeded(limits.timeout, source), again=False) from None
    except MemoryError:
        raise JobFailure(memory_exceeded(source, limits.memory), again=False) from None
    except CancelledError:
        ended = make("PUB-B004", "Run ended before this manuscript", source=source)
        raise JobFailure(ended, again=False) from None
    except Exception as error:  # noqa: BLE001 - report any error for the manuscript that caused it
        code = getattr(error, "exitcode", None)
        if code is not None:  # pebble's ProcessExpired
            raise JobFailure(died(code, source, limits.memory), again=True) from None
        unexpected = make("PUB-B005", f"{type(error).__name__}: {error}", source=source)
        raise JobFailure(unexpected, again=False) from None
