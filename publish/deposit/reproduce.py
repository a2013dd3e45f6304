"""Make the publication again from the packed files, and compare it with the files in the package."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from publish.deposit import fixity, recipe
from publish.deposit.canonical import canonical
from publish.deposit.packages import Files
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.batch.fingerprint import versions
from publish.engine.job import run
from publish.engine.targets import targets
from publish.temporary import temporary_folder


class Reproduction(Struct, frozen=True):
    """The result of reproducing a publication."""

    same: tuple[str, ...]
    """Files that are identical, bit for bit."""
    diagnostics: tuple[Diagnostic, ...]


def check(folder: Path) -> Reproduction:
    """Check that a package is unchanged, and reproduce its publication.

    Raises:
        PublishError: PUB-D003, if the folder is not a package that publish made.
    """
    files = fixity.read(folder)
    found = fixity.faults(folder, files)
    by_name = {path.rpartition("/")[2]: data for path, data in files.items()}
    made = _made(folder, by_name)
    found += _versions(folder, made)
    with temporary_folder() as root:
        for place, stored in made.files.items():
            if stored not in by_name or not _is_below(place):
                raise PublishError(make("PUB-D003", f"{stored} is missing", source=str(folder)))
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            (root / place).write_bytes(by_name[stored])
        request = recipe.request_of(made, str(root), str(root / "again"))
        result = run(request)
        if not result.ok:
            found += [d for d in result.diagnostics if d.severity.value == "error"]
        new = dict(zip(made.publications, targets(request).values(), strict=True))
        same: list[str] = []
        for stored, path in new.items():
            data = path.read_bytes() if path.is_file() else b""
            what = _compared(stored, by_name.get(stored, b""), data, signed=stored in made.signed)
            if what is None:
                same.append(stored)
            else:
                found.append(make(what[0], f"{stored}: {what[1]}", source=str(folder)))
    return Reproduction(tuple(same), tuple(found))


def _made(folder: Path, files: Files) -> recipe.Recipe:
    try:
        return recipe.from_json(files[recipe.NAME])
    except (KeyError, msgspec.MsgspecError):
        message = f"{recipe.NAME}, the file that records how the package was made, is missing"
        raise PublishError(make("PUB-D003", message, source=str(folder))) from None


def _is_below(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


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


def _compared(name: str, old: bytes, new: bytes, *, signed: bool) -> tuple[str, str] | None:
    """Return the code and message for a difference, or None. A signature is appended to the signed data."""
    if old == new or (signed and new and old.startswith(new)):
        return None
    if new and old and not signed and canonical(name, old) == canonical(name, new):
        return "PUB-D011", "Same content, different bytes"
    return "PUB-D008", "Rebuilt file differs" if new else "Cannot rebuild the file"
