"""Test entry points: build and install a package that adds one component of each type."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deposit.conftest import VALUES

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
[project.entry-points."publish.profiles"]
rules = "publish_plain:RULES"
[project.entry-points."publish.extractors"]
plain = "publish_plain:extract"
[project.entry-points."publish.styles"]
plain-house = "publish_plain:STYLE"
[project.entry-points."publish.packages"]
flat = "publish_plain:pack"
[tool.hatch.build.targets.wheel]
packages = ["publish_plain"]
"""

CODE = '''
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace
from publish.model import nodes as n
from publish.model.metadata import Metadata
from publish.model.text import plain_text
from publish.options import setting
from publish.profiles.base import Profile, ProfileResult
from publish.readers.base import ReadResult
from publish.verify.extractors.observer import Observer
from publish.writers.base import Output

class PlainOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the format."""

    lines: Annotated[Literal["lf", "crlf"], setting("the end of each line")] = "lf"

def write(numbered, context):
    """Title and paragraphs, each on a line with its calls in brackets; then a line for each note."""
    def line(inlines):
        return "".join(f"[{numbered.notes[i.note].label}]" if isinstance(i, n.NoteRef) else plain_text([i]) for i in inlines)
    document = numbered.document
    lines = [line(document.title)] if document.title else []
    lines += [document.metadata.subtitle] if document.metadata.subtitle else []
    lines += [line(block.inlines) for block in document.blocks if isinstance(block, n.Paragraph)]
    lines += [f"{note.label} {line(note.blocks[0].inlines)}" for note in numbered.notes.values()]
    return Output({"lf": "\\n", "crlf": "\\r\\n"}[context.options.lines].join(lines).encode())

write.options = PlainOptions
write.suffix = ".plain.txt"

def extract(data, path):
    """Read it back."""
    seen = Observer()
    for line in data.decode().splitlines():
        label, _, rest = line.partition(" ")
        with seen.note(label, label) if label.isdigit() else nullcontext():
            for part in re.split(r"(\\[\\d+\\])", rest if label.isdigit() else line):
                if part.startswith("["):
                    seen.call(part[1:-1], part[1:-1])
                else:
                    seen.text(part)
            seen.text(" ")
    return seen.finish("plain", path, backlinks="none")

extract.suffixes = (".plain.txt",)

def apply_rules(document, options):
    """Give every paper of rules a subtitle."""
    metadata = replace(document.metadata, subtitle="Volgens de regels")
    return ProfileResult(replace(document, metadata=metadata))

RULES = Profile("rules", "papers of rules", lambda d: d.metadata.title == "Regels", apply_rules)
STYLE = Path(__file__).parent / "house"

def pack(content):
    """All files in one folder."""
    return {item.name: item.data for item in content.items}

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
    (project / "publish_plain" / "house").mkdir()
    (project / "publish_plain" / "house" / "style.toml").write_text(
        'extends = "base"\nname = "plain-house"\nabout = "x"\n[colours]\ntext = "#123456"\n'
    )
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


def publish(site: Path, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "publish", *arguments],
        env=environment(site),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def environment(site: Path) -> dict[str, str]:
    python = os.pathsep.join([str(site), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": python}


def test_plugin_adds_a_format(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een[^a].\n\n[^a]: Noot.\n")
    done = publish(site, "build", str(source), "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.plain.txt").read_text() == "Een[1].\n1 Noot."
    assert "publish-plain" in publish(site, "formats").stdout


def test_plugin_adds_a_reader(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.lines"
    source.write_text("een\ntwee\n")
    done = publish(site, "build", str(source), "-t", "html", "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.plain.txt").read_text() == "Volgens de regels\neen\ntwee"


def test_plugin_option_is_set_by_command_line_file_and_python(site: Path, tmp_path: Path) -> None:
    """Only the plug-in declares the option."""
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: T\n---\n\nEen.\n")
    done = publish(site, "build", str(source), "-t", "plain", "-O", "plain.lines=crlf", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.plain.txt").read_bytes() == b"T\r\nEen."
    (tmp_path / "publish.toml").write_text('[plain]\nlines = "crlf"\n')
    done = publish(site, "build", str(source), "-t", "plain", "-o", str(tmp_path), cwd=tmp_path)
    assert (tmp_path / "a.plain.txt").read_bytes() == b"T\r\nEen."
    assert "plain.lines" in publish(site, "formats", "--options").stdout
    code = (
        "import publish;"
        "made = publish.convert(b'---\\ntitle: T\\n---\\n\\nEen.', ['plain'], output=None, name='a.md', options={'plain': {'lines': 'crlf'}});"
        "print(repr(made.outputs['plain'].data))"
    )
    python = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(site),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert python.stdout == "b'T\\r\\nEen.'\n"
    wrong = publish(site, "build", str(source), "-t", "plain", "-O", "plain.line=x", "-o", str(tmp_path))
    assert wrong.returncode == 2
    assert "plain.lines" in wrong.stderr


def test_plugin_extractor_verifies_the_plugin_format(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een[^a].\n\n[^a]: Noot.\n")
    publish(site, "build", str(source), "-t", "plain", "-o", str(tmp_path))
    made = tmp_path / "a.plain.txt"
    done = publish(site, "verify", str(made), "--source", str(source))
    assert "PUB-V007" not in done.stderr
    made.write_text(made.read_text().replace("Noot", "Nood"))
    done = publish(site, "verify", str(made), "--source", str(source))
    assert done.returncode == 1
    assert "PUB-V002 plain: " in done.stderr


def test_plugin_adds_a_profile(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.lines"
    source.write_text("een\n")
    done = publish(site, "inspect", str(source))
    assert "subtitle: Volgens de regels" in done.stdout
    assert "profile rules" in done.stdout


def test_plugin_adds_a_style(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een.\n")
    done = publish(site, "build", str(source), "-t", "html", "--style", "plain-house", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "#123456" in (tmp_path / "a.html").read_text()
    assert "plain-house" in publish(site, "styles").stdout


def test_plugin_adds_a_package_kind(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: T\nlang: nl\ndate: 2024-01-02\nreference: x-1\n---\n\nEen.\n")
    sets = [word for name, value in VALUES.items() for word in ("--set", f"{name}={value}")]
    done = publish(
        site, "deposit", str(source), "--package", "flat", "-t", "html", "-o", str(tmp_path / "out"), *sets
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "a-flat" / "a.html").is_file()


def test_format_is_unknown_without_the_plugin(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Een.\n")
    done = publish(tmp_path, "build", str(source), "-t", "plain", "-o", str(tmp_path))
    assert done.returncode == 2
    assert "PUB-W003" in done.stderr
