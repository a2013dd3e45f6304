"""Settings of the whole process. Only the command and the workers of a batch change them, never the Python API."""

from __future__ import annotations

import gc
import os
import sys


def open_streams() -> None:
    """Make standard output and error usable: a closed stream takes all text, and unknown characters become escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


class Terminated(KeyboardInterrupt):
    """The system asks the process to end (SIGTERM); like Ctrl-C, it lets every block clean up."""


def end_on_request() -> None:
    """Raise `Terminated` on SIGTERM."""
    import signal

    def end(_number: int, _frame: object) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, end)


def collect_rarely() -> None:
    """Look for unused cycles less often: nearly all objects of a document live until it is written."""
    gc.set_threshold(50_000, 10, 10)


def start_quickly() -> None:
    """Import msgspec without `typing_extensions`, whose import is slow; it then uses the same functions of `typing`."""
    if "msgspec" not in sys.modules and "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules["typing_extensions"]
