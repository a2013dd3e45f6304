"""Akoma Ntoso is read into the model and written back unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.akn.names import ELEMENT_ONLY, NAMESPACE
from publish.diagnostics import PublishError
from publish.engine.job import run
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.readers.base import ReadResult
from publish.resolve import resolve
from publish.verify import expect, extract
from tests.support import codes, job

TRAPS = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/css" href="x.css"?>
<!-- before the root -->
<akomaNtoso xmlns="{NAMESPACE}" xmlns:eigen="urn:eigen">
  <bill name="wet" contains="originalVersion" eigen:sleutel="a b">
    <meta>
      <identification source="#bron">
        <FRBRWork><FRBRthis value="/akn/nl/bill/2024-01-01/1/!main"/><FRBRuri value="/akn/nl/bill/2024-01-01/1"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#bron"/><FRBRcountry value="nl"/></FRBRWork>
        <FRBRExpression><FRBRthis value="/akn/nl/bill/2024-01-01/1/nld@/!main"/><FRBRuri value="/akn/nl/bill/2024-01-01/1/nld@"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#bron"/><FRBRlanguage language="nld"/></FRBRExpression>
        <FRBRManifestation><FRBRthis value="/akn/nl/bill/2024-01-01/1/nld@/!main.xml"/><FRBRuri value="/akn/nl/bill/2024-01-01/1/nld@.xml"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#bron"/></FRBRManifestation>
      </identification>
      <references source="#bron"><TLCOrganization eId="bron" href="/akn/ontology/organization/x" showAs="X"/></references>
      <notes source="#bron"><note eId="nt1"><p>Van de redactie.</p></note></notes>
      <proprietary source="#bron"><eigen:ding>zo</eigen:ding></proprietary>
    </meta>
    <preface><p><docTitle>Wet</docTitle> van <docDate date="2024-01-01">1 januari</docDate><!-- een --></p></preface>
    <preamble><formula name="aanhef"><p>Wij, <role refersTo="#bron">Koning</role>,</p></formula></preamble>
    <body>
      <chapter eId="chp_I"><num>Hoofdstuk I</num><heading>Begrip<authorialNote marker="1" placement="bottom" eId="an1"><p>Bij de kop.</p></authorialNote></heading>
        <article eId="art_1"><num>Artikel 1</num>
          <paragraph eId="art_1__para_1"><num>1.</num><content><p>Zie <ref href="#art_1">artikel 1</ref>,  met   witruimte
            en <mod>in plaats van <quotedText startQuote="„" endQuote="”">oud</quotedText></mod>.<noteRef href="#nt1" marker="*"/></p></content></paragraph>
          <paragraph eId="art_1__para_2"><num>2.</num><list><intro><p>Onder:</p></intro><point><num>a.</num><content><p>een;<!-- twee --> en</p></content></point><point><num>b.</num><content><p>twee.</p></content></point></list></paragraph>
        </article>
        <article eId="art_2"><content><quotedStructure eId="qs1"><article><num>X</num><content><p>Aange<i>ha</i>ald.<authorialNote marker="2" placement="bottom" eId="an2"><p>In een aanhaling.</p></authorialNote></p></content></article></quotedStructure></content></article>
        <hcontainer name="eigen" eId="hc"><content><ol><li value="1">een<ul><li>onder</li></ul></li></ol><table width="100%"><caption class="k">Tabel</caption><tr><th colspan="2"><p>K</p></th></tr><tr><td><p>a</p></td><td style="x"><p>b</p></td></tr></table>
          <foreign><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></foreign></content></hcontainer>
      </chapter>
    </body>
    <conclusions><p xmlns:ook="urn:ook" ook:soort="slot">Gegeven te <location refersTo="#x">Den Haag</location>, <signature><person refersTo="#k">W.A.</person></signature><eol/><inline name="eigen" status="edited">slot</inline></p></conclusions>
    <attachments><attachment><doc name="bijlage"><meta><identification source="#b"><FRBRWork><FRBRthis value="/x"/><FRBRuri value="/x"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#b"/><FRBRcountry value="nl"/></FRBRWork><FRBRExpression><FRBRthis value="/x"/><FRBRuri value="/x"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#b"/><FRBRlanguage language="nld"/></FRBRExpression><FRBRManifestation><FRBRthis value="/x"/><FRBRuri value="/x"/><FRBRdate date="2024-01-01" name=""/><FRBRauthor href="#b"/></FRBRManifestation></identification></meta><mainBody><p>Bijlage.</p></mainBody></doc></attachment></attachments>
  </bill>
</akomaNtoso>
<!-- after the root -->
"""
"""Content that the schema allows, but for which the model has no type."""


