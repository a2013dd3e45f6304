"""File names that every archive accepts (MDTO SIP specification 1.0, Naamgeving; Windows; BagIt)."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Maximum length in characters; 255 are allowed, including the suffix of the sidecar."""


def safe(name: str) -> str:
    """Return the most similar name of plain letters, digits, full stops, hyphens and underscores."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    joined = re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9._-]+", "-", plain)).strip("-.")
    stem, dot, suffix = joined.rpartition(".")
    if not dot:
        return joined[:LONGEST] or "untitled"
    return f"{stem[: LONGEST - len(suffix)] or 'untitled'}.{suffix}"


class Names:
    """Unique file names, without distinction of case."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, name: str) -> str:
        """Return a safe name that no other file has."""
        wanted = safe(name)
        stem, dot, suffix = wanted.partition(".")
        found, count = wanted, 1
        while found.lower() in self.taken:
            count += 1
            found = f"{stem}-{count}{dot}{suffix}"
        self.taken.add(found.lower())
        return found
