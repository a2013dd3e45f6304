"""The optional parts of publish, and the command that adds one in the environment that is running."""

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
"""The extras of `pyproject.toml` that a user may want, and what each is for."""

_ROOT = Path(__file__).resolve().parent.parent


def add_command(*extras: str) -> str:
    """The command that adds extras here: through the bootstrap in a checkout, else by pip in the Python that runs.

    publish itself is on no package index, so that the command names the packages of the extra and not the extra.
    """
    in_checkout = (_ROOT / "pyproject.toml").is_file() and (_ROOT / "publish").is_dir()
    if in_checkout and Path(sys.prefix).resolve() == (_ROOT / ".venv").resolve():
        return f"python3 -m publish.bootstrap add {' '.join(extras)}"
    names = " ".join(f"'{name}'" for name in requirements(extras))
    return f"{sys.executable} -m pip install {names}"


def requirements(extras: Sequence[str]) -> list[str]:
    """The packages of extras, as the installed metadata of publish name them."""
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
    """A hint for a diagnostic."""
    return f"Run: {add_command(*extras)}"
