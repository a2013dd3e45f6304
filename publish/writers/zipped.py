"""Zip archives that are the same bytes each time, wherever they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Container, Mapping

DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each member: the first that a zip archive knows."""

MS_DOS, UNIX = 0, 3
"""Systems that a member may say it was made on (APPNOTE, 4.4.2)."""


def zipped(members: Mapping[str, bytes], *, stored: Container[str] = (), system: int = UNIX) -> bytes:
    """An archive of these members, in their order.

    Args:
        members: Contents by name.
        stored: Names of those that are not compressed.
        system: The system that members say they were made on.
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
