"""Putting packages in place, whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from msgspec import Struct

from publish.deposit import fixity
from publish.deposit.gather import gather
from publish.deposit.packages import Files, find, pack
from publish.deposit.request import Request
from publish.deposit.signing import DETACHED, Signer
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.files import write_whole
from publish.engine.job import Result


class Deposited(Struct, frozen=True):
    """What came of a deposit."""

    source: str
    packages: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    result: Result


def deposit(request: Request) -> Deposited:
    """Make the packages of a manuscript.

    Raises:
        PublishError: something is missing or not as it must be; no package is begun then.
    """
    kinds = [find(name) for name in dict.fromkeys(request.packages)]
    signer = (
        Signer(request.certificate, request.passphrase, request.timestamps) if request.certificate else None
    )
    gathered = gather(request)
    places: list[str] = []
    for kind in kinds:
        files = pack(kind, gathered.content)
        folder = Path(request.output) / f"{gathered.content.name}-{kind.name}"
        place_whole(folder, files)
        digests = fixity.manifest(files)
        write_whole(fixity.beside(folder), digests)
        if signer is not None:
            write_whole(Path(f"{fixity.beside(folder)}{DETACHED}"), signer.detached(digests))
        found = fixity.faults(folder, fixity.read(folder))
        if found:
            raise PublishError(tuple(found))
        places.append(str(folder))
    return Deposited(request.source, tuple(places), gathered.diagnostics, gathered.result)


def place_whole(folder: Path, files: Files) -> None:
    """Write a folder under another name and move it to its own; what stood there before stands there until then.

    Raises:
        PublishError: PUB-W001, with the system's reason.
    """
    new, old = (folder.with_name(f".{folder.name}.{what}.part") for what in ("new", "old"))
    try:
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)
        for path, data in files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        message = f"cannot write {folder}: {error.strerror or error}"
        raise PublishError(make("PUB-W001", message, hint="what stood there before is unchanged")) from None
