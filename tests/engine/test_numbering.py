"""Note numbering that restarts on each page: all formats have the labels of the PDF, and a second run is identical."""

from __future__ import annotations

from pathlib import Path

import publish
from publish.verify import extract

WORDS = "De minister heeft de Kamer per brief over de voortgang van het onderzoek ingelicht "


def manuscript(path: Path) -> Path:
    paragraphs = "".join(f"{k}. {WORDS * 4}[^{k}]\n\n" for k in range(1, 41))
    notes = "".join(f"[^{k}]: Noot nummer {k} van dit stuk.\n" for k in range(1, 41))
    path.write_text(
        f"---\ntitle: Per bladzijde\nlang: nl\nnotes: {{scope: page}}\n---\n\n{paragraphs}{notes}"
    )
    return path


def test_all_formats_have_the_labels_of_the_pdf_pages(tmp_path: Path) -> None:
    result = publish.convert(manuscript(tmp_path / "m.md"), output=tmp_path / "out")
    assert result.report is not None
    assert result.report.findings == ()
    edition = extract(tmp_path / "out" / "m.pdf")
    by_page: dict[int, list[str]] = {}
    for note in edition.notes:
        by_page.setdefault(note.page, []).append(note.label)
    assert len(by_page) > 2
    for labels in by_page.values():
        assert labels == [str(k) for k in range(1, len(labels) + 1)]
    labels = [note.label for note in edition.notes]
    for name in ("m.docx", "m.epub", "m.akn.xml", "m.html"):
        assert [note.label for note in extract(tmp_path / "out" / name).notes] == labels


def test_second_resolve_gives_the_same_result(tmp_path: Path) -> None:
    document = publish.read(manuscript(tmp_path / "m.md")).document
    once = publish.resolve(document)
    assert publish.resolve(document) == once
    assert publish.resolve(once.document.document).document.notes == once.document.notes
