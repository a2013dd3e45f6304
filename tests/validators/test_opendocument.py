"""OpenDocument files: valid by the schema of OASIS, shown by LibreOffice with the labels of the document, and read completely.

LibreOffice converts the Word files of the corpus; publish reads each of these files as completely as the Word file.
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest
from lxml import etree

import publish
from publish.census.pdf import take
from publish.census.types import BULLET, SourceFile
from publish.census.words import words
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.style.load import style_names
from tests.census.support import CASES, census_of, proved
from tests.conftest import ROOT, SHARED
from tests.validators.conftest import needed

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]

SCHEMAS = Path(__file__).parent / "schemas"
EXAMPLES = ROOT / "examples"
NAMES = ("aanhangsel-1558", "brief", "kamerstuk", "rapport")
LARGEST = 3_000_000
"""Bytes of the largest Word file that is converted."""


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "OpenDocument-v1.3-schema.rng"))


@pytest.fixture(scope="module")
def manifest_schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "OpenDocument-v1.3-manifest-schema.rng"))


EXPLAINED = {
    "WebODF__visual-tests.fodt": {"philip", "peitsch", "property"},
    "odftoolkit__compdocfileformat.odt": {"2ssz", "2sssz", "41", "42", "118,751,670,000,000,000"},
    "odftoolkit__text-extract.odt": {"fontwork"},
}
"""Words that LibreOffice shows in another way: fields with its own values, raised and divided numbers, text as shapes."""


def corpus_files() -> list[Path]:
    """Return the OpenDocument files of the corpus."""
    return sorted(path for path in (SHARED / "corpus" / "odt").glob("*odt"))


def manuscripts() -> list[Path]:
    """Return the examples and the golden papers with notes."""
    return [*(EXAMPLES / f"{name}.md" for name in NAMES), *sorted((ROOT / "tests" / "golden").glob("*.md"))]


def soffice(target: str, files: list[Path], folder: Path) -> None:
    """Convert files with LibreOffice."""
    command = [
        needed("soffice"),
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        target,
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, timeout=500, check=True
    )


def assert_valid(data: bytes, schema: etree.RelaxNG, manifest_schema: etree.RelaxNG) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in ("content.xml", "styles.xml", "meta.xml"):
            assert schema.validate(etree.fromstring(archive.read(name))), f"{name}: {schema.error_log}"
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
        assert manifest_schema.validate(manifest), manifest_schema.error_log
        listed = {element.get(f"{{{manifest.nsmap['manifest']}}}full-path") for element in manifest}
        assert set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"} <= listed


@pytest.mark.parametrize("style", style_names())
@pytest.mark.parametrize("name", NAMES)
def test_examples_are_valid(
    name: str, style: str, schema: etree.RelaxNG, manifest_schema: etree.RelaxNG
) -> None:
    (output,) = publish.convert(EXAMPLES / f"{name}.md", ["odt"], None, style=style).outputs.values()
    assert_valid(output.data, schema, manifest_schema)


@pytest.mark.parametrize("name", ["series", "report", "notes"])
def test_notes_of_all_kinds_are_valid(
    name: str, schema: etree.RelaxNG, manifest_schema: etree.RelaxNG
) -> None:
    path = ROOT / "tests" / "golden" / f"{name}.md"
    (output,) = publish.convert(path, ["odt"], None).outputs.values()
    assert_valid(output.data, schema, manifest_schema)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the examples in OpenDocument, and the PDF that LibreOffice makes of each."""
    folder = tmp_path_factory.mktemp("drawn")
    for name in NAMES:
        publish.convert(EXAMPLES / f"{name}.md", ["odt"], folder)
    soffice("pdf", [*(folder / f"{name}.odt" for name in NAMES), *corpus_files()], folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_shows_the_words_and_labels(name: str, drawn: Path) -> None:
    assert not_drawn(drawn / f"{name}.odt", drawn / f"{name}.pdf") == set()


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_libreoffice_shows_the_words_and_labels_of_the_corpus(path: Path, drawn: Path) -> None:
    drawing = drawn / f"{path.stem}.pdf"
    if not drawing.exists():
        pytest.skip("LibreOffice cannot convert the file")
    assert not_drawn(path, drawing) <= EXPLAINED.get(path.name, set())


def not_drawn(source: Path, drawing: Path) -> set[str]:
    """Return the words and labels of an OpenDocument file that are not in a PDF of it."""
    census = census_of(source)
    pdf = take(SourceFile("x.pdf", drawing.read_bytes(), "pdf"))
    said = {word.lower() for p in census.passages for word in words(f"{p.label} {p.text}")}
    said |= {word.lower() for note in census.notes for word in words(note.text)}
    found = {
        word.lower() for text in [*(p.text for p in pdf.passages), *pdf.possible] for word in words(text)
    }
    found |= {(first + second).lower() for first, second in pdf.joins}
    labels = {p.label for p in census.passages if p.label and p.label != BULLET}
    missing = {word.lower() for label in labels for word in words(label)} - found
    return missing | {word for word in said - found if not any(word in other for other in found)}


@pytest.mark.parametrize("path", manuscripts(), ids=lambda path: path.stem)
def test_pandoc_reads_all_notes(path: Path) -> None:
    """Pandoc finds each note once and in order; of its text it drops lists, formulas and references to notes."""
    (output,) = publish.convert(path, ["odt"], None).outputs.values()
    expected = [
        plain_text(note.blocks[0].inlines)
        for note in publish.prepare(path).numbered.notes.values()
        if note.kind != "table" and not note.parent and isinstance(note.blocks[0], n.Paragraph)
    ]
    found = pandoc_notes(output.data)
    assert [words(text)[:2] for text in found] == [words(text)[:2] for text in expected]


def pandoc_notes(data: bytes) -> list[str]:
    """Return the text of each note that pandoc finds in an OpenDocument file, in order."""
    with tempfile.NamedTemporaryFile(suffix=".odt") as file:
        file.write(data)
        file.flush()
        tree = json.loads(pypandoc.convert_file(file.name, "json", format="odt"))

    def inside(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            if value.get("t") == "Note":
                yield value["c"]
            value = list(value.values())
        for one in value if isinstance(value, list) else ():
            yield from inside(one)

    def text(value: object) -> str:
        if isinstance(value, dict):
            own = {"Str": value.get("c"), "Space": " ", "SoftBreak": " ", "LineBreak": " "}.get(
                value.get("t", "")
            )
            return (
                str(own)
                if own
                else text(value.get("c", [])) + (" " if value.get("t") in {"Para", "Plain"} else "")
            )
        return "".join(map(text, value)) if isinstance(value, list) else ""

    return [text(note) for note in inside(tree["blocks"])]


def word_files() -> list[Path]:
    folders = ("docx", "docx-tracked-comments", "docx-charts-smartart-ole", "letters", "metafiles-in-docx")
    found = [path for name in folders for path in sorted((SHARED / "corpus" / name).glob("*.docx"))]
    return [
        path for path in [*found, *sorted((CASES / "docx").glob("*.docx"))] if path.stat().st_size < LARGEST
    ]


@pytest.fixture(scope="module")
def opendocument(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the Word files as LibreOffice writes them in OpenDocument."""
    folder = tmp_path_factory.mktemp("opendocument")
    soffice("odt", word_files(), folder)
    return folder


@pytest.mark.parametrize("path", word_files(), ids=lambda path: path.name)
def test_file_of_libreoffice_is_read_completely(path: Path, opendocument: Path) -> None:
    file = opendocument / f"{path.stem}.odt"
    if not file.exists():
        pytest.skip("LibreOffice cannot convert the file")
    assert [f"{f.code} {f.message}" for f in proved(file)[1]] == []


def test_letters_give_the_same_papers_from_word_and_opendocument(opendocument: Path) -> None:
    """The notes, the words of the questions and the metadata are the same, whichever program wrote the letter."""
    for path in word_files():
        if "beantwoording" not in path.name:
            continue
        first, second = (publish.read(p).document for p in (path, opendocument / f"{path.stem}.odt"))
        assert (first.profile, first.metadata.number) == (second.profile, second.metadata.number)
        assert [note.source_label for note in first.notes.values()] == [
            note.source_label for note in second.notes.values()
        ]
        roles = [
            [x.role for x in nodes_in(document.blocks) if isinstance(x, n.Section)]
            for document in (first, second)
        ]
        assert roles[0] == roles[1]
