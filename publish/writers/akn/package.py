"""Packages of Akoma Ntoso (Naming Convention, 4.7.3): an archive with the main file, its components and its media."""

from __future__ import annotations

from publish.akn.components import split
from publish.akn.names import NAMESPACE
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn.writer import tree
from publish.writers.akn.xml import serialise
from publish.writers.attachments import ImageAttachments
from publish.writers.base import Context, Output
from publish.writers.zipped import zipped

MAIN = "main.xml"
MEDIA = "media"


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write a package: `main.xml`, a file for each component of a collection, and the images in `media`.

    Raises:
        PublishError: PUB-C001, if the jurisdiction is unknown.
    """
    images = ImageAttachments(MEDIA)
    root, found = tree(numbered, context, images)
    members = {MAIN: root}
    if numbered.document.origin is None:
        members |= split(root)
        for member in members.values():
            for manifestation in member.iter(f"{{{NAMESPACE}}}FRBRManifestation"):
                uri = manifestation.find(f"{{{NAMESPACE}}}FRBRuri")
                if uri is not None:
                    uri.set("value", str(uri.get("value")).removesuffix(".xml") + ".akn")
    files = {name: serialise(member) for name, member in members.items()} | images.files
    stored = {name for name in files if not name.endswith((".xml", ".svg"))}
    return Output(zipped(files, stored=stored), tuple(found))
