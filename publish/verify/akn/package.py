"""Packages: the XML files of an archive, and the names of its other files."""

from __future__ import annotations

from publish.zip_files import DAMAGED, ArchiveError, opened

MAIN = "main.xml"
MOST = 200 * 1024 * 1024
"""Maximum unpacked size of the XML in a package, in bytes."""


class DamagedError(Exception):
    """Error for an archive that cannot be read; the message gives the reason."""


def is_package(data: bytes) -> bool:
    """Return whether the data is an archive."""
    return data.startswith(b"PK")


def members(data: bytes) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the XML files of a package, the main file first, and the names of all members.

    Raises:
        DamagedError: if the data is not an archive, contains no main file, or is too large when unpacked.
    """
    try:
        with opened(data, MOST) as archive:
            infos = [info for info in archive.infolist() if info.filename.lower().endswith(".xml")]
            files = {info.filename: archive.read(info) for info in infos}
            names = frozenset(archive.namelist())
    except (ArchiveError, *DAMAGED) as error:
        raise DamagedError(f"Not an archive: {error}") from None
    if MAIN not in files and len(files) != 1:
        raise DamagedError(f"Not in the archive: {MAIN}")
    main = MAIN if MAIN in files else next(iter(files))
    return {main: files.pop(main), **files}, names
