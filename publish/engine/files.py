"""Putting files in place as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.places import get, is_remote, place, put

PATTERN = frozenset("*?[")
"""Signs of which a pattern of names has one."""


def is_many(source: str) -> bool:
    """Whether a source is a folder or a pattern, and not one manuscript."""
    if is_remote(source):
        return source.endswith("/") or bool(PATTERN & set(source))
    path = place(source)
    return path.is_dir() or (bool(PATTERN & set(source)) and not path.exists())


def write_whole(path: Path, data: bytes, *, keep: Path | None = None) -> None:
    """Replace a file by new content in one step; on any failure what stood there before still stands there.

    Args:
        path: The file.
        data: Its new content.
        keep: A file that must not be replaced: the manuscript.

    Raises:
        PublishError: PUB-W001, with the system's reason.
    """
    if keep is not None and _is_same(path, keep):
        raise PublishError(
            make("PUB-W001", f"{path} is the manuscript itself", hint="give another folder with -o")
        )
    temporary = ""
    try:
        if is_remote(path):
            put(path, data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        message = f"cannot write {path}: {error.strerror or error}"
        raise PublishError(make("PUB-W001", message, hint="what stood there before is unchanged")) from None


def _is_same(path: Path, other: Path) -> bool:
    if is_remote(path) or is_remote(other):
        return str(path) == str(other)
    return path.resolve() == other.resolve()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_bytes(path: Path) -> bytes:
    """The bytes of a manuscript.

    Raises:
        PublishError: PUB-R001, PUB-R002 or PUB-R009, where there is no such file, or it cannot be read.
    """
    name = str(path)
    if not is_remote(path) and path.is_dir():
        raise PublishError(make("PUB-R002", "this is a folder, not a manuscript", source=name))
    try:
        return get(path)
    except FileNotFoundError:
        raise PublishError(make("PUB-R001", "there is no such file", source=name)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PublishError(make("PUB-R009", f"cannot be read: {reason}", source=name)) from None