def canonical(data: bytes) -> str:
    """Return canonical XML (with comments and processing instructions), without white space in element-only content."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        texts = [element.text, *(child.tail for child in element)]
        if (
            name.namespace == NAMESPACE
            and name.localname in ELEMENT_ONLY
            and not any((t or "").strip() for t in texts)
        ):
            element.text = None
            for child in element:
                child.tail = None
    return etree.tostring(root.getroottree(), method="c14n", with_comments=True).decode().replace(">", ">\n")


def back(path: Path) -> tuple[ReadResult, bytes]:
    result = publish.read(path)
    return result, publish.write(resolve(result.document).document, "akn").data


@pytest.fixture
def traps(tmp_path: Path) -> Path:
    path = tmp_path / "wet.xml"
    path.write_text(TRAPS, "utf-8")
    return path


def test_unsupported_schema_content_is_written_back_unchanged(traps: Path) -> None:
    result, data = back(traps)
    assert canonical(data) == canonical(traps.read_bytes())
    assert "PUB-R056" in codes(result.diagnostics)


def test_unsupported_content_is_shown_in_other_formats(traps: Path, tmp_path: Path) -> None:
    done = run(job(str(traps), ("html", "docx", "epub", "pdf", "odt"), str(tmp_path / "uit")))
    assert [d for d in done.diagnostics if d.severity.value == "error"] == []
    page = etree.HTML((tmp_path / "uit" / "wet.html").read_text("utf-8"))
    html = " ".join("".join(page.itertext()).split())
    for words in (
        "Hoofdstuk I Begrip",
        "Aangehaald.",
        "in plaats van",
        "Van de redactie.",
        "Bijlage.",
        "Den Haag",
    ):
        assert words in html
    assert "W.A." in html


def test_labels_are_kept_and_editorial_notes_are_read(traps: Path) -> None:
    document = resolve(publish.read(traps).document).document
    assert [(x.label, plain_text(x.blocks[0].inlines)) for x in document.notes.values() if isinstance(x.blocks[0], n.Paragraph)] == [
        ("1", "Bij de kop."), ("*", "Van de redactie."), ("2", "In een aanhaling."),
    ]  # fmt: skip


def test_numbers_are_part_of_the_paragraph_text(traps: Path) -> None:
    paragraphs = [
        plain_text(b.inlines)
        for b in nodes_in(publish.read(traps).document.blocks)
        if isinstance(b, n.Paragraph)
    ]
    assert any(text.startswith("1. Zie artikel 1, met witruimte en") for text in paragraphs)
    assert "a. een; en" in paragraphs


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "notes", "calls"),
    [
        ("corpus/akn/leos_bill_2notes.xml", 2, 2),
        ("corpus/akn/lawsafrica_debatereport_eids.xml", 3, 3),
        ("corpus/akn/oasis_eu_COM2013-619_ns30.xml", 31, 31),
        ("corpus/akn/oasis_ke_debate_qa_ns30.xml", 1, 1),
        ("corpus/akn/uk_tna_impact-assessment_10notes.akn.xml", 10, 10),
        ("gold/gold-seed.xml", 7, 7),
        ("gold/gold-seed-minimal.xml", 7, 7),
        ("gold/gold-doc-generic.xml", 4, 5),
    ],
)
def test_real_files_are_written_back_unchanged(shared: Path, name: str, notes: int, calls: int) -> None:
    path = shared / name
    result, data = back(path)
    assert canonical(data) == canonical(path.read_bytes())
    document = resolve(result.document).document
    assert (len(document.notes), len(document.calls)) == (notes, calls)
    assert len(extract(Path("a.akn.xml"), data).notes) == len(expect(document).notes) == notes


@pytest.mark.corpus
def test_draft_of_the_standard_is_read_and_written_as_final_version(shared: Path) -> None:
    result, data = back(shared / "corpus" / "akn" / "ie_dail_debate_2015-11-12_questions_CSD13.xml")
    assert "PUB-R055" in codes(result.diagnostics)
    assert etree.fromstring(data).tag == f"{{{NAMESPACE}}}akomaNtoso"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"<akomaNtoso xmlns='{NAMESPACE}'/>", "No document in the file"),
        ("<akomaNtoso xmlns='urn:x'><doc/></akomaNtoso>", "not 'akomaNtoso' in the namespace"),
        (f"<akomaNtoso xmlns='{NAMESPACE}'><doc>", "Not well-formed"),
        (
            f"<!DOCTYPE a [<!ENTITY b 'c'>]><akomaNtoso xmlns='{NAMESPACE}'>&b;</akomaNtoso>",
            "declares entities",
        ),
    ],
)
def test_file_without_a_valid_document_is_rejected(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(PublishError, match=message) as caught:
        publish.read(path)
    assert caught.value.diagnostics[0].code == "PUB-R009"


def test_title_keeps_the_order_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    title = "Een <i>twee <b>drie</b> vier</i> vijf<authorialNote marker='1'><p>noot</p></authorialNote> zes"
    path.write_text(
        f"<akomaNtoso xmlns='{NAMESPACE}'><doc name='a'><preface><p><docTitle>{title}</docTitle></p></preface>"
        "<mainBody><p>t</p></mainBody></doc></akomaNtoso>",
        "utf-8",
    )
    assert publish.read(path).document.metadata.title == "Een twee drie vier vijf zes"
