"""Access files by path, or by a URL that fsspec supports: `s3://bucket/papers/a.md`, `file:///srv/a.md`.

A URL becomes a `UPath`, which has the interface of `Path`. `OBJECT_STORES` lists the stores that replace a file atomically.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint

OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "oci", "memory"})
"""Stores that write an object atomically; elsewhere `put` writes a file under a temporary name and then moves it."""


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
"""Names in file systems of values that change with a file.

fsspec's `ukey`, a digest of all values, differs between listing a folder and reading the information of one file."""


MEGABYTE = 1024 * 1024


class TooLargeError(OSError):
    """A file is larger than a limit."""


Readable = str | os.PathLike[str] | bytes | BinaryIO
"""Types that can specify a file: a path or URL, its bytes, or an open binary stream."""

STANDARD_STREAM = "-"
"""The name of standard input and standard output on the command line."""


class Named(NamedTuple):
    """The name of a file, and its content; None if the content must be read from the file with that name."""

    name: str
    data: bytes | None = None


def named(source: Readable, name: str = "") -> Named:
    """Return the name of a file, and its content if `source` is not a path.

    Args:
        source: A path, bytes, or a binary stream. The name of a stream is its attribute `name`.
        name: A name that replaces the name of the source.

    Raises:
        TypeError: if the source has another type.
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
    """Return whether an address is a URL that is not a local file."""
    text = str(address)
    return "://" in text and not text.startswith("file://")


def as_path(address: str | Path) -> Path:
    """Convert an address to the path of a file or folder.

    Raises:
        PublishError: PUB-C003, if a package that the URL requires is not installed.
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
    """Write a remote file atomically; if writing fails, the old file remains.

    Raises:
        OSError: if the file cannot be written.
    """
    system, name = _behind(path)
    with _as_os_error():
        if urlsplit(str(path)).scheme in OBJECT_STORES:
            system.pipe_file(name, data)
            return
        folder, _, own = name.rpartition("/")
        system.makedirs(folder, exist_ok=True)
        temporary = f"{folder}/.{own}.{os.urandom(16).hex()}.part"
        system.pipe_file(temporary, data)
        system.mv(temporary, name)


def get(path: Path) -> bytes:
    """Read the bytes of a file.

    Raises:
        OSError: if the file cannot be read.
    """
    with _as_os_error() if is_remote(path) else contextlib.nullcontext():
        return path.read_bytes()


def is_existing_file(path: Path) -> bool:
    """Return whether a path is a local file that is no folder; False for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_existing(path: Path) -> bool:
    """Return whether a path is a local file or folder; False for a name that none can have."""
    return is_existing_file(path) or is_existing_folder(path)


def is_existing_folder(path: Path) -> bool:
    """Return whether a path is a local folder; False for a name that no folder can have."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def mark(path: Path) -> str:
    """Return a value that changes if a remote file changes: its size with its time, tag or digest.

    Raises:
        OSError: if the file does not exist.
    """
    system, name = _behind(path)
    with _as_os_error():
        found = system.info(name)
    sign = next((str(found[key]) for key in SIGNS if found.get(key) is not None), "")
    return f"{found.get('size')} {sign}"


def below(address: str) -> Iterator[str]:
    """Yield the URLs of all files in a remote folder and its subfolders, or that match a pattern, sorted by name.

    Raises:
        OSError: if the folder cannot be listed.
    """
    system, name = _behind(as_path(address))
    with _as_os_error():
        found = system.glob(name) if set(address) & set("*?[") else system.find(name)
        yield from (system.unstrip_protocol(path) for path in sorted(found))


def _behind(path: Path) -> tuple[Any, str]:
    """Return the file system of a URL, and the name of the file in it."""
    remote = cast("Any", path)
    return remote.fs, remote.path


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    """Convert all exceptions of the library of a remote file system to `OSError`.

    Raises:
        OSError: if the library raises an exception; with its message.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def read_regular(path: Path, most: int) -> bytes:
    """Read a local file, but no device, pipe or socket, which can give bytes without end.

    Args:
        path: The file.
        most: Largest size in bytes.

    Raises:
        TooLargeError: if the file is larger.
        OSError: if the file cannot be read, or is not a regular file.
    """
    # Without O_NONBLOCK, opening a pipe waits for a program that writes to it.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as stream:
        known = os.fstat(number)
        if stat.S_ISDIR(known.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Is a folder", str(path))
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if known.st_size > most:
            raise TooLargeError(errno.EFBIG, f"larger than {most // MEGABYTE} MB", str(path))
        # One read of the largest size would allocate that much memory.
        data = stream.read(known.st_size)
        while more := stream.read(MEGABYTE):
            data += more
            if len(data) > most:
                raise TooLargeError(errno.EFBIG, f"larger than {most // MEGABYTE} MB", str(path))
        return data


def read_bytes(path: Path, megabytes: int = 2000) -> bytes:
    """Read the bytes of a file that the user named.

    Args:
        path: The file.
        megabytes: Largest size.

    Raises:
        PublishError: PUB-R001, if the file does not exist; PUB-R002, if it is a folder; PUB-R030, if it is too large;
            PUB-R009, if it cannot be read.
    """
    name = str(path)
    try:
        return get(path) if is_remote(path) else read_regular(path, megabytes * MEGABYTE)
    except IsADirectoryError:
        raise PublishError(make("PUB-R002", "This is a folder, not a manuscript", source=name)) from None
    except TooLargeError:
        raise PublishError(make("PUB-R030", f"File is larger than {megabytes} MB", source=name)) from None
    except FileNotFoundError:
        raise PublishError(make("PUB-R001", "File not found", source=name)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PublishError(make("PUB-R009", f"Cannot read file: {reason}", source=name)) from None
