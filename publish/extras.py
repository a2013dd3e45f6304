"""The optional dependencies of publish, and the command that installs them in the current environment."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

DISTRIBUTION = "publish-papers"

EXTRAS = {
    "typst": "a second PDF engine, without Pango",
    "deposit": "packages for archival deposit",
    "sign": "signing packages, and checking their signatures",
    "cluster": "Dask clusters, and URLs as manuscripts and output",
    "s3": "S3 URLs",
}
"""Extras of `pyproject.toml` for users, with the purpose of each."""

_ROOT = Path(__file__).resolve().parent.parent


def add_command(*extras: str) -> str:
    """Return the command that installs extras: with the bootstrap in a checkout, else with pip of the running Python.

    publish is not on a package index, so the command contains the packages of the extra instead of the extra.
    """
    in_checkout = (_ROOT / "pyproject.toml").is_file() and (_ROOT / "publish").is_dir()
    if in_checkout and Path(sys.prefix).resolve() == (_ROOT / ".venv").resolve():
        return f"python3 -m publish.bootstrap add {' '.join(extras)}"
    names = " ".join(f"'{name}'" for name in requirements(extras))
    return f"{sys.executable} -m pip install {names}"


def requirements(extras: Sequence[str]) -> list[str]:
    """Return the packages of extras from the installed metadata of publish."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        declared = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return list(extras)
    found = []
    for line in declared:
        name, _, condition = line.partition(";")
        extra = re.search(r"extra\s*==\s*[\"'](\w+)[\"']", condition)
        if extra is not None and extra[1] in extras:
            found.append(name.strip())
    return sorted(set(found)) or list(extras)


def hint(*extras: str) -> str:
    """Return a hint for a diagnostic."""
    return f"Run: {add_command(*extras)}"
