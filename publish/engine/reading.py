"""From a file to a document: reader, then profile."""

from __future__ import annotations

from pathlib import Path

from publish.engine.files import read_bytes
from publish.profiles import apply_profile
from publish.readers.base import ReadResult, Source
from publish.readers.registry import find_reader


def read(source: str | Path, *, reader: str = "", profile: str = "") -> ReadResult:
    """Read a manuscript into a document.

    Args:
        source: The file.
        reader: Name of a reader; empty chooses by the file's suffix.
        profile: Name of a profile; empty lets the manuscript or its text decide.

    Returns:
        The document, with its structure and metadata, and the diagnostics of reader and profile.

    Raises:
        PublishError: nothing could be read.
    """
    path = Path(source)
    data = read_bytes(path)
    result = find_reader(reader, str(path))(Source(str(path), data, path.parent))
    profiled = apply_profile(result.document, profile)
    return ReadResult(profiled.document, (*result.diagnostics, *profiled.diagnostics))
