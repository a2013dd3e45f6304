"""Drawings from untrusted sources: only listed content stays. Each attack makes the image unusable, or is not in any output file."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.readers.svg import UnsafeError, cleaned

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40"'
RECT = '<rect id="r" width="9" height="9" fill="red"/>'


def svg(inside: str, more: str = "", before: str = "") -> bytes:
    return f"{before}<svg {NAMES} {more}>{RECT}{inside}</svg>".encode()


def style(text: str) -> bytes:
    return svg(f"<style>{text}</style>")


EVIL = "http://evil.example/x"
DATA_SVG = base64.b64encode(svg("<script>alert(1)</script>")).decode()
DATA_HTML = base64.b64encode(b"<script>alert(1)</script>").decode()

REJECTED: dict[str, bytes] = {
    "script": svg("<script>alert(1)</script>"),
    "script in another case": svg("<SCRIPT>alert(1)</SCRIPT>"),
    "script with an address": svg(f'<script href="{EVIL}"/>'),
    "event handler": svg('<rect onload="alert(1)"/>'),
    "event handler at the root": svg("", 'onload="alert(1)"'),
    "event handler of an animation": svg('<rect onbegin="alert(1)"/>'),
    "foreign object": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "HTML element": svg('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
    "iframe": svg(f'<iframe src="{EVIL}"/>'),
    "audio": svg(f'<audio src="{EVIL}"/>'),
    "handler": svg('<handler type="text/javascript">alert(1)</handler>'),
    "import": style(f"@import url({EVIL});"),
    "import with a comment before it": style(f"/* */@import '{EVIL}';"),
    "import with an escape": style(f"@\\69mport '{EVIL}';"),
    "import in CDATA": svg(f"<style><![CDATA[@import '{EVIL}';]]></style>"),
    "address in a style sheet": style(f"rect {{ fill: url({EVIL}) }}"),
    "address with an escape": style(f"rect {{ fill: \\75rl({EVIL}) }}"),
    "address with upper case": style(f"rect {{ fill: URL( '{EVIL}' ) }}"),
    "address with a comment in it": style(f"rect {{ fill: url/**/({EVIL}) }} rect {{ fill: url('{EVIL}') }}"),
    "image set": style(f"rect {{ fill: image-set('{EVIL}' 1x) }}"),
    "image function": style(f"rect {{ mask: image('{EVIL}') }}"),
    "cross fade": style(f"rect {{ mask: cross-fade(url({EVIL}), red) }}"),
    "expression": style("rect { fill: expression(alert(1)) }"),
    "address in a style": svg(f'<rect style="fill: url({EVIL})"/>'),
    "escaped address in a style": svg(f'<rect style="fill: u\\72l({EVIL})"/>'),
    "address in an attribute": svg(f'<rect fill="url({EVIL})"/>'),
    "address of a filter": svg(f'<rect filter="url({EVIL}#f)"/>'),
    "address of a marker": svg(f'<path d="M0 0L1 1" marker-end="url({EVIL}#m)"/>'),
    "use of another file": svg(f'<use href="{EVIL}#x"/>'),
    "use of another file, xlink": svg(f'<use xlink:href="{EVIL}#x"/>'),
    "use of data": svg(f'<use href="data:image/svg+xml;base64,{DATA_SVG}#x"/>'),
    "image of an address": svg(f'<image href="{EVIL}"/>'),
    "image of a file": svg('<image href="file:///etc/passwd"/>'),
    "image with a relative address": svg('<image href="../geheim.png"/>'),
    "image without a scheme": svg('<image href="//evil.example/x"/>'),
    "script in a nested drawing": svg(f'<image href="data:image/svg+xml;base64,{DATA_SVG}"/>'),
    "HTML as an image": svg(f'<image href="data:text/html;base64,{DATA_HTML}"/>'),
    "HTML as a PNG": svg(f'<image href="data:image/png;base64,{DATA_HTML}"/>'),
    "plain nested drawing": svg('<image href="data:image/svg+xml,%3Csvg/%3E"/>'),
    "gradient of another file": svg(f'<linearGradient href="{EVIL}#g"/>'),
    "effect with an image": svg(f'<filter><feImage href="{EVIL}"/></filter>'),
    "entity": svg("&e;", before='<!DOCTYPE svg [<!ENTITY e "x">]>'),
    "external entity": svg("&e;", before='<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "many entities": svg("&c;", before='<!DOCTYPE svg [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'),
    "another namespace": b'<svg xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></svg>',
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "use in a circle": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>'),
    "use bomb": svg(
        "".join(f'<g id="g{k}">' + f'<use href="#g{k + 1}"/>' * 10 + "</g>" for k in range(8)) + '<g id="g8"/>'
    ),
    "marker bomb": svg(
        '<marker id="m">' + "<rect/>" * 200 + '</marker><path marker-mid="url(#m)" d="' + "L1 1" * 2000 + '"/>'
    ),
    "marker bomb in a style": svg(
        '<marker id="m">' + "<rect/>" * 200 + '</marker><path style="marker: url(#m)" d="' + "L1 1" * 2000 + '"/>'
    ),
    "pattern in itself": svg('<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>'),
    "many effects": svg("<filter>" + "<feTurbulence/>" * 500 + "</filter>"),
    "width of 400 digits": svg("", "").replace(b'width="40"', b'width="' + b"9" * 400 + b'"'),
    "huge exponent": svg('<rect width="1e999"/>'),
    "huge view box": svg("", 'viewBox="0 0 1e30 1e30"'),
    "nested deeply": svg("<g>" * 230 + "</g>" * 230),
}  # fmt: skip

REMOVED: dict[str, tuple[bytes, bytes]] = {
    "base address": (svg("", f'xml:base="{EVIL}"'), b"evil"),
    "animation to a script": (svg('<a><set attributeName="href" to="javascript:alert(1)"/><rect/></a>'), b"javascript"),
    "animation": (svg('<animate attributeName="href" values="javascript:alert(1)"/>'), b"javascript"),
    "link to a script": (svg('<a href="javascript:alert(1)"><rect/></a>'), b"javascript"),
    "link": (svg(f'<a xlink:href="{EVIL}"><rect/></a>'), b"evil"),
    "style sheet by instruction": (svg("", before=f'<?xml-stylesheet href="{EVIL}"?>'), b"evil"),
    "instruction inside": (svg(f'<?xml-stylesheet href="{EVIL}"?>'), b"evil"),
    "comment": (svg("<!-- evil -->"), b"evil"),
    "document type": (svg("", before=f'<!DOCTYPE svg SYSTEM "{EVIL}">'), b"evil"),
    "foreign source": (svg(f'<rect src="{EVIL}"/>'), b"evil"),
    "foreign attribute": (svg(f'<rect xmlns:e="urn:e" e:href="{EVIL}"/>'), b"evil"),
    "foreign element": (svg(f'<e:x xmlns:e="urn:e" href="{EVIL}"/>'), b"evil"),
    "metadata": (svg(f"<metadata>{EVIL}</metadata>"), b"evil"),
    "font": (style(f"@font-face {{ font-family: x; src: url({EVIL}) }}"), b"evil"),
    "other media": (style(f"@media print {{ rect {{ fill: url({EVIL}) }} }}"), b"evil"),
    "behaviour": (style(f"rect {{ behavior: '{EVIL}'; -moz-binding: '{EVIL}' }}"), b"evil"),
    "custom property": (style(f"rect {{ --x: '{EVIL}' }}"), b"evil"),
    "cursor": (svg(f'<cursor href="{EVIL}"/>'), b"evil"),
    "HTML for other programs": (
        svg('<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">evil</p></foreignObject><text>t</text></switch>'),
        b"evil",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REJECTED)
def test_attack_is_rejected(name: str) -> None:
    with pytest.raises(UnsafeError):
        cleaned(REJECTED[name])


@pytest.mark.parametrize("name", REMOVED)
def test_attack_is_removed(name: str) -> None:
    data, word = REMOVED[name]
    assert word in data
    made = cleaned(data)
    assert word not in made
    assert b'id="r"' in made


def test_harmless_content_stays() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<style>.a { fill: url(#g); transform: rotate(4deg) }</style><path class="a" d="M0 0L9 9" style="stroke: rgb(1, 2, 3)"/>'
        '<text x="1" y="2">Tekst <tspan font-weight="bold">vet</tspan> staart</text><use xlink:href="#r"/><title>Titel</title>'
    )
    root = etree.fromstring(cleaned(svg(inside, 'viewBox="0 0 40 40"')))
    shown = etree.tostring(root).decode()
    for piece in (
        "url(#g)",
        "rotate(4deg)",
        "rgb(1, 2, 3)",
        'xlink:href="#r"',
        "Titel",
        'viewBox="0 0 40 40"',
    ):
        assert piece in shown
    assert "".join(root.itertext()).count("Tekst vet staart") == 1
    assert cleaned(cleaned(svg(inside))) == cleaned(svg(inside))


@pytest.mark.parametrize("name", [*REJECTED, *REMOVED])
def test_no_output_file_contains_the_attack(name: str, tmp_path: Path) -> None:
    """A rejected image is reported, and the document is published without it."""
    data = REJECTED.get(name) or REMOVED[name][0]
    (tmp_path / "a.svg").write_bytes(data)
    paper = tmp_path / "a.md"
    paper.write_text("---\ntitle: T\n---\n\nTekst ![beschrijving](a.svg) en verder.\n")
    result = publish.convert(paper, ["html", "epub", "docx", "odt"], None)
    assert len(result.outputs) == 4
    assert ("PUB-R013" in {d.code for d in result.diagnostics}) == (name in REJECTED)
    for output in result.outputs.values():
        content = output.data
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"\n".join(
                    archive.read(member) for member in archive.namelist() if member.endswith("svg")
                )
        for word in (b"evil.example", b"alert(1)", b"/etc/passwd"):
            assert word not in content


@pytest.mark.parametrize("name", ["aanhangsel-1558", "rapport"])
def test_drawings_of_the_examples_look_the_same(name: str) -> None:
    from publish.writers.vector_images import as_png
    from tests.conftest import ROOT

    for path in (ROOT / "examples").rglob("*.svg"):
        data = path.read_bytes()
        assert as_png(cleaned(data), 300) == as_png(data, 300), (name, path)
