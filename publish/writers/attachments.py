"""Where the pictures of a document go that stand beside its file: in Akoma Ntoso, and in Markdown."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from publish.model.resources import Resource
from publish.writers.base import IMAGE_SUFFIXES

EMBEDDED = "data:"

_OUTSIDE_IRI = re.compile(r"[^\w\-.~/!$&'()*+,;=@:]")
"""What may not be in the path of an IRI as it is (RFC 3987, 2.2)."""


class ImageAttachments:
    """Gives each picture an address relative to the file, and keeps what is to be written there."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        """The folder of the media, relative to the file; empty puts them into the file itself (RFC 2397)."""
        self.files: dict[str, bytes] = {}
        self._known: dict[str, str] = {}

    def address(self, source: str, resource: Resource, wanted: str = "") -> str:
        """The address of a picture.

        Args:
            source: The picture's key among the document's resources.
            resource: The picture.
            wanted: The address that it had where it came from; it is kept where it is one below the folder of the file.
        """
        if source not in self._known:
            self._known[source] = self._new(resource, wanted)
        return self._known[source]

    def _new(self, resource: Resource, wanted: str) -> str:
        if not self.folder or wanted.startswith(EMBEDDED):
            data = base64.b64encode(resource.data).decode()
            return f"{EMBEDDED}{resource.media_type};base64,{data}"
        address = wanted if _is_below(wanted) else ""
        while not address or self.files.get(address, resource.data) != resource.data:
            suffix = IMAGE_SUFFIXES.get(resource.media_type, "bin")
            address = f"{self.folder}/picture-{len(self.files) + 1}.{suffix}"
        self.files[address] = resource.data
        return address


def as_iri(address: str) -> str:
    """An address of `ImageAttachments` as an IRI: what may not be in one, such as a space, is percent-encoded (RFC 3987, 3.1)."""
    return (
        address if address.startswith(EMBEDDED) else _OUTSIDE_IRI.sub(lambda match: quote(match[0]), address)
    )


def _is_below(address: str) -> bool:
    """Whether an address names a file in a folder below, by plain names."""
    parts = address.split("/")
    plain = all(part and part not in {".", ".."} for part in parts)
    return plain and len(parts) > 1 and not set(address) & set(":\\?#%")
