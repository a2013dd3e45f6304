"""Write packages completely or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from publish.deposit import fixity, reading, recipe
from publish.deposit.gather import gather
from publish.deposit.packages import Files, find, pack
from publish.deposit.request import DepositRequest
from publish.deposit.signing import DETACHED, Signer
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.files import write_whole
from publish.engine.job import Result
from publish.temporary import part_of, remove_parts


class Deposited(Struct, frozen=True):
    """The result of a deposit."""

    source: str
    packages: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    result: Result


def deposit(asked: DepositRequest) -> Deposited:
    """Make the packages of a manuscript.

    Raises:
        PublishError: if information is missing or a file is invalid; no package is started then.
    """
    kinds = [find(name) for name in dict.fromkeys(asked.packages)]
    signer = Signer(asked.certificate, asked.passphrase, asked.timestamp) if asked.certificate else None
    gathered = gather(asked, signer)
    root, source = Path(asked.request.output), asked.request.source
    ready: list[tuple[Path, Files, bytes, bytes]] = []
    for kind in kinds:
        files = pack(kind, gathered.content)
        digests = fixity.manifest(files)
        signature = signer.detached(digests) if signer is not None else b""
        ready.append((root / f"{gathered.content.name}-{kind.name}", files, digests, signature))
    for folder, *_ in ready:
        _refuse_another(folder, source, gathered.source_sha256, may_replace=asked.replace)
    for folder, files, digests, signature in ready:
        place_whole(folder, files)
        write_whole(fixity.checksum_file(folder), digests)
        if signature:
            write_whole(Path(f"{fixity.checksum_file(folder)}{DETACHED}"), signature)
        found = fixity.faults(folder, reading.read(folder))
        if found:
            raise PublishError(tuple(found))
    packages = tuple(str(folder) for folder, *_ in ready)
    return Deposited(source, packages, gathered.diagnostics, gathered.result)


def _refuse_another(folder: Path, source: str, sha256: str, *, may_replace: bool) -> None:
    """Reject a folder that contains the package of another manuscript, or of another version of this one.

    Two manuscripts with the same name or identifier would replace each other, and an archive replaces nothing unasked.

    Raises:
        PublishError: PUB-C001.
    """
    known = next(folder.rglob(recipe.NAME), None) if folder.is_dir() else None
    if known is None:
        return
    try:
        stored = recipe.from_json(known.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return
    other = stored.source
    if PurePosixPath(other).name != PurePosixPath(source).name:
        message = f"{folder} already contains the package of another manuscript: {PurePosixPath(other).name}"
        hint = "Give each manuscript its own identifier, or its own folder with -o"
        raise PublishError(make("PUB-C001", message, source=source, hint=hint))
    if stored.source_sha256 != sha256 and not may_replace:
        message = f"{folder} already contains the package of another version of the manuscript"
        hint = "Use --replace, or give the manuscript its own identifier, or its own folder with -o"
        raise PublishError(make("PUB-C001", message, source=source, hint=hint))


def place_whole(folder: Path, files: Files) -> None:
    """Write a folder under a temporary name, then rename it; the previous folder stays in place until then.

    Raises:
        PublishError: PUB-W001, with the reason from the system.
    """
    new, old = part_of(folder), part_of(folder)
    remove_parts(folder.parent)
    try:
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
    except OSError as error:
        message = f"Cannot write {folder}: {error.strerror or error}"
        raise PublishError(make("PUB-W001", message, hint="The previous content is unchanged")) from None
    finally:
        if old.exists() and not folder.exists():  # an error or a signal came between the two renames
            old.rename(folder)
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)
