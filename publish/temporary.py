"""Temporary files and folders, and removal of those that a killed run left behind.

Their names contain the machine and the process that made them. A later run removes them if that process no longer runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

LONGEST = 140
"""Maximum number of bytes of a file name to keep in its temporary name: file systems allow 255."""

OLD = 24 * 60 * 60
"""Seconds after which the temporary files of other machines are left behind."""

SHORT = Path("/tmp")  # noqa: S108 - mkdtemp makes folders with random names that only this user can open
"""Folder of temporary folders whose paths must be short."""

_MADE_BY = re.compile(r"(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,10})-[0-9a-z_]+")


def made_by() -> str:
    """Return the machine and the process, as part of a name."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    machine = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{machine}-{os.getpid()}"


def part_of(path: Path) -> Path:
    """Return a new name, in the same folder, for the incomplete content of a file or folder."""
    name = os.fsencode(path.name)[:LONGEST].decode("utf-8", "ignore")
    return path.with_name(f".{name}.{made_by()}-{os.urandom(16).hex()}.part")


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder, and remove it at the end."""
    folder = new_temporary_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_temporary_folder(*, longest: int = 0) -> Path:
    """Make a folder, which the caller removes.

    Args:
        longest: Maximum number of bytes of its path; 0 for any. A longer path is replaced with one in `SHORT`.
    """
    prefix = f"publish-{made_by()}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if longest and len(os.fsencode(folder)) > longest and SHORT.is_dir():
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SHORT))
    return folder


def remove_parts(folder: Path, *, below: bool = False) -> None:
    """Remove the incomplete files and folders in a folder that killed runs left behind.

    Args:
        folder: The folder.
        below: Whether to search its subfolders too.
    """
    pattern = re.compile(rf"\..*\.(?:{_MADE_BY.pattern}|[0-9a-f]{{32}}|new|old)\.part", re.DOTALL)
    for place in (Path(name) for name, _, _ in os.walk(folder)) if below else (folder,):
        _remove_stale(place, pattern)


def remove_temporary_folders() -> None:
    """Remove the temporary folders that killed runs of this user left behind."""
    for place in {Path(tempfile.gettempdir()), SHORT}:
        _remove_stale(place, re.compile(rf"publish-{_MADE_BY.pattern}"))


def _remove_stale(folder: Path, pattern: re.Pattern[str]) -> None:
    """Remove what has a name of a pattern, is of this user, and belongs to no running process."""
    try:
        entries = list(os.scandir(folder))
    except (OSError, ValueError):
        return
    for entry in entries:
        match = pattern.fullmatch(entry.name)
        if match is None:
            continue
        with contextlib.suppress(OSError):
            known = entry.stat(follow_symlinks=False)
            own = not hasattr(os, "getuid") or known.st_uid == os.getuid()
            if own and _is_stale(match, known.st_mtime):
                if stat.S_ISDIR(known.st_mode):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()


def _is_stale(match: re.Match[str], modified: float) -> bool:
    process, machine = match["process"], match["machine"]
    if process and f"{machine}-{os.getpid()}" == made_by():
        return not _runs(int(process))
    return time.time() - modified > OLD


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
