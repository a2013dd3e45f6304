"""Check that every bit of a package is unchanged, with the digests next to the package and those in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from lxml import etree

from publish.deposit.packages import Files
from publish.deposit.packages.bag import MANIFEST, TAG_MANIFEST
from publish.deposit.packages.eark import MAIN, METS, XLINK
from publish.deposit.packages.mdto import DELIVERY_NOTE, FILE_SIDECAR, NAMESPACE
from publish.deposit.xml import parsed
from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.storage import MEGABYTE, read_regular

LARGEST = 16 * MEGABYTE
"""Bytes of the largest file with digests."""

SUFFIX = ".sha256"
"""Suffix of the file next to a package that contains a line of `sha256sum` for each file of the package."""

_OXUM = re.compile(r"(?im)^Payload-Oxum:\s*(\S*)\s*$")
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64}|[0-9a-f]{128})[ *]{1,2}(?P<path>.+)")


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the lines of `sha256sum` for all files of a package."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def checksum_file(folder: Path) -> Path:
    """Return the path of the file with the digests of a package, which is next to the package.

    A package that is given as `.` or by a link has the file next to its real folder.
    """
    place = folder.parent / f"{folder.name}{SUFFIX}"
    if folder.name not in {"", "..", "."} and (place.is_file() or not folder.is_symlink()):
        return place
    real = folder.resolve()
    return real.parent / f"{real.name}{SUFFIX}"


def faults(folder: Path, files: Files) -> list[Diagnostic]:
    """Return what is missing, added or changed in a package, with one diagnostic for each file (PUB-D004)."""
    found: dict[str, str] = {}
    for path, what in [*_by_manifest(folder, files), *_within(files)]:
        found.setdefault(path, what)
    if not any(path.startswith("data/") for path in found):
        found |= dict(_size_faults(files))
    return [make("PUB-D004", f"{path}: {what}", source=str(folder)) for path, what in sorted(found.items())]


def unproved(folder: Path, files: Files) -> tuple[str, ...]:
    """Return the files for which no digest is available, except those that contain digests."""
    if checksum_file(folder).is_file():
        return ()
    known = {path for digests, _ in _declared(files) for path in digests}
    return tuple(path for path in sorted(files) if path not in known and not _has_digests(path))


def _has_digests(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return (
        name in {"pakbon.xml", MAIN.lower(), "ro-crate-metadata.json"}
        or name.startswith("tagmanifest-")
        or name.endswith(FILE_SIDECAR)
    )


def is_proved(folder: Path, files: Files) -> bool:
    """Return whether digests of the files are available."""
    return checksum_file(folder).is_file() or any(True for _ in _declared(files))


def _by_manifest(folder: Path, files: Files) -> Iterator[tuple[str, str]]:
    place = checksum_file(folder)
    if place.is_symlink():
        yield place.name, "is a link"
        return
    if not place.is_file():
        return
    known: dict[str, str] = {}
    try:
        lines = read_regular(place, LARGEST).decode("utf-8", "replace").splitlines()
    except OSError as error:
        yield place.name, f"cannot be read: {error.strerror}"
        return
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            yield place.name, f"line {number} is not a digest and a path"
            continue
        known[match["path"]] = match["digest"]
    yield from _compared(known, files, complete=True)


def _within(files: Files) -> Iterator[tuple[str, str]]:
    """Yield differences from the digests that the standard of the package requires."""
    for known, complete in _declared(files):
        yield from _compared(known, files, complete=complete)
    if "bagit.txt" in files:
        yield from _bag_faults(files)


def _bag_faults(files: Files) -> Iterator[tuple[str, str]]:
    """Yield what a bag lacks."""
    if not any(path.startswith("tagmanifest-") for path in files):
        yield TAG_MANIFEST, "is missing: cannot verify the tag files"
    if not any(path.startswith("manifest-") for path in files):
        yield MANIFEST, "is missing: cannot verify the payload"
    if "fetch.txt" in files:
        yield "fetch.txt", "lists files that are not in the package"


def _size_faults(files: Files) -> Iterator[tuple[str, str]]:
    """Yield a size of the payload that differs from the declared one (RFC 8493, 2.2.2)."""
    payload = [len(data) for path, data in files.items() if path.startswith("data/")]
    declared = _OXUM.findall(files.get("bag-info.txt", b"").decode("utf-8", "replace"))
    if any(found != f"{sum(payload)}.{len(payload)}" for found in declared):
        yield (
            "bag-info.txt",
            f"Payload-Oxum is {declared[0]}, but the payload is {sum(payload)}.{len(payload)}",
        )


def _compared(known: Mapping[str, str], files: Files, *, complete: bool) -> Iterator[tuple[str, str]]:
    for path, digest in known.items():
        if ".." in PurePosixPath(path).parts or path.startswith("/"):
            yield path, "points outside the package"
        elif path not in files:
            yield path, "is missing"
        elif _digest(files[path], digest) != digest.lower():
            yield path, "has changed: its digest does not match"
    if complete:
        for path in sorted(files.keys() - known.keys()):
            yield path, "was added after the package was made"


def _digest(data: bytes, like: str) -> str:
    name = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}.get(len(like))
    return hashlib.new(name, data, usedforsecurity=False).hexdigest() if name else ""


def _declared(files: Files) -> Iterator[tuple[dict[str, str], bool]]:
    """Yield the digests that the standard of a package declares, and whether they must include every file."""
    for path, data in files.items():
        name = path.rpartition("/")[2]
        try:
            if re.fullmatch(r"(tag)?manifest-\w+\.txt", path) and "bagit.txt" in files:
                yield _bag(path, data, files)
            elif name == DELIVERY_NOTE and path == name:
                yield _delivery(data), False
            elif name.lower().endswith(FILE_SIDECAR):
                yield _sidecar(path, data), False
            elif path == MAIN:
                yield _mets(data), False
            elif path == "ro-crate-metadata.json":
                yield _crate(data), False
        except (
            etree.XMLSyntaxError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            AssertionError,
            RecursionError,
        ):
            yield {path: "0" * 64}, False  # an unreadable file counts as changed


def _bag(path: str, data: bytes, files: Files) -> tuple[dict[str, str], bool]:
    lines = [line.split(maxsplit=1) for line in data.decode().splitlines() if line.strip()]
    known = {_unescaped(name.lstrip("*").strip()): digest for digest, name in lines}
    if len(known) < len(lines):
        raise ValueError("a file is listed twice")
    if path.startswith("manifest-"):  # RFC 8493, 3: every payload file is listed
        known |= {other: "0" * 64 for other in files if other.startswith("data/") and other not in known}
    return known, False


def _unescaped(path: str) -> str:
    """Return the path of a line of a manifest, in which some characters are escaped (RFC 8493, 2.1.3)."""
    for escape, character in (("%0A", "\n"), ("%0a", "\n"), ("%0D", "\r"), ("%0d", "\r"), ("%25", "%")):
        path = path.replace(escape, character)
    return path


def _delivery(data: bytes) -> dict[str, str]:
    return {str(e.get("pad")): str(e.get("sha256")) for e in parsed(data).iter("bestand")}


def _sidecar(path: str, data: bytes) -> dict[str, str]:
    root = parsed(data)
    name, value = (
        root.find(f".//{{{NAMESPACE}}}bestand/{{{NAMESPACE}}}naam"),
        root.find(f".//{{{NAMESPACE}}}checksumWaarde"),
    )
    folder = path.rpartition("/")[0]
    beside_it = path[: -len(FILE_SIDECAR)]
    assert name is not None, "MDTO: bestand must have a name"
    assert value is not None, "MDTO: bestand must have a checksum"
    named = f"{folder}/{name.text}" if folder else str(name.text)
    return {named if named == beside_it else beside_it: str(value.text)}


def _mets(data: bytes) -> dict[str, str]:
    root = parsed(data)
    out: dict[str, str] = {}
    for element in root.iter(f"{{{METS}}}file", f"{{{METS}}}mdRef"):
        place = element if element.get(f"{{{XLINK}}}href") else element.find(f"{{{METS}}}FLocat")
        if place is not None and element.get("CHECKSUM"):
            out[str(place.get(f"{{{XLINK}}}href"))] = str(element.get("CHECKSUM"))
    return out


def _crate(data: bytes) -> dict[str, str]:
    import json

    graph = json.loads(data)["@graph"]
    return {entry["@id"]: entry["sha256"] for entry in graph if "sha256" in entry}
