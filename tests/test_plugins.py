"""Another package adds a reader and a format by entry points; it is really built and installed here."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "publish-plain"
version = "1.0"
[project.entry-points."publish.writers"]
plain = "publish_plain:write"
[project.entry-points."publish.readers"]
lines = "publish_plain:read"
[tool.hatch.build.targets.wheel]
packages = ["publish_plain"]
"""

CODE = '''
from publish.model import nodes as n
from publish.model.metadata import Metadata
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from publish.readers.base import ReadResult
from publish.writers.base import Output

def write(numbered, context):
    """Every paragraph on a line, with the labels that resolve decided."""
    lines = [plain_text(x.inlines) for x in document_nodes(numbered.document) if isinstance(x, n.Paragraph)]
    lines += [f"{note.label} {plain_text(note.blocks[0].inlines)}" for note in numbered.notes.values()]
    return Output("\\n".join(lines).encode())

def read(source):
    blocks = tuple(n.Paragraph((n.Text(line),)) for line in source.data.decode().splitlines() if line)
    return ReadResult(n.Document(Metadata(title="Regels"), blocks, source=source.name))

read.suffixes = (".lines",)
'''


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    (project / "publish_plain").mkdir()
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "publish_plain" / "__init__.py").write_text(CODE)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (wheel,) = (project / "dist").glob("*.whl")
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def publish(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run(
        [sys.executable, "-m", "publish", *arguments], env=env, capture_output=True, text=True, check=False
    )


def test_an_added_format(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een[^a].\n\n[^a]: Noot.\n")
    done = publish(site, "build", str(source), "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.plain").read_text() == "Een.\n1 Noot."
    assert "publish-plain" in publish(site, "formats").stdout


def test_an_added_reader(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.lines"
    source.write_text("een\ntwee\n")
    done = publish(site, "build", str(source), "-t", "html", "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.plain").read_text() == "een\ntwee"


def test_without_the_package_there_is_no_such_format(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een.\n")
    done = publish(tmp_path, "build", str(source), "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 2
    assert "PUB-W003" in done.stderr
