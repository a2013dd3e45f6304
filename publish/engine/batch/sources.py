"""Expand files, folders, patterns and lists into manuscripts, each with its output folder."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.files import PATTERN, is_many
from publish.readers.registry import READERS
from publish.storage import as_path, below, is_existing_folder, is_remote

SUFFIXES = frozenset(suffix for entry in READERS for suffix in entry.suffixes) - {".json"}
"""Suffixes of manuscripts in a folder. `.json` is excluded, because verification reports of a build end in `.json`."""

LOCKS = ("~$", ".~lock.")
"""Prefixes of the lock files that Word and LibreOffice create next to an open document."""


class Task(Struct, frozen=True):
    """One manuscript, and its folder relative to the output."""

    source: str
    folder: str = ""


class Shard(Struct, frozen=True):
    """One of several runs that share the work: part `index` of `count`, numbered from 0."""

    index: int = 0
    count: int = 1

    def holds(self, source: str) -> bool:
        """Return whether this shard contains a manuscript. The name decides, so that all runs on all machines agree."""
        digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8]) % self.count == self.index


def shard(text: str) -> Shard:
    """Parse `i/n`, numbered from 0 like indexed jobs (`JOB_COMPLETION_INDEX`).

    Raises:
        PublishError: PUB-C001, if the text has another form or `i` is not less than `n`.
    """
    index, _, count = text.partition("/")
    if not (index.isdecimal() and count.isdecimal() and int(index) < int(count)):
        message = (
            f"Invalid shard: '{text}' (shards are numbered from 0: four shards are 0/4, 1/4, 2/4 and 3/4)"
        )
        raise PublishError(make("PUB-C001", message))
    return Shard(int(index), int(count))


def tasks(
    sources: Iterable[str], part: Shard, output: Path, skip: Callable[[str], None] = lambda _: None
) -> Iterator[Task]:
    """Yield the manuscripts of all sources in a fixed order. Search folders recursively, except the output folder.

    Args:
        sources: Files, folders, patterns and URLs.
        part: The shard that this run processes.
        output: The output folder.
        skip: Called for each link that leads out of its folder; it is not followed.

    Raises:
        PublishError: PUB-R001 or PUB-R002, if a pattern or folder contains no manuscripts.
    """
    for source in sources:
        found = False
        for task in _expanded(source, output if is_remote(output) else output.resolve(), skip):
            found = True
            if part.holds(task.source):
                yield task
        if not found:
            what = (
                ("PUB-R002", "No manuscript in this folder")
                if is_existing_folder(as_path(source))
                else ("PUB-R001", "File not found")
            )
            raise PublishError(make(*what, source=source))


def _expanded(source: str, output: Path, skip: Callable[[str], None]) -> Iterator[Task]:
    if is_remote(source):
        yield from _remote(source, str(output))
        return
    path = as_path(source)
    if not is_many(source):
        yield Task(source)
        return
    if is_existing_folder(path):
        root, files = path, _below(path, output)
    else:
        root = _fixed(source)
        found = sorted(root.glob(str(Path(source).relative_to(root))))
        files = (file for file in found if file.is_file() and _is_manuscript(file.name))
    for file in files:
        if file.resolve().is_relative_to(root.resolve()):
            yield Task(str(file), str(file.parent.relative_to(root)))
        else:
            skip(str(file))


def _remote(source: str, output: str) -> Iterator[Task]:
    if not is_many(source):
        yield Task(source)
        return
    root = source.partition("*")[0].partition("?")[0].partition("[")[0].rpartition("/")[0] + "/"
    try:
        for url in below(source):
            folder, _, name = url.removeprefix(root).rpartition("/")
            parts = folder.split("/") if folder else []
            hidden = any(part.startswith(".") for part in (*parts, name))
            if _is_manuscript(name) and not hidden and not url.startswith(f"{output.rstrip('/')}/"):
                yield Task(url, folder)
    except OSError as error:
        raise PublishError(make("PUB-R009", f"Cannot list the contents: {error}", source=source)) from None


def _fixed(pattern: str) -> Path:
    """Return the leading folders of a pattern that contain no wildcard."""
    parts = Path(pattern).parts
    count = next((k for k, part in enumerate(parts) if PATTERN & set(part)), len(parts))
    return Path(*parts[:count]) if count else Path()


def _below(folder: Path, output: Path) -> Iterator[Path]:
    """Yield the manuscripts in a folder and its subfolders, except hidden ones, in the order of their names."""
    left_out = output.stat() if not is_remote(output) and is_existing_folder(output) else None
    opened = [_entries(folder)]
    while opened:
        entry = next(opened[-1], None)
        if entry is None:
            opened.pop()
        elif entry.is_dir(follow_symlinks=False):
            if left_out is None or not os.path.samestat(entry.stat(follow_symlinks=False), left_out):
                opened.append(_entries(entry.path))
        elif entry.is_file() and _is_manuscript(entry.name):
            yield Path(entry.path)


def _entries(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """Return the entries of a folder that are not hidden; none if its path is too long to open."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        found = []
    return iter([entry for entry in found if not entry.name.startswith(".")])


def _is_manuscript(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith(LOCKS)


def listed(path: str) -> Iterator[str]:
    """Yield the lines of a list of manuscripts; `-` reads standard input. Skip empty lines and lines that begin with #.

    Raises:
        PublishError: PUB-R001, if the list cannot be opened.
    """
    try:
        if path != "-" and not Path(path).is_file():
            raise PublishError(make("PUB-R001", "List not found, or not a regular file", source=path))
        lines = sys.stdin if path == "-" else Path(path).open(encoding="utf-8")  # noqa: SIM115 - closed below
    except OSError as error:
        raise PublishError(make("PUB-R001", f"Cannot read list: {error.strerror}", source=path)) from None
    with lines:
        for line in lines:
            text = line.strip()
            if text and not text.startswith("#"):
                yield text
