"""Check a received package: its fixity, its formats against the metadata, the agreement of the notes, and the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from lxml import etree
from msgspec import Struct

from publish.deposit import fixity
from publish.deposit.formats import identify
from publish.deposit.packages import Files
from publish.deposit.packages.bag import TAG_MANIFEST
from publish.deposit.packages.mdto import FILE_SIDECAR, NAMESPACE
from publish.deposit.signing import DETACHED
from publish.deposit.xml import parsed
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint
from publish.temporary import temporary_folder
from publish.verify import Report
from publish.verify.extractors.registry import format_of
from publish.verify.report import from_json, verify
from publish.verify.signatures import Signature, has_signature, of_data, of_pdf

SIGNS = {
    "pakbon.xml": "mdto-sip",
    "bagit.txt": "bagit",
    "METS.xml": "eark",
    "ro-crate-metadata.json": "ro-crate",
}
"""The file that identifies each package kind."""


class Intake(Struct, frozen=True):
    """The result of checking a package."""

    kind: str
    files: int
    bytes: int
    formats: dict[str, str]
    """PUID of each file that is not metadata of the package."""
    report: Report | None
    """Comparison of the publications with their proof, or with each other; None if nothing can be compared."""
    signatures: dict[str, tuple[Signature, ...]]
    diagnostics: tuple[Diagnostic, ...]


def ingest(folder: Path) -> Intake:
    """Check the fixity, formats, notes and signatures of a package.

    Raises:
        PublishError: PUB-D003, if the folder is not a package.
    """
    files = fixity.read(folder)
    kind = next((kind for sign, kind in SIGNS.items() if sign in files), "")
    if not kind:
        kind = "mdto-sip" if any(path.lower().endswith(FILE_SIDECAR) for path in files) else ""
    if not kind:
        raise PublishError(make("PUB-D003", "Unknown package type", source=str(folder)))
    found = fixity.faults(folder, files)
    held = {path: data for path, data in files.items() if not _is_of_the_package(path)}
    formats = _formats(held)
    found += _misnamed(folder, files, formats)
    report = _verified(held)
    found += [finding.diagnostic() for finding in report.findings] if report is not None else []
    signatures = _signatures(folder, held)
    found += [
        make("PUB-D007", f"{path}: {signature.sentence()}", source=str(folder))
        for path, all_of_it in signatures.items()
        for signature in all_of_it
        if not signature.good
    ]
    return Intake(kind, len(files), sum(map(len, files.values())), formats, report, signatures, tuple(found))


def _is_of_the_package(path: str) -> bool:
    """Return whether a file describes the package and is not part of its content."""
    name = path.rpartition("/")[2]
    tags = name.startswith(("manifest-", "tagmanifest-")) or name in {"bag-info.txt", *SIGNS, TAG_MANIFEST}
    return (tags and "/" not in path) or name.lower().endswith(".mdto.xml")


def _formats(held: Files) -> dict[str, str]:
    # Names only: the scanner does not need the folders of a path.
    numbered = {f"{k}-{path.rpartition('/')[2]}": data for k, (path, data) in enumerate(held.items())}
    found = identify(numbered)
    return {path: found[name].puid for path, name in zip(held, numbered, strict=True)}


def _misnamed(folder: Path, files: Files, formats: dict[str, str]) -> Iterator[Diagnostic]:
    """Yield formats that differ from those in an MDTO sidecar."""
    for path, data in files.items():
        if not path.lower().endswith(FILE_SIDECAR):
            continue
        try:
            code = parsed(data).find(f".//{{{NAMESPACE}}}bestandsformaat/{{{NAMESPACE}}}begripCode")
        except etree.XMLSyntaxError:
            continue  # already reported as a fixity error
        said, is_really = code.text if code is not None else "", formats.get(path[: -len(FILE_SIDECAR)], "")
        if said and is_really and said != is_really:
            message = f"{path[: -len(FILE_SIDECAR)]}: metadata says {said}, but the file is {is_really}"
            yield make("PUB-D009", message, source=str(folder))


def _verified(held: Files) -> Report | None:
    """Compare the publications with the proof in the package or, without a proof, with each other."""
    proof = next((data for path, data in held.items() if path.rpartition("/")[2] == "verify.json"), None)
    reference = None
    if proof is not None:
        try:
            known = from_json(proof)
            reference = known.reference
        except msgspec.MsgspecError:
            reference = None
    names = {file.name for file in known.files} if reference is not None else None
    with temporary_folder() as name:
        places: list[Path] = []
        for path, data in held.items():
            own = path.rpartition("/")[2]
            if format_of(own) and (own in names if names is not None else not own.endswith((".xml",))):
                places.append(name / own)
                places[-1].write_bytes(data)
        if not places or (reference is None and len(places) < 2):
            return None
        return verify(places, reference)


def _signatures(folder: Path, held: Files) -> dict[str, tuple[Signature, ...]]:
    out: dict[str, tuple[Signature, ...]] = {}
    for path, data in held.items():
        if has_signature(data):
            found = of_pdf(data)
            if found is None:
                raise PublishError(
                    make("PUB-D002", "Package not installed: pyhanko", hint=extra_hint("sign"))
                )
            out[path] = tuple(found)
    digests, signature = fixity.checksum_file(folder), Path(f"{fixity.checksum_file(folder)}{DETACHED}")
    if signature.is_file() and digests.is_file():
        one = of_data(digests.read_bytes(), signature.read_bytes())
        if one is None:
            raise PublishError(make("PUB-D002", "Package not installed: pyhanko", hint=extra_hint("sign")))
        out[digests.name] = (one,)
    return out
