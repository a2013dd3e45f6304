"""Test the formats that publish reads and writes with pandoc. The tests run the real pandoc."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest

import publish
from publish.diagnostics import PublishError
from publish.engine.job import run
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.resolve import resolve
from publish.resolve.numbered import NumberedDocument
from publish.verify import compare, expect, extract
from tests.support import codes, job, numbered

TEXT = """# Kop

Een[^a], *twee* en **drie**[^b].

- punt
- punt

| a | b |
|---|---|
| c | d |

[^a]: Noot met [link](https://example.org/x).

[^b]: Tweede noot.
"""

FORMATS = {
    "odt": ".odt",
    "rtf": ".rtf",
    "latex": ".tex",
    "rst": ".rst",
    "org": ".org",
    "docbook": ".docbook",
    "jats": ".jats",
    "mediawiki": ".wiki",
}


def notes(document: NumberedDocument) -> list[tuple[str, str]]:
    return [
        (
            x.label,
            " ".join(" ".join(plain_text(b.inlines) for b in x.blocks if isinstance(b, n.Paragraph)).split()),
        )
        for x in document.notes.values()
    ]


def words(document: n.Document) -> Counter[str]:
    found = [plain_text(b.inlines) for b in nodes_in(document.blocks) if isinstance(b, n.Paragraph)]
    found += [plain_text(b.title) for b in nodes_in(document.blocks) if isinstance(b, n.Section)]
    return Counter(" ".join(found).split())


@pytest.mark.parametrize("kind", FORMATS)
def test_output_of_pandoc_can_be_read_back(kind: str, tmp_path: Path) -> None:
    document = numbered(TEXT)
    path = tmp_path / f"a{FORMATS[kind]}"
    path.write_bytes(publish.write(document, kind).data)
    result = publish.read(path)
    again = resolve(result.document).document
    assert notes(again) == notes(document)
    assert ("PUB-R016" in codes(result.diagnostics)) is (kind != "odt")  # ODT has its own reader
    assert words(document.document) - words(again.document) == Counter()


def test_labels_that_a_format_would_number_differently_are_text() -> None:
    document = numbered("Een[^a].\n\n[^a]: Noot.\n")
    starred = numbered(
        "---\nnotes:\n  format: symbols\n---\nEen[^a] en twee[^b].\n\n[^a]: Noot.\n[^b]: Nog een.\n"
    )
    assert b"[^1]" in publish.write(document, "markdown").data
    output = publish.write(starred, "rst")
    assert "PUB-W013" in codes(output.diagnostics)
    assert "*" in output.data.decode()


def test_identical_notes_can_be_merged(tmp_path: Path) -> None:
    path = tmp_path / "a.rst"
    path.write_text(
        "Een [1]_ en twee [2]_ en drie [3]_.\n\n.. [1] Dezelfde noot.\n.. [2] Dezelfde noot.\n.. [3] Een andere.\n"
    )
    apart = resolve(publish.read(path).document).document
    assert [(x.label, len(x.calls)) for x in apart.notes.values()] == [("1", 1), ("2", 1), ("3", 1)]
    merged = resolve(publish.read(path, merge_identical_notes=True).document).document
    assert [(x.label, len(x.calls)) for x in merged.notes.values()] == [("1", 2), ("2", 1)]


def test_odt_output_can_be_verified(seed: Path, tmp_path: Path) -> None:
    result = run(job(str(seed), ("odt", "html"), str(tmp_path)))
    assert result.ok
    assert result.report is not None
    document = resolve(publish.read(seed).document).document
    assert compare(expect(document), extract(tmp_path / "aanhangsel-1558.odt")) == []
    with zipfile.ZipFile(tmp_path / "aanhangsel-1558.odt") as archive:
        assert archive.namelist()[0] == "mimetype"


def test_pandoc_cannot_read_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("zeer geheim")
    path = tmp_path / "a.rst"
    path.write_text(f"Tekst.\n\n.. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n")
    try:
        result = publish.read(path)
    except PublishError:
        return
    assert "zeer geheim" not in str(result.document)


def test_content_that_pandoc_skips_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(
        "\\documentclass{article}\n\\begin{document}\nEen \\vreemd{woord} en \\input{geheim}.\n\\end{document}\n"
    )
    lost = [
        (d.message, d.span and (d.span.line, d.span.column))
        for d in publish.read(path).diagnostics
        if d.code == "PUB-R059"
    ]
    assert lost[0] == ("pandoc: Skipped '\\vreemd{woord}'", (3, 19))
    assert "geheim" in lost[1][0]


def test_notes_in_ignorable_groups_of_libreoffice_rtf_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(r"{\rtf1\ansi Een{\super\chftn{\*\footnote\chftn\pard Noot.\par}} twee.\par}")
    assert notes(resolve(publish.read(path).document).document) == [("1", "Noot.")]


def test_input_that_pandoc_rejects_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text("{geen json")
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    assert [d.code for d in caught.value.diagnostics] == ["PUB-R009"]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "count"), [("pandoc-endnote.odt", 1), ("pandoc-footnote.odt", 1), ("pandoc-footnote.rtf", 2)]
)
def test_real_files_keep_their_notes(shared: Path, name: str, count: int) -> None:
    document = resolve(publish.read(shared / "corpus" / "markdown" / name).document).document
    assert len(document.notes) == count
