"""What the census of a Word file says is what LibreOffice shows: the words and labels of its PDF are the same.

The PDF is read with the census of PDF. Differences between LibreOffice and Word are explained.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from publish.census.pdf import take
from publish.census.types import BULLET, SourceFile
from publish.census.words import words
from tests.census.support import CASES, census_of
from tests.conftest import SHARED
from tests.validators.conftest import needed

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]

EXPLAINED = {
    "dropdown-glued.docx": "LibreOffice shows two form fields without a space between them",
    "fields-without-result.docx": "LibreOffice computes fields that have no result",
    "hidden-by-style.docx": "LibreOffice hides text that Word hides only on the web",
    "note-format-last-section.docx": "LibreOffice gives all sections one format of note labels",
    "note-format-middle-section.docx": "LibreOffice gives all sections one format of note labels",
    "ministry-letter.docx": "tracked changes",
    "ministry-letter-chart.docx": "tracked changes",
    "tracked-cells.docx": "tracked changes",
    "deleted-mark.docx": "tracked changes",
    "poi__integration_stress023.docx": "tracked changes",
    "pandoc__docx-with-equations-to-latex_equations.docx": "formulas are no words",
    "poi__integration_stress007.docx": "formulas are no words",
    "poi__document_Bug54849.docx": "LibreOffice shows form fields without a space between them",
    "poi__document_WordWithAttachments.docx": "LibreOffice prints letters of several fonts apart",
    "poi__integration_stress003.docx": "LibreOffice hides the content of cells that continue the cell above",
    "poi__integration_stress010.docx": "Arabic ligatures in the PDF",
    "poi__integration_stress011.docx": "Arabic ligatures in the PDF",
    "poi__integration_stress012.docx": "LibreOffice does not show embedded documents",
    "poi__integration_stress018.docx": "a line end without a space",
    "pythonmamm__test-data_endnotes.docx": "labels of endnotes on their own page",
    "pandoc__docx_notes.docx": "labels of endnotes on their own page",
}
"""Files in which LibreOffice shows something else than Word, or in which its PDF has other characters."""

FIELDS = frozenset({"Datum", "Pagina", "kenmerk", "van"})
"""Words of headers and footers in the letters of the corpus, which touch the numbers next to them."""


def files() -> list[Path]:
    folders = [CASES / "docx", *(SHARED / "corpus" / name for name in ("docx", "letters"))]
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.docx"))]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the PDF that LibreOffice makes of each file."""
    folder = tmp_path_factory.mktemp("drawn")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [needed("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files())], capture_output=True, timeout=500, check=True)
    return folder


def count(texts: Iterable[str]) -> Counter[str]:
    out: Counter[str] = Counter()
    for text in texts:
        out.update(words(text))
    return out


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_libreoffice_shows_the_words_of_the_census(path: Path, drawn: Path) -> None:
    census = census_of(path)
    if path.name in EXPLAINED:
        pytest.skip(EXPLAINED[path.name])
    pdf = take(SourceFile("x.pdf", (drawn / f"{path.stem}.pdf").read_bytes(), "pdf"))
    labelled = (f"{'' if p.label == BULLET else p.label} {p.text}" for p in census.passages)
    said = count([*labelled, *(note.text for note in census.notes)])
    shown, possible = count(p.text for p in pdf.passages), count(pdf.possible)
    for first, second in pdf.joins:
        whole = first + second
        joined = min(said[whole] - shown[whole], shown[first], shown[second])
        if joined > 0:
            shown[whole] += joined
            shown.subtract({first: joined, second: joined})
    assert said - shown - possible == Counter()
    furniture = {word for u in census.unseen if u.reason != "hidden" for word in words(u.text)}
    more = {word for word in shown - said if not word.isdecimal() and word not in furniture}
    assert {word for word in more if not any(word.startswith(f) or f in word for f in FIELDS)} == set()
