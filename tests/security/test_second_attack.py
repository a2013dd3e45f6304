"""What a second independent attack found: each input stays without effect, or is reported."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

import publish
from publish.cli.parser import run
from publish.deposit.anonymise import anonymise
from publish.diagnostics import PublishError
from publish.process import module_command
from publish.style import load_style
from publish.style.contrast import contrast
from publish.verify.active import active_content
from tests.conftest import ROOT
from tests.support import codes
from tests.word import p, package

pytestmark = pytest.mark.timeout(300)

SECRET = "GEHEIM"  # noqa: S105 - a word to look for


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(out, "PNG")
    return out.getvalue()


# Code in the folder of the manuscripts


@pytest.mark.parametrize("how", ["batch", "pattern", "api"])
def test_code_in_the_current_folder_does_not_run(how: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in ("publish", "msgspec"):
        (inbox / name).mkdir(parents=True)
        (inbox / name / "__init__.py").write_text(f"open({str(tmp_path / 'RAN')!r}, 'w').close()\n")
    for name in ("a", "b"):
        (inbox / f"{name}.md").write_text(f"# {name}\n\nTekst.\n")
    command = [os.path.join(os.path.dirname(sys.executable), "publish"), "build"]  # noqa: PTH118, PTH120
    ways = {
        "batch": [*command, ".", "-t", "html", "-o", "../out"],
        "pattern": [*command, "*.md", "-t", "html", "-o", "../out"],
        "api": [
            sys.executable,
            "-I",
            "-c",
            "import publish; assert publish.convert(b'# K\\n\\nx\\n', 'html', None, name='a.md', limits=publish.Limits()).ok",
        ],
    }
    done = subprocess.run(ways[how], cwd=inbox, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "RAN").exists()


def test_modules_run_without_the_current_folder() -> None:
    assert "-P" in module_command("publish.engine.isolation")


# Images of other documents


def test_image_of_another_document_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, colour in (("a", "red"), ("b", "green")):
        (tmp_path / f"{name}.png").write_bytes(picture(colour))
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n![vlak]({name}.png)\n")
        publish.convert(tmp_path / f"{name}.md", ["docx"], tmp_path / "in")
    assert run(["build", str(tmp_path / "in"), "-j", "1", "-t", "markdown", "-o", str(tmp_path / "out")]) == 0
    for name, colour in (("a", (255, 0, 0)), ("b", (0, 128, 0))):
        (found,) = (tmp_path / "out" / f"{name}.media").iterdir()
        with Image.open(found) as image:
            assert image.convert("RGB").getpixel((0, 0)) == colour


def test_package_of_akoma_ntoso_does_not_choose_the_path_of_its_images(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(picture("red"))
    (tmp_path / "m.md").write_text("# Kop\n\n![vlak](p.png)\n")
    made = publish.convert(tmp_path / "m.md", ["akn-package"], None).outputs["akn-package"].data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"media/picture-1.png", b"b.media/picture-1.png")
            new.writestr(name.replace("media/picture-1.png", "b.media/picture-1.png"), data)
    (tmp_path / "z.akn").write_bytes(out.getvalue())
    assert run(["build", str(tmp_path / "z.akn"), "-t", "akn", "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir()) == ["z.media"]


def test_folder_of_images_is_no_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.png").write_bytes(picture("red"))
    (tmp_path / "a.md").write_text("# Kop\n\n![vlak](p.png)\n")
    (tmp_path / "elders").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.media").symlink_to(tmp_path / "elders")
    assert run(["build", str(tmp_path / "a.md"), "-t", "akn", "-o", str(tmp_path / "out")]) == 1
    assert "its folder is a link" in capsys.readouterr().err
    assert list((tmp_path / "elders").iterdir()) == []


def test_name_of_a_proof_is_reserved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.verify.md").write_text("# Aanval\n\nTekst.\n")
    assert run(["build", str(tmp_path / "b.verify.md"), "-t", "json", "-o", str(tmp_path / "out")]) != 0
    assert "reserved for the proof" in capsys.readouterr().err
    assert not (tmp_path / "out/b.verify.json").exists()


# Packages


@pytest.mark.parametrize("how", [".", "link"])
def test_digests_next_to_a_package_are_found(
    how: str, bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (bag.parent / f"{bag.name}.sha256").is_file()
    before = (bag.parent / f"{bag.name}.sha256").read_text()
    (bag.parent / f"{bag.name}.sha256").write_text(before.replace("  ", "  x-", 1))
    try:
        monkeypatch.chdir(bag)
        (tmp_path / "link").symlink_to(bag)
        assert run(["ingest", "." if how == "." else str(tmp_path / "link")]) == 1
        assert "PUB-D004" in capsys.readouterr().err
    finally:
        (bag.parent / f"{bag.name}.sha256").write_text(before)


@pytest.mark.parametrize("name", ["b.docm", "b.rtf", "b.svg", "b.txt"])
def test_file_among_the_publications_is_reported(
    name: str, bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = bag / "data/publication" / name
    place.write_bytes(b"x")
    try:
        assert run(["deposit", "--check", str(bag)]) == 1
        assert (
            f"data/publication/{name}: The record does not name this publication" in capsys.readouterr().err
        )
    finally:
        place.unlink()


def test_package_does_not_name_its_own_rebuilt_files(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = next(bag.rglob("deposit.json"))
    before = record.read_bytes()
    forged = before.replace(b'"source/a.md"', b'"again/a.html"', 1)
    record.write_bytes(forged)
    try:
        assert run(["deposit", "--check", str(bag)]) == 1
        assert "rebuilt, bit for bit" not in capsys.readouterr().out
    finally:
        record.write_bytes(before)


def test_name_that_no_file_can_have_is_reported(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = next(bag.rglob("deposit.json"))
    before = record.read_bytes()
    record.write_bytes(before.replace(b'"source/a.md"', b'"source/' + b"x" * 5000 + b'.md"'))
    try:
        assert run(["deposit", "--check", str(bag)]) == 1
        assert "Traceback" not in capsys.readouterr().err
    finally:
        record.write_bytes(before)


@pytest.mark.parametrize("name", ["a.fodt", "a.ott", "p.png"])
def test_packed_file_names_no_person(name: str) -> None:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    text = f"<office:document {spaces}><meta:initial-creator>{SECRET}</meta:initial-creator><office:annotation><dc:creator>{SECRET}</dc:creator>Opmerking</office:annotation></office:document>"
    data = text.encode()
    if name == "p.png":
        data = picture("red") + SECRET.encode()
    elif name == "a.ott":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("content.xml", text)
        data = out.getvalue()
    packed = anonymise(name, data)
    if name == "a.ott":
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            packed = archive.read("content.xml")
    assert SECRET.encode() not in packed


# Received files


PAGES = {
    "frame that claims to be data": '<iframe type="application/ld+json" srcdoc="<p>x</p>"></iframe>',
    "noscript": "<noscript><p>x</p></noscript>",
    "remote style sheet": '<link rel="stylesheet" href="//example.org/x.css">',
    "field of a form": "<input value='x'>",
}


@pytest.mark.parametrize("name", PAGES)
def test_active_page_is_found(name: str) -> None:
    assert active_content("html", f"<!DOCTYPE html><html><body><p>x</p>{PAGES[name]}</body></html>".encode())


def chain(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([]), Next=script)


def outline(pdf: pikepdf.Pdf) -> None:
    item = pikepdf.Dictionary(Title="x", A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x"))
    pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=pdf.make_indirect(item)))


def form(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, AA=pikepdf.Dictionary())
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=pdf.make_stream(b"<x/>"))


def address(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")


def note_on_the_page(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[0].obj
    made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9])
    page.Annots = pikepdf.Array([pdf.make_indirect(made)])


@pytest.mark.parametrize("change", [chain, outline, form, xfa, address, note_on_the_page])
def test_active_pdf_is_found(change: Callable[[pikepdf.Pdf], None]) -> None:
    data = publish.convert(b"Tekst.\n", ["pdf"], None, name="a.md").outputs["pdf"].data
    assert active_content("pdf", data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert active_content("pdf", out.getvalue())


WORD_FILES = {
    "field": (
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO c:\\x</w:instrText></w:r>'),
        {},
        "",
    ),
    "macros": (p("x"), {"word/vbaProject.bin": b"x"}, ""),
    "remote template": (
        p("x"),
        {},
        '<Relationship Id="r50" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://example.org/x" TargetMode="External"/>',
    ),
    "another document": (
        p("x"),
        {"word/x.html": b"<p>x</p>"},
        '<Relationship Id="r51" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="x.html"/>',
    ),
}


@pytest.mark.parametrize("name", WORD_FILES)
def test_active_word_file_is_found(name: str) -> None:
    body, parts, link = WORD_FILES[name]
    assert active_content("docx", package(body, parts, link))


# Hidden content of sources

SHEETS = {
    "weaker rule that shows": ("p { display: block } .g { display: none }", '<p class="g">GEHEIM</p>', False),
    "stronger rule that shows": (
        ".g { display: none } p.g { display: block }",
        '<p class="g">GEHEIM</p>',
        True,
    ),
    "later rule that shows": (".g { display: none } .g { display: block }", '<p class="g">GEHEIM</p>', True),
    "own style that shows": (".g { display: none }", '<p class="g" style="display: block">GEHEIM</p>', True),
    "important rule": (
        ".g { display: none !important }",
        '<p class="g" style="display: block">GEHEIM</p>',
        False,
    ),
    "media query": ("@media screen, print { .g { display: none } }", '<p class="g">GEHEIM</p>', False),
    "print": ("@media print { .g { display: none } }", '<p class="g">GEHEIM</p>', True),
    "condition": (
        "@supports (display: grid) { @layer x { .g { display: none } } }",
        '<p class="g">GEHEIM</p>',
        False,
    ),
    "transparent": (".g { opacity: 0 }", '<p class="g">GEHEIM</p>', False),
    "type size": (".g { font-size: 0px }", '<p class="g">GEHEIM</p>', False),
    "off screen": (".g { position: absolute; left: -9999px }", '<p class="g">GEHEIM</p>', False),
    "cut": (".g { clip-path: inset(100%) }", '<p class="g">GEHEIM</p>', False),
    "collapsed": (".g { visibility: collapse }", '<p class="g">GEHEIM</p>', False),
    "popover": ("", "<div popover>GEHEIM</div>", False),
}


@pytest.mark.parametrize("name", SHEETS)
def test_text_that_a_page_hides(name: str) -> None:
    sheet, text, published = SHEETS[name]
    page = f"<!DOCTYPE html><html lang=nl><title>T</title><style>{sheet}</style><h1>T</h1>{text}<p>Tekst.</p>"
    result = publish.convert(page.encode(), ["html"], None, name="a.html")
    assert (SECRET.encode() in result.outputs["html"].data) == published
    assert ("PUB-R036" in codes(result.diagnostics)) != published
    assert result.ok, result.diagnostics


def test_text_that_a_linked_style_sheet_of_an_epub_hides() -> None:
    made = publish.convert(b"# Kop\n\nTekst.\n\nGEHEIM.\n", ["epub"], None, name="a.md").outputs["epub"].data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".css"):
                data += b"\n#weg { display: none }\n"
            new.writestr(name, data.replace(b'<p class="p">GEHEIM', b'<p class="p" id="weg">GEHEIM'))
    result = publish.convert(out.getvalue(), ["html"], None, name="a.epub")
    assert SECRET.encode() not in result.outputs["html"].data
    assert "PUB-R036" in codes(result.diagnostics)


CUT = {
    "vml": '<w:r><w:pict><v:shape style="width:80pt;height:40pt"><v:imagedata r:id="r8" cropright="32768f"/></v:shape></w:pict></w:r>',
    "percent": '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="r8"/><a:srcRect r="50%"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    "shape": '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:blipFill><a:blip r:embed="r8"/><a:srcRect r="50000"/></a:blipFill></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
}
HIDDEN = {
    "drawing": '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" hidden="1"/><a:graphic><a:graphicData><a:blip r:embed="r8"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    "vml": '<w:r><w:pict><v:shape style="visibility: hidden"><v:imagedata r:id="r8"/></v:shape></w:pict></w:r>',
}


def half_red() -> bytes:
    image = Image.new("RGB", (40, 20), "green")
    image.paste("red", (20, 0, 40, 20))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def word_with(drawing: str) -> bytes:
    link = '<Relationship Id="r8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/a.png"/>'
    return package(p("Tekst ", drawing), {"word/media/a.png": half_red()}, link)


@pytest.mark.parametrize("name", CUT)
def test_cut_away_part_of_a_picture_is_in_no_file(name: str) -> None:
    document = publish.read(word_with(CUT[name]), name="a.docx").document
    (resource,) = document.resources.values()
    with Image.open(io.BytesIO(resource.data)) as image:
        assert [colour for _, colour in image.convert("RGB").getcolors()] == [(0, 128, 0)]


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_drawing_of_word_is_not_published(name: str) -> None:
    result = publish.convert(word_with(HIDDEN[name]), ["html"], None, name="a.docx")
    assert b"<img" not in result.outputs["html"].data
    assert "PUB-R036" in codes(result.diagnostics)
    assert not {"PUB-V030", "PUB-V037"} & set(codes(result.diagnostics))


def test_deleted_text_of_rtf_is_not_published() -> None:
    data = rb"{\rtf1\ansi Tekst {\deleted GEHEIM} meer.\par}"
    with pytest.raises(PublishError, match="tracked deletions"):
        publish.convert(data, ["html"], None, name="a.rtf")


# Text that becomes a command


@pytest.mark.parametrize(
    ("form", "text", "command"),
    [
        ("rst", ".. include:: /etc/hostname", "\n.. include::"),
        ("rst", ".. raw:: html", "\n.. raw::"),
        ("org", 'Zie src_emacs-lisp{(shell-command "id")}.', "src_emacs-lisp{"),
        ("mediawiki", "Zie {{Sjabloon|x}}.", " {{Sjabloon"),
    ],
)
def test_text_is_no_command_of_the_format(form: str, text: str, command: str) -> None:
    result = publish.convert(f"# Kop\n\n{text}\n".encode(), [form], None, name="a.md")
    written = result.outputs[form].data.decode()
    assert command not in written
    assert text.rstrip(".")[-8:] in re.sub("</?nowiki>", "", written).replace("&quot;", '"')


# House styles


def test_style_with_invisible_text_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    (tmp_path / "h/style.toml").write_text(
        'extends = "base"\nname = "H"\nabout = "x"\n[colours]\ntext = "#fefefe"\n'
    )
    with pytest.raises(PublishError, match="cannot be read"):
        load_style(str(tmp_path / "h"))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_damaged_font_of_a_style_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "h/fonts").mkdir(parents=True)
    font = next((ROOT / "styles" / "fonts").glob("*.ttf")).read_bytes()
    (tmp_path / "h/fonts/x.ttf").write_bytes(font[:400] + bytes(len(font) - 400))
    (tmp_path / "h/style.toml").write_text('extends = "base"\nname = "H"\nabout = "x"\n')
    assert load_style(str(tmp_path / "h")).name == "H"
