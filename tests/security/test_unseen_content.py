"""Content of a source that no reader of it sees: it is not published, and the report says so."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

import publish
from publish.deposit.anonymise import anonymise
from publish.readers.image_metadata import without_metadata
from publish.readers.svg import cleaned
from tests.support import codes

pytestmark = pytest.mark.timeout(300)

SECRET = "GEHEIM"  # noqa: S105 - a word to look for

# PDF

Change = Callable[[pikepdf.Pdf, Any], bytes]
"""A change of a page; its result is added to the content."""

SHOW = b"BT /HH 12 Tf 80 300 Td (GEHEIM woord) Tj ET "


def crop(_pdf: pikepdf.Pdf, page: Any) -> bytes:
    page.CropBox = [0, 0, 595, 250]
    return SHOW


def layer(pdf: pikepdf.Pdf, page: Any) -> bytes:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group], Order=[group]))
    page.Resources.Properties = pikepdf.Dictionary(MC0=group)
    return b"/OC /MC0 BDC " + SHOW + b"EMC "


def annotation(**entries: Any) -> Change:
    def add(pdf: pikepdf.Pdf, page: Any) -> bytes:
        made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[70, 290, 400, 330], **entries)
        page.Annots = pdf.make_indirect(pikepdf.Array([made]))
        return SHOW

    return add


def scan(pdf: pikepdf.Pdf, page: Any) -> bytes:
    """Return invisible text on a picture that shows letters at the same place."""
    image = pdf.make_stream(bytes(255 * (k % 3 > 0) for k in range(595 * 842)))
    image.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=595,
            Height=842,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray,
        )
    )
    page.Resources.XObject = pikepdf.Dictionary(S=image)
    return b"BT 3 Tr /HH 12 Tf 80 300 Td (GEHEIM woord) Tj ET q 595 0 0 842 0 0 cm /S Do Q "


def transparent(_pdf: pikepdf.Pdf, page: Any) -> bytes:
    page.Resources.ExtGState = pikepdf.Dictionary(T=pikepdf.Dictionary(ca=0.4))
    return SHOW + b"q /T gs 1 1 0 rg 70 290 300 30 re f Q "


def appearance(kind: str, content: bytes) -> Change:
    """Return a change that adds an annotation with this appearance over the text."""

    def add(pdf: pikepdf.Pdf, page: Any) -> bytes:
        form = pdf.make_stream(content)
        form.update(
            pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[70, 290, 400, 330])
        )
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(kind),
            Rect=[70, 290, 400, 330],
            AP=pikepdf.Dictionary(N=form),
            F=4,
        )
        page.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(made)]))
        return SHOW

    return add


def transparent_text(_pdf: pikepdf.Pdf, page: Any) -> bytes:
    page.Resources.ExtGState = pikepdf.Dictionary(T=pikepdf.Dictionary(ca=0))
    return b"q /T gs " + SHOW + b"Q "


def scan_with_box(pdf: pikepdf.Pdf, page: Any) -> bytes:
    return scan(pdf, page) + b"0 g 70 290 300 30 re f "


BLACK = b"0 g 70 290 330 40 re f"

UNSEEN: dict[str, Change] = {
    "below the page": lambda *_: b"BT /HH 12 Tf 80 -600 Td (GEHEIM woord) Tj ET ",
    "outside the crop box": crop,
    "outside the clipping path": lambda *_: b"q 0 0 60 60 re W n " + SHOW + b"Q ",
    "invisible mode": lambda *_: b"BT 3 Tr /HH 12 Tf 80 300 Td (GEHEIM woord) Tj ET ",
    "white on white": lambda *_: b"1 g " + SHOW,
    "black on black": lambda *_: b"0 g 70 290 300 30 re f " + SHOW,
    "transparent": transparent_text,
    "outline in white": lambda *_: b"1 G BT 1 Tr /HH 12 Tf 80 300 Td (GEHEIM woord) Tj ET ",
    "too small to see": lambda *_: b"BT /HH .05 Tf 80 300 Td (GEHEIM woord) Tj ET ",
    "below a black box": lambda *_: SHOW + b"0 g 70 290 300 30 re f ",
    "below a thick line": lambda *_: SHOW + b"30 w 0 G 60 304 m 400 304 l S ",
    "below thin lines": lambda *_: (
        SHOW + b"".join(b"0 g 70 %.1f 300 1.2 re f " % (290 + k) for k in range(30))
    ),
    "below a curved shape": lambda *_: (
        SHOW + b"0 g 60 280 m 60 420 400 420 400 280 c 300 250 100 250 60 280 c f "
    ),
    "below a box after many others": lambda *_: SHOW + b"1 0 0 rg 10 10 9 9 re f " * 5000 + BLACK,
    "layer that is off": layer,
    "below a square": annotation(Subtype=pikepdf.Name.Square, IC=[0, 0, 0]),
    "below a stamp": appearance("/Stamp", BLACK),
    "below a text of an editor": appearance("/FreeText", BLACK),
    "marked for redaction": annotation(Subtype=pikepdf.Name.Redact),
    "text of a scan below a box": scan_with_box,
}

SEEN: dict[str, Change] = {
    "plain": lambda *_: SHOW,
    "white on black": lambda *_: b"0 g 70 290 300 30 re f 1 g " + SHOW,
    "below a marker pen": transparent,
    "next to a box": lambda *_: SHOW + b"0 g 70 200 300 30 re f ",
    "inside the clipping path": lambda *_: b"q 60 200 400 200 re W n " + SHOW + b"Q ",
    "with a frame": lambda *_: SHOW + b"0 G 70 290 300 30 re S ",
    "highlighted by an annotation": annotation(Subtype=pikepdf.Name.Highlight, C=[1, 1, 0]),
}


@pytest.fixture(scope="module")
def pdf_of_a_text() -> bytes:
    return publish.convert(b"# Kop\n\nTekst.\n", ["pdf"], None, name="a.md").outputs["pdf"].data


def changed(data: bytes, change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page: Any = pdf.pages[0].obj
        name = pikepdf.Name
        page.Resources.Font.HH = pdf.make_indirect(
            pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        )
        pdf.pages[0].contents_coalesce()
        added = change(pdf, page)
        page.Contents.write(b"q " + page.Contents.read_bytes() + b"\nQ Q Q Q Q\n" + added)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", UNSEEN)
def test_text_that_a_pdf_does_not_show_is_left_out(name: str, pdf_of_a_text: bytes) -> None:
    result = publish.convert(changed(pdf_of_a_text, UNSEEN[name]), ["html"], None, name="a.pdf")
    assert SECRET.encode() not in result.outputs["html"].data
    assert "PUB-R067" in codes(result.diagnostics)
    assert not {"PUB-V030", "PUB-V031"} & set(codes(result.diagnostics))


@pytest.mark.parametrize("name", SEEN)
def test_text_that_a_pdf_shows_is_published(name: str, pdf_of_a_text: bytes) -> None:
    result = publish.convert(changed(pdf_of_a_text, SEEN[name]), ["html"], None, name="a.pdf")
    assert SECRET.encode() in result.outputs["html"].data
    assert "PUB-R067" not in codes(result.diagnostics)


def test_invisible_text_on_a_scan_is_its_text(pdf_of_a_text: bytes) -> None:
    result = publish.convert(changed(pdf_of_a_text, scan), ["html"], None, name="a.pdf")
    assert SECRET.encode() in result.outputs["html"].data


# Images


def photo(form: str) -> bytes:
    """Return an image that names its author in each place of its format, and has data after its end."""
    image = Image.new("RGB", (8, 6), "navy")
    out = io.BytesIO()
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SECRET)
        info.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
        info.add(b"prVt", SECRET.encode())
        image.save(out, form, pnginfo=info, dpi=(150, 150), exif=camera())
    elif form == "GIF":
        image.save(out, form, comment=SECRET.encode())
    else:
        image.save(
            out,
            form,
            exif=camera(),
            comment=SECRET.encode(),
            dpi=(150, 150),
            progressive=True,
            icc_profile=b"x" * 200,
        )
    return out.getvalue() + SECRET.encode()


def camera() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = SECRET  # artist
    exif[0x010E] = SECRET  # description
    return exif


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_metadata_of_an_image_is_not_published(form: str, tmp_path: Path) -> None:
    data = photo(form)
    assert data.count(SECRET.encode()) >= 2
    (tmp_path / "p.img").write_bytes(data)
    (tmp_path / "a.md").write_text("# Kop\n\n![Een vlak](p.img)\n")
    result = publish.convert(tmp_path / "a.md", ["docx", "epub", "odt"], None)
    for output in result.outputs.values():
        with zipfile.ZipFile(io.BytesIO(output.data)) as archive:
            assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())
    assert "PUB-R068" in codes(result.diagnostics)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_image_without_metadata_shows_the_same(form: str) -> None:
    data = photo(form)
    bare = without_metadata(f"image/{form.lower()}", data)
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert before.info.get("dpi") == after.info.get("dpi")
        assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert without_metadata(f"image/{form.lower()}", bare) == bare


@pytest.mark.parametrize("form", ["png", "jpeg", "gif"])
def test_damaged_image_keeps_its_bytes(form: str) -> None:
    data = photo(form.upper())
    for size in range(0, len(data) - len(SECRET) - 1, 7):
        assert without_metadata(f"image/{form}", data[:size]) == data[:size]


def test_drawing_contains_no_metadata_of_its_images() -> None:
    inner = base64.b64encode(photo("JPEG")).decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inner}" width="8" height="6"/></svg>'
    made = cleaned(drawing.encode())
    shown = base64.b64decode(made.partition(b"base64,")[2].partition(b'"')[0])
    assert shown.startswith(b"\xff\xd8\xff")
    assert SECRET.encode() not in shown


@pytest.mark.parametrize(
    ("content", "stays"),
    [
        ('<g display="none"><text>GEHEIM</text></g>', False),
        ('<text style="display:none">GEHEIM</text>', False),
        ('<text visibility="hidden">GEHEIM</text>', False),
        ("<defs><text>GEHEIM</text></defs>", False),
        ("<g>GEHEIM<path d='M0 0'/>GEHEIM</g>", False),
        ('<defs><text id="t">GEHEIM</text></defs><use href="#t"/>', True),
        ('<g display="none"><text id="t">GEHEIM</text></g><use href="#t"/>', True),
        ("<text>a<tspan>GEHEIM</tspan></text>", True),
    ],
)
def test_drawing_contains_no_text_that_it_does_not_show(content: str, stays: bool) -> None:  # noqa: FBT001
    made = cleaned(f'<svg xmlns="http://www.w3.org/2000/svg">{content}<rect width="1"/></svg>'.encode())
    assert (SECRET.encode() in made) == stays


def test_gradient_keeps_its_colours() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="g"><stop offset="1"/></linearGradient></defs><rect fill="url(#g)" width="1"/></svg>'
    assert b"<stop" in cleaned(drawing)


# Formulas


@pytest.mark.parametrize(
    "formula",
    [
        r"\input{/etc/passwd}",
        r"\text{\input{/etc/passwd}}",
        r"x^^5cinput{a}",
        r"\newcommand{\x}{\input{a}} 1",
        r"\immediate\write18{id}",
        r"\catcode`\@=0 @input{a}",
    ],
)
def test_latex_runs_no_commands_of_a_formula(formula: str) -> None:
    tex = publish.convert(f"A ${formula}$ b\n".encode(), ["latex"], None, name="a.md").outputs["latex"].data
    body = tex.decode().partition(r"\begin{document}")[2]
    for command in ("\\input", "\\write", "\\immediate", "\\catcode", "\\newcommand", "^^5c"):
        assert command not in body


# Persons in a packed manuscript


def test_packed_opendocument_file_names_no_author_of_a_comment() -> None:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    )
    comment = f"<office:annotation><dc:creator>{SECRET}</dc:creator><meta:creator-initials>{SECRET}</meta:creator-initials><dc:date>2024-01-02</dc:date>Opmerking</office:annotation>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f"<office:document-content {spaces}>{comment}</office:document-content>"
        )
    with zipfile.ZipFile(io.BytesIO(anonymise("a.odt", out.getvalue()))) as archive:
        content = archive.read("content.xml").decode()
    assert SECRET not in content
    assert "Opmerking" in content
    assert "2024-01-02" in content
