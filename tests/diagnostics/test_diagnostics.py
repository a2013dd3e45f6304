"""Test each code that a manuscript can cause; its folder contains a manuscript `in.*` and the output of `publish check`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest

from publish.diagnostics import PublishError, Span
from publish.diagnostics.codes import CODES, FAMILIES, explain, make
from publish.diagnostics.render import as_json, as_sarif, as_text, as_uri
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
def test_manuscript_causes_the_expected_diagnostics(
    code: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE / code)
    (source,) = Path().glob("in.*")
    text = found(source)
    assert code in text
    expected = HERE / code / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


UNREACHED = {"PUB-N017"}
"""Codes that no known manuscript causes."""


def test_every_code_has_a_test() -> None:
    """Check that each code has a folder, or a test that names the code."""
    tests = "".join(path.read_text("utf-8") for path in HERE.parent.rglob("*.py"))
    wanted = set(CODES) - set(FOLDERS) - UNREACHED
    assert [code for code in sorted(wanted) if f'"{code}"' not in tests and f"{code}" not in tests] == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    rule = CODES[code]
    for word in (code, code.removeprefix("PUB-"), rule.name, rule.name.upper()):
        text = explain(word)
        assert text is not None
        assert text.startswith(f"{code} {rule.name}: ")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|comment|macros|unreachable", rule.name)
    assert rule.title[0].isupper() or rule.title.startswith("publish")
    assert rule.meaning.endswith(".")
    assert rule.fix.endswith(".")


def test_names_and_codes_are_unique() -> None:
    listed = [code for codes in FAMILIES.values() for code in codes]
    assert len(CODES) == len({code.name for code in listed}) == len(listed)


def test_every_code_is_used() -> None:
    root = HERE.parents[1] / "publish"
    folder = root / "diagnostics" / "codes"
    source = "".join(path.read_text("utf-8") for path in root.rglob("*.py") if folder not in path.parents)
    assert [code for code in CODES if code not in source] == []


# Output formats

SAMPLE = (
    make(
        "PUB-R019", "Image 'a b.png' has no alternative text", span=Span(3, 5), source="stukken/één stuk.md"
    ),
    make("PUB-W001", "Cannot write x", source="/srv/a b.pdf", hint="Free some space"),
    make("PUB-C001", "Unknown setting"),
    make("PUB-R030", "File is too large", source="s3://office/a b.md"),
)


def test_text_json_and_sarif_contain_the_name_of_the_code() -> None:
    assert "PUB-R019 Image 'a b.png' has no alternative text [image-without-alt-text]" in as_text(SAMPLE)
    assert json.loads(as_json(SAMPLE))[0]["name"] == "image-without-alt-text"
    log = json.loads(as_sarif(SAMPLE, "1"))
    rules = {rule["id"]: rule["name"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["PUB-R019"] == "image-without-alt-text"


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("a.md", "a.md"),
        ("stukken/één stuk.md", "stukken/%C3%A9%C3%A9n%20stuk.md"),
        ("/srv/a b#1?.md", "file:///srv/a%20b%231%3F.md"),
        ("C:\\Users\\x\\a.md", "file:///C%3A/Users/x/a.md"),
        ("nota: 1.md", "./nota:%201.md"),
        ("s3://office/a b.md", "s3://office/a%20b.md"),
        ("100%.md", "100%25.md"),
    ],
)
def test_sources_become_uri_references(source: str, uri: str) -> None:
    assert as_uri(source) in {uri, uri.replace("%3A", ":")}
    urlsplit(as_uri(source))


def test_sarif_log_is_valid_by_the_oasis_schema(tmp_path: Path) -> None:
    """Use the schema of SARIF 2.1.0 from an npm package."""
    npm = Path(sys.executable).with_name("npm")
    if not npm.exists():
        pytest.skip("npm is not installed")
    pack = [str(npm), "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"]
    environment = {**os.environ, "PATH": f"{npm.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(pack, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=100)
    with tarfile.open(next(tmp_path.glob("*.tgz"))) as archive:
        member = archive.extractfile("package/lib/schemas/sarif-2.1.0-rtm.5.json")
        assert member is not None
        schema = json.load(member)
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(as_sarif(SAMPLE, "1")))] == []
    assert list(validator.iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))


def test_many_diagnostics_with_one_code_become_one_line_with_their_places() -> None:
    found = [make("PUB-X001", f"Target {k}", span=Span(k, 2), source="a.md") for k in range(1, 10)]
    other = make("PUB-N002", "Note 'a' is never called", span=Span(4), source="a.md")
    lines = as_text([*found[:2], other, *found[2:]]).splitlines()
    assert [line.split(" [")[0] for line in lines] == [
        "a.md:1:2: warning: PUB-X001 Target 1",
        "a.md:2:2: warning: PUB-X001 Target 2",
        "a.md:4:1: warning: PUB-N002 Note 'a' is never called",
        "a.md:3:2: warning: PUB-X001 Target 3",
        "a.md: warning: PUB-X001 6 more, at 4:2, 5:2, 6:2, 7:2, 8:2 and further",
    ]


def test_five_diagnostics_with_one_code_are_shown_in_full() -> None:
    found = [make("PUB-X001", f"Target {k}", span=Span(k), source="a.md") for k in range(1, 6)]
    assert len(as_text(found).splitlines()) == 5
