"""Make the publication again from the packed files, and compare it with the files in the package."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from publish.deposit import fixity, reading, recipe
from publish.deposit.canonical import same, same_pages
from publish.deposit.packages import Files
from publish.deposit.publications import publications
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.batch.fingerprint import versions
from publish.engine.job import Result, run
from publish.engine.targets import stem, targets
from publish.extras import add_command
from publish.temporary import temporary_folder
from publish.verify.active import active_content
from publish.verify.report import from_json
from publish.verify.signatures import has_signature, of_pdf

PROOF = "verify.json"
"""Name of the proof in a package."""


class Reproduction(Struct, frozen=True):
    """The result of reproducing a publication."""

    same: tuple[str, ...]
    """Files that are identical, bit for bit."""
    diagnostics: tuple[Diagnostic, ...]


def check(folder: Path) -> Reproduction:
    """Check that a package is unchanged, and reproduce its publication.

    Raises:
        PublishError: PUB-D003, if the folder is not a package that publish made; PUB-D012, if it is not confined to its
            folder; PUB-D013, if two files have the name of one that is needed.
    """
    files = reading.read(folder)
    found = fixity.faults(folder, files)
    made = _made(folder, files)
    found += _versions(folder, made)
    needed = {name: reading.only(files, name, folder) for name in (*made.files.values(), *made.publications)}
    # The package chooses the names of the input files, so the output has a folder of its own.
    with temporary_folder() as root, temporary_folder() as again:
        for place, stored in made.files.items():
            if not needed[stored]:
                raise PublishError(make("PUB-D003", f"{stored} is missing", source=str(folder)))
            _unpack(root / place, files[needed[stored]], folder)
        request = recipe.request_of(made, str(root), str(again))
        places = targets(request)
        if len(places) != len(made.publications):
            message = f"{recipe.NAME} names {len(made.publications)} publications, but {len(places)} formats"
            raise PublishError(make("PUB-D003", message, source=str(folder)))
        result = run(request)
        if not result.ok:
            found += [d for d in result.diagnostics if d.severity.value == "error"]
        identical: list[str] = []
        for stored, path in zip(made.publications, places.values(), strict=True):
            if needed[stored] and not stored.lower().endswith(
                path.name.lower().removeprefix(stem(request.source).lower())
            ):
                message = f"{recipe.NAME} gives a publication of another format the name '{stored}'"
                raise PublishError(make("PUB-D003", message, source=str(folder)))
            new = path.read_bytes() if path.is_file() else b""
            old = files.get(needed[stored], b"")
            what = _compared(stored, old, new, signed=stored in made.signed)
            if what is None:
                identical.append(needed[stored])
            else:
                found.append(make(what[0], f"{needed[stored] or stored}: {what[1]}", source=str(folder)))
        found += _proof_faults(folder, files, result)
        others = set(publications(files, reading.only(files, recipe.NAME, folder), ())) - set(needed.values())
        found += [
            make("PUB-D014", f"{path}: The record does not name this publication", source=str(folder))
            for path in sorted(others)
        ]
    return Reproduction(tuple(identical), tuple(found))


def _unpack(target: Path, data: bytes, folder: Path) -> None:
    """Write an input file of the publication.

    Raises:
        PublishError: PUB-D003, if the package gives it a name that no file can have.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"Cannot unpack '{target.name[:80]}': {reason}"
        raise PublishError(make("PUB-D003", message, source=str(folder))) from None


def _proof_faults(folder: Path, files: Files, result: Result) -> list[Diagnostic]:
    """Compare the proof in the package with what the rebuilt files show."""
    path = reading.only(files, PROOF, folder)
    try:
        known = from_json(files[path]) if path else None
    except msgspec.MsgspecError:
        known = None
    if known is None or result.report is None:
        return [make("PUB-D008", f"{path or PROOF}: Cannot compare the proof", source=str(folder))]
    mine, theirs = result.report.reference, known.reference
    if (mine.notes, mine.calls, mine.text) == (theirs.notes, theirs.calls, theirs.text):
        return []
    return [make("PUB-D008", f"{path}: The proof differs from that of the rebuilt files", source=str(folder))]


def _made(folder: Path, files: Files) -> recipe.Recipe:
    """Return the record of how the package was made.

    Raises:
        PublishError: PUB-D003, if the package has no record; PUB-D012, if the record names a file outside the package.
    """
    path = reading.only(files, recipe.NAME, folder)
    try:
        made = recipe.from_json(files[path])
    except (KeyError, msgspec.MsgspecError):
        message = f"{recipe.NAME}, the file that records how the package was made, is missing"
        raise PublishError(make("PUB-D003", message, source=str(folder))) from None
    outside = [name for name in made.files if not _is_below(name)] or recipe.outside(made)
    if outside:
        message = f"{recipe.NAME} names a file outside the package: '{outside[0]}'"
        raise PublishError(make("PUB-D012", message, source=str(folder)))
    return made


def _is_below(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and not {"..", "\\", ":", "\0"} & {*pure.parts, *path}


def _versions(folder: Path, made: recipe.Recipe) -> list[Diagnostic]:
    from publish.version import __version__

    here = {"publish": __version__, **versions()}
    other = [
        f"{name} {known} (here {here.get(name, 'none')})"
        for name, known in made.versions.items()
        if here.get(name) != known
    ]
    other += ["different fonts"] if made.fonts != recipe.fonts_digest() else []
    return [make("PUB-D010", ", ".join(other), source=str(folder))] if other else []


def _signature_fault(name: str, data: bytes, new: bytes) -> tuple[str, str] | None:
    """Return what is wrong with a file that continues after the rebuilt bytes; None if a signature of the whole file follows."""
    signatures = of_pdf(data) if name.lower().endswith(".pdf") and has_signature(data) else []
    if signatures is None:
        return "PUB-D008", f"Cannot check its signature. Run: {add_command('sign')}"
    try:
        active = active_content("pdf", data) != active_content("pdf", new)
    except Exception:  # noqa: BLE001 - a damaged file is not the same
        active = True
    is_good = bool(signatures) and all(signature.good for signature in signatures)
    if not is_good or active or not same_pages(data, new):
        return "PUB-D008", "Rebuilt file differs: what follows its bytes is not only a valid signature"
    return None


def _compared(name: str, old: bytes, new: bytes, *, signed: bool) -> tuple[str, str] | None:
    """Return the code and message for a difference, or None. A signature is appended to the signed data."""
    if not old:
        return "PUB-D004", "is missing"
    if old == new:
        return None
    if signed and new and old.startswith(new):
        return _signature_fault(name, old, new)
    if new and not signed and same(name, old, new):
        return "PUB-D011", "Same content, different bytes"
    return "PUB-D008", "Rebuilt file differs" if new else "Cannot rebuild the file"
