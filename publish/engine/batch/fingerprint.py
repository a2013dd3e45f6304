"""Digests that detect whether the inputs of a publication changed.

The key of a manuscript covers its content, the request, the built-in fonts, and the versions of all libraries that affect
the files. Styles, templates, images and other inputs are compared by separate digests (`publish.engine.batch.manifest`).
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
    "fonttools", "pillow", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "cffi", "ziamath", "resvg-py", "pdfminer.six", "pypdfium2",
    "pikepdf", "msgspec", "typst",
)  # fmt: skip
"""Packages that affect the output."""

GROUPS = (
    "publish.readers",
    "publish.writers",
    "publish.profiles",
    "publish.styles",
    "publish.extractors",
    "publish.packages",
)
"""Entry point groups with which other packages affect the output."""


def digest(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def of_content(path: Path) -> str:
    """Return the SHA-256 of a file that was just written, local or remote."""
    return digest(get(path))


def of_file(path: Path) -> str:
    """Return the digest of a local file or the change indicator of a remote file; empty if it cannot be read."""
    try:
        if is_remote(path):
            return mark(path)  # Do not download a million manuscripts to find that nothing changed.
        if not path.is_file():
            return ""  # opening a pipe waits for a program that writes to it
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def environment_digest(request: Request, also: str = "") -> str:
    """Return a digest of the request, the built-in fonts and the versions, without the manuscript and its dependencies."""
    asked = msgspec.structs.replace(request, source="", output="")
    parts = [msgspec.json.encode(asked, order="deterministic").decode(), _versions(), _house(), also]
    parts.append(os.environ.get("SOURCE_DATE_EPOCH", ""))
    return digest("\0".join(parts).encode())


def key(source: str, around: str) -> str:
    """Return the key of a manuscript and its environment digest; empty if the manuscript cannot be read."""
    own = of_file(as_path(source))
    return digest(f"{own}\0{around}".encode()) if own else ""


def versions() -> dict[str, str]:
    """Return the versions of Python and of each package that affects the output, including plug-ins."""
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
    """Return a digest of the names and contents of all files in a folder, recursively; also accepts a single file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    return digest("\0".join(f"{path.name} {of_file(path)}" for path in files).encode())
