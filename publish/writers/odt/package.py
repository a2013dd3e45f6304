"""Package of an OpenDocument text: its parts and its manifest (ODF 1.3, part 2), with reproducible bytes."""

from __future__ import annotations

from publish.markup import escape, quoteattr
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context
from publish.writers.odt.names import HEAD, MIME, NAMESPACES, VERSION
from publish.writers.odt.objects import Objects
from publish.writers.zipped import zipped

_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def part(name: str, content: str) -> bytes:
    """Return a part.

    Args:
        name: Name of its root, without prefix.
        content: Content of the root.
    """
    return f'{HEAD}<office:{name} {NAMESPACES} office:version="{VERSION}">{content}</office:{name}>'.encode()


def packed(parts: dict[str, bytes], objects: Objects) -> bytes:
    """Return the package of the parts, and of the images and formulas."""
    types = dict.fromkeys(parts, "text/xml") | objects.types
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        for name, kind in types.items()
    )
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="{VERSION}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="{VERSION}" manifest:media-type="{MIME}"/>'
        f"{entries}</manifest:manifest>"
    )
    members = {
        "mimetype": MIME.encode(),
        **parts,
        **objects.files,
        "META-INF/manifest.xml": manifest.encode(),
    }
    return zipped(members, stored=("mimetype",))


def metadata(numbered: NumberedDocument, context: Context) -> str:
    """Return the metadata of the document, as Dublin Core where it has terms for them."""
    found = numbered.document.metadata
    author = next((agent.shown for agent in found.agents_as("author")), "")
    publisher = next((agent.shown for agent in found.agents_as("publisher")), "")
    values = [
        ("meta:generator", context.tool),
        ("dc:title", numbered.title),
        ("dc:subject", found.subject),
        ("dc:language", found.language),
        ("meta:creation-date", context.stamp),
        ("dc:date", context.stamp),
        ("dc:creator", author or publisher),
    ]
    own = {
        "Publisher": publisher,
        "Number": found.number,
        "Session": found.session,
        "Dossier": found.dossier,
        "Identifier": found.identifier("officielebekendmakingen"),
    }
    out = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values if value)
    out += "".join(
        f'<meta:user-defined meta:name="{name}">{escape(value)}</meta:user-defined>'
        for name, value in own.items()
        if value
    )
    return f"<office:meta>{out}</office:meta>"
