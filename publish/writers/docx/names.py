"""Names and numbers that must be unique in a Word package."""

from __future__ import annotations

import re
import zlib


def bookmark(anchor: str) -> str:
    """Return a bookmark name: a letter or underscore, then letters, digits and underscores; at most 40 characters."""
    name = re.sub(r"\W", "_", anchor, flags=re.ASCII)
    name = name if name[:1].isalpha() else f"_{name}"
    return name if len(name) <= 40 else f"{name[:31]}_{zlib.crc32(anchor.encode()):08x}"


class Counter:
    """Generator of consecutive numbers from a start value."""

    def __init__(self, start: int = 1) -> None:
        self.next = start

    def take(self) -> int:
        """Return the next number."""
        self.next += 1
        return self.next - 1
