"""Test the type information in the wheel: mypy and pyright check a program against the built wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import msgspec
import pytest

from tests.conftest import ROOT

GOOD = """
import publish

made = publish.convert(b"Tekst", ["html"], output=None, name="a.md")
data: bytes = made.outputs["html"].data
prepared = publish.prepare(b"Tekst", name="a.md")
codes: list[str] = [diagnostic.code for diagnostic in prepared.diagnostics]
document = publish.read("a.md").document
numbered = publish.resolve(document).document
output = publish.write(numbered, "html")
length: int = len(output.data)
"""

WRONG = """
import publish

publish.convert(7, ["html"])
text: str = publish.convert(b"Tekst", ["html"], output=None).outputs["html"].data
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel. It uses the dependencies of the test environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    venv.create(folder / "env")
    (site,) = (folder / "env").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{Path(msgspec.__file__).parents[1]}\n")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(site)
    assert (site / "publish" / "py.typed").is_file()
    (folder / "good.py").write_text(GOOD)
    (folder / "wrong.py").write_text(WRONG)
    return folder / "env" / "bin" / "python"


def test_mypy_accepts_valid_calls_and_reports_invalid_calls(installed: Path) -> None:
    folder = installed.parents[2]

    def mypy(name: str) -> str:
        command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-executable"]
        return subprocess.run(
            [*command, installed, name], cwd=folder, capture_output=True, text=True, check=False
        ).stdout

    assert "Success: no issues found" in mypy("good.py")
    assert mypy("wrong.py").count(": error:") == 2


def test_pyright_accepts_valid_calls_and_reports_invalid_calls(installed: Path) -> None:
    npm = Path(sys.executable).with_name("npm")
    if not npm.exists():
        pytest.skip("npm is not installed")
    folder = installed.parents[2]
    env = {**os.environ, "PATH": f"{npm.parent}{os.pathsep}{os.environ['PATH']}"}
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')

    def pyright(name: str) -> str:
        command = [npm, "exec", "--yes", "pyright@1.1.400", "--", "--pythonpath", installed, name]
        return subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=280
        ).stdout

    assert "0 errors" in pyright("good.py")
    assert "2 errors" in pyright("wrong.py")
