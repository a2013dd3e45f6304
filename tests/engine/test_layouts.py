"""A job lays its document out once, twice if the document shows page numbers, and writes one time in all its files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import publish
from publish.engine import pipeline
from publish.writers.pdf import engine
from publish.writers.typst import writer as typst_writer

ALL = ("pdf", "docx", "epub", "akn", "html")
LONG = "".join(f"# Hoofdstuk {k}\n\n" + "Woorden van een alinea. " * 90 + "\n\n" for k in range(1, 5))


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the documents that WeasyPrint lays out."""
    found: list[str] = []
    lay_out = engine._lay_out

    def counted(html: str, *arguments: Any) -> Any:
        found.append(html)
        return lay_out(html, *arguments)

    monkeypatch.setattr(engine, "_lay_out", counted)
    return found


@pytest.mark.parametrize("formats", [("pdf",), ("pdf", "html"), ALL])
@pytest.mark.parametrize(("settings", "expected"), [("", 1), ("style: rapport\n", 2)])
def test_weasyprint_lays_a_document_out_once(
    tmp_path: Path, layouts: list[str], formats: tuple[str, ...], settings: str, expected: int
) -> None:
    # The style `rapport` has a table of contents, which shows page numbers.
    source = tmp_path / "a.md"
    source.write_text(f"---\ntitle: T\nlang: nl\n{settings}---\n\n{LONG}", "utf-8")
    assert publish.convert(source, to=formats, output=tmp_path).ok
    assert len(layouts) == expected


@pytest.mark.parametrize(("text", "expected"), [("Kort.[^1]\n\n[^1]: Noot.\n", 1), ("Lang. " * 2000, 2)])
def test_typst_compiles_one_source_and_a_second_only_if_text_crosses_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: int
) -> None:
    pytest.importorskip("typst")
    compiled: set[bytes] = set()
    compiler = typst_writer._compiler

    def counted(files: dict[str, bytes], *arguments: Any) -> Any:
        compiled.add(files[typst_writer.MAIN])
        return compiler(files, *arguments)

    monkeypatch.setattr(typst_writer, "_compiler", counted)
    source = tmp_path / "a.md"
    source.write_text(f"---\ntitle: T\nlang: nl\n---\n\n{text}", "utf-8")
    assert publish.convert(source, to=ALL, output=tmp_path, pdf_engine="typst").ok
    assert len(compiled) == expected


def test_a_job_takes_the_time_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[dt.datetime] = []

    def counted(document: publish.Document, given: str = "") -> dt.datetime:
        del document, given
        taken.append(dt.datetime(2026, 1, 1, 12, len(taken), tzinfo=dt.UTC))
        return taken[-1]

    monkeypatch.setattr(pipeline, "timestamp", counted)
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: T\nlang: nl\n---\n\nTekst.\n", "utf-8")
    assert publish.convert(source, to=ALL, output=tmp_path).ok
    assert len(taken) == 1
