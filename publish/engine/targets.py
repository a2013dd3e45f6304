"""Output paths of a request."""

from __future__ import annotations

from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.pipeline import entries
from publish.request import Request
from publish.storage import as_path, is_existing_folder, is_remote
from publish.writers.registry import WRITERS

REPORT_SUFFIX = ".verify.json"
"""Suffix of the proof of a manuscript."""


def targets(request: Request) -> dict[str, Path]:
    """Return the output path of each format: a file in the output folder, or exactly the given file.

    Raises:
        PublishError: PUB-W003, if a format is unknown; PUB-C001, if the suffix of the output file does not match the format.
    """
    chosen = entries(request.formats)
    output = as_path(request.output)
    is_folder = not is_remote(output) and is_existing_folder(output)
    names = {w.name for w in WRITERS if output.name.lower().endswith(w.suffix)} if not is_folder else set()
    if names and (len(chosen) > 1 or chosen[0].name not in names):
        hint = "Give a folder, or one format and a file of that type"
        raise PublishError(make("PUB-C001", f"File type does not match the format: -o {output}", hint=hint))
    if len(chosen) == 1 and output.suffix and not is_folder:
        return {chosen[0].name: output}
    name = stem(request.source)
    places = {entry.name: output / f"{name}{entry.suffix}" for entry in chosen}
    if any(place.name.lower().endswith(REPORT_SUFFIX) for place in places.values()):
        hint = "Rename the manuscript"
        message = f"File name is reserved for the proof of another manuscript: {name}{REPORT_SUFFIX}"
        raise PublishError(make("PUB-C001", message, source=request.source, hint=hint))
    return places


def stem(source: str) -> str:
    """Return the name of a file without the suffix of its format, including double suffixes such as `.akn.xml`."""
    name = Path(source).name
    for entry in WRITERS:
        if name.lower().endswith(entry.suffix) and entry.suffix.count(".") > 1:
            return name[: -len(entry.suffix)]
    return Path(name).stem or "untitled"
