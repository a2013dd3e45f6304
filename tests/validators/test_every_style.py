"""Validate each example in each house style and format. This takes minutes; `nox -s validate` runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.style import style_names
from tests.validators.conftest import EXAMPLES, Tool, epub_messages, package_file

pytestmark = [pytest.mark.validators, pytest.mark.timeout(900)]
PAPERS = ("aanhangsel-1558", "kamerstuk", "rapport", "brief")


@pytest.fixture(autouse=True)
def asked_for(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--every-style"):
        pytest.skip("takes minutes: `nox -s validate`, or pytest --every-style")


@pytest.mark.parametrize("style", style_names())
def test_every_example_is_valid_in_every_format(
    style: str, verapdf: list[str], tool: Tool, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    files: dict[str, list[Path]] = {}
    for paper in PAPERS:
        result = publish.convert(EXAMPLES / f"{paper}.md", output=tmp_path, style=style)
        assert result.ok, result.diagnostics
        assert result.report is not None
        assert result.report.agrees
        for name in result.files:
            files.setdefault(name.rpartition(".")[2], []).append(Path(name))
    for path in files["pdf"]:
        done = subprocess.run(
            [*verapdf, path, "PDFA-2A", "PDFUA-1"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{path.name} {done.stdout}"
    for path in files["epub"]:
        assert epub_messages(path, tmp_path / "report.json") == []
    schema = etree.XMLSchema(etree.parse(package_file("cobalt", "xsd", "akomantoso30.xsd")))
    for path in files["xml"]:
        assert schema.validate(etree.parse(path)), f"{path.name} {schema.error_log}"
    assert tool("axe.mjs", *files["html"]) == []
    assert tool("ace.mjs", *files["epub"]) == []
    shared = pytestconfig.rootpath.parent / "shared"
    if shared.is_dir():
        for path in files["docx"]:
            command = [
                sys.executable,
                shared / "checks" / "docx_check.py",
                "--xsd",
                shared / "schemas" / "ooxml",
                path,
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout
