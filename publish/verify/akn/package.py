"""Packages: the XML files of an archive, and the names of what stands beside them."""

from __future__ import annotations

import io
import zipfile
import zlib

MAIN = "main.xml"
MOST = 200 * 1024 * 1024
"""Bytes that the XML of a package may unpack to."""


class DamagedError(Exception):
    """An archive cannot be read; the message says why."""


def is_package(data: bytes) -> bool:
    """Whether some bytes are an archive."""
    return data.startswith(b"PK")


def members(data: bytes) -> tuple[dict[str, bytes], frozenset[str]]:
    """The XML files of a package, the main one first, and the names of all members.

    Raises:
        DamagedError: it is no archive, holds no main file, or unpacks to more than is sensible.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.filename.lower().endswith(".xml")]
            if sum(info.file_size for info in infos) > MOST:
                raise DamagedError("Unpacked size exceeds 200 MB")
            files = {info.filename: archive.read(info) for info in infos}
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise DamagedError(f"Not an archive: {error}") from None
    if MAIN not in files and len(files) != 1:
        raise DamagedError(f"Not in the archive: {MAIN}")
    main = MAIN if MAIN in files else next(iter(files))
    return {main: files.pop(main), **files}, names
