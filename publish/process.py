"""Settings of the whole process. Only the command and the workers of a batch change them, never the Python API."""

from __future__ import annotations

import gc
import sys


def collect_rarely() -> None:
    """Look for unused cycles less often: nearly all objects of a document live until it is written."""
    gc.set_threshold(50_000, 10, 10)


def start_quickly() -> None:
    """Import msgspec without `typing_extensions`, whose import is slow; it then uses the same functions of `typing`."""
    if "msgspec" not in sys.modules and "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules["typing_extensions"]
