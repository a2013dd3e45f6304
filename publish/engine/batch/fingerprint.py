"""Whether something was made of the same things: a digest over all that decides what comes out.

The key of a manuscript is its content, the request, the fonts of the house, and the versions of all libraries that affect the files. Styles,
templates, images and whatever else a paper depends on are compared by their own digests (`publish.engine.batch.manifest`).
"""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

import msgspec

from publish.entry_points import added
from publish.request import Request
from publish.storage import as_path, get, is_remote, mark
from publish.style.load import fonts_folder

PACKAGES = (
    "publish-papers", "weasyprint", "python-docx", "ebooklib", "lxml", "pypandoc_binary", "markdown-it-py", "mdit-py-plugins",
    "fonttools", "pillow", "pydyf", "tinycss2", "tinyhtml5", "cffi", "ziamath", "resvg-py", "pdfminer.six", "msgspec",
    "typst",
)  # fmt: skip
"""Packages that affect the files."""

GROUPS = ("publish.readers", "publish.writers", "publish.profiles", "publish.styles", "publish.extractors")
"""Entry points by which other packages affect the files."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def of_content(path: Path) -> str:
    """SHA-256 of a file that was just written, wherever it is."""
    return digest(get(path))


def of_file(path: Path) -> str:
    """The digest of a file, or what changes with a remote one; empty where it cannot be read."""
    try:
        if is_remote(path):
            return mark(path)  # a million manuscripts are not read only to see that nothing has changed
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def environment_digest(request: Request, also: str = "") -> str:
    """A digest over all but the manuscript and the files that it depends on: what is asked for, fonts of the house, and versions."""
    asked = msgspec.structs.replace(request, source="", output="")
    parts = [msgspec.json.encode(asked, order="deterministic").decode(), _versions(), _house(), also]
    parts.append(os.environ.get("SOURCE_DATE_EPOCH", ""))
    return digest("\0".join(parts).encode())


def key(source: str, around: str) -> str:
    """The key of a manuscript under some circumstances; empty where it cannot be read."""
    own = of_file(as_path(source))
    return digest(f"{own}\0{around}".encode()) if own else ""


def versions() -> dict[str, str]:
    """The version of Python, and of each package that affects the files, those of plug-ins among them."""
    plugins = {point.package for group in GROUPS for point in added(group)} - {"?"}
    return {
        "python": platform.python_version(),
        **{name: _version(name) for name in (*PACKAGES, *sorted(plugins))},
    }


@cache
def _versions() -> str:
    return " ".join(f"{name}={version}" for name, version in versions().items())


def _version(name: str) -> str:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return "none"


@cache
def _house() -> str:
    return of_folder(fonts_folder())


def of_folder(folder: Path) -> str:
    """A digest over the names and contents of the files in and below a folder, or over the one file that it is."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    return digest("\0".join(f"{path.name} {of_file(path)}" for path in files).encode())
