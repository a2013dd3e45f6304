"""Find the publications in a package."""

from __future__ import annotations

from collections.abc import Container

import msgspec

from publish.deposit import recipe
from publish.deposit.packages import Files
from publish.deposit.packages.mdto import SIDECAR
from publish.verify.extractors.registry import format_of


def publications(files: Files, record: str, listed: Container[str]) -> list[str]:
    """Return the paths of publications, without manuscripts and other inputs that the package records.

    These are files in the format of a publication, and every file in a folder `publication`.

    Args:
        files: The files of the package.
        record: Path of the record of how the package was made; empty if it has none.
        listed: Names of files that are publications, even if the record names them as inputs.
    """
    try:
        inputs = set(recipe.from_json(files[record]).files.values()) if record else set()
    except msgspec.MsgspecError:
        inputs = set()
    inputs.difference_update(name for name in inputs if name in listed)
    return [
        path
        for path in files
        if _is_among_publications(path)
        or (_can_be_publication(path) and path.rpartition("/")[2] not in inputs)
    ]


def _is_among_publications(path: str) -> bool:
    """Return whether a file is in the folder of the publications, and no sidecar file with metadata."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] == "publication" and not name.endswith(SIDECAR)


def _can_be_publication(path: str) -> bool:
    """Return whether a file has the format of a publication; other XML files are metadata."""
    name = path.lower()
    return format_of(name) is not None and (
        not name.endswith(".xml") or name.endswith((".akn.xml", ".op.xml"))
    )
