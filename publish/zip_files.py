"""Open ZIP archives that can come from an untrusted source: within a size, and with one file for each name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter

MOST_MEMBERS = 20_000
"""Largest number of files in an archive."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError, KeyError
)  # fmt: skip
"""What `zipfile` raises for a damaged or encrypted archive, or for a file that is not in it."""


class ArchiveError(Exception):
    """An archive cannot be used; the message gives the reason."""


class TooLargeArchiveError(ArchiveError):
    """An archive unpacks to more than the limit."""


def opened(data: bytes, most: int) -> zipfile.ZipFile:
    """Open an archive after a check of its directory. `zipfile` never unpacks more than the directory says.

    Args:
        data: The archive.
        most: Largest sum of the unpacked sizes, in bytes.

    Raises:
        ArchiveError: if the archive is damaged, or if two of its files have one name, of which programs read different ones.
        TooLargeArchiveError: if it is larger than `most`, or has more than `MOST_MEMBERS` files.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise ArchiveError(str(error)) from None
    found = archive.infolist()
    if len(found) > MOST_MEMBERS:
        raise TooLargeArchiveError(f"it contains more than {MOST_MEMBERS:,} files")
    if sum(info.file_size for info in found) > most:
        raise TooLargeArchiveError(f"it unpacks to more than {most // 1024**2} MB")
    names = [info.filename for info in found]
    if "[Content_Types].xml" in names:  # names of parts do not distinguish case (ISO/IEC 29500-2, 6.2.2.3)
        names = [name.lower() for name in names]
    name, count = Counter(names).most_common(1)[0] if names else ("", 0)
    if count > 1:
        raise ArchiveError(f"it contains {count} files with the name '{name}'")
    return archive
