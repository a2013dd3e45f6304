"""Test references to publications: the spellings in real documents, and text that is not a reference."""

from __future__ import annotations

import lzma
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.references.citations import recognise
from publish.references.publications import parse

SPELLINGS = [
    ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", "kst-27858-88"),
    ("Kamerstukken I 2008/09, 31700 VI, D, p. 4", "kst-20082009-31700-VI-D"),
    ("Handelingen II 2010/11, nr. 108, item 5, p. 25-36", "h-tk-20102011-108-5"),
    ("Aanhangsel Handelingen I 2014/15, nr. 12", "ah-ek-20142015-12"),
    ("Kamerstuk 29 383, nr. 406.", "kst-29383-406"),
    ("Kamerstuk, 28 828, nr. 70", "kst-28828-70"),
    ("Kamerstuk 21 501-02, nr. 2733", "kst-21501-02-2733"),
    ("36 410 XIV, nr. 9", "kst-36410-XIV-9"),
    ("28286, nr. 1056", "kst-28286-1056"),
    ("Kamerstuk II 28286, nr. 1056", "kst-28286-1056"),
    ("Kamerstukken II 2022/23, 29628, nr. 1139.", "kst-29628-1139"),
    ("Bijlage bij Kamerstuk 29 383, nr. 384", "kst-29383-384"),
    ("Aanhangsel van de Handelingen II, 2022/-23, nr. 1823", "ah-tk-20222023-1823"),
    ("Aanhangsel Handelingen II 2022/23, 1823, item 2, p. 2", "ah-tk-20222023-1823"),
    ("Aanhangsel Handelingen, vergaderjaar 2021–2022, nr. 1219", "ah-tk-20212022-1219"),
    ("Kamerstukken, 2022-2023, 29628, nr. 1135", "kst-29628-1135"),
    ("Kamerstuk 35925-VI-56", "kst-35925-VI-56"),
    ("Stb. 2021, 12", "stb-2021-12"),
    ("Stcrt. 2020, nr. 64380", "stcrt-2020-64380"),
    ("Trb. 1951, 154", "trb-1951-154"),
    ("ECLI:NL:HR:2005:AT4537", "ECLI:NL:HR:2005:AT4537"),
    ("Richtlijn 2012/29/EU", "32012L0029"),
    ("Verordening (EU) 2016/679", "32016R0679"),
    ("Verordening (EG) nr. 1049/2001", "32001R1049"),
    ("artikel 6:162 BW", "jci1.3:c:BWBR0005289&artikel=162"),
    ("artikel 273f van het Wetboek van Strafrecht", "jci1.3:c:BWBR0001854&artikel=273f"),
    ("artikel 5.1, tweede lid, aanhef en onder i, van de Woo", "jci1.3:c:BWBR0045754&artikel=5.1&lid=2"),
]

NONE = [
    "n.a.v. motie Segers-Asscher", "d.d. 11 oktober 2023", "15 juli jl.", "tel. 070 426 64 26", "2500 EH", "45% van 12 345",
    "artikel 3 van die regeling", "nr. 8", "de wet van 12 345 artikelen", "Stb. maakt bekend", "ECLI:NL:HR", "Richtlijn voor de praktijk",
]  # fmt: skip


@pytest.mark.parametrize(("text", "identifier"), SPELLINGS)
def test_each_spelling_is_recognised(text: str, identifier: str) -> None:
    found, unresolved = recognise(f"Zie {text} en verder.", [])
    assert [x.identifier for x in found] == [identifier]
    assert unresolved == []
    cited = f"Zie {text} en verder."[found[0].start : found[0].end]
    assert not cited.endswith((".", " ", ","))


@pytest.mark.parametrize("text", NONE)
def test_text_that_is_not_a_reference_is_ignored(text: str) -> None:
    assert recognise(f"Zie {text} en verder.", []) == ([], [])


def test_malformed_references_are_listed_as_unresolved() -> None:
    text = "(Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844)"
    found, unresolved = recognise(text, [])
    assert found == []
    assert [text[start:end] for start, end in unresolved] == [
        "Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844"
    ]


def test_each_number_in_a_list_is_a_separate_reference() -> None:
    text = "Kamerstuk 29 628, nrs. 12 en 14"
    assert [(text[x.start : x.end], x.identifier) for x in recognise(text, [])[0]] == [
        ("12", "kst-29628-12"),
        ("14", "kst-29628-14"),
    ]


def test_references_within_links_are_ignored() -> None:
    text = "zie Stb. 2021, 12 en Stb. 2021, 13"
    found, _ = recognise(text, [(4, 17)])
    assert [x.identifier for x in found] == ["stb-2021-13"]


@given(st.text(alphabet="KamerstukHndliAgSb. 0123456789,–-/nrIVXLC:", max_size=60))
def test_references_do_not_overlap_and_are_well_formed(text: str) -> None:
    found, unresolved = recognise(text, [])
    places = sorted([(x.start, x.end) for x in found] + list(unresolved))
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    assert all(0 <= start < end <= len(text) for start, end in places)
    for reference in found:
        if reference.scheme in {"kamerstuk", "aanhangsel", "handelingen", "stb", "stcrt", "trb"}:
            assert parse(reference.identifier) is not None


@pytest.mark.parametrize(
    ("identifier", "family"),
    [
        ("ah-tk-20212022-1558", "ah"), ("kst-36410-XIV-9", "kst"), ("kst-20082009-31700-VI-D", "kst"), ("h-tk-20102011-108-5", "h"),
        ("h-tk-20072008-3564-3568", "h"), ("stb-2021-12", "stb"), ("kv-tk-2022Z01227", "kv"), ("gmb-2024-12345", "gmb"),
    ],
)  # fmt: skip
def test_identifiers(identifier: str, family: str) -> None:
    publication = parse(identifier)
    assert publication is not None
    assert publication.family == family


@pytest.mark.parametrize(
    "identifier",
    ["", "ah-tk-20212023-1", "kst-1-1", "stb-21-1", "ah-tk-20212022-", "xyz-2021-1", "ah-tk-20212022-1558 "],
)
def test_invalid_identifiers_are_rejected(identifier: str) -> None:
    assert parse(identifier) is None


@pytest.mark.corpus
@pytest.mark.timeout(600)
def test_almost_all_identifiers_of_the_official_list_are_valid(shared: Path) -> None:
    """Check every fifth of 5.5 million identifiers: all take a minute, and in a sorted list this sample is representative."""
    count = unknown = 0
    with lzma.open(shared / "corpus" / "koop" / "op_keylist.xz", "rt") as lines:
        for number, line in enumerate(lines):
            if number % 5 == 0:
                count += 1
                unknown += parse(line.strip()) is None
    assert count > 1_100_000
    assert unknown / count < 0.001
