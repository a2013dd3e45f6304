"""Custom Word templates: find styles by name, also in Dutch Word; use the page, header and footer of the template."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.resolve import NumberedDocument
from publish.verify import compare, expect, extract
from tests.conftest import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DUTCH = {
    "Normal": "Standaard",
    "Heading1": "Kop1",
    "Heading2": "Kop2",
    "FootnoteText": "Voetnoottekst",
    "FootnoteReference": "Voetnootmarkering",
    "Title": "Titel",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a template as Dutch Word writes it: translated ids, own page size and footer, a list, no caption style."""
    source = "---\ntitle: Sjabloon\nlang: nl\n---\n\n1. Een lijst van het huis\n\nEen noot.[^1]\n\n[^1]: Weg ermee.\n"
    path = tmp_path / "bron.md"
    path.write_text(source)
    made = publish.write(publish.resolve(publish.read(path).document).document, "docx", style="brief").data
    out = tmp_path / "huis.dotx"
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            text = old.read(entry).decode()
            for own, dutch in DUTCH.items():
                text = text.replace(f'"{own}"', f'"{dutch}"').replace(
                    f'w:name w:val="{dutch}"', f'w:name w:val="{own}"'
                )
            if entry == "word/styles.xml":
                text = re.sub(r'<w:style [^>]*w:styleId="Caption">.*?</w:style>', "", text)
                text = text.replace('w:ascii="Arial"', 'w:ascii="Verdana"')
            if entry == "[Content_Types].xml":
                text = text.replace(
                    "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"
                )
            if entry == "word/document.xml":
                text = re.sub(r' xmlns:w15="[^"]*"| mc:Ignorable="[^"]*"', "", text).replace(
                    'w:w="11906"', 'w:w="12240"'
                )
            new.writestr(entry, text)
    return out


@pytest.fixture
def paper() -> NumberedDocument:
    return publish.resolve(publish.read(ROOT / "tests" / "golden" / "series.md").document).document


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_styles_of_the_template_are_found_by_name(house: Path, paper: NumberedDocument) -> None:
    found = parts(publish.write(paper, "docx", docx_template=str(house)).data)
    assert "template.main" not in found["[Content_Types].xml"]
    document = etree.fromstring(found["word/document.xml"].encode())
    used = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in document.iter(f"{W}{tag}")}
    assert {"Kop1", "Titel", "Voetnootmarkering"} <= used
    assert not used & {"Heading1", "Title", "FootnoteReference"}
    styles = etree.fromstring(found["word/styles.xml"].encode())
    ids = [s.get(f"{W}styleId") for s in styles.iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    assert used <= set(ids)  # styles that the template lacks, such as captions, are added
    assert "Verdana" in found["word/styles.xml"]
    assert 'w:val="Voetnoottekst"' in found["word/footnotes.xml"]


def test_template_provides_page_and_footer_but_no_content(house: Path, paper: NumberedDocument) -> None:
    found = parts(publish.write(paper, "docx", docx_template=str(house)).data)
    assert 'w:w="12240"' in found["word/document.xml"]
    assert "Een lijst van het huis" not in found["word/document.xml"]
    assert "Weg ermee" not in found["word/footnotes.xml"]
    assert "Pagina" in "".join(text for name, text in found.items() if "footer" in name)
    numbering = etree.fromstring(found["word/numbering.xml"].encode())
    numbers = [e.get(f"{W}numId") for e in numbering.iter(f"{W}num")]
    assert len(numbers) == len(set(numbers))


def test_output_with_a_template_passes_verification(house: Path, paper: NumberedDocument) -> None:
    data = publish.write(paper, "docx", docx_template=str(house)).data
    assert [f.message for f in compare(expect(paper), extract(Path("paper.docx"), data))] == []


@pytest.mark.corpus
def test_the_file_is_valid(house: Path, paper: NumberedDocument, shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(publish.write(paper, "docx", docx_template=str(house)).data)
    command = [
        sys.executable,
        shared / "checks" / "docx_check.py",
        "--xsd",
        shared / "schemas" / "ooxml",
        path,
    ]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert " 0 errors" in done.stdout, done.stdout


@pytest.mark.parametrize("data", [b"", b"geen word", b"PK\x03\x04 half"])
def test_invalid_template_is_reported(data: bytes, paper: NumberedDocument, tmp_path: Path) -> None:
    path = tmp_path / "huis.dotx"
    path.write_bytes(data)
    with pytest.raises(publish.PublishError) as error:
        publish.write(paper, "docx", docx_template=str(path))
    assert [d.code for d in error.value.diagnostics] == ["PUB-W009"]
