"""Whether something was made of the same things: a digest over all that decides what comes out.

The key of a manuscript is its content, what the user asks for, the house styles and fonts, and the versions of all that has a hand
in it. A tool that looks at the manuscript alone serves yesterday's style.
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

from publish.engine.job import Job
from publish.places import get, is_remote, mark, place
from publish.style.load import fonts_folder, styles_folder

PACKAGES = (
    "publish-papers", "weasyprint", "python-docx", "ebooklib", "lxml", "pypandoc_binary", "markdown-it-py", "mdit-py-plugins",
    "fonttools", "pillow", "pydyf", "tinycss2", "tinyhtml5", "cffi", "ziamath", "resvg-py", "pdfminer.six", "msgspec",
    "typst",
)  # fmt: skip
"""What has a hand in the files."""


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


def circumstances(job: Job) -> str:
    """A digest over all but the manuscript: what a job asks for, styles, fonts, templates and versions."""
    asked = msgspec.structs.replace(job, source="", output="")
    parts = [msgspec.json.encode(asked, order="deterministic").decode(), _versions(), _house()]
    parts += [of_folder(Path(given)) for given in (job.style,) if given and Path(given).exists()]
    parts += [of_file(Path(given)) for given in (job.docx_template, job.jurisdiction) if given]
    parts.append(os.environ.get("SOURCE_DATE_EPOCH", ""))
    return digest("\0".join(parts).encode())


def key(source: str, around: str) -> str:
    """The key of a manuscript under some circumstances; empty where it cannot be read."""
    own = of_file(place(source))
    return digest(f"{own}\0{around}".encode()) if own else ""


def versions() -> dict[str, str]:
    """The version of Python, and of each package that has a hand in the files."""
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


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
    return of_folder(styles_folder()) + of_folder(fonts_folder())


def of_folder(folder: Path) -> str:
    """A digest over the names and contents of the files in and below a folder, or over the one file that it is."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    return digest("\0".join(f"{path.name} {of_file(path)}" for path in files).encode())
