"""Import and patch WeasyPrint, without a change to a stream or the environment of the process."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import threading
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from publish.diagnostics import PublishError
from publish.diagnostics.codes import CODES, make
from publish.writers.pdf.patches import apply_all

LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
"""System libraries that WeasyPrint loads.

They are tried first, because WeasyPrint prints a text to standard output if one is missing.
"""


@cache
def load() -> ModuleType:
    """Import, patch and return WeasyPrint; the caller must hold `exclusive`.

    Raises:
        PublishError: PUB-W002, if a system library is missing.
        EngineChangedError: if WeasyPrint is not the pinned release.
    """
    if os.name == "posix":
        for library in LIBRARIES:
            _require(library)
    with _quick_search():
        try:
            import weasyprint
        except OSError as error:
            raise _missing(str(error).splitlines()[0]) from None
    apply_all(weasyprint)
    return weasyprint  # type: ignore[no-any-return]


def _require(library: str) -> None:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        if os.uname().sysname == "Linux":  # on other systems the libraries have other names
            raise _missing(str(error)) from None


def _missing(reason: str) -> PublishError:
    message = f"WeasyPrint cannot load a system library: {reason}"
    return PublishError(make("PUB-W002", message, hint=CODES["PUB-W002"].fix))


@contextlib.contextmanager
def _quick_search() -> Iterator[None]:
    """Prevent cffi from starting 54 processes of ldconfig, gcc and ld while this thread imports WeasyPrint.

    WeasyPrint tries several names for each library. For every name that is not a file name, cffi calls
    `ctypes.util.find_library`. WeasyPrint's list contains the correct file name, so this call needs no result. Other threads
    get the normal result.
    """
    if os.name != "posix":
        yield
        return
    original, importer = ctypes.util.find_library, threading.get_ident()

    def find_library(name: str) -> str | None:
        return None if threading.get_ident() == importer else original(name)

    ctypes.util.find_library = find_library
    try:
        yield
    finally:
        ctypes.util.find_library = original
