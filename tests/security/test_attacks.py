"""What an independent attack on the program found: each input stays without effect."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

import publish
from publish.cli.parser import run
from publish.diagnostics import PublishError
from publish.xml_parsers import closed_parser
from tests.conftest import ROOT
from tests.deposit.conftest import VALUES
from tests.security.hostile.active import active
from tests.security.hostile.files import png
from tests.security.test_content import AKN
from tests.support import codes
from tests.word import package

pytestmark = pytest.mark.timeout(300)

SECRET = "geheim-woord"  # noqa: S105 - a word to look for
PNG = png(1, 1, b"\0" * 4)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "secret.txt").write_text(f"{SECRET} = = =\n")
    made = tmp_path / "in"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def model(**more: Any) -> dict[str, Any]:
    """Return a document model in JSON."""
    paragraph = {"t": "paragraph", "inlines": [{"t": "text", "text": "Tekst"}]}
    return {"metadata": {"title": "T", "language": "nl"}, "blocks": [paragraph], **more}


# Document models


@pytest.mark.parametrize(
    "source", ["../secret.txt", "/dev/zero", "/etc", "pijp", "http://127.0.0.1:1/x", "nergens"]
)
@pytest.mark.parametrize("origin", [None, {"format": "akn", "name": "doc"}])
def test_model_names_no_other_source(
    source: str, origin: dict[str, str] | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pijp")
    call = {"t": "note_ref", "note": "x", "span": [1, 1, 1, 5]}
    data = model(
        blocks=[{"t": "paragraph", "inlines": [call]}],
        source=source,
        **({"origin": origin} if origin else {}),
    )
    (folder / "a.json").write_text(json.dumps(data))
    assert run(["build", "a.json", "-t", "html", "-t", "akn", "-o", "uit"]) == 1
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err
    assert "a.json:1:1: error: PUB-N001" in shown.err


ACTIVE_MODELS = {
    "link": model(blocks=[{"t": "paragraph", "inlines": [{"t": "link", "href": "javascript:alert(1)", "inlines": [{"t": "text", "text": "x"}]}]}]),
    "citation": model(blocks=[{"t": "paragraph", "inlines": [{"t": "citation", "identifier": "x", "href": " javascript:alert(1)", "inlines": [{"t": "text", "text": "x"}]}]}]),
    "drawing": model(
        blocks=[{"t": "paragraph", "inlines": [{"t": "image", "source": "p.svg", "alt": "x"}]}],
        resources={"p.svg": {"media_type": "image/svg+xml", "data": base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>').decode(), "width": 9, "height": 9}},
    ),
    "other type": model(
        blocks=[{"t": "paragraph", "inlines": [{"t": "image", "source": "p", "alt": "x"}]}],
        resources={"p": {"media_type": "image/png", "data": base64.b64encode(b"#!/bin/sh").decode(), "width": 1, "height": 1}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIVE_MODELS)
def test_model_has_no_active_content(name: str, folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(ACTIVE_MODELS[name]))
    formats = ["html", "epub", "docx", "odt", "op", "akn"]
    assert run(["build", "a.json", *[w for f in formats for w in ("-t", f)], "-o", "uit", "-q"]) in {0, 1}
    files = [path for path in (folder / "uit").rglob("*") if path.is_file()]
    assert len(files) >= len(formats)
    for path in files:
        assert active(path) == []
        assert b"alert(1)" not in path.read_bytes()
        assert b"#!/bin/sh" not in path.read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        ".git/config",
        "sub/good.html",
        "sub/.x.png",
        ".publish/manifest.sqlite",
        "a/../x.png",
        "sub/a.verify.json",
    ],
)
def test_attachments_are_images_with_plain_names(address: str, folder: Path) -> None:
    text = AKN.replace("{0}", f'<img src="{address}" alt="a"/>')
    with zipfile.ZipFile(folder / "zz.akn", "w") as archive:
        archive.writestr("main.xml", text)
        archive.writestr(address, PNG)
    run(["build", "zz.akn", "-t", "akn", "-o", "uit", "-q"])
    written = {
        path.relative_to(folder / "uit").as_posix() for path in (folder / "uit").rglob("*") if path.is_file()
    }
    assert address not in written
    assert all(
        re.fullmatch(r"zz\.akn\.xml|zz\.(?:akn\.)?media/[a-z][a-z0-9-]*\.png", name) for name in written
    ), written


# Styles

ROLE = (
    """extends = "base"\nabout = "x"\n[roles.'x{} </style><script>alert(1)</script><style>']\nbefore = 1\n"""
)
LINES = 'extends = "base"\nabout = "x"\n[[page.furniture]]\nbox = "top-left"\nlines = ["a\\f; } } } @media all { body { background: url(http://evil.example) } }"]\n'


def test_role_of_a_style_contains_no_markup(folder: Path) -> None:
    (folder / "huis").mkdir()
    (folder / "huis/style.toml").write_text(ROLE)
    with pytest.raises(PublishError) as caught:
        publish.prepare(b"Tekst.\n", name="a.md", style="huis")
    assert codes(caught.value.diagnostics) == ["PUB-S002"]


@pytest.mark.parametrize("control", ["\\f", "\\r", "\\n", "\\u0001"])
def test_text_of_a_style_ends_no_string(control: str, folder: Path) -> None:
    (folder / "huis").mkdir()
    (folder / "huis/style.toml").write_text(LINES.replace("\\f", control))
    (output,) = publish.convert(b"Tekst.\n", ["html"], None, name="a.md", style="huis").outputs.values()
    (rule,) = [line for line in output.data.decode().splitlines() if "evil.example" in line]
    assert re.search(r'content: "[^"\n\r\f]*evil\.example[^"\n\r\f]*"', rule)


@pytest.mark.parametrize("parent", ["../secret.txt", "{up}/secret.txt"])
def test_style_extends_styles_only(parent: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "huis").mkdir()
    (folder / "huis/style.toml").write_text(f'extends = "{parent.format(up=folder.parent)}"\n')
    (folder / "a.md").write_text("Tekst.\n")
    assert run(["build", "a.md", "-t", "html", "--style", "huis", "-o", "uit"]) == 2
    assert SECRET not in capsys.readouterr().err


# XML


def test_no_parser_opens_an_external_file(folder: Path) -> None:
    data = f'<!DOCTYPE x SYSTEM "file://{folder.parent}/secret.txt"><x/>'.encode()
    for options in ({}, {"collect_ids": False}, {"huge_tree": True}):
        assert etree.fromstring(data, closed_parser(**options)).tag == "x"


def test_every_parser_of_files_is_closed() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "publish").rglob("*.py")
        if "etree.XMLParser(" in path.read_text("utf-8")
    ]
    # The other parser reads what pandoc wrote.
    assert sorted(found) == ["publish/formulas/tex.py", "publish/xml_parsers.py"]


FOREIGN = {
    "refresh": '<h:meta http-equiv="refresh" content="0;url=javascript:alert(1)"/>',
    "animation": '<s:svg width="9" height="9"><s:rect width="9" height="9"/><s:animate values="x;javascript:alert(1)"/></s:svg>',
    "image": '<s:svg width="9" height="9"><s:image href="http://evil.example/x.png" width="9" height="9"/></s:svg>',
    "audio": '<h:audio src="http://evil.example/x"/>',
    "picture": '<h:img src="http://evil.example/x"/>',
    "style": '<h:p style="background: u\\72l(http://evil.example/x)">x</h:p>',
    "formula": '<m:math href="javascript:alert(1)"><m:mi>x</m:mi></m:math>',
    "base": '<h:p xml:base="http://evil.example/">x</h:p>',
    "instruction": "<h:p>x<?php system('x') ?></h:p>",
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_content_of_akoma_ntoso_is_listed(name: str) -> None:
    spaces = 'xmlns:s="http://www.w3.org/2000/svg" xmlns:m="http://www.w3.org/1998/Math/MathML" '
    text = AKN.replace("<akomaNtoso ", f"<akomaNtoso {spaces}").replace(
        "{0}", f"<foreign>{FOREIGN[name]}</foreign>"
    )
    result = publish.convert(text.encode(), ["akn"], None, name="a.xml")
    assert "PUB-R066" in codes(result.diagnostics)
    for word in (b"evil.example", b"alert(1)", b"<?php"):
        assert word not in result.outputs["akn"].data


@pytest.mark.parametrize(
    ("target", "stays"),
    [
        ('type="text/xsl" href="x.xsl"', False),
        ('type="text/css" href="http://evil.example/x.css"', False),
        ('type="text/css" href="css/x.css"', True),
    ],
)
def test_style_sheets_of_xml_are_css_next_to_the_file(target: str, stays: bool) -> None:  # noqa: FBT001
    text = f"<?xml-stylesheet {target}?>" + AKN.replace("{0}", "x")
    (output,) = publish.convert(text.encode(), ["akn"], None, name="a.xml").outputs.values()
    assert (b"xml-stylesheet" in output.data) == stays


# Verification


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert(1)</script>",
        b"<p onclick='x'>Tekst</p>",
        b"<iframe></iframe>",
        b"<a href=' javascript:x'></a>",
        b"<meta http-equiv=refresh>",
    ],
)
def test_active_content_of_a_page_is_found(content: bytes, tmp_path: Path) -> None:
    outputs = publish.convert(b"Tekst.\n", ["html", "docx"], None, name="a.md").outputs
    (tmp_path / "a.docx").write_bytes(outputs["docx"].data)
    (tmp_path / "a.html").write_bytes(changed(outputs["html"].data, b"</main>", content + b"</main>"))
    report = publish.verify([tmp_path / "a.html", tmp_path / "a.docx"])
    assert "PUB-V040" in {f.code for f in report.findings}


@pytest.mark.parametrize(
    "place", ["<p>Meer.</p>", "Meer.", "<!-- --><p>Meer.</p>", "<html><body><p>Meer.</p></body></html>"]
)
def test_text_after_the_end_of_a_page_is_read(place: str, tmp_path: Path) -> None:
    """libxml2 drops it, a browser shows it."""
    outputs = publish.convert(b"Tekst.\n", ["html", "docx"], None, name="a.md").outputs
    (tmp_path / "a.docx").write_bytes(outputs["docx"].data)
    (tmp_path / "a.html").write_bytes(outputs["html"].data + place.encode())
    assert "PUB-V008" in {f.code for f in publish.verify([tmp_path / "a.html", tmp_path / "a.docx"]).findings}
    result = publish.convert(tmp_path / "a.html", ["docx"], None)
    assert "Meer" in str(publish.read(tmp_path / "a.html").document.blocks)
    assert "PUB-V030" not in codes(result.diagnostics)


def test_active_content_of_a_pdf_is_found(tmp_path: Path) -> None:
    outputs = publish.convert(b"Tekst.\n", ["pdf", "docx"], None, name="a.md").outputs
    (tmp_path / "a.docx").write_bytes(outputs["docx"].data)
    (tmp_path / "b.pdf").write_bytes(outputs["pdf"].data)
    assert publish.verify([tmp_path / "b.pdf", tmp_path / "a.docx"]).findings == ()
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(tmp_path / "a.pdf")
    report = publish.verify([tmp_path / "a.pdf", tmp_path / "a.docx"])
    assert [f.code for f in report.findings] == ["PUB-V040"]


def test_invisible_text_of_a_pdf_is_found(tmp_path: Path) -> None:
    outputs = publish.convert(b"Tekst.\n", ["pdf", "docx"], None, name="a.md").outputs
    (tmp_path / "a.docx").write_bytes(outputs["docx"].data)
    (tmp_path / "b.pdf").write_bytes(outputs["pdf"].data)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        page = pdf.pages[0]
        page.contents_coalesce()
        page.Contents.write(page.Contents.read_bytes().replace(b"BT", b"BT 3 Tr"))
        pdf.save(tmp_path / "a.pdf")
    report = publish.verify([tmp_path / "a.pdf", tmp_path / "a.docx"])
    assert "PUB-V014" in {f.code for f in report.findings}


@pytest.mark.parametrize("hidden", ["all", "some"])
def test_hidden_words_of_word_files_are_found(hidden: str, tmp_path: Path) -> None:
    run_of = "<w:r>{0}<w:t>Tekst</w:t></w:r>"
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    body = f"<w:p>{run_of.replace('{0}', vanish if hidden == 'all' else '')}{'' if hidden == 'all' else run_of.replace('{0}', vanish)}</w:p>"
    (tmp_path / "a.docx").write_bytes(package(body))
    (tmp_path / "a.html").write_bytes(
        publish.convert(b"Tekst\n", ["html"], None, name="a.md").outputs["html"].data
    )
    report = publish.verify([tmp_path / "a.html", tmp_path / "a.docx"])
    assert "PUB-V041" in {f.code for f in report.findings}


# Hidden text of web pages

SHEET = ".geheim { display: none } p.ook { visibility: hidden } @media print { .blijft { display: none } } .terug { display: none } .terug { display: block } .voor::before { display: none }"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ('<p class="geheim">woord</p>', False),
        ('<p class="ook">woord</p>', False),
        ('<div class="geheim"><p class="terug">woord</p></div>', False),
        ('<p style="color: white; /**/ display: none">woord</p>', False),
        ('<p class="blijft">woord</p>', True),
        ('<p class="terug">woord</p>', True),
        ('<p class="voor">woord</p>', True),
    ],
)
def test_text_that_css_hides_is_left_out(text: str, published: bool) -> None:  # noqa: FBT001
    page = f"<!DOCTYPE html><html lang=nl><title>T</title><style>{SHEET}</style><h1>T</h1>{text}<p>Tekst.</p>"
    result = publish.convert(page.encode(), ["html"], None, name="a.html")
    assert (b"woord" in result.outputs["html"].data) == published
    assert ("PUB-R036" in codes(result.diagnostics)) != published
    assert result.ok


# Packages and deposits


def test_list_of_digests_is_no_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pakket").mkdir()
    (folder / "pakket/bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "pakket.sha256").symlink_to(folder.parent / "secret.txt")
    assert run(["ingest", "pakket"]) == 1
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err
    assert "pakket.sha256: is a link" in shown.err


@pytest.mark.parametrize("what", ["font", "image", "absolute image"])
def test_deposit_packs_no_file_from_outside(what: str, folder: Path) -> None:
    source = "a.md"
    if what == "font":
        (folder / "huis/fonts").mkdir(parents=True)
        (folder / "huis/style.toml").write_text('extends = "base"\nabout = "x"\n')
        (folder / "huis/fonts/x.ttf").symlink_to(folder.parent / "secret.txt")
        (folder / "a.md").write_text("---\ntitle: T\nstyle: huis\n---\n\nTekst.\n")
    else:
        source, name = "a.json", "x.png" if what == "image" else str(folder.parent / "secret.txt")
        (folder / "x.png").symlink_to(folder.parent / "secret.txt")
        image = {"media_type": "image/png", "data": base64.b64encode(PNG).decode(), "width": 1, "height": 1}
        (folder / "a.json").write_text(json.dumps(model(resources={name: image})))
    values = [
        w
        for key, value in {**VALUES, "identificatie": "x", "naam": "T"}.items()
        for w in ("--set", f"{key}={value}")
    ]
    assert run(["deposit", source, "-t", "html", "-o", "uit", "--package", "bagit", *values]) == 0
    for path in (folder / "uit").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_ingest_counts_files_without_a_digest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").write_text("---\ntitle: T\n---\n\nTekst.\n")
    values = [
        w
        for key, value in {**VALUES, "identificatie": "x", "naam": "T"}.items()
        for w in ("--set", f"{key}={value}")
    ]
    assert run(["deposit", "a.md", "-t", "html", "-o", "uit", "--package", "ro-crate", *values]) == 0
    (package_folder,) = [path for path in (folder / "uit").iterdir() if path.is_dir()]
    assert run(["ingest", str(package_folder)]) == 0
    assert "bytes, complete" in capsys.readouterr().out
    package_folder.with_name(f"{package_folder.name}.sha256").unlink()
    (package_folder / "evil.exe").write_bytes(b"MZ")
    run(["ingest", str(package_folder)])
    shown = capsys.readouterr().out
    assert "complete" not in shown
    assert "without a digest" in shown


# Batches

TEXT = "---\ntitle: T\n---\n\nTekst.\n"


def test_one_file_name_does_not_end_a_batch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "m").mkdir()
    (folder / "m/a.md").write_text(TEXT)
    Path(os.fsdecode(os.fsencode(folder / "m/b") + b"\xff.md")).write_text(TEXT)
    words = ["build", "m", "-t", "html", "-o", "uit", "--report", "r.jsonl", "-j", "1"]
    assert run(words) == 0
    assert run(words) == 0
    assert "2 done" in capsys.readouterr().out
    assert len([json.loads(line) for line in (folder / "r.jsonl").read_text("utf-8").splitlines()]) == 2


def test_deep_folders_do_not_end_a_batch(folder: Path) -> None:
    (folder / "m").mkdir()
    (folder / "m/a.md").write_text(TEXT)
    start = Path.cwd()
    os.chdir("m")
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(start)
    try:
        assert run(["build", "m", "-t", "html", "-o", "uit", "-j", "1"]) == 0
    finally:  # Python cannot remove such a folder, so pytest could not either
        subprocess.run(["rm", "-rf", "m"], check=True)


@pytest.mark.parametrize("place", ["manuscript", "list"])
def test_a_pipe_does_not_stop_a_batch(place: str, folder: Path) -> None:
    (folder / "a.md").write_text(TEXT)
    os.mkfifo(folder / "p.md")
    words = ["a.md", "p.md"] if place == "manuscript" else ["--from-list", "p.md"]
    done = subprocess.run(
        [sys.executable, "-m", "publish", "build", *words, "-t", "html", "-o", "uit", "-j", "1"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "regular file" in done.stderr
    assert (folder / "uit/a.html").exists() == (place == "manuscript")


def test_pandoc_has_a_limit_of_its_own() -> None:
    """It also ends if publish was killed and can no longer end it."""
    code = (
        "import subprocess, resource\n"
        "from publish import pandoc\n"
        "seen = []\n"
        "class Popen(subprocess.Popen):\n"
        "    def communicate(self, *a, **k):\n"
        "        seen.append(resource.prlimit(self.pid, resource.RLIMIT_CPU))\n"
        "        return super().communicate(*a, **k)\n"
        "pandoc.subprocess.Popen = Popen\n"
        "pandoc.run_pandoc(['-f', 'markdown', '-t', 'json'], b'x', 7)\n"
        "print(seen[-1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(8, 8)"
