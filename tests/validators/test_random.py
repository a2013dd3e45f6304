"""Twenty random manuscripts with every case of notes together: LibreOffice opens each DOCX, epubcheck finds nothing in an EPUB."""

from __future__ import annotations

import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

import publish
from publish.resolve import NumberedDocument
from tests.properties.strategies import manuscripts
from tests.properties.test_agreement import numbered
from tests.validators.conftest import epub_messages, needed

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]
SAMPLE = 20
NOTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}note"


@pytest.fixture(scope="module")
def sample() -> list[NumberedDocument]:
    """Manuscripts that hold notes, the same in each run."""
    found: list[NumberedDocument] = []

    @settings(max_examples=10 * SAMPLE, database=None)
    @given(manuscripts())
    def gather(text: str) -> None:
        document = numbered(text)
        if len(document.notes) > 1 and len(found) < SAMPLE:
            found.append(document)

    gather()
    assert len(found) == SAMPLE
    return found


def test_libreoffice_opens_every_docx_with_its_notes(sample: list[NumberedDocument], tmp_path: Path) -> None:
    files = [tmp_path / f"{k:02}.docx" for k in range(SAMPLE)]
    for path, document in zip(files, sample, strict=True):
        path.write_bytes(publish.write(document, "docx").data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [needed("soffice"), profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files)], capture_output=True, timeout=110, check=True)
    for path, document in zip(files, sample, strict=True):
        with zipfile.ZipFile(path.with_suffix(".odt")) as archive:
            notes = list(etree.fromstring(archive.read("content.xml")).iter(NOTE))
        assert len(notes) == len(document.of_kind("foot")) + len(document.of_kind("end")), path.name


def test_epubcheck_finds_nothing(sample: list[NumberedDocument], tmp_path: Path) -> None:
    def messages(k: int) -> list[str]:
        path = tmp_path / f"{k:02}.epub"
        path.write_bytes(publish.write(sample[k], "epub").data)
        return epub_messages(path, path.with_suffix(".json"))

    with ThreadPoolExecutor(2) as pool:
        assert [m for found in pool.map(messages, range(SAMPLE)) for m in found] == []
