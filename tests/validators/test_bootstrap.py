"""Test the set-up commands of the README in a copy of the checkout with a separate environment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_docs import BOOTSTRAP, commands


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@pytest.mark.validators
@pytest.mark.timeout(1200)
def test_readme_commands_set_up_build_and_add_a_component(tmp_path: Path) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout of git")
    folder = tmp_path / "publish"
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (build,) = [
        line for page, line in commands() if page == "README.md" and line.startswith(f"{BOOTSTRAP} build")
    ]
    done = run(build, folder)
    assert done.returncode == 0, done.stderr
    assert "7 notes × 5 formats agree; 2,043 of 2,043 source words accounted for" in done.stdout
    missing = run(
        "PATH=.venv/bin:$PATH publish build examples/brief.md -t pdf --pdf-engine typst -o out", folder
    )
    assert missing.returncode == 1
    assert f"{BOOTSTRAP} add typst" in missing.stderr
    added = run(f"{BOOTSTRAP} add typst", folder)
    assert added.returncode == 0, added.stderr
    again = run(
        "PATH=.venv/bin:$PATH publish build examples/brief.md -t pdf --pdf-engine typst -o out", folder
    )
    assert again.returncode == 0, again.stderr
    assert run(f"{BOOTSTRAP} add nothing", folder).returncode == 2
