"""Zip archives from external sources, opened within limits.

An archive can declare wrong sizes, contain more data than fits into memory, or be damaged. Each problem is reported, and
no archive is unpacked beyond the limit.
"""

from __future__ import annotations

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.readers.base import Source
from publish.zip_files import DAMAGED, ArchiveError, TooLargeArchiveError, opened

CHUNK = 1024 * 1024


class Archive:
    """An open archive. It counts the bytes that are read, independent of the sizes in its directory."""

    def __init__(self, source: Source) -> None:
        """Open a source as an archive.

        Raises:
            PublishError: PUB-R009, if the archive is damaged or encrypted; PUB-R030, if it is larger than allowed.
        """
        self.source = source
        self.left = source.max_megabytes * 1024 * 1024
        try:
            self._zip = opened(source.data, self.left)
        except TooLargeArchiveError:
            raise self._too_large() from None
        except ArchiveError as error:
            raise self.damaged(str(error)) from None
        self.names = frozenset(self._zip.namelist())

    def damaged(self, why: str) -> PublishError:
        """Return the error that gives the reason why this archive cannot be read."""
        hint = "Save it again with the program that created it"
        return PublishError(make("PUB-R009", f"File is damaged: {why}", source=self.source.name, hint=hint))

    def _too_large(self) -> PublishError:
        message = f"File unpacks to more than {self.source.max_megabytes} MB"
        return PublishError(make("PUB-R030", message, source=self.source.name))

    def ending_with(self, suffixes: tuple[str, ...]) -> dict[str, bytes]:
        """Return the members whose names end with one of these suffixes."""
        return {name: self.read(name) for name in sorted(self.names) if name.lower().endswith(suffixes)}

    def read(self, name: str) -> bytes:
        """Return the bytes of one member.

        Raises:
            PublishError: PUB-R009, if the member is missing, damaged or encrypted; PUB-R030, if it is larger than allowed.
        """
        out = bytearray()
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    out += chunk
                    if len(out) > self.left:
                        raise self._too_large()
        except KeyError:
            raise self.damaged(f"Not in the archive: '{name}'") from None
        except DAMAGED as error:
            raise self.damaged(f"'{name}': {error}") from None
        self.left -= len(out)
        return bytes(out)
