"""Failures of jobs that returned no outcome."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout

from publish.engine.batch.work import Done


class JobFailure(Exception):  # noqa: N818 - result of a job, not an error of this program
    """Job without an outcome, for example because the worker died or the time limit was exceeded."""

    def __init__(self, code: str, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.again = again
        """Whether a retry may succeed."""


def outcome(future: Future[Done]) -> Done:
    """Return the outcome of a job.

    Raises:
        JobFailure: if the job has no outcome.
    """
    try:
        return future.result()
    except JobFailure:
        raise
    except FutureTimeout:
        raise JobFailure("PUB-B001", "Time limit exceeded", again=False) from None
    except MemoryError:
        raise JobFailure("PUB-B003", "Memory limit exceeded", again=False) from None
    except CancelledError:
        raise JobFailure("PUB-B004", "Run ended before this manuscript", again=False) from None
    except Exception as error:  # noqa: BLE001 - report any error for the manuscript that caused it
        code = getattr(error, "exitcode", None)
        if code is not None:  # pebble's ProcessExpired
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            raise JobFailure("PUB-B002", f"Worker died ({how})", again=True) from None
        raise JobFailure("PUB-B005", f"{type(error).__name__}: {error}", again=False) from None
