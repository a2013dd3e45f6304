"""The archive re-runs the publication: from what is packed, the files are made again and compared with those in the package."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from publish.deposit import fixity, packed
from publish.deposit.canonical import canonical
from publish.deposit.packages import Files
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.batch.keys import versions
from publish.engine.job import run, targets


class Again(Struct, frozen=True):
    """What came of making a publication again."""

    same: tuple[str, ...]
    """The files that are the same, bit for bit."""
    diagnostics: tuple[Diagnostic, ...]


def check(folder: Path) -> Again:
    """Prove that a package is as it was made, and make its publication again.

    Raises:
        PublishError: PUB-D003, where it is no package that publish made.
    """
    files = fixity.read(folder)
    found = fixity.faults(folder, files)
    by_name = {path.rpartition("/")[2]: data for path, data in files.items()}
    made = _made(folder, by_name)
    found += _versions(folder, made)
    with tempfile.TemporaryDirectory(prefix="publish-") as name:
        root = Path(name)
        for place, stored in made.files.items():
            if stored not in by_name or not _is_below(place):
                raise PublishError(make("PUB-D003", f"{stored} is missing", source=str(folder)))
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            (root / place).write_bytes(by_name[stored])
        job = packed.job_of(made, root, root / "again")
        with _at(made.time):
            result = run(job)
        if not result.ok:
            found += [d for d in result.diagnostics if d.severity.value == "error"]
        new = dict(zip(made.publications, targets(job).values(), strict=True))
        same: list[str] = []
        for stored, path in new.items():
            data = path.read_bytes() if path.is_file() else b""
            what = _compared(stored, by_name.get(stored, b""), data, signed=stored in made.signed)
            if what is None:
                same.append(stored)
            else:
                found.append(make(what[0], f"{stored}: {what[1]}", source=str(folder)))
    return Again(tuple(same), tuple(found))


def _made(folder: Path, files: Files) -> packed.Made:
    try:
        return packed.from_json(files[packed.NAME])
    except (KeyError, msgspec.MsgspecError):
        message = f"it has no {packed.NAME} that says how it was made"
        raise PublishError(make("PUB-D003", message, source=str(folder))) from None


def _is_below(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


def _versions(folder: Path, made: packed.Made) -> list[Diagnostic]:
    from publish import __version__

    here = {"publish": __version__, **versions()}
    other = [
        f"{name} {known} (here {here.get(name, 'none')})"
        for name, known in made.versions.items()
        if here.get(name) != known
    ]
    other += ["other fonts"] if made.fonts != packed.fonts_digest() else []
    return [make("PUB-D010", ", ".join(other), source=str(folder))] if other else []


def _compared(name: str, old: bytes, new: bytes, *, signed: bool) -> tuple[str, str] | None:
    """The code and words for a difference; None where there is none. A signature is appended to what was signed."""
    if old == new or (signed and new and old.startswith(new)):
        return None
    if new and old and not signed and canonical(name, old) == canonical(name, new):
        return "PUB-D011", "it says the same in other bytes"
    return "PUB-D008", "it is not what is made again" if new else "it could not be made again"


@contextmanager
def _at(time: str) -> Iterator[None]:
    """Make files as at a time."""
    import datetime as dt

    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(dt.datetime.fromisoformat(time).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
