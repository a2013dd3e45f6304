"""From a prepared document to the bytes of a format."""

from __future__ import annotations

from publish.engine.faults import reported
from publish.engine.pipeline import Prepared
from publish.writers.base import Manifestation, Output
from publish.writers.registry import find_entry, load_writer


def write(
    prepared: Prepared, to: str, *, manifestations: tuple[Manifestation, ...] = (), media: str = ""
) -> Output:
    """Write a paper in one format.

    Args:
        prepared: The paper.
        to: Name of the format.
        manifestations: The other files that are made of the paper, for formats that point at them.
        media: Folder for images next to the file, relative to it; empty puts them into it.

    Returns:
        The bytes of the file, those of its attachments, and the writer's diagnostics.

    Raises:
        PublishError: there is no such format, or it cannot be written here.
    """
    entry = find_entry(to)
    context = prepared.rendering.context(entry, manifestations=manifestations, media=media)
    with reported(entry.name, prepared.document.source):
        return load_writer(entry)(prepared.numbered, context)
