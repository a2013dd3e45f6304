"""Test reading and writing officiele-publicatie, the XML of officielebekendmakingen.nl."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.diagnostics import PublishError
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from publish.readers.base import ReadResult, Source
from publish.readers.op.reader import read
from publish.resolve import resolve
from publish.verify import compare, expect, extract
from tests.support import codes, numbered

PAPER = """<?xml version="1.0" encoding="US-ASCII"?>
<?xpp iets?>
<officiele-publicatie>
 <metadata><meta name="OVERHEIDop.externMetadataRecord" content="https://zoek.officielebekendmakingen.nl/ah-tk-20212022-12/metadata.xml"/></metadata>
 <kamervragen>
  <kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2021–2022</tekstregel></kamervraagkop>
  <kamervraagnummer>12</kamervraagnummer>
  <kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>De Vries</achternaam></naam> (<politiek>VVD</politiek>) aan de Minister van Financiën over <kamervraagonderwerp>dit en dat</kamervraagonderwerp> (ingezonden 8 december 2021).</kamervraagomschrijving>
  <kamervraagomschrijving type="antwoord">Antwoord van Minister <naam>Kaag</naam> (Financiën) (ontvangen 3 februari 2022).</kamervraagomschrijving>
  <vraag><nr>Vraag 1 en 2</nr><al>Kent u het be<?xpp afbreken?>richt<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>Krant, zie <extref doc="https://example.org/a?b=1&amp;c" soort="URL">hier</extref>.</noot.al><noot.al>Tweede alinea.</noot.al></noot> en <nadruk type="vetcur">dit</nadruk>?</al></vraag>
  <antwoord><nr>Antwoord 1 en 2</nr><al>Ja<nootref refid="n1"/>, zie <extref doc="kst-29628-1139" soort="document">Kamerstuk 29 628, nr. 1139</extref>. CO<nadruk type="inf">2</nadruk></al>
   <lijst type="expliciet" level="single"><li><li.nr>1.</li.nr><al>een;</al></li><li><li.nr>3.</li.nr><al>drie.</al></li></lijst>
   <lijst type="ongemarkeerd"><li><al>los</al></li></lijst>
   <table><title>Tabel 1</title><tgroup cols="3"><colspec colname="c1" colnum="1"/><colspec colname="c2" colnum="2"/><colspec colname="c3" colnum="3"/>
    <thead><row><entry namest="c1" nameend="c2">Kop</entry><entry>D</entry></row></thead>
    <tbody><row><entry morerows="1">hoog</entry><entry>b</entry><entry>c</entry></row><row><entry>d</entry><entry/></row></tbody></tgroup></table>
  </antwoord>
 </kamervragen>
