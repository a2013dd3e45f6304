"""Addresses of images that are stored next to the file, for Akoma Ntoso and Markdown."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from publish.model.resources import Resource
from publish.writers.base import IMAGE_SUFFIXES

EMBEDDED = "data:"

_OUTSIDE_IRI = re.compile(r"[^\w\-.~/!$&'()*+,;=@:]")
"""Characters that must be encoded in the path of an IRI (RFC 3987, 2.2)."""

_PLAIN_NAME = re.compile(r"\w[\w \-.,()'!&+=@~]*")


class ImageAttachments:
    """Images with an address relative to the file, and their content."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        """Media folder, relative to the file; empty embeds the images in the file (RFC 2397)."""
        self.files: dict[str, bytes] = {}
        self._known: dict[str, str] = {}

    def address(self, source: str, resource: Resource, wanted: str = "") -> str:
        """Return the address of an image.

        Args:
            source: Key of the image in the resources of the document.
            resource: The image.
            wanted: Address of the image in its source; its name is kept if it is plain and free.
        """
        if source not in self._known:
            self._known[source] = self._new(resource, wanted)
        return self._known[source]

    def _new(self, resource: Resource, wanted: str) -> str:
        if not self.folder or wanted.startswith(EMBEDDED):
            data = base64.b64encode(resource.data).decode()
            return f"{EMBEDDED}{resource.media_type};base64,{data}"
        # Only this folder belongs to the file: elsewhere, an image could replace that of another document.
        name = wanted.rpartition("/")[2]
        address = f"{self.folder}/{name}" if _is_plain(name, resource.media_type) else ""
        while not address or self.files.get(address, resource.data) != resource.data:
            suffix = IMAGE_SUFFIXES.get(resource.media_type, "bin")
            address = f"{self.folder}/picture-{len(self.files) + 1}.{suffix}"
        self.files[address] = resource.data
        return address


def as_iri(address: str) -> str:
    """Return an address of `ImageAttachments` as an IRI, with characters such as a space percent-encoded (RFC 3987, 3.1)."""
    return (
        address if address.startswith(EMBEDDED) else _OUTSIDE_IRI.sub(lambda match: quote(match[0]), address)
    )


def _is_plain(name: str, media_type: str) -> bool:
    """Return whether a name is that of an image with the suffix of its type, and not of a hidden file."""
    suffix = "jpg" if name.lower().endswith(".jpeg") else name.rpartition(".")[2].lower()
    return _PLAIN_NAME.fullmatch(name) is not None and suffix == IMAGE_SUFFIXES.get(media_type)
