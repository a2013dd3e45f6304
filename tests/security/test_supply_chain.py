"""The locks agree with pyproject.toml, name no host, and admit no version with a known vulnerability."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from publish.extras import EXTRAS
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = {path.stem: path for path in sorted((ROOT / "requirements").glob("*.txt"))}
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
LINE = re.compile(
    r"(?P<name>[a-zA-Z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; [^\\]+)?(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions of each package in a lock; a package can have several, for different systems."""
    found: dict[str, set[str]] = {}
    for line in LINE.finditer(LOCKS[name].read_text("utf-8")):
        found.setdefault(canonicalize_name(line["name"]), set()).add(line["version"])
    return found


def declared(name: str) -> list[Requirement]:
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"]]
    for extra in () if name == "base" else optional if name == "dev" else (name,):
        lines += optional[extra]
    return [Requirement(line) for line in lines]


def test_each_extra_has_a_lock() -> None:
    assert set(LOCKS) == {"base", "dev", *EXTRAS}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_an_allowed_version_of_each_package(name: str) -> None:
    versions = locked(name)
    for requirement in declared(name):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, requirement
        assert all(requirement.specifier.contains(version) for version in found), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_digests_and_no_host(name: str) -> None:
    text = LOCKS[name].read_text("utf-8")
    assert LINE.sub("", text) == ""
    assert "://" not in text
    assert "index" not in re.sub(LINE, "", text)


@pytest.mark.parametrize("name", sorted(set(LOCKS) - {"dev"}))
def test_locks_have_the_same_versions(name: str) -> None:
    everything = locked("dev")
    assert {p: v for p, v in locked(name).items() if not v <= everything.get(p, set())} == {}


def test_documented_lower_bounds_hold() -> None:
    text = (ROOT / "docs/security.md").read_text("utf-8").partition("## Libraries")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([A-Za-z][\w.-]+) \| ([\d.]+) \|", text, re.MULTILINE)
    bounds = {canonicalize_name(r.name): str(r.specifier) for r in declared("base")}
    assert len(rows) >= 5
    for library, version in rows:
        assert re.search(rf"[>=]={re.escape(version)}(,|$)", bounds[canonicalize_name(library)]), library


def test_modules_that_only_posix_has_are_imported_in_one_place() -> None:
    """Windows can import every module."""
    users: dict[str, set[str]] = {}
    for path in (ROOT / "publish").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in POSIX & set(names):
                users.setdefault(str(Path(path).relative_to(ROOT)), set()).add(name)
    assert users == {"publish/process.py": {"resource"}}
