"""What was done, in a database beside the output: a run that is killed goes on where it was, a second one has nothing to do."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from pathlib import Path
from typing import TextIO

import msgspec
from msgspec import Struct, field

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.batch import fingerprint
from publish.engine.batch.sources import Shard
from publish.storage import as_path, is_remote, mark

FOLDER = ".publish"

MOST_DIGESTS = 1000
"""Digests of inputs that are kept during a run."""

_TABLE = """
CREATE TABLE IF NOT EXISTS results (
    source TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    record BLOB NOT NULL
) WITHOUT ROWID
"""


class Output(Struct, frozen=True):
    """A file that was written."""

    path: str
    bytes: int
    sha256: str
    changed: int
    """When, in nanoseconds: a file that was touched is made again."""


class Record(Struct, frozen=True):
    """What is remembered of a manuscript that was published without an error."""

    outputs: tuple[Output, ...]
    inputs: dict[str, str] = field(name="resources")
    """The digest of each file that it depends on, other than the manuscript itself, by path."""
    notes: int = 0


def state_folder(output: str, named: str) -> Path:
    """Where the database is kept: in the folder that is named, else in the output's own, else for a remote output below the current one."""
    if named:
        return Path(named)
    if is_remote(output):
        return Path(FOLDER) / fingerprint.digest(output.rstrip("/").encode())[:16]
    return as_path(output) / FOLDER


class Manifest:
    """The database of one output folder, or of one part of the work on it. Only one run may have it open."""

    def __init__(self, folder: Path, part: Shard) -> None:
        """Open it, in a folder of this machine.

        Raises:
            PublishError: PUB-W001, where it cannot be written; PUB-C002, where another run has it.
        """
        self._digests: dict[str, str] = {}
        name = "manifest" if part.count == 1 else f"manifest-{part.index}-of-{part.count}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder / f"{name}.lock")
            self._database = sqlite3.connect(folder / f"{name}.sqlite", isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.execute(_TABLE)
            # On disk as the rest is: the places of a million manuscripts would be a tenth of a gigabyte of memory.
            self._database.execute("CREATE TEMP TABLE places (place TEXT PRIMARY KEY) WITHOUT ROWID")
        except (OSError, sqlite3.Error) as error:
            message = f"Cannot write a manifest in {folder}: {error}"
            raise PublishError(make("PUB-W001", message)) from None

    def close(self) -> None:
        """Let another run have it."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._lock.close()

    def is_done(self, source: str, key: str) -> Record | None:
        """What was made of a manuscript, where nothing has changed since: neither what it was made of, nor what was made."""
        row = self._database.execute("SELECT key, record FROM results WHERE source = ?", (source,)).fetchone()
        if row is None or row[0] != key or not key:
            return None
        try:
            record = msgspec.json.decode(row[1], type=Record)
        except msgspec.MsgspecError:
            return None
        untouched = all(_is_untouched(output) for output in record.outputs)
        same = all(self._digest(path) == known for path, known in record.inputs.items())
        return record if untouched and same else None

    def _digest(self, path: str) -> str:
        """The digest of an input; styles and fonts, which many manuscripts share, are read once in a run."""
        if len(self._digests) > MOST_DIGESTS:
            self._digests.clear()
        if path not in self._digests:
            self._digests[path] = fingerprint.of_file(as_path(path))
        return self._digests[path]

    def keep(self, source: str, key: str, record: Record) -> None:
        """Remember that a manuscript is done."""
        data = msgspec.json.encode(record)
        self._database.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", (source, key, data))

    def takes(self, place: str) -> bool:
        """Whether nothing else was written to this place in this run; from now on something is."""
        done = self._database.execute("INSERT OR IGNORE INTO places VALUES (?)", (place,))
        return done.rowcount == 1

    def forget(self, source: str) -> None:
        """Remember nothing of a manuscript: it is to be done."""
        self._database.execute("DELETE FROM results WHERE source = ?", (source,))


def _locked(path: Path) -> TextIO:
    stream = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.seek(0)
        other = stream.read().strip()
        stream.close()
        hint = "Wait for the other run, give this run another folder with -o, or let it process only part of the work with --shard"
        message = f"Another run is writing to this folder (process {other or 'unknown'})"
        raise PublishError(make("PUB-C002", message, source=str(path.parent.parent), hint=hint)) from None
    stream.seek(0)
    stream.truncate()
    stream.write(str(os.getpid()))
    stream.flush()
    return stream


def _is_untouched(output: Output) -> bool:
    try:
        return _state(as_path(output.path)) == (output.bytes, output.changed)
    except OSError:
        return False


def seen(path: str) -> Output:
    """A file as it is now."""
    where = as_path(path)
    size, changed = _state(where)
    return Output(path, size, fingerprint.of_content(where), changed)


def _state(path: Path) -> tuple[int, int]:
    """Size in bytes, and the time of the last change in nanoseconds; of a remote file a number that changes with it."""
    if is_remote(path):
        known = mark(path)
        return int(known.partition(" ")[0]), int(fingerprint.digest(known.encode())[:12], 16)
    found = path.stat()
    return found.st_size, found.st_mtime_ns
