"""Files by path, or by the URL of anything that fsspec knows: `s3://bucket/papers/a.md`, `file:///srv/a.md`.

A URL is a `UPath`, which has what a `Path` has. This module knows which stores replace a file in one step.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint

OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "oci", "memory"})
"""Where an object is there as a whole or not at all; elsewhere a file is written under another name and then moved."""


SIGNS = (
    "ETag",
    "etag",
    "md5Hash",
    "content_md5",
    "LastModified",
    "last_modified",
    "mtime",
    "modified",
    "updated",
)
"""What systems call what changes with a file. Their own digest over all of it (fsspec's `ukey`) differs between a list and a look."""


Readable = str | os.PathLike[str] | bytes | BinaryIO
"""What a file may be given as: a path or URL, its bytes, or a binary stream that is open."""

STANDARD_STREAM = "-"
"""The name of standard input and standard output on the command line."""


class Named(NamedTuple):
    """A file by its name, with its content unless that is to be read from there."""

    name: str
    data: bytes | None = None


def named(source: Readable, name: str = "") -> Named:
    """A file by its name.

    Args:
        source: A path, bytes, or a binary stream; a stream has the name that its attribute `name` says.
        name: Another name for it.

    Raises:
        TypeError: it is something else.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return Named(name, bytes(source))
    if isinstance(source, str | os.PathLike):
        return Named(name or os.fspath(source))
    read = getattr(source, "read", None)
    if not callable(read):
        raise TypeError(f"expected a path, bytes or a binary stream, not {type(source).__name__}")
    data = read()
    if not isinstance(data, bytes):
        raise TypeError("expected a binary stream; open the file with mode 'rb'")
    own = getattr(source, "name", "")
    return Named(name or (own if isinstance(own, str) else ""), data)


def is_remote(address: str | Path) -> bool:
    """Whether something is named by a URL that is no file of this machine."""
    text = str(address)
    return "://" in text and not text.startswith("file://")


def as_path(address: str | Path) -> Path:
    """A file or folder.

    Raises:
        PublishError: PUB-C003, where what its URL needs is not installed.
    """
    if not isinstance(address, str):
        return address
    if address.startswith("file://"):
        return Path(unquote(urlsplit(address).path))
    if not is_remote(address):
        return Path(address)
    try:
        from upath import UPath

        return cast("Path", UPath(address))
    except (ImportError, ValueError) as error:
        hint = extra_hint("cluster", *(("s3",) if address.startswith("s3") else ()))
        raise PublishError(make("PUB-C003", f"Cannot reach {address}: {error}", hint=hint)) from None


def put(path: Path, data: bytes) -> None:
    """Put a remote file in place as a whole, or leave what stood there.

    Raises:
        OSError: it cannot be written.
    """
    system, name = _behind(path)
    with _as_os_error():
        if urlsplit(str(path)).scheme in OBJECT_STORES:
            system.pipe_file(name, data)
            return
        folder, _, own = name.rpartition("/")
        system.makedirs(folder, exist_ok=True)
        temporary = f"{folder}/.{own}.{uuid.uuid4().hex}.part"
        system.pipe_file(temporary, data)
        system.mv(temporary, name)


def get(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    with _as_os_error() if is_remote(path) else contextlib.nullcontext():
        return path.read_bytes()


def mark(path: Path) -> str:
    """What changes where a remote file is changed: its time, size or tag, as its system has them.

    Raises:
        OSError: there is no such file.
    """
    system, name = _behind(path)
    with _as_os_error():
        found = system.info(name)
    sign = next((str(found[key]) for key in SIGNS if found.get(key) is not None), "")
    return f"{found.get('size')} {sign}"


def below(address: str) -> Iterator[str]:
    """The URLs of all files in and below a remote folder, or that a pattern names, in the order of their names.

    Raises:
        OSError: it cannot be listed.
    """
    system, name = _behind(as_path(address))
    with _as_os_error():
        found = system.glob(name) if set(address) & set("*?[") else system.find(name)
        yield from (system.unstrip_protocol(path) for path in sorted(found))


def _behind(path: Path) -> tuple[Any, str]:
    """The file system behind a URL, and the name of the file there."""
    remote = cast("Any", path)
    return remote.fs, remote.path


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    """Whatever a remote system's own library raises, as what a local one would.

    Raises:
        OSError: with the library's words.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that the user named.

    Raises:
        PublishError: PUB-R001, PUB-R002 or PUB-R009, if there is no such file, or it cannot be read.
    """
    name = str(path)
    if not is_remote(path) and path.is_dir():
        raise PublishError(make("PUB-R002", "This is a folder, not a manuscript", source=name))
    try:
        return get(path)
    except FileNotFoundError:
        raise PublishError(make("PUB-R001", "File not found", source=name)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PublishError(make("PUB-R009", f"Cannot read file: {reason}", source=name)) from None
