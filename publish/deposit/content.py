"""What goes into a package, whatever its kind: the files, and what is known of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from msgspec import Struct

from publish.model.metadata import Metadata

Use = Literal["publication", "source", "metadata"]


class Format(Struct, frozen=True):
    """A file format as PRONOM, the register of The National Archives, knows it."""

    puid: str
    name: str


class Item(Struct, frozen=True):
    """A file."""

    name: str
    """Without a folder; unique in the package."""
    data: bytes
    use: Use
    media_type: str
    format: Format
    about: str

    @property
    def sha256(self) -> str:
        """Its digest in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


class Event(Struct, frozen=True):
    """Something that was done with files (PREMIS 3.0, 2.1)."""

    type: str
    """A term of the Library of Congress's list of event types."""
    detail: str
    outcome: str = ""
    note: str = ""
    agent: str = ""
    """The program that did it, with its version."""
    files: tuple[str, ...] = ()


class DepositContent(Struct, frozen=True):
    """A publication, ready to be packed."""

    name: str
    """The object's name: the folder and the stem of its files."""
    title: str
    identifier: str
    identifier_source: str
    metadata: Metadata
    values: dict[str, str]
    """What the archive was told beside the paper (`publish.deposit.required_metadata`)."""
    time: dt.datetime
    tool: str
    items: tuple[Item, ...]
    events: tuple[Event, ...] = ()

    def of(self, use: Use) -> tuple[Item, ...]:
        """The files of one use, in their order."""
        return tuple(item for item in self.items if item.use == use)

    @property
    def stamp(self) -> str:
        """The time of the deposit, to the second, in UTC."""
        return self.time.strftime("%Y-%m-%dT%H:%M:%SZ")
