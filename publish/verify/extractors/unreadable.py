"""A file that cannot be read back."""

from __future__ import annotations

MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes to which an archive may unpack."""


class UnreadableError(Exception):
    """A file is not what its name says; the message says why."""
