"""A stored file that differs from the rebuilt one in more than compression is not the same, whatever one program reads in it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pydyf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import publish
from publish.deposit.canonical import same, same_pages
from publish.deposit.layout import same_pdf, same_zip

TEXT = (
    b"---\ntitle: Proef\nlang: nl\ndate: 2024-01-02\n---\n\n# Kop\n\nTekst[^1] met 100 euro.\n\n[^1]: Noot.\n"
)


def made(form: str, **more: Any) -> bytes:
    return publish.convert(TEXT, [form], None, name="a.md", **more).outputs[form].data


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return made("pdf")


@pytest.fixture(scope="module")
def word() -> bytes:
    return made("docx")


class Weak:
    """A zlib that compresses less."""

    def __getattr__(self, name: str) -> Any:
        return getattr(zlib, name)

    @staticmethod
    def compressobj(*_arguments: Any, **_named: Any) -> Any:
        return zlib.compressobj(1)

    @staticmethod
    def compress(data: bytes, *_arguments: Any, **_named: Any) -> bytes:
        return zlib.compress(data, 1)


def weaker(data: bytes, level: int = 1) -> bytes:
    """Return a ZIP file with less compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info), info.compress_type, level)
    return out.getvalue()


@pytest.mark.parametrize("variant", ["2a", "1b", "2b", "3a", "ua-1", "4"])
def test_other_compression_of_a_pdf_is_the_same(variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = made("pdf", pdf_variant=variant)
    monkeypatch.setattr(pydyf, "zlib", Weak())
    other = made("pdf", pdf_variant=variant)
    assert len(other) != len(usual)
    assert same_pdf(other, usual)
    assert same_pdf(usual, other)


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_other_compression_of_an_archive_is_the_same(form: str) -> None:
    usual = made(form)
    other = weaker(usual)
    assert other != usual
    assert same_zip(other, usual)


def at_the_end(data: bytes) -> bytes:
    """Return a PDF with a second revision, which some programs show."""
    start = int(re.findall(rb"startxref\n(\d+)", data)[-1])
    body = b"9000 0 obj\n<</Length 3>>\nstream\nxxx\nendstream\nendobj\n"
    table = b"xref\n9000 1\n%010d 00000 n \ntrailer\n<</Size 9001/Root 2 0 R/Prev %d>>\n" % (len(data), start)
    place = len(data) + len(body)
    return data + body + table + b"startxref\n%d\n%%%%EOF\n" % place


PDF_FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "second revision": at_the_end,
    "second revision that some programs ignore": lambda data: (
        at_the_end(data) + re.findall(rb"startxref\n\d+\n%%EOF\n", data)[-1]
    ),
    "data after the end": lambda data: data + b"PK\x03\x04",
    "data before the beginning": lambda data: b"MZ" + data,
    "comment between objects": lambda data: data.replace(b"endobj\n", b"endobj\n%x\n", 1),
    "second value of a key": lambda data: (
        data.replace(b"/Type /Catalog", b"/Type /Catalog/Type /X", 1)
        if b"/Type /Catalog" in data
        else data.replace(b"endobj\n", b"endobj \n", 1)
    ),
    "object twice": lambda data: data.replace(b"\nendobj\n", b"\nendobj\n3 0 obj\n<<>>\nendobj\n", 1),
    "other position of the cross-references": lambda data: re.sub(
        rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) - 7), data
    ),
    "other length of a stream": lambda data: re.sub(
        rb"/Length (\d+)", lambda m: b"/Length %d" % (int(m[1]) + 1), data, count=1
    ),
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("name", PDF_FORGERIES)
def test_forged_structure_of_a_pdf_is_found(name: str, pdf: bytes) -> None:
    forged = PDF_FORGERIES[name](pdf)
    assert forged != pdf
    assert not same("a.pdf", forged, pdf)


@given(st.data())
def test_changed_byte_of_a_pdf_is_found(pdf: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pdf) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda v: v != pdf[at]))
    changed = pdf[:at] + bytes([value]) + pdf[at + 1 :]
    # The only accepted change would be another compression of the same data, which one byte never is.
    assert not same("a.pdf", changed, pdf)


def other_first(data: bytes) -> bytes:
    """Return a ZIP file before which is another one: programs that read from the beginning see that one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<vals/>")
    local = out.getvalue()[: out.getvalue().index(b"PK\x01\x02")]
    rebuilt = io.BytesIO(local)
    rebuilt.seek(0, 2)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(rebuilt, "a") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info), info.compress_type)
    return rebuilt.getvalue()


def reordered(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in reversed(old.infolist()):
            new.writestr(info, old.read(info), info.compress_type)
    return out.getvalue()


ZIP_FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "another file before it": other_first,
    "script before it": lambda data: b"#!/bin/sh\nid\n" + data,
    "data after it": lambda data: data + b"<script>",
    "comment": lambda data: data[:-2] + b"\x03\x00abc",
    "member that is not in the directory": lambda data: data.replace(
        b"PK\x01\x02", b"PK\x03\x04" + b"\0" * 26 + b"PK\x01\x02", 1
    ),
    "other name in the directory": lambda data: (
        data[: data.index(b"PK\x01\x02")]
        + data[data.index(b"PK\x01\x02") :].replace(b"document.xml", b"dokument.xml", 1)
    ),
    "order": reordered,
}


@pytest.mark.parametrize("name", ZIP_FORGERIES)
def test_forged_structure_of_an_archive_is_found(name: str, word: bytes) -> None:
    forged = ZIP_FORGERIES[name](word)
    assert forged != word
    assert not same("a.docx", forged, word)


@given(st.data())
def test_changed_byte_of_an_archive_is_found(word: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda v: v != word[at]))
    changed = word[:at] + bytes([value]) + word[at + 1 :]
    assert not same("a.docx", changed, word)


def visible_signature(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[0, 0, 595, 842]
    )
    page: Any = pdf.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(field)])


def script_on_opening(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([]), Next=script)


def unseen_signature(pdf: pikepdf.Pdf) -> None:
    visible_signature(pdf)
    page: Any = pdf.pages[0].obj
    page.Annots[-1].Rect = pikepdf.Array([0, 0, 0, 0])


@pytest.mark.parametrize(
    ("change", "same"), [(visible_signature, False), (script_on_opening, False), (unseen_signature, True)]
)
def test_signature_changes_nothing_that_is_shown(
    change: Callable[[pikepdf.Pdf], None],
    same: bool,  # noqa: FBT001
    pdf: bytes,
) -> None:
    def saved(change: Callable[[pikepdf.Pdf], object]) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            change(document)
            out = io.BytesIO()
            document.save(out)
        return out.getvalue()

    def no_change(document: pikepdf.Pdf) -> None:
        page: Any = document.pages[0].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", [])])

    assert same_pages(saved(change), saved(no_change)) == same