</officiele-publicatie>
"""


def taken(text: str) -> ReadResult:
    return read(Source("ah-tk-20212022-12.xml", text.encode(), None))


def shown(document: n.Document) -> list[str]:
    return [plain_text(b.inlines) for b in nodes_in(document.blocks) if isinstance(b, n.Paragraph)]


@pytest.fixture
def paper(tmp_path: Path) -> ReadResult:
    path = tmp_path / "ah-tk-20212022-12.xml"
    path.write_bytes(PAPER.encode())
    return publish.read(path)


def test_a_wrong_encoding_declaration_is_ignored(paper: ReadResult) -> None:
    assert "Financiën" in " ".join(
        plain_text(b.inlines) for b in paper.document.front if isinstance(b, n.Paragraph)
    )


def test_processing_instructions_within_words_are_ignored(paper: ReadResult) -> None:
    assert "Kent u het bericht en dit?" in shown(paper.document)


def test_a_note_has_its_paragraphs_links_and_repeated_calls(paper: ReadResult) -> None:
    document = resolve(paper.document).document
    (note,) = document.notes.values()
    assert (note.label, len(note.calls)) == ("1", 2)
    assert [plain_text(b.inlines) for b in note.blocks if isinstance(b, n.Paragraph)] == [
        "Krant, zie hier.",
        "Tweede alinea.",
    ]
    assert [x.href for x in nodes_in(note.blocks) if isinstance(x, n.Link)] == ["https://example.org/a?b=1&c"]


def test_the_opening_elements_become_metadata(paper: ReadResult) -> None:
    metadata = paper.document.metadata
    assert (metadata.number, metadata.session, metadata.subject) == ("12", "2021-2022", "dit en dat")
    assert [(d.role, d.text) for d in metadata.dates] == [
        ("submitted", "8 december 2021"),
        ("answered", "3 februari 2022"),
    ]
    assert [(a.name, a.party) for a in metadata.agents if a.capacity == "questioner"] == [("De Vries", "VVD")]
    assert [(s.role, s.number) for s in paper.document.blocks if isinstance(s, n.Section)] == [
        ("qa:question", "1 2"),
        ("qa:answer", "1 2"),
    ]


def test_references_lists_and_formatting(paper: ReadResult) -> None:
    nodes = list(document_nodes(paper.document))
    assert [x.href for x in nodes if isinstance(x, n.Citation)] == [
        "https://zoek.officielebekendmakingen.nl/kst-29628-1139.html"
    ]
    assert [plain_text(x.inlines) for x in nodes if isinstance(x, n.Subscript)] == ["2"]
    assert any(isinstance(x, n.Strong) and isinstance(x.inlines[0], n.Emphasis) for x in nodes)
    lists = [x for x in nodes if isinstance(x, n.List)]
    assert [(x.ordered, x.start, len(x.items)) for x in lists] == [(True, 1, 1), (True, 3, 1), (False, 1, 1)]


def test_cals_tables_keep_their_spans(paper: ReadResult) -> None:
    (table,) = [x for x in document_nodes(paper.document) if isinstance(x, n.Table)]
    assert plain_text(table.caption) == "Tabel 1"
    rows = [
        [(plain_text(c.blocks[0].inlines) if c.blocks else "", c.columns, c.rows) for c in row.cells]
        for row in (*table.head, *table.body)
    ]  # type: ignore[union-attr]
    assert rows == [
        [("Kop", 2, 1), ("D", 1, 1)],
        [("hoog", 1, 2), ("b", 1, 1), ("c", 1, 1)],
        [("d", 1, 1), ("", 1, 1)],
    ]


def test_output_can_be_read_back_and_verified(paper: ReadResult, tmp_path: Path) -> None:
    document = resolve(paper.document).document
    data = publish.write(document, "op").data
    again = publish.read(_written(tmp_path, data))
    assert shown(again.document) == shown(paper.document)
    assert again.document.metadata.agents == paper.document.metadata.agents
    assert compare(expect(document), extract(tmp_path / "terug.op.xml", data)) == []


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "terug.op.xml"
    path.write_bytes(data)
    return path


def test_the_writer_uses_the_elements_of_the_schema() -> None:
    document = numbered(
        "# Kop\n\nEen[^a] en *cursief*.\n\n| a | b |\n|---|---|\n| c | d |\n\n[^a]: Noot met [link](https://example.org).\n"
    )
    root = etree.fromstring(publish.write(document, "op").data)
    assert root.tag == "officiele-publicatie"
    assert [e.text for e in root.iter("noot.nr")] == ["1"]
    assert [e.get("doc") for e in root.iter("extref")] == ["https://example.org"]
    assert [e.get("type") for e in root.iter("nadruk")] == ["cur"]
    assert len(list(root.iter("entry"))) == 4


def test_a_file_that_contains_only_metadata_is_rejected() -> None:
    with pytest.raises(PublishError, match="metadata of an official publication"):
        taken("<metadata_gegevens><metadata/></metadata_gegevens>")


def test_a_note_without_a_number_becomes_text() -> None:
    result = taken(
        "<officiele-publicatie><x><al>Tekst.<noot><table><tgroup cols='1'><tbody><row><entry>cel</entry></row></tbody></tgroup></table></noot></al></x></officiele-publicatie>"
    )
    assert "PUB-R057" in codes(result.diagnostics)
    assert result.document.notes == {}
    assert "cel" in shown(result.document)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "notes"), [("ah-tk-20212022-1558.RECONSTRUCTED", 7), ("bgr", 0), ("gmb", 0), ("stb", 0)]
)
def test_real_files_keep_their_words_and_notes(shared: Path, name: str, notes: int) -> None:
    path = shared / "corpus" / "koop" / f"{name}.xml"
    document = publish.read(path).document
    numbered_document = resolve(document).document
    assert len(numbered_document.notes) == notes
    blocks = [
        *document.front,
        *document.blocks,
        *(b for note in document.notes.values() for b in note.blocks),
    ]
    texts = [plain_text(x.inlines) for x in nodes_in(blocks) if isinstance(x, n.Paragraph)]
    texts += [plain_text(x.title) for x in nodes_in(blocks) if isinstance(x, n.Section)]
    texts += [plain_text(x.caption) for x in nodes_in(blocks) if isinstance(x, n.Table)]
    assert words_of(path) - Counter(" ".join(texts).split()) == Counter()
    # The reader keeps list labels as text if the model cannot represent them.
    labels = Counter(word for e in etree.parse(path).iter("li.nr") for word in (e.text or "").split())
    assert Counter(" ".join(texts).split()) - words_of(path) - labels == Counter()


WITHIN_WORDS = {
    "nadruk",
    "extref",
    "sup",
    "inf",
    "naam",
    "achternaam",
    "politiek",
    "kamervraagonderwerp",
    "datum",
    "dossierref",
    "voornaam",
}


def words_of(path: Path) -> Counter[str]:
    """Count the words of an official publication with rules independent of the reader, without labels of notes and lists."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_comments=True, remove_pis=True))
    out: list[str] = []

    def walk(element: etree._Element) -> None:
        apart = "" if element.tag in WITHIN_WORDS else " "
        if element.tag not in {"metadata", "noot.nr", "li.nr"}:
            out.append(apart + (element.text or ""))
            for child in element:
                if child.tag == "noot":  # the reader moves notes out of the text that calls them
                    later.append(child)
                else:
                    walk(child)
                out.append(child.tail or "")
        out.append(apart)

    later = [root]
    while later:
        walk(later.pop())
        out.append(" ")
    return Counter("".join(out).split())
