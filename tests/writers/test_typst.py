"""Typst as the second PDF engine: the same guarantees, and notes on the page of their call."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

import publish
from publish.diagnostics import PublishError
from publish.model import nodes as n
from publish.model.walk import document_nodes
from publish.verify import compare, expect, extract, verify
from publish.writers.typst.writer import pages as lay_out
from publish.writers.typst.writer import write
from tests.support import context_for, labels, numbered, with_pages

ROOT = Path(__file__).resolve().parents[2]
PAPERS = ("aanhangsel-1558", "kamerstuk", "rapport", "brief")

SINGLE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6364f8cf500f0003860180"
    "5a347d6b0000000049454e44ae426082"
)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_examples_agree_in_all_formats(paper: str, tmp_path: Path) -> None:
    result = publish.convert(ROOT / "examples" / f"{paper}.md", output=tmp_path, pdf_engine="typst")
    assert result.report is not None
    assert result.report.findings == ()
    with pikepdf.open(tmp_path / f"{paper}.pdf") as pdf:
        assert "Typst" in str(pdf.docinfo.get("/Creator", ""))
        assert pdf.Root.MarkInfo.Marked
        assert {str(f.BaseFont).partition("+")[2].split("-")[0] for f in fonts(pdf)} <= {
            "LiberationSans",
            "LiberationMono",
            "DejaVuSans",
        }


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [f for page in pdf.pages for f in page.Resources.get("/Font", pikepdf.Dictionary()).values()]


def test_the_same_document_gives_the_same_bytes(seed: Path) -> None:
    document = publish.resolve(publish.read(seed).document, pdf_engine="typst").document
    first = publish.write(document, "pdf", pdf_engine="typst").data
    assert first == publish.write(document, "pdf", pdf_engine="typst").data


@pytest.mark.parametrize("shorter", range(0, 26 * 12, 12))
def test_every_note_begins_on_the_page_of_its_call(shorter: int, seed: Path) -> None:
    """Test 26 page heights: with its default widow costs, Typst puts 7 of these notes on the page before their call."""
    document = numbered(f"{seed.read_text('utf-8')}\n\n" * 4)
    context = context_for(document.document, "aanhangsel")
    page = replace(context.style.page, height=context.style.page.height - shorter)
    changed = replace(context, style=replace(context.style, page=page))
    edition = extract(Path("a.pdf"), write(document, changed).data)
    assert len(edition.notes) == 28
    first = {call.note: call.page for call in reversed(edition.calls)}
    assert [note.label for k, note in enumerate(edition.notes) if note.page != first[k]] == []


def test_numbering_that_restarts_on_each_page_follows_typst_pages() -> None:
    text = "---\ntitle: T\nlang: nl\nnotes: {scope: page}\n---\n\n"
    text += "\n\n".join(
        f"{'Een zin van een paar woorden. ' * 60}[^{k}]\n\n[^{k}]: Noot." for k in range(1, 8)
    )
    document = publish.resolve(numbered(text).document, pdf_engine="typst").document
    assert labels(document).count("1") > 1
    edition = extract(Path("a.pdf"), publish.write(document, "pdf", pdf_engine="typst").data)
    assert compare(expect(document), edition) == []
    for page in {note.page for note in edition.notes}:
        here = [note.label for note in edition.notes if note.page == page]
        assert here == [str(k) for k in range(1, len(here) + 1)]


def test_page_marks_are_at_the_start_of_typst_pages(seed: Path) -> None:
    document = publish.resolve(publish.read(seed).document, pdf_engine="typst").document
    marked = with_pages(document, pdf_engine="typst")
    data = publish.write(document, "pdf", pdf_engine="typst").data
    path_text = [page.replace("\xad", "") for page in page_texts(data)]
    marks = [x.label for x in document_nodes(marked.document) if isinstance(x, n.PageMark)]
    assert marks == [str(k) for k in range(1, len(path_text) + 1)]
    for mark, following in after_marks(marked.document):
        page = "".join(path_text[int(mark) - 1].split())
        assert "".join(following.split())[:12] in page
    anchors = lay_out(document, context_for(document.document)).anchors
    assert set(anchors.values()) <= set(range(1, len(marks) + 1))
    assert {call.anchor for call in document.calls.values()} <= anchors.keys()


def page_texts(data: bytes) -> list[str]:
    from pdfminer.high_level import extract_pages

    return [
        "".join(box.get_text() for box in page if hasattr(box, "get_text"))
        for page in extract_pages(io.BytesIO(data))
    ]


def after_marks(document: n.Document) -> list[tuple[str, str]]:
    """Return the label of each page mark with the text that follows it."""
    found: list[tuple[str, str]] = []
    waiting = ""
    for node in document_nodes(document):
        if isinstance(node, n.PageMark):
            waiting = node.label
        elif isinstance(node, n.Text) and waiting and node.text.strip():
            found.append((waiting, node.text.strip()))
            waiting = ""
    return found


def test_text_of_the_document_is_never_typst_markup(tmp_path: Path) -> None:
    signs = r'\# \* \_ \` $a$ @b \<c> ~ -- "q" \\ // /* */ #let x = 1 = + . ' + "'" + " \\[d\\] {e}"
    document = numbered(f"---\ntitle: 'T #x \"y\" \\\\'\nlang: nl\n---\n\n{signs}[^1]\n\n[^1]: {signs}\n")
    path = tmp_path / "a.pdf"
    path.write_bytes(publish.write(document, "pdf", pdf_engine="typst").data)
    assert verify([path], expect(document)).findings == ()


def test_typst_error_is_reported_without_fallback(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\nlang: nl\n---\n\n![Plaat](b.png)\n", "utf-8")
    (tmp_path / "b.png").write_bytes(SINGLE_PIXEL)
    document = publish.resolve(publish.read(tmp_path / "a.md").document).document
    broken = replace(
        document.document,
        resources={k: replace(r, data=r.data[:40]) for k, r in document.document.resources.items()},
    )
    with pytest.raises(PublishError) as caught:
        publish.write(replace(document, document=broken), "pdf", pdf_engine="typst")
    assert [d.code for d in caught.value.diagnostics] == ["PUB-W015"]


def test_pdf_variant_unknown_to_typst_is_rejected() -> None:
    with pytest.raises(PublishError, match="Typst engine cannot write PDF variant '4'"):
        publish.write(numbered("Tekst.\n"), "pdf", pdf_engine="typst", pdf_variant="4")


def test_missing_typst_is_reported_with_an_installation_hint(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nTekst.\n", "utf-8")
    code = (
        "import sys; sys.modules['typst'] = None; from publish.cli.parser import run; "
        f"sys.exit(run(['build', 'a.md', '-t', 'pdf', '-t', 'html', '--pdf-engine', 'typst', '-o', {str(tmp_path)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "PUB-W014" in done.stderr
    assert "publish.bootstrap add typst" in done.stderr
    assert (tmp_path / "a.html").exists()
    assert not (tmp_path / "a.pdf").exists()


def test_typst_engine_does_not_load_weasyprint(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nTekst.\n", "utf-8")
    code = (
        "import sys; from publish.cli.parser import run; "
        f"run(['build', 'a.md', '-t', 'pdf', '--pdf-engine', 'typst', '-o', {str(tmp_path)!r}, '-q']); "
        "sys.exit('weasyprint' in sys.modules or 'pydyf' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_typst_source_can_be_compiled_by_typst_itself(tmp_path: Path) -> None:
    import typst

    from publish.style.load import fonts_folder

    result = publish.convert(ROOT / "examples" / "rapport.md", to=["typst"], output=tmp_path, verify=False)
    data = typst.compile(
        str(result.files[0]), root=str(tmp_path), font_paths=[str(fonts_folder())], ignore_system_fonts=True
    )
    assert data.startswith(b"%PDF")


def test_page_marks_are_correct_after_code_and_cross_references() -> None:
    head = "Begin.[^1] Zie noot 1, `code` en $\\onbekend{x$.\n\n```\nregel een\nregel twee\n```\n\n"
    words = " ".join(f"woord{k}" for k in range(2500))
    document = numbered(f"---\ntitle: T\nlang: nl\n---\n\n{head}{words}\n\n[^1]: Noot.\n")
    marked = with_pages(document, pdf_engine="typst")
    pages = [page.split() for page in page_texts(publish.write(document, "pdf", pdf_engine="typst").data)]
    assert len(pages) > 3
    for label, following in after_marks(marked.document)[1:]:
        # Typst assigns the content before a word to the previous line, if the word starts a line.
        assert following.split()[0] in pages[int(label) - 1][:2]


def test_repeated_call_in_a_table_head_on_two_pages(tmp_path: Path) -> None:
    """Typst rejects a label that occurs twice, so such a head is not repeated."""
    rows = "\n".join(f"| regel {k} | tekst |" for k in range(120))
    document = numbered(
        f"---\ntitle: T\nlang: nl\n---\n\nEen[^1].\n\n| kop[^1] | b |\n|---|---|\n{rows}\n\n[^1]: Noot.\n"
    )
    output = publish.write(document, "pdf", options={"pdf": {"engine": "typst"}})
    path = tmp_path / "a.pdf"
    path.write_bytes(output.data)
    found = extract(path)
    assert [call.label for call in found.calls] == ["1", "1"]
    assert found.text.count("regel 119") == 1
