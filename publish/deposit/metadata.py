"""The files of a package that describe its other files: proof, digests, document model and recipe."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec.structs import replace

from publish.deposit import canonical, recipe
from publish.model.nodes import Document
from publish.model.schema import json_schema, to_json
from publish.verify.report import Report, proof_schema

ABOUT = {
    "verify.json": "the verification report: each note in each format, as read back",
    "verify.schema.json": "the JSON Schema of verify.json",
    "digests.json": "digests of the files, and of their content independent of compression",
    "model.json": "The document model",
    "model.schema.json": "the JSON Schema of model.json",
    recipe.NAME: "how the publication was made, for rebuilding it",
}
"""The files in order, with a description of each."""


def files(
    document: Document,
    report: Report,
    made: recipe.Recipe,
    publications: Mapping[str, bytes],
    names: Mapping[str, str],
) -> dict[str, bytes]:
    """Return the metadata files of a publication.

    Args:
        document: The resolved document.
        report: The result of reading its files back.
        made: The recipe of the files.
        publications: The files by their names in the package.
        names: The names in the package by the names in the report.
    """
    # Without annotations, which name persons and are not published, and without a local path.
    plain = replace(document, annotations=(), source=made.source.rpartition("/")[2])
    seen = tuple(
        replace(file, name=names[file.name], sha256=_sha256(publications[names[file.name]]))
        for file in report.files
    )
    digests = {name: _digests(name, data) for name, data in publications.items()}
    found = (
        replace(report, files=seen).to_json(),
        _json(proof_schema()),
        _json({"methods": canonical.METHODS, "files": digests}),
        to_json(plain) + b"\n",
        _json(json_schema()),
        recipe.to_json(made),
    )
    return dict(zip(ABOUT, found, strict=True))


def _digests(name: str, data: bytes) -> dict[str, str]:
    method, digest = canonical.canonical(name, data)
    return {"sha256": _sha256(data), "method": method, "canonical": digest}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
