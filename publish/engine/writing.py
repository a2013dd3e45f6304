"""Write a prepared document in one format."""

from __future__ import annotations

from publish.engine.faults import reported
from publish.engine.pipeline import Prepared
from publish.writers.base import Manifestation, Output
from publish.writers.registry import find_entry, load_writer


def write(
    prepared: Prepared, to: str, *, manifestations: tuple[Manifestation, ...] = (), media: str = ""
) -> Output:
    """Write a document in one format.

    Args:
        prepared: The prepared document.
        to: Name of the format.
        manifestations: The other files of the publication, for formats that link to them.
        media: Folder for images, relative to the file; if empty, images are embedded.

    Returns:
        The bytes of the file, the bytes of its attachments, and the diagnostics of the writer.

    Raises:
        PublishError: if the format is unknown or cannot be written on this system.
    """
    entry = find_entry(to)
    context = prepared.rendering.context(entry, manifestations=manifestations, media=media)
    with reported(entry.name, prepared.document.source):
        return load_writer(entry)(prepared.numbered, context)
