"""Census and document agree for every case, every example, and every file of the corpus; exceptions are explained."""

from __future__ import annotations

from pathlib import Path

import pytest

import publish
from publish.diagnostics import PublishError
from tests.census.support import CASES, EXAMPLES, proved
from tests.conftest import ROOT, SHARED

SUFFIXES = frozenset(
    {".docx", ".md", ".html", ".epub", ".xml", ".akn", ".pdf", ".txt", ".odt", ".rtf", ".tex", ".rst"}
)

EXPLAINED = {
    "de-by-detail_6191.html": ({"PUB-V036"}, "invalid nesting: browsers and libxml2 build different tables"),
    "Dáil-oral-questions-2017-11-07.pdf": (
        {"PUB-V030", "PUB-V031"},
        "one digit is covered by small type; PDFium leaves it out",
    ),
    "mdit-footnote-fixtures.md": (
        {"PUB-V031", "PUB-V032"},
        "pieces of HTML and Markdown that are no manuscript",
    ),
}
"""Files in which the census differs: the codes, and why."""


def manuscripts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def differences(path: Path) -> list[str]:
    """Return the findings of a file; none if the file cannot be read."""
    try:
        return [f"{f.code} {f.message}" for f in proved(path)[1]]
    except PublishError:
        return []


OWN = [
    *manuscripts(CASES),
    *manuscripts(EXAMPLES),
    *manuscripts(ROOT / "tests" / "diagnostics"),
    *manuscripts(ROOT / "docs"),
]


@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_case_agrees(path: Path) -> None:
    assert differences(path) == []


CORPUS = manuscripts(SHARED / "corpus") if SHARED.is_dir() else []


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_file_of_the_corpus_agrees(path: Path) -> None:
    codes, _ = EXPLAINED.get(path.name, (set(), ""))
    found = [text for text in differences(path) if text.split()[0] not in codes]
    assert found == []


@pytest.mark.parametrize("form", ["docx", "html", "epub", "akn", "odt", "op", "markdown", "pdf"])
@pytest.mark.parametrize("name", ["aanhangsel-1558", "brief", "kamerstuk", "rapport"])
def test_own_output_is_read_back_completely(name: str, form: str, tmp_path: Path) -> None:
    """The words of each format that publish writes are read back, with the notes, labels, tables and links."""
    result = publish.convert(EXAMPLES / f"{name}.md", [form], tmp_path)
    assert differences(Path(result.files[0])) == []
