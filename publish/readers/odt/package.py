"""Package of an OpenDocument text: a ZIP file with parts (ODF 1.3, part 2), or one flat XML file."""

from __future__ import annotations

import base64
import binascii
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.archives import Archive
from publish.readers.base import Source
from publish.readers.odt.names import MANIFEST, OFFICE, XLINK
from publish.readers.trees import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MIME = b"application/vnd.oasis.opendocument.text"
"""Beginning of the media types of texts, templates and master documents."""

_MANIFEST = "META-INF/manifest.xml"


def recognise(data: bytes) -> bool:
    """Return whether data is a package, or a flat OpenDocument text."""
    return data.startswith(b"PK") or (b"opendocument:xmlns:office" in data[:4096] and MIME in data[:8192])


class OdtPackage:
    """The parts of one file."""

    def __init__(self, source: Source) -> None:
        """Open a package or a flat file.

        Raises:
            PublishError: PUB-R009, if the file is damaged, encrypted or no text.
        """
        self.source = source
        self.archive: Archive | None = None
        if source.data.startswith(b"PK"):
            self.archive = Archive(source)
            self._check()
            self.content = self._part("content.xml")
            styles = self._part("styles.xml") if "styles.xml" in self.archive.names else None
            meta = self._part("meta.xml") if "meta.xml" in self.archive.names else None
        else:
            self.content = parse(source.data, source.name)
            styles = meta = self.content
        self.roots = [self.content] if styles is self.content or styles is None else [self.content, styles]
        """Roots of the parts with styles: those of the content first."""
        self.meta = meta
        body = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise self._damaged("No text document in the file")
        self.body: Element = body

    def _check(self) -> None:
        """Reject an encrypted package, and a package of another kind."""
        assert self.archive is not None, "Package must be an archive"
        names = self.archive.names
        if _MANIFEST in names:
            manifest = parse(self.archive.read(_MANIFEST), self.source.name, _MANIFEST)
            if next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
                message = "File is protected with a password"
                hint = "In LibreOffice: File > Save As, without 'Save with password'"
                raise PublishError(make("PUB-R009", message, source=self.source.name, hint=hint))
        if "content.xml" not in names:
            raise self._damaged("No text document in the file")

    def _part(self, name: str) -> Element:
        assert self.archive is not None, "Package must be an archive"
        return parse(self.archive.read(name), self.source.name, name)

    def _damaged(self, why: str) -> PublishError:
        if self.archive is not None:
            return self.archive.damaged(why)
        return PublishError(make("PUB-R009", f"File is damaged: {why}", source=self.source.name))

    @property
    def has_macros(self) -> bool:
        """Whether the file contains programs."""
        names = self.archive.names if self.archive is not None else ()
        inside = any(
            name.startswith(("Basic/", "Scripts/")) and name.count("/") > 1 and name[-1] != "/"
            for name in names
        )
        return inside or any(len(scripts) for scripts in self.content.iter(OFFICE + "scripts"))

    def members(self, suffixes: tuple[str, ...]) -> dict[str, bytes]:
        """Return the files in the package whose names end with one of these suffixes; a flat file has none."""
        return self.archive.ending_with(suffixes) if self.archive is not None else {}

    def find(self, element: Element) -> str:
        """Return the name of the part that an element refers to; empty if it is not in the package."""
        name = posixpath.normpath(unquote(element.get(XLINK + "href", "")).removeprefix("./"))
        if self.archive is None or name not in self.archive.names:
            return ""
        return name

    def data(self, element: Element) -> bytes | None:
        """Return the file of an image or object: a part, or data in the element; None if it is not in the file."""
        inside = element.find(OFFICE + "binary-data")
        if inside is not None:
            try:
                return base64.b64decode(inside.text or "")
            except (binascii.Error, ValueError):
                return None
        name = self.find(element)
        return self.archive.read(name) if name and self.archive is not None else None

    def object(self, element: Element) -> Element | None:
        """Return the root of an embedded object in XML, such as a formula; None if it is in another format."""
        for child in element:
            if child.tag != OFFICE + "binary-data" and isinstance(child.tag, str):
                return child
        name = posixpath.normpath(unquote(element.get(XLINK + "href", "")).removeprefix("./"))
        content = f"{name}/content.xml"
        if self.archive is None or content not in self.archive.names:
            return None
        return self._part(content)
