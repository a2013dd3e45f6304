"""Without pandoc, everything that does not need it works, and the rest reports how to install it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED
from tests.word import package

pytestmark = pytest.mark.timeout(300)

MISSING = {
    "no package": "raise ImportError('No module named pypandoc')\n",
    "no program": "def get_pandoc_path():\n    raise OSError('No pandoc was found')\n",
}
FORMULA = (
    '<w:p><w:r><w:t xml:space="preserve">Dus </w:t></w:r><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    "<m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"
)


@pytest.fixture(params=MISSING)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/pypandoc.py").write_text(MISSING[request.param])
    (tmp_path / "seed.md").write_bytes(SEED.read_bytes())
    (tmp_path / "formule.md").write_text("---\ntitle: T\nlang: nl\n---\n\nDus $x = 1$.\n")
    (tmp_path / "formule.docx").write_bytes(package(FORMULA))
    (tmp_path / "a.rst").write_text("Titel\n=====\n\nTekst.\n")
    return tmp_path


def publish(office: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(office / "lib"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "publish", *words],
        cwd=office, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


def test_what_does_not_need_pandoc_works(office: Path) -> None:
    done = publish(office, "build", "seed.md", "-o", "uit")
    assert done.returncode == 0, done.stderr
    assert "agree; 2,043 of 2,043 source words accounted for" in done.stdout
    assert {path.suffix for path in (office / "uit").iterdir()} >= {".pdf", ".docx", ".epub", ".html", ".xml"}
    assert publish(office, "build", "uit/seed.docx", "-t", "odt", "-o", "terug").returncode == 0


@pytest.mark.parametrize(
    "words", [("build", "a.rst", "-t", "html"), ("build", "seed.md", "-t", "rtf"), ("check", "a.rst")]
)
def test_what_needs_pandoc_says_how_to_install_it(words: tuple[str, ...], office: Path) -> None:
    done = publish(office, *words)
    assert done.returncode == 1
    assert "error: PUB-C004 Program not installed: pandoc" in done.stderr
    assert "-m pip install pypandoc_binary" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("source", "code"), [("formule.md", "PUB-W011"), ("formule.docx", "PUB-R047")])
def test_formulas_stay_as_text(source: str, code: str, office: Path) -> None:
    done = publish(office, "build", source, "-t", "html", "-t", "docx", "-o", "uit")
    assert done.returncode == 0, done.stderr
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    assert "x" in (office / "uit/formule.html").read_text("utf-8")
