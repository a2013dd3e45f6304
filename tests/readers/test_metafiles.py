"""EMF and WMF images: LibreOffice draws them, all those of a document at once; without it, they are an error with instructions."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import publish
from publish import libreoffice
from publish.model import nodes as n
from publish.model.lengths import shown_size
from publish.model.walk import document_nodes
from publish.readers import metafiles
from publish.readers.metafiles import Metafiles, is_metafile, size, unpacked
from tests.support import codes
from tests.validators.conftest import needed
from tests.word import p, package

CASES = Path(__file__).resolve().parent.parent / "cases" / "docx"


def wmf(width: int, height: int, colour: int = 0x0000FF) -> bytes:
    """Return a placeable WMF of 1,440 units per inch with one filled rectangle on its left half."""
    records = [
        struct.pack("<IHhh", 5, 0x020B, 0, 0),  # origin of the window
        struct.pack("<IHhh", 5, 0x020C, height, width),  # size of the window
        struct.pack("<IHHIH", 7, 0x02FC, 0, colour, 0),  # brush
        struct.pack("<IHH", 4, 0x012D, 0),  # select it
        struct.pack("<IHhhhh", 7, 0x041B, height, width // 2, 0, 0),  # rectangle
        struct.pack("<IH", 3, 0),
    ]
    body = b"".join(records)
    largest = max(len(record) for record in records) // 2
    header = struct.pack("<HHHIHIH", 1, 9, 0x0300, (18 + len(body)) // 2, 1, largest, 0)
    place = struct.pack("<IHhhhhHI", 0x9AC6CDD7, 0, 0, 0, width, height, 1440, 0)
    check = 0
    for (word,) in struct.iter_unpack("<H", place):
        check ^= word
    return place + struct.pack("<H", check) + header + body


def test_formats_and_sizes_are_recognised() -> None:
    data = wmf(2880, 1440)
    assert is_metafile(data)
    assert size(data) == pytest.approx((50.8, 25.4))
    assert unpacked(gzip.compress(data)) == data
    assert not is_metafile(b"\x89PNG\r\n\x1a\n")
    emf = bytes(24) + struct.pack("<4i", 0, 0, 5000, 2500) + b" EMF" + bytes(60)
    assert is_metafile(emf)
    assert size(emf) == (50, 25)


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_damaged_size_is_unknown(cut: int) -> None:
    wide, high = size(wmf(2880, 1440)[:cut])
    assert wide > 0
    assert high > 0


def test_image_is_drawn_in_its_proportions_and_colours() -> None:
    needed("soffice")
    with Image.open(io.BytesIO(Metafiles().draw(wmf(2880, 1440)))) as image:
        assert image.width / image.height == pytest.approx(2, rel=0.02)
        assert image.width / 50.8 * 25.4 >= 200  # dots per inch
        left = image.convert("RGB").getpixel((image.width // 4, image.height // 2))
        right = image.convert("RGB").getpixel((3 * image.width // 4, image.height // 2))
    assert left == (255, 0, 0)
    assert right == (255, 255, 255)


def test_all_images_of_a_document_are_drawn_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    needed("soffice")
    runs = []
    real = libreoffice.convert

    def counted(*arguments: object) -> Path:
        runs.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(metafiles, "convert", counted)
    drawings = "".join(
        f'<w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="360000"/><wp:docPr id="{k}" name="x" descr="Beeld {k}"/><a:graphic>'
        f'<a:graphicData><a:blip r:embed="m{k}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        for k in range(3)
    )
    parts = {f"word/media/i{k}.wmf": wmf(2880, 1440, 0x0000FF << 8 * k) for k in range(3)}
    links = "".join(
        f'<Relationship Id="m{k}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/i{k}.wmf"/>'
        for k in range(3)
    )
    result = publish.read(package(p(drawings), parts, links), name="a.docx")
    assert len(runs) == 1
    assert result.diagnostics == ()
    images = [x for x in document_nodes(result.document) if isinstance(x, n.Image)]
    assert [x.alt for x in images] == ["Beeld 0", "Beeld 1", "Beeld 2"]
    for image in images:
        assert shown_size(image, result.document.resources[image.source], 160, 240) == pytest.approx(
            (20, 10), rel=0.02
        )


def test_metafile_of_a_letter_is_in_every_format() -> None:
    needed("soffice")
    source = CASES / "ministry-letter.docx"
    result = publish.convert(source, ["pdf", "docx", "epub", "html", "akn", "odt"], None)
    assert not {"PUB-R013", "PUB-R070"} & set(codes(result.diagnostics))
    drawn = publish.read(source).document.resources["media/grafiek.emf"]
    assert drawn.media_type == "image/png"
    for form in ("docx", "epub", "odt"):
        with zipfile.ZipFile(io.BytesIO(result.outputs[form].data)) as archive:
            assert drawn.data in [archive.read(name) for name in archive.namelist()]


def test_metafile_without_a_drawing_is_an_error() -> None:
    """The two files of this case contain a header only."""
    needed("soffice")
    result = publish.read(CASES / "picture-size-crop-turn.docx")
    assert [d.message for d in result.diagnostics if d.code == "PUB-R070"] == [
        "Cannot draw 'media/b.emf': LibreOffice drew nothing",
        "Cannot draw 'media/d.wmf': LibreOffice drew nothing",
    ]


@pytest.mark.parametrize("cause", ["missing", "fails", "nothing"])
def test_image_that_cannot_be_drawn_is_an_error_with_instructions(
    cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def convert(*_: object) -> Path:
        raise OSError("LibreOffice made no file (exit code 1)")

    if cause == "missing":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif cause == "fails":
        monkeypatch.setattr(metafiles, "convert", convert)
    else:
        monkeypatch.setattr(metafiles, "_drawn", lambda images: [b""] * len(images))
    (tmp_path / "a.wmf").write_bytes(wmf(2880, 1440))
    (tmp_path / "a.md").write_text("# Kop\n\n![Een vlak](a.wmf)\n")
    result = publish.convert(tmp_path / "a.md", ["html"], None)
    (found,) = (d for d in result.diagnostics if d.code == "PUB-R070")
    assert "Cannot draw 'a.wmf'" in found.message
    assert not result.ok
    assert b"[Een vlak]" in result.outputs["html"].data


def test_libreoffice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(TimeoutError, match=r"longer than 0\.5 seconds"):
        libreoffice.convert(tmp_path / "a.fodt", "pdf", tmp_path, 0.5)
