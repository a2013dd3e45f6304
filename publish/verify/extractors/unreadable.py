"""Error for a file that cannot be read back."""

from __future__ import annotations

MAX_UNPACKED = 200 * 1024 * 1024
"""Maximum unpacked size of an archive, in bytes."""


class UnreadableError(Exception):
    """Error for a file whose content does not match its name; the message gives the reason."""
