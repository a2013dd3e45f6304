"""Content of a package of any kind: the files and their metadata."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from msgspec import Struct

from publish.model.metadata import Metadata

Use = Literal["publication", "source", "metadata"]


class Format(Struct, frozen=True):
    """A file format in PRONOM, the registry of The National Archives."""

    puid: str
    name: str


class Item(Struct, frozen=True):
    """A file."""

    name: str
    """File name without a folder; unique in the package."""
    data: bytes
    use: Use
    media_type: str
    format: Format
    about: str

    @property
    def sha256(self) -> str:
        """SHA-256 digest in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


class Event(Struct, frozen=True):
    """An action on files (PREMIS 3.0, 2.1)."""

    type: str
    """Term from the Library of Congress list of event types."""
    detail: str
    outcome: str = ""
    note: str = ""
    agent: str = ""
    """Program that performed the action, with its version."""
    files: tuple[str, ...] = ()


class DepositContent(Struct, frozen=True):
    """A publication that is ready to be packed."""

    name: str
    """Name of the object: the folder and the stem of its files."""
    title: str
    identifier: str
    identifier_source: str
    metadata: Metadata
    values: dict[str, str]
    """Information for the archive that is not in the manuscript (`publish.deposit.required_metadata`)."""
    time: dt.datetime
    tool: str
    items: tuple[Item, ...]
    events: tuple[Event, ...] = ()

    def of(self, use: Use) -> tuple[Item, ...]:
        """Return the files of one use, in order."""
        return tuple(item for item in self.items if item.use == use)

    @property
    def stamp(self) -> str:
        """Time of the deposit, to the second, in UTC."""
        return self.time.strftime("%Y-%m-%dT%H:%M:%SZ")
