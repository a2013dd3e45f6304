"""Each difference between a source and its document has its code, place and words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest

import publish
from publish.census.types import Census, Passage, SourceImage, SourceNote, SourceTable, Unseen
from publish.cli.parser import run
from publish.diagnostics import Span
from publish.engine.source_proof import prove_source
from publish.model.account import AccountEntry
from publish.verify.report import proof_schema
from publish.verify.source import compare_source
from tests.census.support import prepared
from tests.support import numbered
from tests.word import call, note, p, package, r

PICTURES = Path(__file__).resolve().parents[2] / "examples" / "pictures"
TEXT = "# Kop\n\nEen alinea over de haven.[^a]\n\n1. appels\n2. peren\n\n[^a]: De noot.\n"
SAME = (
    Passage("Kop", heading=True),
    Passage("Een alinea over de haven."),
    Passage("appels", label="1."),
    Passage("peren", label="2."),
)
NOTES = (SourceNote("1", "De noot."),)


def findings(census: Census, *account: AccountEntry) -> list[tuple[str, str, int]]:
    """Return code, message and line of each finding for the document `TEXT`."""
    _, found = compare_source(census, account, numbered(TEXT), "")
    return [(f.code, f.message, f.line) for f in found]


def test_no_findings_if_source_and_document_agree() -> None:
    proof, found = compare_source(Census("x", SAME, NOTES), (), numbered(TEXT), "d")
    assert found == []
    assert (proof.words, proof.accounted, proof.notes, proof.labels) == (12, 12, 1, 2)


def test_words_of_the_source_are_missing() -> None:
    census = Census("x", (*SAME, Passage("Een zin die verdween.", Span(9))), NOTES)
    assert findings(census) == [
        ("PUB-V030", "4 words of the source are not published: 'Een zin die verdween'", 9)
    ]
    left_out = AccountEntry("PUB-R039", "Een zin die verdween.")
    assert findings(census, left_out) == []


def test_words_are_not_in_the_source() -> None:
    census = Census("x", (SAME[0], Passage("Een alinea over haven."), *SAME[2:]), NOTES)
    assert findings(census) == [
        ("PUB-V031", "A word is not in the source: 'de' in 'Een alinea over de haven.'", 3)
    ]
    assert findings(census, AccountEntry("reference", "de", added=True)) == []


def test_words_that_nobody_sees_are_published() -> None:
    unseen = (Unseen("tracked deletion", "over de haven"),)
    census = Census("x", (SAME[0], Passage("Een alinea."), *SAME[2:]), NOTES, unseen=unseen)
    (found,) = findings(census)
    assert found[0] == "PUB-V032"
    assert (
        "3 words that the source does not show (tracked deletion) are published: 'over de haven'" in found[1]
    )


def test_a_note_is_missing_or_has_another_label() -> None:
    two = Census("x", SAME, (*NOTES, SourceNote("2", "Een tweede noot.", span=Span(4))))
    assert [code for code, _, _ in findings(two)] == ["PUB-V030", "PUB-V033"]
    other = Census("x", SAME, (SourceNote("a", "De noot."),))
    assert findings(other) == [("PUB-V033", "Note a of the source is published as note 1: 'De noot.'", 0)]
    assert findings(other, AccountEntry("PUB-N004", kind="note label")) == []


def test_a_label_differs() -> None:
    census = Census("x", (*SAME[:3], Passage("peren", Span(7), "3.")), NOTES)
    assert [f for f in findings(census) if f[0] == "PUB-V034"] == [
        ("PUB-V034", "'3.' of the source is published with '2.': 'peren'", 7)
    ]


def test_a_heading_is_published_as_text() -> None:
    census = Census("x", (*SAME[:1], Passage("Een alinea over de haven.", heading=True), *SAME[2:]), NOTES)
    assert [code for code, _, _ in findings(census)] == ["PUB-V035"]


def test_a_table_an_image_and_a_link_are_missing() -> None:
    census = Census(
        "x",
        SAME,
        NOTES,
        tables=(SourceTable(2, 3),),
        images=(SourceImage("", "a.png"),),
        links=("https://example.org/",),
    )
    assert [code for code, _, _ in findings(census)] == ["PUB-V036", "PUB-V037", "PUB-V038"]
    account = [AccountEntry("PUB-R042", kind=kind) for kind in ("table", "image")]
    assert [code for code, _, _ in findings(census, *account)] == ["PUB-V038"]


def test_a_part_of_an_image_that_is_cut_away_must_not_be_published() -> None:
    picture = (PICTURES / "dagen.png").read_bytes()
    digest = hashlib.sha256(picture).hexdigest()
    text = "![Dagen](dagen.png)\n"
    prepared = publish.prepare(text.encode(), name="x.md", folder=str(PICTURES))
    for crop, codes in ((0.5, ["PUB-V032"]), (0.0, [])):
        image = SourceImage(digest, "dagen.png", crop=(crop, 0.0, 0.0, 0.0))
        _, found = compare_source(Census("x", (), images=(image,)), (), prepared.numbered, "")
        assert [f.code for f in found] == codes


def test_a_census_that_fails_does_not_stop_the_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.engine.source_proof.take", lambda _: 1 // 0)
    proof, found = prove_source(prepared(b"Tekst.\n", "x.md"))
    assert proof is None
    assert [f.code for f in found] == ["PUB-V039"]


def test_navigation_is_left_out_and_reported() -> None:
    page = b'<html><body><nav><a href="/a">Menu</a></nav><p>Tekst.</p></body></html>'
    result = publish.read(page, name="x.html")
    assert "PUB-R064" in {d.code for d in result.diagnostics}
    assert {(e.text, e.kind) for e in result.account} == {("Menu", "words"), ("/a", "link")}


# The proof


def test_proof_has_a_source_section_by_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(package(p("Zicht", r("baar", "<w:vanish/>"), call(1)), footnotes=note(1, "Noot.")))
    assert run(["build", str(source), "-t", "html", "-t", "akn", "-o", str(tmp_path)]) == 0
    assert "1 note × 2 formats agree; 2 of 2 source words accounted for" in capsys.readouterr().out
    proof = json.loads((tmp_path / "a.verify.json").read_text())
    jsonschema.validate(proof, proof_schema())
    assert proof["source"]["unseen"] == {"hidden": 1}
    assert (proof["source"]["words"], proof["source"]["name"]) == (2, "a.docx")


def test_verify_prints_a_column_for_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.md"
    source.write_text("Tekst.[^a]\n\n[^a]: Noot.\n")
    assert run(["build", str(source), "-t", "html", "-o", str(tmp_path)]) == 0
    capsys.readouterr()
    assert run(["verify", str(tmp_path / "a.html"), "--source", str(source)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["note", "source", "a.html"] in lines
    assert ["1", "=", "="] in lines
    assert ["2", "of", "2", "source", "words", "accounted", "for"] in lines


def test_a_lost_word_fails_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.md"
    source.write_text("Tekst met haven.\n")
    monkeypatch.setattr("publish.readers.markdown.reader.decode", lambda _source: ("Tekst met.\n", []))
    assert run(["build", str(source), "-t", "html", "-o", str(tmp_path)]) == 1
    streams = capsys.readouterr()
    assert "a.md:1:1: error: PUB-V030 source: A word of the source is not published: 'haven'" in streams.err
    assert "disagreement" in streams.out
