"""Test damaged, protected, empty, huge and wrongly named files: each gives one clear diagnostic, quickly and without a crash."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest

import publish
from publish.diagnostics import PublishError
from publish.readers.archives import Archive
from publish.readers.base import Source
from tests.support import codes
from tests.word import p, package


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def bomb(*, lying: bool) -> bytes:
    """Return a Word file of 300 kB with a part of 300 MB; if `lying`, the zip directory gives a small size for this part."""
    body = b"<w:t>" + b" " * (300 * 1024 * 1024) + b"</w:t>"
    whole = bytearray(package(p("a"), parts={"word/bomb.xml": body}))
    if lying:
        size = len(body).to_bytes(4, "little")
        small = (100).to_bytes(4, "little")
        at = whole.rindex(b"word/bomb.xml") - 46 + 24
        assert whole[at : at + 4] == size
        whole[at : at + 4] = small
    return bytes(whole)


def protected() -> bytes:
    """Return a zip archive with members that are flagged as encrypted."""
    data = bytearray(package(p("geheim")))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


WORD = package(p("a"))
FLAT = (
    b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:mimetype="application/vnd.oasis.opendocument.text"/>'
)


def odt_with_password() -> bytes:
    """Return an OpenDocument package whose manifest says that the text is encrypted."""
    manifest = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
        b"<m:encryption-data/></m:file-entry></m:manifest>"
    )
    return packed(content_xml=b"\x00\x01", **{"META-INF__manifest_xml": manifest})


CASES: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("a.docx", b"", "PUB-R003", "empty"),
    "empty-text": ("a.md", b" \n", "PUB-R003", "empty"),
    "cut": ("a.docx", WORD[: len(WORD) // 2], "PUB-R048", "damaged"),
    "bits": ("a.docx", WORD[:200] + b"\xff" * 40 + WORD[240:], "PUB-R009", "damaged"),
    "no-document": ("a.docx", packed(word__document_xml=b"<a/>"), "PUB-R009", "damaged"),
    "not-xml": ("a.docx", package("<w:p>"), "PUB-R009", "well-formed"),
    "entities": (
        "a.xml",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><akomaNtoso>&b;</akomaNtoso>",
        "PUB-R009",
        "entities",
    ),
    "member-encrypted": ("a.docx", protected(), "PUB-R009", "damaged"),
    "password": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "PUB-R048", "password"),
    "old-word": ("a.doc", OLE, "PUB-R007", "No reader"),
    "old-word-renamed": ("a.docx", OLE, "PUB-R048", "Word 97"),
    "pdf-locked": ("a.pdf", locked_pdf(), "PUB-R009", "protected"),
    "pdf-broken": ("a.pdf", b"%PDF-1.7\n" + b"x" * 999, "PUB-R009", "damaged"),
    "pdf-called-word": ("a.docx", b"%PDF-1.7\n...", "PUB-R048", "a PDF"),
    "word-called-pdf": ("a.pdf", WORD, "PUB-R048", "a Word file"),
    "word-called-markdown": ("a.md", WORD, "PUB-R048", "a Word file"),
    "excel": ("a.docx", packed(xl__workbook_xml=b"<a/>"), "PUB-R048", "Excel"),
    "picture": ("a.docx", b"\x89PNG\r\n\x1a\n", "PUB-R048", "a picture"),
    "text-called-word": ("a.docx", b"gewoon tekst", "PUB-R048", "something else"),
    "epub-without-pages": (
        "a.epub",
        packed(**{"META-INF__container_xml": b"<a/>"}),
        "PUB-R009",
        "package document",
    ),
    "odt-broken": ("a.odt", packed(content_xml=b"<a>"), "PUB-R009", "well-formed"),
    "odt-without-text": ("a.odt", packed(content_xml=b"<a/>"), "PUB-R009", "No text document"),
    "odt-flat-without-text": ("a.fodt", FLAT, "PUB-R009", "No text document"),
    "odt-password": ("a.odt", odt_with_password(), "PUB-R009", "password"),
    "xml-unknown": ("a.xml", b"<iets/>", "PUB-R007", "content is not recognised"),
    "latin-1": ("a.md", "Financiën".encode("latin-1"), "PUB-R004", "not UTF-8"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_invalid_file_gives_one_diagnostic(name: str, tmp_path: Path) -> None:
    file, data, code, words = CASES[name]
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    (found,) = caught.value.diagnostics
    assert found.code == code, found.message
    assert words in found.message


@pytest.mark.parametrize("lying", [False, True])
def test_a_zip_bomb_is_not_unpacked(lying: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    path = tmp_path / "a.docx"
    path.write_bytes(bomb(lying=lying))
    assert path.stat().st_size < 1_000_000
    archive_refuses = pytest.raises(PublishError, match="unpacks to more than 200 MB")
    start = time.monotonic()
    if lying:  # the reader does not request this part, so the test requests it
        archive = Archive(Source(str(path), path.read_bytes(), None))
        with pytest.raises(PublishError, match=r"damaged|unpacks to more"):
            archive.read("word/bomb.xml")
    else:
        with archive_refuses as caught:
            publish.read(path)
        assert caught.value.diagnostics[0].code == "PUB-R030"
    assert time.monotonic() - start < 10


def test_a_file_larger_than_the_size_limit_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"woord " * 400_000)
    with pytest.raises(PublishError) as caught:
        publish.read(path, max_megabytes=2)
    assert [d.code for d in caught.value.diagnostics] == ["PUB-R030"]
    assert publish.read(path, max_megabytes=3).document.blocks


def test_macros_are_never_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(package(p("tekst"), parts={"word/vbaProject.bin": OLE + b"Sub AutoOpen"}))
    result = publish.read(path)
    assert "PUB-R044" in codes(result.diagnostics)
    assert result.document.resources == {}


def test_reading_stops_at_the_time_limit(tmp_path: Path) -> None:
    """Test the limit while a library runs that does not check the time.

    The test uses a separate process because pytest uses the timer of this one.
    """
    path = tmp_path / "a.md"
    path.write_bytes(("*a **b [c](d) `e` " * 30 + "\n\n").encode() * 20000)
    command = [sys.executable, "-m", "publish", "check", "--seconds", "1", str(path)]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PUB-R031" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - start < 30


def test_excessive_nesting_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    deep = "<blockContainer>" * 4000 + "<p>a</p>" + "</blockContainer>" * 4000
    path.write_text(
        f"<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><doc name='a'><mainBody>{deep}</mainBody></doc></akomaNtoso>"
    )
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    assert caught.value.diagnostics[0].code in {"PUB-R009", "PUB-R021"}


def test_an_internal_error_of_a_reader_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_source: Source) -> None:
        raise KeyError("onvoorzien")

    monkeypatch.delenv("PUBLISH_DEBUG", raising=False)
    monkeypatch.setattr("publish.readers.markdown.reader.read", fail)
    path = tmp_path / "a.md"
    path.write_text("tekst")
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    (found,) = caught.value.diagnostics
    assert found.code == "PUB-R049"
    assert "onvoorzien" in found.message
