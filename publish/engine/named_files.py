"""Files that a document itself names: its house style and its jurisdiction.

A document can come from an untrusted source. It can choose what is installed, files below the folder of the manuscript, and the
styles that the office keeps in the current folder. A person can choose any file, on the command line or in `publish.toml`.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from publish.akn.jurisdictions.load import SHIPPED
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document
from publish.request import Request
from publish.storage import as_path, is_existing, is_existing_file, is_remote
from publish.style import Style, load_style
from publish.style.load import style_names


def folder_of(request: Request, document: Document) -> Path | None:
    """Return the folder of the manuscript; None if it has no local folder."""
    if request.data is not None:
        return Path(request.folder) if request.folder else None
    name = request.source or document.source
    return None if not name or is_remote(name) else as_path(name).parent


def with_named_files(request: Request, document: Document) -> tuple[Request, Style | None]:
    """Return the request with the jurisdiction that the document names, and the style that it names.

    What the request itself sets stays; the style is None if the request or nothing names one.

    Raises:
        PublishError: PUB-S005, if the document names a file outside the folder of the manuscript; PUB-S002, if the style
            is invalid.
    """
    folder = folder_of(request, document)
    options = request.options.get("akn", {})
    if not options.get("jurisdiction"):
        jurisdiction = _named(document, "jurisdiction", SHIPPED, folder)
        if jurisdiction:
            options = {**options, "jurisdiction": jurisdiction}
            request = replace(request, options={**request.options, "akn": options})
    if request.style or not document.settings.get("style", ""):
        return request, None
    here = Path.cwd()
    if _is_style_in(here, document.settings["style"]):
        return request, load_style(document.settings["style"], here)
    return request, load_style(_named(document, "style", style_names(), folder), folder)


def _is_style_in(folder: Path, name: str) -> bool:
    """Return whether a name is that of a style folder in a folder."""
    return name.replace("-", "").replace("_", "").isalnum() and is_existing_file(folder / name / "style.toml")


def _named(document: Document, setting: str, installed: tuple[str, ...], folder: Path | None) -> str:
    """Return the installed name or the path of the file that a document gives for a setting; empty if it gives none."""
    name = document.settings.get(setting, "")
    if not name or name in installed:
        return name
    if folder is not None and is_existing(folder / name):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()):
            return str(path)
    message = f"`{setting}` must be an installed name or a file in the manuscript's folder, not '{name}'"
    hint = f"Use one of {', '.join(installed)}, or give the file with `--{setting}`"
    raise PublishError(make("PUB-S005", message, source=document.source, hint=hint))
