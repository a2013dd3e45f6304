"""Database of results next to the output: a killed run resumes where it stopped, and a second run skips finished work."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import msgspec
from filelock import BaseFileLock, FileLock, Timeout
from msgspec import Struct, field

from publish.conversion import decoded, encoded
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.batch import fingerprint
from publish.engine.batch.sources import Shard
from publish.storage import as_path, is_remote, mark

FOLDER = ".publish"

MOST_DIGESTS = 1000
"""Maximum number of input digests to cache during a run."""

_TABLE = """
CREATE TABLE IF NOT EXISTS results (
    source TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    record BLOB NOT NULL
) WITHOUT ROWID
"""


_OWNERS = "CREATE TABLE IF NOT EXISTS owners (place TEXT PRIMARY KEY, source TEXT NOT NULL) WITHOUT ROWID"
"""The manuscript for which each output path is reserved."""


class Output(Struct, frozen=True):
    """An output file."""

    path: str
    bytes: int
    sha256: str
    changed: int
    """Modification time in nanoseconds. A file with another modification time is written again."""


class Record(Struct, frozen=True):
    """Stored result of a manuscript that was published without errors."""

    outputs: tuple[Output, ...]
    inputs: dict[str, str] = field(name="resources")
    """Digest of each input file except the manuscript itself, by path."""
    notes: int = 0


def state_folder(output: str, named: str) -> Path:
    """Return the folder of the database: `named`, else a folder in the output; in the current folder for a remote output."""
    if named:
        return Path(named)
    if is_remote(output):
        return Path(FOLDER) / fingerprint.digest(output.rstrip("/").encode())[:16]
    return as_path(output) / FOLDER


class Manifest:
    """Database of one output folder or of one shard. Only one run may open it at a time."""

    def __init__(self, folder: Path, part: Shard) -> None:
        """Open the database in a local folder.

        Raises:
            PublishError: PUB-W001, if it cannot be written; PUB-C002, if another run has opened it.
        """
        self._digests: dict[str, str] = {}
        name = "manifest" if part.count == 1 else f"manifest-{part.index}-of-{part.count}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder, name)
            self._database = sqlite3.connect(folder / f"{name}.sqlite", isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.execute(_TABLE)
            self._database.execute(_OWNERS)
            # Stored on disk: the output paths of a million manuscripts would need 100 MB of memory.
            self._database.execute("CREATE TEMP TABLE places (place TEXT PRIMARY KEY) WITHOUT ROWID")
        except (OSError, NotImplementedError, sqlite3.Error) as error:
            message = f"Cannot write a manifest in {folder}: {error}"
            raise PublishError(make("PUB-W001", message)) from None

    def close(self) -> None:
        """Close the database and release its lock."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._lock.release()

    def is_done(self, source: str, key: str) -> Record | None:
        """Return the stored result of a manuscript if neither its inputs nor its outputs changed; else None."""
        row = self._database.execute(
            "SELECT key, record FROM results WHERE source = ?", (_text(source),)
        ).fetchone()
        if row is None or row[0] != key or not key:
            return None
        try:
            record = decoded(row[1], Record)
        except msgspec.MsgspecError:
            return None
        untouched = all(_is_untouched(output) for output in record.outputs)
        same = all(self._digest(path) == known for path, known in record.inputs.items())
        return record if untouched and same else None

    def _digest(self, path: str) -> str:
        """Return the digest of an input, cached because many manuscripts share styles and fonts."""
        if len(self._digests) > MOST_DIGESTS:
            self._digests.clear()
        if path not in self._digests:
            self._digests[path] = fingerprint.of_file(as_path(path))
        return self._digests[path]

    def keep(self, source: str, key: str, record: Record) -> None:
        """Store the result of a manuscript."""
        data = encoded(record)
        self._database.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", (_text(source), key, data))

    def takes(self, place: str, source: str) -> bool:
        """Reserve an output path for a manuscript.

        Returns:
            False if this run already reserved it, or if an earlier run reserved it for another manuscript in the same folder that
            still exists: a file that is added to a folder does not replace the publication of another one.
        """
        row = self._database.execute("SELECT source FROM owners WHERE place = ?", (_text(place),)).fetchone()
        owner = row[0] if row is not None else _text(source)
        if owner != _text(source) and _folder(owner) == _folder(_text(source)) and _exists(owner):
            return False
        done = self._database.execute("INSERT OR IGNORE INTO places VALUES (?)", (_text(place),))
        if done.rowcount == 1:
            self._database.execute(
                "INSERT OR REPLACE INTO owners VALUES (?, ?)", (_text(place), _text(source))
            )
        return done.rowcount == 1

    def forget(self, source: str) -> None:
        """Delete the result of a manuscript, so that it is published again."""
        self._database.execute("DELETE FROM results WHERE source = ?", (_text(source),))


def _folder(source: str) -> str:
    return source.rpartition("/")[0]


def _exists(source: str) -> bool:
    """Return whether a manuscript exists; one at a remote address is taken to exist."""
    return is_remote(source) or os.path.lexists(os.fsencode(source.encode("utf-8", "surrogateescape")))


def _locked(folder: Path, name: str) -> BaseFileLock:
    """Lock the database of a folder for this process, and record the process.

    Raises:
        PublishError: PUB-C002, if another run has locked it.
    """
    lock, holder = FileLock(folder / f"{name}.lock", blocking=False), folder / f"{name}.process"
    try:
        lock.acquire()
    except Timeout:
        try:
            other = holder.read_text("utf-8").strip()
        except OSError:
            other = ""
        hint = "Wait for the other run, give this run another folder with -o, or let it process only part of the work with --shard"
        message = f"Another run is writing to this folder (process {other or 'unknown'})"
        raise PublishError(make("PUB-C002", message, source=str(folder.parent), hint=hint)) from None
    holder.write_text(str(os.getpid()), "utf-8")
    return lock


def _text(name: str) -> str:
    """Return a name as text for the database; bytes that are not UTF-8 become escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


def _is_untouched(output: Output) -> bool:
    try:
        return _state(as_path(output.path)) == (output.bytes, output.changed)
    except OSError:
        return False


def seen(path: str) -> Output:
    """Return the current size, digest and modification time of a file."""
    where = as_path(path)
    size, changed = _state(where)
    return Output(path, size, fingerprint.of_content(where), changed)


def _state(path: Path) -> tuple[int, int]:
    """Return the size in bytes and the modification time in nanoseconds; for a remote file a number that changes with it."""
    if is_remote(path):
        known = mark(path)
        return int(known.partition(" ")[0]), int(fingerprint.digest(known.encode())[:12], 16)
    found = path.stat()
    return found.st_size, found.st_mtime_ns
