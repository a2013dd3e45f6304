"""Active content, control characters and ambiguous archives: no publication contains them, and the report says so."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.diagnostics import PublishError
from publish.writers.base import Output
from tests.conftest import ROOT
from tests.support import codes

FORMATS = ("html", "epub", "docx", "odt", "akn", "markdown", "text", "json")

AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:xi="http://www.w3.org/2001/XInclude"
 xmlns:h="http://www.w3.org/1999/xhtml"><doc name="x"><meta><identification source="#s"><FRBRWork><FRBRthis value="/akn/nl/doc/2020/1/!main"/>
<FRBRuri value="/akn/nl/doc/2020/1"/><FRBRdate date="2020-01-01" name="x"/><FRBRauthor href="#s"/><FRBRcountry value="nl"/></FRBRWork>
<FRBRExpression><FRBRthis value="/akn/nl/doc/2020/1/nld@/!main"/><FRBRuri value="/akn/nl/doc/2020/1/nld@"/><FRBRdate date="2020-01-01" name="x"/>
<FRBRauthor href="#s"/><FRBRlanguage language="nld"/></FRBRExpression><FRBRManifestation><FRBRthis value="/akn/nl/doc/2020/1/nld@/!main.xml"/>
<FRBRuri value="/akn/nl/doc/2020/1/nld@.xml"/><FRBRdate date="2020-01-01" name="x"/><FRBRauthor href="#s"/></FRBRManifestation></identification>
<references source="#s"><TLCOrganization eId="s" href="/o" showAs="S"/></references></meta><mainBody><p eId="p_1">Tekst {0} staart</p></mainBody></doc></akomaNtoso>"""

ACTIVE = {
    "script address": '<a href="javascript:alert(1)">x</a>',
    "script address in another case": '<ref href=" JaVa&#9;Script:alert(1)">x</ref>',
    "HTML as an address": '<a href="data:text/html,alert(1)">x</a>',
    "Visual Basic": '<a href="vbscript:alert(1)">x</a>',
    "inclusion": '<xi:include href="/etc/passwd" parse="text"/>',
    "script in foreign": "<foreign><h:script>alert(1)</h:script></foreign>",
    "frame in foreign": '<foreign><h:iframe src="http://evil.example/"/></foreign>',
    "event handler in foreign": '<foreign><h:p onclick="alert(1)">cel</h:p></foreign>',
    "form in foreign": '<foreign><h:form action="http://evil.example/"/></foreign>',
    "drawing in foreign": (
        '<foreign><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><set to="javascript:alert(1)"/></svg></foreign>'
    ),
}  # fmt: skip


def content(output: Output) -> bytes:
    """Return the bytes of a file, with those of its members."""
    if output.data[:2] != b"PK":
        return bytes(output.data)
    with zipfile.ZipFile(io.BytesIO(output.data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("name", ACTIVE)
def test_active_content_of_akoma_ntoso_is_removed(name: str) -> None:
    data = AKN.replace("{0}", ACTIVE[name]).encode()
    result = publish.convert(data, ["akn", "html", "epub", "docx"], None, name="a.xml")
    assert "PUB-R066" in codes(result.diagnostics)
    assert len(result.outputs) == 4
    for output in result.outputs.values():
        for word in (b"alert(1)", b"/etc/passwd", b"evil.example", b"xi:include"):
            assert word not in content(output)
        assert b"staart" in content(output)


def test_harmless_akoma_ntoso_is_kept_as_it_is() -> None:
    data = AKN.replace("{0}", '<a href="https://example.org/javascript:x">x</a>').encode()
    result = publish.convert(data, ["akn"], None, name="a.xml")
    assert "PUB-R066" not in codes(result.diagnostics)
    (output,) = result.outputs.values()
    assert b'href="https://example.org/javascript:x"' in output.data


XML = (".xml", ".xhtml", ".opf", ".ncx", ".rels")

CONTROLS = [r"\x01", r"\x0b", r"\e[2J", r"\ufffe", r"\x9b", r"\b\f"]


@pytest.mark.parametrize("control", CONTROLS)
def test_control_characters_in_metadata_are_removed(control: str) -> None:
    text = (
        f'---\ntitle: "Titel {control} X"\nauthor: "A {control} B"\nsubtitle: "{control}"\nkeywords: ["k{control}"]\n'
        f'publisher: "P{control}"\nlang: nl\n---\n\nTekst \\\\u0001 en `\\u0001`.\n'
    )
    result = publish.convert(text.encode(), FORMATS, None, name="a.md")
    assert "PUB-R018" in codes(result.diagnostics) or control == r"\x9b"
    assert len(result.outputs) == len(FORMATS)
    assert result.report is not None
    assert result.report.findings == ()
    for name, output in result.outputs.items():
        if output.data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(output.data)) as archive:
                parts = [archive.read(m) for m in archive.namelist() if m.endswith(XML)]
        else:
            parts = [output.data] if name == "akn" else []
        for part in parts:
            etree.fromstring(part)
    assert b"\\u0001" in result.outputs["html"].data


def duplicated(data: bytes, name: str, other: str) -> bytes:
    """Return an archive with a second member of a name, that has other words."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info))
        with (
            pytest.warns(UserWarning, match="Duplicate name")
            if other == name
            else pytest.MonkeyPatch.context()
        ):
            new.writestr(other, old.read(name).replace(b"slachtoffers", b"daders"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "other"),
    [
        ("docx", "word/document.xml", "word/document.xml"),
        ("docx", "word/document.xml", "word/Document.xml"),
        ("docx", "word/footnotes.xml", "word/footnotes.xml"),
        ("epub", "EPUB/text.xhtml", "EPUB/text.xhtml"),
        ("odt", "content.xml", "content.xml"),
    ],
)
def test_two_members_with_one_name_are_rejected(form: str, name: str, other: str, tmp_path: Path) -> None:
    """If two members have the same name, some programs read the first and others the second, so the content is ambiguous."""
    (output,) = publish.convert(ROOT / "examples" / "aanhangsel-1558.md", [form], None).outputs.values()
    path = tmp_path / f"a.{form}"
    path.write_bytes(duplicated(output.data, name, other))
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    assert "PUB-R009" in codes(caught.value.diagnostics)
    assert "PUB-V009" in {finding.code for finding in publish.verify([path]).findings}


BOMB = b"\0" * 300_000_000


@pytest.mark.parametrize(
    ("form", "name"), [("docx", "word/document.xml"), ("epub", "EPUB/text.xhtml"), ("odt", "content.xml")]
)
def test_zip_bomb_is_not_unpacked(form: str, name: str, tmp_path: Path) -> None:
    (output,) = publish.convert(ROOT / "examples" / "aanhangsel-1558.md", [form], None).outputs.values()
    path = tmp_path / f"a.{form}"
    with (
        zipfile.ZipFile(io.BytesIO(output.data)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, BOMB if info.filename == name else old.read(info))
    with pytest.raises(PublishError) as caught:
        publish.read(path)
    assert codes(caught.value.diagnostics) == ["PUB-R030"]
    assert "PUB-V009" in {finding.code for finding in publish.verify([path]).findings}
