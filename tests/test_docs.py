"""Test the documentation: generated files are current, links are valid, commands and Python examples run."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption

import publish
from tests.conftest import ROOT, SEED
from tests.deposit.conftest import VALUES, certificate, timestamps
from tests.engine.test_cluster import Dask, dask, s3

__all__ = ["dask", "s3", "timestamps"]

PAGES = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

BOOTSTRAP = "python3 -m publish.bootstrap"
"""Start of the commands that set up a machine. `tests/validators/test_bootstrap.py` runs them."""

CLUSTER = re.compile(r"s3://|dask://")

ELSEWHERE = {
    "--ntasks=16": "it needs Slurm; `tests/engine/test_cluster.py` runs the last line",
}
"""Blocks that cannot run here: a text that the block contains, and the reason."""


@pytest.fixture(scope="module")
def generator() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "generate.py"))


def test_generated_files_are_current(generator: dict[str, Any]) -> None:
    """If this test fails, run `python docs/generate.py` and review the changes."""
    for path, text in generator["generated"]().items():
        assert (ROOT / path).read_text("utf-8") == text, path


def test_every_token_has_an_effect_or_a_reason(generator: dict[str, Any]) -> None:
    rows = [line.split(" | ") for line in generator["tokens"]().splitlines() if line.startswith("| `")]
    assert len(rows) > 80
    for row in rows:
        cells = [cell.strip(" |") for cell in row[3:]]
        assert "yes" in cells, row
        assert "-" not in cells[:4] or row[0].startswith("| `structure.page"), row
    listed = {row[0].strip("| `") for row in rows}
    assert set(generator["WITHOUT"]) <= listed


def blocks(page: Path, language: str) -> Iterator[str]:
    for match in re.finditer(r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        if match[1] == language:
            yield match[2]


def commands() -> list[tuple[str, str]]:
    """Return the page and the command for each line of a shell block, joined with its continuation lines."""
    return [
        (page.name, line)
        for page in PAGES
        for block in blocks(page, "sh")
        if not any(words in block for words in ELSEWHERE)
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all files that the documentation uses."""
    folder = tmp_path_factory.mktemp("office")
    os.environ["SOURCE_DATE_EPOCH"] = "1643846400"
    paper = "---\ntitle: Een stuk\nlanguage: nl\ncountry: nl\ndate: 2022-02-03\nreference: x-1\n---\n\nTekst[^1].\n\n[^1]: Noot.\n"
    for name in ("paper.md", "a.md", "b.md", "papers/a.md", "papers/2024/b.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(paper.replace("x-1", name.replace("/", "-")), "utf-8")
    (folder / "bill.md").write_text(paper.replace("title:", "type: bill\ntitle:"), "utf-8")
    (folder / "list.txt").write_text("a.md\nb.md\n", "utf-8")
    made = publish.convert(paper.encode(), ["docx", "akn"], output=None, name="paper.md").outputs
    for name in ("paper.docx", "letter.docx", "first.docx", "papers/2024/c.docx"):
        (folder / name).write_bytes(made["docx"].data)
    other = paper.replace("Noot.", "Een andere noot.").encode()
    (folder / "second.docx").write_bytes(
        publish.convert(other, ["docx"], output=None, name="a.md").outputs["docx"].data
    )
    (folder / "act.xml").write_bytes(made["akn"].data)
    (folder / "old.pdf").write_bytes(publish.convert(SEED, ["pdf"], output=None).outputs["pdf"].data)
    template = publish.convert(paper.encode(), ["docx"], output=None, style="brief").outputs["docx"].data
    (folder / "house.dotx").write_bytes(template)
    (folder / "office.p12").write_bytes(certificate(NoEncryption()))
    (folder / "phrase.txt").write_text("\n", "utf-8")
    values = "\n".join(f'{name} = "{value}"' for name, value in VALUES.items())
    # Word files do not contain the reference of the paper.
    (folder / "publish.toml").write_text(f'[deposit]\nidentificatie = "x-1"\n{values}\n', "utf-8")
    run("publish deposit paper.md -o made --package bagit -t html", folder)
    shutil.move(next((folder / "made").glob("*-bagit")), folder / "package")
    shutil.copy(SEED, folder / "seed.md")
    run("publish deposit seed.md -o deposit -t html", folder)
    return folder


def run(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    python = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PATH": path, "PYTHONPATH": python, **environment}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300
    )


PLAIN = [c for c in commands() if not c[1].startswith(BOOTSTRAP) and not CLUSTER.search(c[1])]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("page", "line"), PLAIN)
def test_every_command_runs(page: str, line: str, office: Path, timestamps: str) -> None:
    assert page
    if "verify" in line or "diff" in line:
        run("publish build paper.md -o output", office)
    if "--check deposit/paper-bagit" in line:
        run("publish deposit paper.md -o deposit/ --package bagit", office)
    shutil.rmtree(office / "mine", ignore_errors=True)
    done = run(line.replace("https://tsa.example.org", timestamps), office)
    expected = 1 if "publish diff" in line else 0
    assert done.returncode == expected, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr


@pytest.fixture
def store(s3: dict[str, str], office: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return an S3 store that contains a manuscript. The workers of the cluster inherit its keys."""
    import fsspec

    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    store.pipe_file("office/papers/a.md", (office / "a.md").read_bytes())
    return store


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("page", "line"), [command for command in commands() if CLUSTER.search(command[1])])
def test_every_cluster_command_runs(page: str, line: str, office: Path, store: Any, dask: Dask) -> None:
    assert page
    done = run(f"{line.replace('dask://scheduler:8786', dask.address)} --state {office}/state", office)
    assert done.returncode == 0, done.stderr
    assert store.exists("office/public/a.pdf")


EXAMPLES = [(page.name, block) for page in PAGES for block in blocks(page, "python")]


@pytest.mark.parametrize(("page", "code"), EXAMPLES)
def test_every_python_example_runs(page: str, code: str, office: Path) -> None:
    assert page
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=office, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_point_to_existing_files(page: Path) -> None:
    text = re.sub(r"^```.*?^```|^````.*?^````", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:") and page.name != "diagnostics.md":
            assert (page.parent / target).exists(), target


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (test, *others) = [line for _, line in commands() if line.startswith(f"{BOOTSTRAP} test")]
    assert {line.partition("#")[0].strip() for line in (test, *others)} == {test.partition("#")[0].strip()}
    assert test.partition("#")[0].strip() in script


def test_nox_sessions_in_the_documentation_exist() -> None:
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`nox -s (\w+)", page.read_text("utf-8"))}
    assert named
    assert named <= sessions
