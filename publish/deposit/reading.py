"""Read a package that can come from an untrusted source: only regular files inside its folder, within limits.

An attacker can change everything in a package except a signature. What publish then says of the package is in
`docs/security.md`, with a test for each line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from publish.deposit.packages import Files
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.storage import MEGABYTE, read_regular

MOST_FILES = 20_000
"""Largest number of files and folders of a package."""

LARGEST = 500
"""Megabytes of the largest file of a package."""

LARGEST_PACKAGE = 2000
"""Megabytes of all files of a package together."""


def read(folder: Path) -> Files:
    """Read all files of a package, by their paths in it. All sizes are checked before the first file is read.

    Raises:
        PublishError: PUB-D003, if the package does not exist or cannot be read; PUB-D012, if it contains a link, a device
            or a pipe, or is larger than the limits.
    """
    try:
        if not folder.is_dir():
            raise PublishError(make("PUB-D003", "Package not found", source=str(folder)))
        found = dict(_regular(folder))
        total = sum(found.values())
        if total > LARGEST_PACKAGE * MEGABYTE:
            raise _rejected(folder, f"more than {LARGEST_PACKAGE:,} MB")
        return {path: read_regular(folder / path, LARGEST * MEGABYTE) for path in sorted(found)}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PublishError(make("PUB-D003", f"Cannot read package: {reason}", source=str(folder))) from None


def only(files: Files, name: str, folder: Path) -> str:
    """Find the file with this name in a package, and return its path; empty if no file has the name.

    Raises:
        PublishError: PUB-D013, if two files have this name, so that one could be taken for the other.
    """
    found = [path for path in files if path.rpartition("/")[2] == name]
    if len(found) > 1:
        raise PublishError(make("PUB-D013", f"{name}: {', '.join(found)}", source=str(folder)))
    return found[0] if found else ""


def _regular(root: Path) -> Iterator[tuple[str, int]]:
    """Yield the files below a folder, with their sizes."""
    waiting = list(os.scandir(root))
    count = 0
    while waiting:
        entry = waiting.pop()
        path = Path(entry.path).relative_to(root).as_posix()
        known = entry.stat(follow_symlinks=False)
        count += 1
        if count > MOST_FILES:
            raise _rejected(root, f"more than {MOST_FILES:,} files")
        if stat.S_ISDIR(known.st_mode):
            waiting += os.scandir(entry.path)
        elif not stat.S_ISREG(known.st_mode):
            what = "a link" if stat.S_ISLNK(known.st_mode) else "not a regular file"
            raise _rejected(root, f"{path}: {what}")
        elif known.st_size > LARGEST * MEGABYTE:
            raise _rejected(root, f"{path}: larger than {LARGEST} MB")
        else:
            yield path, known.st_size


def _rejected(folder: Path, why: str) -> PublishError:
    return PublishError(make("PUB-D012", f"Package rejected: {why}", source=str(folder)))
