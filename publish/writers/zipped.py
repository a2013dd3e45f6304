"""Zip archives with the same bytes on each run and on each system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Container, Mapping

DATE = (1980, 1, 1, 0, 0, 0)
"""Date of each member: the earliest date that a zip archive supports."""

MS_DOS, UNIX = 0, 3
"""Values for the system that created a member (APPNOTE, 4.4.2)."""


def zipped(members: Mapping[str, bytes], *, stored: Container[str] = (), system: int = UNIX) -> bytes:
    """Return an archive of these members, in the same order.

    Args:
        members: Contents by name.
        stored: Names of the members that are not compressed.
        system: The system that members name as their creator.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.create_system = system
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
