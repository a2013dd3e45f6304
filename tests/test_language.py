"""New text keeps to plain technical English: a list of words that earlier texts used in a private or archaic sense."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

IDIOM: dict[str, str] = {
    r"mend(s|ed|ing)?": "fix",
    r"anew": "again",
    r"beside": "next to",
    r"where(of|by|in|upon|with)": "of which, by which, …",
    r"there(of|upon)": "of it",
    r"whatsoever|whoever|lest|ere|naught|nought": "a plain word",
    r"unto|upon": "to, on",
    r"thus|hence": "therefore",
    r"is told|are told|was told": "is reported",
    r"is no (?!such )\w+ (file|document|manuscript|number|list)": "is not a …",
    r"what is no": "if it is not a …",
    r"there is no \w+ of that name": "Not found: …",
    r"where there is none": "if there is none",
    r"of its own accord": "automatically",
    r"list of contents": "table of contents",
    r"edition(s)? that disagree": "publications that differ",
    r"squeez(e|ed|es|ing)": "normalise",
    r"stranger(s)?": "unexpected file",
    r"handbook": "documentation",
}
"""Patterns of whole words, and what to write instead (docs/contributing.md, "Language")."""

ALLOWED = {"docs/contributing.md": "the examples of the rule", "tests/test_language.py": "this list"}
"""Files that quote the idiom."""

PATTERN = re.compile(rf"\b(?:{'|'.join(IDIOM)})\b", re.IGNORECASE)


def tracked(*patterns: str) -> list[str]:
    """Return the files of the project, without those that git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines() or [
        str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.rglob(pattern.rpartition("/")[2])
    ]
    return [name for name in found if name not in ALLOWED and (ROOT / name).is_file()]


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of Markdown outside code blocks, or the docstrings, messages and comments of a module."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        fenced = False
        for number, line in enumerate(text.splitlines(), 1):
            fenced ^= line.startswith("```")
            if not fenced:
                yield number, line
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            yield number, line


@pytest.mark.parametrize("name", tracked("*.md", "publish/*.py", "publish/*.txt", "docs/*.py", "noxfile.py"))
def test_no_private_idiom(name: str) -> None:
    if name.startswith(("examples/", "tests/", "output/")):
        pytest.skip("a manuscript")
    found = [
        f"{name}:{number}: {match[0]}"
        for number, line in prose(ROOT / name)
        for match in PATTERN.finditer(line)
    ]
    assert found == []


def test_the_rule_finds_idiom() -> None:
    assert PATTERN.search("how to mend it")
    assert PATTERN.search("What is no manuscript is passed over")
    assert not PATTERN.search("recommended, amendment, thereby")
