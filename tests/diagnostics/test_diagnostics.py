"""A folder for each code that a manuscript can cause: a manuscript `in.*`, and what `publish check` says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.diagnostics import PublishError
from publish.diagnostics.codes import CODES, explain
from publish.diagnostics.render import as_text
from publish.engine.reading import read
from publish.request import Request
from publish.resolve import resolve

HERE = Path(__file__).parent
FOLDERS = sorted(path.name for path in HERE.iterdir() if path.name.startswith("PUB-"))


def found(source: Path) -> str:
    try:
        result = read(Request(source=str(source)))
    except PublishError as error:
        diagnostics = error.diagnostics
    else:
        diagnostics = (*result.diagnostics, *resolve(result.document).diagnostics)
    text = source.read_text("utf-8", errors="replace")
    return as_text(diagnostics, {str(source): text}) + "\n"


@pytest.mark.parametrize("code", FOLDERS)
def test_each_code(code: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / code)
    (source,) = Path().glob("in.*")
    text = found(source)
    assert code in text
    expected = HERE / code / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


def test_every_code_of_a_manuscript_is_tested() -> None:
    """By a folder here, or, where the manuscript is no text file, by a test that names the code."""
    families = ("PUB-R", "PUB-M", "PUB-N", "PUB-X")
    tests = "".join(path.read_text("utf-8") for path in HERE.parent.rglob("test_*.py"))
    unknown = {"PUB-N017"}  # no paper is known that causes it
    wanted = {code for code in CODES if code.startswith(families)} - set(FOLDERS) - unknown
    assert [code for code in sorted(wanted) if f'"{code}"' not in tests] == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    text = explain(code)
    assert text is not None
    assert text.startswith(f"{code}: ")
    rule = CODES[code]
    assert rule.meaning.endswith(".")
    assert rule.fix.endswith(".")


def test_every_code_is_used() -> None:
    root = HERE.parents[1] / "publish"
    source = "".join(path.read_text("utf-8") for path in root.rglob("*.py") if path.name != "codes.py")
    assert [code for code in CODES if code not in source] == []
