"""Akoma Ntoso writer: document types, jurisdictions, semantic markup of the text, images and packages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from langcodes import Language
from lxml import etree
from msgspec.structs import replace

import publish
from publish.akn.jurisdictions import SHIPPED, load
from publish.akn.languages import COMMON, shortest
from publish.cli.parser import run as main
from publish.diagnostics import PublishError
from publish.resolve import NumberedDocument, resolve
from publish.verify import compare, expect, extract
from publish.verify.akn import check
from tests.properties.strategies import manuscripts
from tests.support import codes, numbered

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"

EVERYTHING = """---
title: Een stuk
lang: nl
country: {country}
jurisdiction: {jurisdiction}
type: {kind}
body: Het Orgaan
number: "12"
date: 2024-05-06
dates:
  submitted: 2024-01-02
---

Aanhef met een noot.[^a]

# Hoofdstuk 1. Algemeen

## Artikel 1. Begrippen

In deze wet wordt verstaan onder:[^b]

1. minister: de minister;
2. besluit: een besluit.

### Onderdeel

Meer tekst, en **vet**, zie [de beslissing](#slot).

# De overwegingen

Wij overwegen[^c] dat, volgens [nos](https://nos.nl/).

| a | b |
|---|---|
| 1 | 2[^a] |

# De beslissing {{#slot}}

> Een citaat.

# Toelichting

Waarom.

[^a]: Noot een.
[^b]: Noot twee.
[^c]: Noot drie.
"""

OF_CONTENT = ("PUB-V020", "PUB-V022", "PUB-V023")

KINDS = [(name, kind) for name in SHIPPED for kind in load(name).kinds]


def test_common_languages_have_the_codes_of_langcodes() -> None:
    assert {tag: Language.get(tag).to_alpha3() for tag in COMMON} == COMMON
    assert {shortest(code) for code in COMMON.values()} == COMMON.keys()


def written(document: NumberedDocument) -> etree._Element:
    return etree.fromstring(publish.write(document, "akn").data)


def faults(data: bytes) -> list[str]:
    return [f"{fault.code} {fault.line} {fault.message}" for fault in check(data)]


def texts(root: etree._Element, name: str) -> list[str]:
    return [" ".join("".join(e.itertext()).split()) for e in root.iter(AKN + name)]


@pytest.mark.parametrize(("jurisdiction", "kind"), KINDS)
def test_every_document_type_conforms_to_level_2_and_agrees(jurisdiction: str, kind: str) -> None:
    country = {"generic": "fr"}.get(jurisdiction, jurisdiction)
    document = numbered(EVERYTHING.format(country=country, jurisdiction=jurisdiction, kind=kind))
    output = publish.write(document, "akn")
    assert faults(output.data) == []
    assert codes(output.diagnostics) == []
    assert compare(expect(document), extract(Path("x.akn.xml"), output.data)) == []
    element = etree.fromstring(output.data)[0]
    assert etree.QName(element).localname == load(jurisdiction).kinds[kind].element


def test_ten_lines_define_a_jurisdiction(tmp_path: Path) -> None:
    table = tmp_path / "be.toml"
    table.write_text(
        """country = "be"
default = "verslag"
version = "none"
[kinds.verslag]
element = "debateReport"
subtype = "beknopt-verslag"
number = ["session", "number"]
[bodies."Kamer van volksvertegenwoordigers"]
eid = "kamer"
iri = "be.kamer"
""",
        "utf-8",
    )
    assert len(table.read_text("utf-8").splitlines()) == 10
    source = tmp_path / "verslag.md"
    source.write_text(
        "---\ntitle: Verslag\nlang: fr\nbody: Kamer van volksvertegenwoordigers\nsession: 55\nnumber: 12\n"
        "date: 2024-05-06\n---\n\nTekst.\n",
        "utf-8",
    )
    assert main(["build", str(source), "-t", "akn", "-o", str(tmp_path), "--jurisdiction", str(table)]) == 0
    data = (tmp_path / "verslag.akn.xml").read_bytes()
    assert b'"/akn/be/debateReport/beknopt-verslag/kamer/2024-05-06/55-12/fra@/!main"' in data
    assert faults(data) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kinds = 3", "Expected `object`"),
        ("[kinds.a]\nelement = 'letter'", "Invalid enum value 'letter'"),
        ("land = 'be'", "land"),
        ("country = ", "Invalid value"),
    ],
)
def test_invalid_jurisdiction_table_is_reported(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "x.toml"
    table.write_text(text, "utf-8")
    source = tmp_path / "a.md"
    source.write_text("Tekst.\n", "utf-8")
    assert main(["build", str(source), "-t", "akn", "-o", str(tmp_path), "--jurisdiction", str(table)]) == 2
    told = capsys.readouterr().err
    assert "PUB-C001" in told
    assert words in told
    assert not (tmp_path / "a.akn.xml").exists()


def test_unknown_jurisdiction_is_reported() -> None:
    with pytest.raises(PublishError, match="Jurisdiction not found: 'zz'"):
        publish.write(numbered("Tekst."), "akn", jurisdiction="zz")


@settings(max_examples=60)
@given(manuscripts())
def test_random_documents_of_every_type_conform_to_level_2(text: str) -> None:
    document = numbered(text).document
    for kind in ("document", "act", "judgment", "amendment", "debate", "documentCollection"):
        metadata = replace(document.metadata, kind=kind)
        again = resolve(replace(document, metadata=metadata, profile="generic")).document
        data = publish.write(again, "akn").data
        # Findings about the content come from the random manuscript.
        assert [f for f in faults(data) if not f.startswith(OF_CONTENT)] == []
        assert compare(expect(again), extract(Path("x.akn.xml"), data)) == []


# Document types


def test_an_act_has_chapters_and_articles_with_their_numbers() -> None:
    root = written(
        numbered(
            "---\ntitle: Wet\ncountry: nl\ntype: wet\n---\n\nWij Willem.\n\n# Hoofdstuk II Begrippen\n\n"
            "## Artikel 2a. Namen {#namen}\n\nTekst.\n\n## Artikel 3\n\nZie [artikel 2a](#namen).\n\n### § 2.1 Slot\n\nEinde.\n\n"
            "# Deel zonder nummer\n\nRest.\n"
        )
    )
    assert texts(root, "preamble") == ["Wij Willem."]
    found = [
        (etree.QName(e.getparent()).localname, e.getparent().get("eId"), e.text)
        for e in root.iter(f"{AKN}num")
    ]
    assert found == [
        ("chapter", "chp_II", "Hoofdstuk II"),
        ("article", "art_2a", "Artikel 2a."),
        ("article", "art_3", "Artikel 3"),
        ("section", "art_3__sec_2-1", "§ 2.1"),
    ]
    assert texts(root, "heading") == ["Begrippen", "Namen", "Slot", "Deel zonder nummer"]
    assert next(root.iter(f"{AKN}ref")).get("href") == "#art_2a"
    assert texts(root, "intro") == ["Zie artikel 2a."]


def test_headings_of_a_judgment_determine_its_parts() -> None:
    root = written(
        numbered(
            "---\ntitle: Uitspraak\ncountry: nl\ntype: uitspraak\n---\n\nOp het beroep.\n\n# 1. Procesverloop\n\nWat gebeurde.\n\n"
            "# 2. De overwegingen\n\nWaarom.\n\n# Kosten\n\nGeen.\n\n# 3. De beslissing\n\nGegrond.\n"
        )
    )
    (body,) = root.iter(f"{AKN}judgmentBody")
    assert [etree.QName(part).localname for part in body] == [
        "introduction",
        "background",
        "motivation",
        "decision",
    ]
    assert texts(root, "motivation") == ["2. De overwegingen Waarom. Kosten Geen."]


def test_justification_of_an_amendment_has_its_own_element() -> None:
    text = "---\ntype: amendement\ncountry: nl\n---\n\nIn artikel 3 vervalt het tweede lid.\n\n# Toelichting\n\nHet is overbodig.\n"
    root = written(numbered(text))
    assert texts(root, "amendmentContent") == ["In artikel 3 vervalt het tweede lid."]
    assert texts(root, "amendmentJustification") == ["Toelichting Het is overbodig."]


def test_unknown_document_type_becomes_a_subtype() -> None:
    root = written(numbered("---\ntype: Nota van wijziging\ncountry: nl\ndate: 2024-05-06\n---\n\nTekst.\n"))
    assert root[0].get("name") == "nota-van-wijziging"
    assert "/akn/nl/doc/nota-van-wijziging/2024-05-06/" in etree.tostring(root).decode()


def test_document_with_a_dossier_is_a_kamerstuk() -> None:
    root = written(
        numbered("---\ncountry: nl\ndossier: 36 067\nnumber: 12\ndate: 2024-05-06\n---\n\nTekst.\n")
    )
    assert "/akn/nl/doc/kamerstuk/2024-05-06/36-067-12" in etree.tostring(root).decode()


# Unknown metadata


def test_inferred_metadata_is_marked_and_reported() -> None:
    output = publish.write(numbered("Tekst."), "akn")
    assert codes(output.diagnostics) == ["PUB-W004"]
    root = etree.fromstring(output.data)
    marked = [
        etree.QName(e).localname
        for e in root.iter(etree.Element)
        if e.get("{urn:x-publish:akomantoso}inferred") == "true"
    ]
    assert marked == ["FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRdate", "FRBRauthor"]
    assert faults(output.data) == []


# Semantic markup


def seed_as(seed: Path, **options: bool) -> etree._Element:
    document = resolve(publish.read(seed, references=options.pop("references", True)).document)
    return etree.fromstring(publish.write(document.document, "akn", enrich=options.pop("enrich", True)).data)


MARKS = (
    "docProponent",
    "organization",
    "role",
    "person",
    "docTitle",
    "docDate",
    "docNumber",
    "docType",
    "session",
)


def meaning(root: etree._Element) -> list[tuple[str, str, str, str]]:
    """Return the markup of the text: element, text, and the names of the ontology entries that it refers to."""
    shown = {e.get("eId"): e.get("showAs") for e in root.iter() if e.get("showAs")}
    return [
        (
            etree.QName(e).localname,
            " ".join("".join(e.itertext()).split()),
            shown.get((e.get("refersTo") or "").lstrip("#")) or "",
            shown.get((e.get("as") or "").lstrip("#")) or e.get("value") or e.get("date") or "",
        )
        for e in root.iter(*(AKN + name for name in MARKS))
    ]


def ontology(root: etree._Element) -> set[tuple[str, str]]:
    return {
        (etree.QName(e).localname, str(e.get("showAs")))
        for e in root.iter(etree.Element)
        if etree.QName(e).localname.startswith("TLC")
    }


def test_semantic_markup_of_the_seed_equals_the_hand_made_file(shared: Path, seed: Path) -> None:
    ours, gold = seed_as(seed), etree.parse(shared / "gold" / "gold-seed.xml").getroot()
    assert meaning(ours) == meaning(gold)
    assert ontology(ours) == ontology(gold)
    for name in ("step", "eventRef", "question", "answer", "FRBRWork", "FRBRExpression"):
        assert [plain(e) for e in ours.iter(AKN + name)] == [plain(e) for e in gold.iter(AKN + name)]
    assert len(list(ours.iter(f"{AKN}mref"))) == len(list(gold.iter(f"{AKN}mref"))) == 1
    links = [[e.get("href") for e in root.iter(f"{AKN}ref")] for root in (ours, gold)]
    assert links[0] == links[1]
    related = [e for e in ours.iter(f"{AKN}a") if e.get("refersTo")]
    assert [e.get("href") for e in related] == [
        "https://zoek.officielebekendmakingen.nl/ah-tk-20212022-1219.html"
    ]


def plain(element: etree._Element) -> list[tuple[str, ...]]:
    """Return the attributes of an element and of FRBR children, without text and namespaced attributes."""
    own = [(k, v) for k, v in sorted(element.attrib.items()) if "}" not in str(k)]
    inner = [
        (str(c.tag), *(f"{k}={v}" for k, v in sorted(c.attrib.items()) if "}" not in str(k))) for c in element
    ]
    return [tuple(f"{k}={v}" for k, v in own), *(inner if "FRBR" in str(element.tag) else [])]


def test_without_enrichment_only_document_metadata_is_marked(seed: Path) -> None:
    root = seed_as(seed, enrich=False, references=False)
    assert {mark[0] for mark in meaning(root)} == {"docType", "docNumber", "docTitle", "docDate"}
    assert not list(root.iter(f"{AKN}TLCReference"))


def test_multiple_members_and_offices_are_marked_in_the_text() -> None:
    text = (
        "# 17\n\nVragen van de leden **Temmink** en **Van Nispen** (beiden SP) aan de Minister van Financiën en de Staatssecretaris "
        "van Justitie en Veiligheid over *geld* (ingezonden 8 december 2021).\n\nAntwoord van Minister **Kaag** (Financiën) "
        "(ontvangen 3 februari 2022).\n\nVraag 1\n\nWat?\n\nAntwoord 1\n\nDit.\n"
    )
    marks = [
        mark
        for mark in meaning(written(numbered(text)))
        if mark[0] in {"docProponent", "role", "organization", "person"}
    ]
    assert marks == [
        ("docProponent", "Temmink", "Temmink", "lid der Kamer"),
        ("docProponent", "Van Nispen", "Van Nispen", "lid der Kamer"),
        ("organization", "SP", "SP", ""),
        ("role", "Minister van Financiën", "Minister van Financiën", ""),
        (
            "role",
            "Staatssecretaris van Justitie en Veiligheid",
            "Staatssecretaris van Justitie en Veiligheid",
            "",
        ),
        ("role", "Minister", "Minister van Financiën", ""),
        ("person", "Kaag", "Kaag", "Minister van Financiën"),
        ("organization", "Financiën", "Financiën", ""),
    ]


# Images and packages


def collection(folder: Path) -> Path:
    picture = Path(__file__).parents[2] / "examples" / "pictures" / "dagen.png"
    (folder / "dagen.png").write_bytes(picture.read_bytes())
    source = folder / "bundel.md"
    source.write_text(
        "---\ntitle: Bundel\nlang: nl\ncountry: nl\ntype: bundel\nbody: Het Orgaan\nnumber: 7\ndate: 2024-05-06\n---\n\n"
        "Vooraf.[^a]\n\n# Eerste {#een}\n\nZie [twee](#twee).[^b]\n\n![Dagen](dagen.png)\n\n## Onderdeel {#deel}\n\nTekst.\n\n"
        "# Tweede {#twee}\n\nZie [een](#een) en [deel](#deel).[^c] Nog eens.[^a]\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n",
        "utf-8",
    )
    return source


def test_images_are_written_to_a_folder_next_to_the_file(tmp_path: Path) -> None:
    assert main(["build", str(collection(tmp_path)), "-t", "akn", "-o", str(tmp_path / "out")]) == 0
    root = etree.parse(tmp_path / "out" / "bundel.akn.xml").getroot()
    (picture,) = root.iter(f"{AKN}img")
    assert picture.get("src") == "bundel.media/picture-1.png"
    assert (tmp_path / "out" / "bundel.media" / "picture-1.png").is_file()


def test_round_trip_of_a_file_with_an_image_changes_nothing(tmp_path: Path) -> None:
    assert main(["build", str(collection(tmp_path)), "-t", "akn", "-o", str(tmp_path / "a")]) == 0
    assert (
        main(["build", str(tmp_path / "a" / "bundel.akn.xml"), "-t", "akn", "-o", str(tmp_path / "b")]) == 0
    )
    for name in ("bundel.akn.xml", "bundel.media/picture-1.png"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_package_contains_a_file_for_each_component(tmp_path: Path) -> None:
    assert (
        main(["build", str(collection(tmp_path)), "-t", "akn-package", "-t", "html", "-o", str(tmp_path)])
        == 0
    )
    package = (tmp_path / "bundel.akn").read_bytes()
    assert faults(package) == []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.namelist() == ["main.xml", "cmp_1.xml", "cmp_2.xml", "media/picture-1.png"]
        second = etree.fromstring(archive.read("cmp_2.xml"))
        work = "/akn/nl/doc/document/het-orgaan/2024-05-06/7-1/!main"
        assert [e.get("href") for e in second.iter(f"{AKN}ref")] == [work, f"{work}~tblock_1"]
        assert [e.get("href") for e in second.iter(f"{AKN}noteRef")] == [
            "/akn/nl/documentCollection/bundel/het-orgaan/2024-05-06/7/!main~authorialNote_1"
        ]
        assert (
            second.find(f".//{AKN}FRBRManifestation/{AKN}FRBRuri")
            .get("value")
            .endswith("7-2/nld@2024-05-06.akn")
        )  # type: ignore[union-attr]


def test_package_is_read_as_a_single_document(tmp_path: Path) -> None:
    source = collection(tmp_path)
    assert main(["build", str(source), "-t", "akn-package", "-t", "akn", "-o", str(tmp_path)]) == 0
    assert main(["build", str(tmp_path / "bundel.akn"), "-t", "all", "-o", str(tmp_path / "out")]) == 0
    data = (tmp_path / "out" / "bundel.akn.xml").read_bytes()
    assert faults(data) == []
    before, after = (
        expect(resolve(publish.read(p).document).document) for p in (tmp_path / "bundel.akn.xml", source)
    )
    assert [(note.label, note.text) for note in before.notes] == [
        (note.label, note.text) for note in after.notes
    ]
    assert b'href="/akn/nl/doc' not in data  # links between files become links between elements


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("nl", "nld"), ("nl-BE", "nld"), ("nb", "nob"), ("nn", "nno"), ("uk", "ukr"), ("tr", "tur"), ("is", "isl"),
        ("de", "deu"), ("pap", "pap"), ("eu", "eus"), ("zh-Hans", "zho"), ("zz", "und"),
    ],
)  # fmt: skip
def test_language_is_written_as_its_iso_639_code(language: str, code: str, tmp_path: Path) -> None:
    document = numbered(f"---\ntitle: T\nlang: {language}\ncountry: nl\ndate: 2024-01-02\n---\n\nTekst.\n")
    data = publish.write(document, "akn").data
    assert f'<FRBRlanguage language="{code}"/>'.encode() in data
    path = tmp_path / "a.akn.xml"
    path.write_bytes(data)
    assert publish.read(path).document.metadata.language == language
