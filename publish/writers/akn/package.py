"""Packages of Akoma Ntoso (Naming Convention, 4.7.3): an archive with the main file, its components and its media."""

from __future__ import annotations

import io
import zipfile

from publish.akomantoso.components import split
from publish.akomantoso.names import NAMESPACE
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn.writer import tree
from publish.writers.akn.xml import serialise
from publish.writers.base import Context, Output
from publish.writers.beside import Pictures

MAIN = "main.xml"
MEDIA = "media"

DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each member: the first that a zip archive knows, so that the same paper gives the same bytes."""


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write a package: `main.xml`, a file for each component of a collection, and the pictures in `media`.

    Raises:
        PublishError: PUB-C001, where there is no such jurisdiction.
    """
    pictures = Pictures(MEDIA)
    root, found = tree(numbered, context, pictures)
    members = {MAIN: root}
    if numbered.document.origin is None:
        members |= split(root)
        for member in members.values():
            for manifestation in member.iter(f"{{{NAMESPACE}}}FRBRManifestation"):
                uri = manifestation.find(f"{{{NAMESPACE}}}FRBRuri")
                if uri is not None:
                    uri.set("value", str(uri.get("value")).removesuffix(".xml") + ".akn")
    files = {name: serialise(member) for name, member in members.items()} | pictures.files
    return Output(_zipped(files), tuple(found))


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, DATE)
            info.external_attr = 0o644 << 16
            method = zipfile.ZIP_DEFLATED if name.endswith((".xml", ".svg")) else zipfile.ZIP_STORED
            archive.writestr(info, data, method)
    return out.getvalue()
