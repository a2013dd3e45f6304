"""The template of an office: its styles by name, its page, header and footer; publish adds the styles that it lacks."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.storage import as_path, read_bytes
from publish.writers.odt.names import NAMESPACES
from publish.writers.odt.objects import Objects
from publish.xml_parsers import closed_parser

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
"""Media types of the images of a template that are copied, by suffix."""

OWN = frozenset({TEXT + "notes-configuration", STYLE + "default-style"})
"""Elements that have no name: the notes are those of publish, and the defaults those of the template."""


def merged(path: str, styles: str, notes: str, objects: Objects) -> bytes:
    """Return the part `styles.xml` of a template, with the styles of publish that it lacks.

    Args:
        path: Path of the template.
        styles: Content of `office:styles` of publish.
        notes: Configuration of the notes.
        objects: Files of the package, to which the images of header and footer are added.

    Raises:
        PublishError: PUB-W009, if the file is not an OpenDocument text.
    """
    data = read_bytes(as_path(path))
    parser = closed_parser()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("styles.xml"), parser)
            for name in archive.namelist():
                kind = MEDIA_TYPES.get(name.rpartition(".")[2].lower())
                if (
                    name.startswith("Pictures/")
                    and kind is not None
                    and name.encode() in archive.read("styles.xml")
                ):
                    objects.files[name], objects.types[name] = archive.read(name), kind
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as error:
        raise PublishError(
            make("PUB-W009", f"Template is not an OpenDocument text: {error}", source=path)
        ) from None
    group = root.find(OFFICE + "styles")
    if group is None:
        raise PublishError(make("PUB-W009", "Template contains no styles", source=path))
    known = {_key(element) for element in group}
    for element in group.findall(TEXT + "notes-configuration"):
        group.remove(element)
    added = etree.fromstring(f"<office:styles {NAMESPACES}>{styles}{notes}</office:styles>")
    for element in list(added):
        if element.tag == TEXT + "notes-configuration" or (
            element.tag not in OWN and _key(element) not in known
        ):
            group.append(element)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _key(element: etree._Element) -> tuple[str, str, str]:
    """Return what identifies a style: its element, family and name."""
    return str(element.tag), element.get(STYLE + "family", ""), element.get(STYLE + "name", "")
