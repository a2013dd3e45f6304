"""Write files atomically."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.storage import as_path, is_existing_file, is_existing_folder, is_remote, put
from publish.temporary import part_of

PATTERN = frozenset("*?[")
"""Wildcard characters of a file name pattern."""


def is_many(source: str) -> bool:
    """Return whether a source is a folder or a pattern instead of one manuscript."""
    if is_remote(source):
        return source.endswith("/") or bool(PATTERN & set(source))
    path = as_path(source)
    return is_existing_folder(path) or (bool(PATTERN & set(source)) and not is_existing_file(path))


def write_whole(path: Path, data: bytes, *, keep: Path | None = None) -> None:
    """Replace the content of a file in one step; on failure the previous file stays unchanged.

    Args:
        path: The file.
        data: Its new content.
        keep: A file that must not be replaced: the manuscript.

    Raises:
        PublishError: PUB-W001, if the file cannot be written, with the reason of the operating system.
    """
    if keep is not None and _is_same(path, keep):
        raise PublishError(
            make(
                "PUB-W001",
                f"Output would overwrite the manuscript: {path}",
                hint="Choose another folder with -o",
            )
        )
    try:
        if is_remote(path):
            put(path, data)
        else:
            _write_local(path, data)
    except OSError as error:
        message = f"Cannot write {path}: {error.strerror or error}"
        raise PublishError(make("PUB-W001", message, hint="The previous file is unchanged")) from None


def check_no_link(folder: Path, address: str) -> None:
    """Reject a file below a folder whose own folder is a link, which could lead anywhere.

    Raises:
        PublishError: PUB-W001.
    """
    place = (folder / address).parent
    if not is_remote(folder) and place != folder and place.is_symlink():
        message = f"Cannot write {folder / address}: its folder is a link"
        raise PublishError(
            make("PUB-W001", message, hint="Remove the link, or choose another folder with -o")
        )


def _write_local(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = part_of(path)
    try:
        # os.open with 0o666 applies the umask of the process, so publish does not have to read it.
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _is_same(path: Path, other: Path) -> bool:
    if is_remote(path) or is_remote(other):
        return str(path) == str(other)
    return path.resolve() == other.resolve()
