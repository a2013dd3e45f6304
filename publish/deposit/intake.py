"""Check a received package: its fixity, its formats against the metadata, the agreement of the notes, and the signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from pathlib import Path

import msgspec
from lxml import etree
from msgspec import Struct

from publish.deposit import fixity, reading, recipe
from publish.deposit.formats import identify
from publish.deposit.packages import Files
from publish.deposit.packages.bag import TAG_MANIFEST
from publish.deposit.packages.mdto import FILE_SIDECAR, NAMESPACE, SIDECAR
from publish.deposit.publications import publications
from publish.deposit.reproduce import PROOF
from publish.deposit.signing import DETACHED
from publish.deposit.xml import parsed
from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint
from publish.storage import Named, read_regular
from publish.verify import Report
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
    unproved: tuple[str, ...] = ()
    """Files for which the package has no digest, so that a change of them cannot be found."""


def ingest(folder: Path) -> Intake:
    """Check the fixity, formats, notes and signatures of a package.

    Raises:
        PublishError: PUB-D003, if the folder is not a package.
    """
    files = reading.read(folder)
    kind = next((kind for sign, kind in SIGNS.items() if sign in files), "")
    if not kind:
        kind = "mdto-sip" if any(path.lower().endswith(FILE_SIDECAR) for path in files) else ""
    if not kind:
        raise PublishError(make("PUB-D003", "Unknown package type", source=str(folder)))
    found = fixity.faults(folder, files)
    held = {path: data for path, data in files.items() if not _is_of_the_package(path)}
    formats = _formats(held)
    found += _misnamed(folder, files, formats)
    proof, faults = _proof(folder, held)
    found += faults
    found += _proof_faults(folder, held, proof) if proof is not None else []
    report = _verified(folder, held, proof)
    found += [finding.diagnostic() for finding in report.findings] if report is not None else []
    signatures = _signatures(folder, held)
    found += [
        make("PUB-D007", f"{path}: {signature.sentence()}", source=str(folder))
        for path, all_of_it in signatures.items()
        for signature in all_of_it
        if not signature.good
    ]
    return Intake(
        kind,
        len(files),
        sum(map(len, files.values())),
        formats,
        report,
        signatures,
        tuple(found),
        fixity.unproved(folder, files),
    )


def _is_of_the_package(path: str) -> bool:
    """Return whether a file describes the package and is not part of its content."""
    name = path.rpartition("/")[2]
    tags = name.startswith(("manifest-", "tagmanifest-")) or name in {"bag-info.txt", *SIGNS, TAG_MANIFEST}
    return (tags and "/" not in path) or name.lower().endswith(SIDECAR)


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


def _proof(folder: Path, held: Files) -> tuple[Report | None, list[Diagnostic]]:
    """Return the proof of a package, and what is wrong with it; None if it is missing or unreadable."""
    path = reading.only(held, PROOF, folder)
    if not path:
        return None, []
    try:
        return from_json(held[path]), []
    except msgspec.MsgspecError:
        message = f"{path}: is not a verification report, so nothing can be compared with it"
        return None, [make("PUB-D004", message, source=str(folder))]


def _proof_faults(folder: Path, held: Files, proof: Report) -> Iterator[Diagnostic]:
    """Yield publications that the proof lists and the package lacks, that it does not list, and other digests than its own."""
    listed = {file.name: file.sha256 for file in proof.files}
    for name, digest in listed.items():
        path = reading.only(held, name, folder)
        if not path:
            yield make("PUB-D004", f"{name}: is missing", source=str(folder))
        elif hashlib.sha256(held[path]).hexdigest() != digest:
            yield make("PUB-D014", f"{path}: Digest differs from that in the proof", source=str(folder))
    for path in _publications(folder, held, listed):
        if path.rpartition("/")[2] not in listed:
            yield make("PUB-D014", f"{path}: The proof does not list this publication", source=str(folder))


def _publications(folder: Path, held: Files, listed: Container[str]) -> list[str]:
    return publications(held, reading.only(held, recipe.NAME, folder), listed)


def _verified(folder: Path, held: Files, proof: Report | None) -> Report | None:
    """Compare the publications with the proof in the package or, without a proof, with each other; key them by their paths."""
    if proof is not None:
        listed = {file.name for file in proof.files}
        paths = [path for path in held if path.rpartition("/")[2] in listed]
        reference = proof.reference
    else:
        paths = [path for path in _publications(folder, held, ()) if not path.lower().endswith(".xml")]
        reference = None
    if not paths or (reference is None and len(paths) < 2):
        return None
    return verify([Named(str(folder / path), held[path]) for path in paths], reference)


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
    if signature.is_file():
        # Without the digests, an empty list is compared, so that a removed list makes the signature invalid.
        signed = read_regular(digests, fixity.LARGEST) if digests.is_file() else b""
        one = of_data(signed, read_regular(signature, fixity.LARGEST))
        if one is None:
            raise PublishError(make("PUB-D002", "Package not installed: pyhanko", hint=extra_hint("sign")))
        out[digests.name] = (one,)
    return out
