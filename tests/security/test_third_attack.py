"""What a third independent attack found: each input stays without effect, or is reported."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from PIL import Image

import publish
from publish.cli.parser import run
from publish.verify.active import active_content
from tests.security.test_unseen_content import SHOW, appearance, changed
from tests.support import codes
from tests.word import p, package

pytestmark = pytest.mark.timeout(300)

SECRET = b"GEHEIM"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return publish.convert(b"# Kop\n\nTekst.\n", ["pdf"], None, name="a.md").outputs["pdf"].data


@pytest.fixture
def image(tmp_path: Path) -> Path:
    Image.new("RGB", (4, 4), "red").save(tmp_path / "a.png")
    return tmp_path


# PDF

VISIBLE = b"BT /HH 12 Tf 80 300 Td (openbaar gemaakt op vrijdag) Tj ET "

LEAKS = {
    "invisible over visible": VISIBLE + b"BT 3 Tr /HH 12 Tf 80 300 Td (GEHEIM woord) Tj ET ",
    "white below visible": b"1 g " + SHOW + b"0 g " + VISIBLE,
    "line set solid": b"BT /HH 12 Tf 80 312 Td (gypjq gypjq gypjq gypjq) Tj ET "
    + SHOW
    + b"0 g 76 297 240 12.5 re f ",
}


@pytest.mark.parametrize("name", LEAKS)
def test_ink_of_other_text_shows_no_text(name: str, paper: bytes) -> None:
    result = publish.convert(changed(paper, lambda *_: LEAKS[name]), ["html"], None, name="a.pdf")
    assert SECRET not in result.outputs["html"].data
    assert "PUB-R067" in codes(result.diagnostics)


def test_single_covered_digit_is_not_published(paper: bytes) -> None:
    content = b"BT /HH 12 Tf 80 300 Td (Bedrag 7500 euro) Tj ET "
    width = 12 * sum(
        {"B": 0.667, "e": 0.556, "d": 0.556, "r": 0.333, "a": 0.556, "g": 0.556, " ": 0.278}[c]
        for c in "Bedrag "
    )
    box = f"0 g {80 + width:.1f} 298 6.6 12 re f ".encode()
    page = (
        publish.convert(changed(paper, lambda *_: content + box), ["html"], None, name="a.pdf")
        .outputs["html"]
        .data
    )
    assert b"7500" not in page
    assert b"500" in page


@pytest.mark.parametrize("kind", ["/FreeText", "/Stamp", "/StrikeOut"])
def test_text_of_an_annotation_is_reported(kind: str, paper: bytes) -> None:
    def add(pdf: pikepdf.Pdf, page: Any) -> bytes:
        content = appearance(kind, b"0 0 1 rg 70 290 5 5 re f")(pdf, page)
        page.Annots[0].Contents = pikepdf.String("VERWORPEN")
        return content

    result = publish.convert(changed(paper, add), ["html"], None, name="a.pdf")
    (found,) = (d for d in result.diagnostics if d.code == "PUB-R071")
    assert "VERWORPEN" in found.message


# Models in JSON


@pytest.mark.parametrize("width", ["100vw; position: fixed", '1mm" onload="x', "calc(1px)", "url(x)"])
def test_size_of_an_image_contains_no_css(width: str, image: Path) -> None:
    inline = {"t": "image", "source": "a.png", "alt": "x", "width": width, "height": width}
    pixels = (image / "a.png").read_bytes()
    model = {
        "metadata": {"title": "T", "language": "nl"},
        "blocks": [{"t": "paragraph", "inlines": [inline]}],
        "resources": {"a.png": {"media_type": "image/png", "data": base64.b64encode(pixels).decode()}},
    }
    (image / "a.json").write_text(json.dumps(model))
    result = publish.convert(image / "a.json", ["html", "epub", "akn", "docx", "odt"], None)
    assert width.encode() not in result.outputs["html"].data
    assert b"position: fixed" not in result.outputs["akn"].data
    assert "PUB-W005" not in codes(result.diagnostics)


# Packages


def test_publication_is_not_hidden_as_an_input(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, place = next(bag.rglob("deposit.json")), bag / "data/publication/b.html"
    before = record.read_bytes()
    data = json.loads(before)
    data["files"]["style/extra/b.html"] = "b.html"
    record.write_text(json.dumps(data))
    place.write_text("<p>Vals</p>")
    try:
        assert run(["deposit", "--check", str(bag)]) == 1
        assert run(["ingest", str(bag)]) == 1
        assert "b.html: The proof does not list this publication" in capsys.readouterr().err
    finally:
        place.unlink()
        record.write_bytes(before)


def test_publication_has_the_name_of_its_format(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = next(bag.rglob("deposit.json"))
    before = record.read_bytes()
    data = json.loads(before)
    data["request"]["formats"] = ["markdown"]
    record.write_text(json.dumps(data))
    assert record.read_bytes() != before
    try:
        assert run(["deposit", "--check", str(bag)]) == 1
        assert "publication of another format" in capsys.readouterr().err
    finally:
        record.write_bytes(before)


def test_attached_file_of_a_pdf_is_found(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.attachments["besluit.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")
        out = io.BytesIO()
        pdf.save(out)
    assert "attached files" in active_content("pdf", out.getvalue())


# Other papers


def test_new_manuscript_does_not_replace_the_publication_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/besluit.md").write_text("---\ntitle: Echt\nlang: nl\n---\n\nTekst.\n")
    command = ["build", str(tmp_path / "in"), "-t", "html", "-o", str(tmp_path / "out"), "-j", "1"]
    assert run(command) == 0
    (tmp_path / "in/besluit.html").write_text("<html lang=nl><title>Vals</title><p>Vals</p></html>")
    assert run(command) == 1
    assert "besluit.html: error: PUB-C001" in capsys.readouterr().err
    assert "<title>Echt</title>" in (tmp_path / "out/besluit.html").read_text()
    (tmp_path / "in/besluit.md").unlink()
    assert run(command) == 0


@pytest.mark.parametrize("form", ["latex", "rst", "org", "docbook", "jats", "mediawiki", "typst", "markdown"])
def test_images_of_each_format_are_in_its_own_folder(form: str, image: Path) -> None:
    (image / "m.md").write_text("# Kop\n\n![vlak](a.png)\n")
    run(["build", str(image / "m.md"), "-t", form, "-o", str(image / "out"), "-q"])
    (media,) = (path for path in (image / "out").iterdir() if path.is_dir())
    assert media.name == "m.media"
    (found,) = media.iterdir()
    (text,) = (path.read_text() for path in (image / "out").iterdir() if path.is_file())
    assert f"m.media/{found.name}" in text


# Text that becomes markup


@pytest.mark.parametrize("form", ["docbook", "jats"])
def test_alternative_text_is_no_markup(form: str, image: Path) -> None:
    (image / "m.md").write_text(
        '# Kop\n\n![winst & verlies &lt;xi:include href="/etc/hostname"/&gt;](a.png)\n'
    )
    data = publish.convert(image / "m.md", [form], None).outputs[form].data
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    assert not list(root.iter("{*}include"))
    assert "winst & verlies" in "".join(map(str, root.itertext()))


# Word


@pytest.mark.parametrize(
    ("properties", "around", "published"),
    [
        ('<w:color w:val="FFFFFF"/>', "", False),
        ('<w:sz w:val="1"/>', "", False),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/>', "", True),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="000080"/>', True),
        ('<w:color w:val="FEFEF0"/>', "", True),
        ('<w:sz w:val="16"/>', "", True),
    ],
)
def test_text_in_the_colour_of_the_paper(properties: str, around: str, published: bool) -> None:  # noqa: FBT001
    text = f"<w:r><w:rPr>{properties}</w:rPr><w:t>GEHEIM</w:t></w:r>"
    result = publish.convert(package(p("Tekst ", text, properties=around)), ["html"], None, name="a.docx")
    assert (SECRET in result.outputs["html"].data) == published
    assert ("PUB-R036" in codes(result.diagnostics)) != published
    assert not {"PUB-V030", "PUB-V031"} & set(codes(result.diagnostics))


def test_white_text_in_a_table_is_published() -> None:
    cell = '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>GEHEIM</w:t></w:r></w:p>'
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr>{cell}</w:tc></w:tr></w:tbl>'
    assert SECRET in publish.convert(package(table), ["html"], None, name="a.docx").outputs["html"].data


# Received files

ACTIVE_PAGES = {
    "address in a namespace": '<svg><a xlink:href="java&#10;script:alert(1)"><text>x</text></a></svg>',
    "import of a style sheet": "<style>@import '//example.org/x.css';</style>",
    "remote picture in a style sheet": "<style>p { background: url(https://example.org/x.png) }</style>",
}


@pytest.mark.parametrize("name", ACTIVE_PAGES)
def test_active_page_is_found(name: str) -> None:
    page = f"<!DOCTYPE html><html><body><p>x</p>{ACTIVE_PAGES[name]}</body></html>"
    assert active_content("html", page.encode())


def link_with_a_picture(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[0].obj
    form = pdf.make_stream(b"0 g 0 0 595 842 re f")
    made = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 595, 842], AP=pikepdf.Dictionary(N=form))
    page.Annots = pikepdf.Array([pdf.make_indirect(made)])


def visible_signature(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[0].obj
    made = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[0, 0, 595, 842])
    page.Annots = pikepdf.Array([pdf.make_indirect(made)])


def address_after_a_jump(pdf: pikepdf.Pdf) -> None:
    more = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([]), Next=more)


@pytest.mark.parametrize("change", [link_with_a_picture, visible_signature, address_after_a_jump])
def test_active_pdf_is_found(change: Any, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert active_content("pdf", out.getvalue())


@pytest.mark.parametrize("what", ["script", "transformation"])
def test_active_akoma_ntoso_is_found(what: str) -> None:
    data = publish.convert(b"# Kop\n\nTekst.\n", ["akn"], None, name="a.md").outputs["akn"].data
    assert active_content("akn", data) == []
    if what == "script":
        script = b'<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></akomaNtoso>'
        changed_data = data.replace(b"</akomaNtoso>", script)
    else:
        changed_data = data.replace(
            b"<akomaNtoso", b'<?xml-stylesheet type="text/xsl" href="x.xsl"?><akomaNtoso', 1
        )
    assert active_content("akn", changed_data)


def test_field_in_other_letters_and_encoding_is_found() -> None:
    body = p("<w:r><w:instrText>ddeauto c:\\x</w:instrText></w:r>")
    assert active_content("docx", package(body))
