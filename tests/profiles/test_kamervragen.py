"""Headings, opening lines and sessions of written questions, in the forms found in real documents."""

from __future__ import annotations

import datetime as dt

import pytest

from publish.model import nodes as n
from publish.profiles import apply_profile
from publish.profiles.kamervragen.dates import parse_date, session_of
from publish.profiles.kamervragen.opening import answers_line, questions_line
from publish.profiles.kamervragen.units import unit
from tests.support import codes, markdown


@pytest.mark.parametrize(
    ("heading", "identifier"),
    [
        ("Vraag 1", "vraag-1"), ("Antwoord 12", "antwoord-12"), ("Vraag 4 en 5", "vraag-4-5"),
        ("Antwoord 2, 3 en 4", "antwoord-2-3-4"), ("Antwoorden op vraag 3, 4, 5, 9 en 10", "antwoord-3-4-5-9-10"),
        ("vragen 4 t/m 7", "vraag-4-5-6-7"), ("Antwoord op vraag 1", "antwoord-1"), ("Vraag 3:", "vraag-3"),
        ("Antwoord op de vragen 6 tot en met 8", "antwoord-6-7-8"),
    ],
)  # fmt: skip
def test_headings_of_questions_and_answers_are_recognised(heading: str, identifier: str) -> None:
    found = unit(heading)
    assert found is not None
    assert found.id == identifier


@pytest.mark.parametrize(
    "heading", ["Vraag", "Vraagstuk 3", "Vraag 3 is lastig", "Toelichting", "Antwoord van de Minister"]
)
def test_other_headings_are_not_recognised(heading: str) -> None:
    assert unit(heading) is None


def paragraph(text: str) -> n.Paragraph:
    return n.Paragraph((n.Text(text),))


def test_opening_line_with_several_questioners_and_ministers() -> None:
    line = questions_line(
        paragraph(
            "Vragen van de leden Kuiken en Thijssen (beiden PvdA) en Van der Lee (GroenLinks) aan de Minister voor Klimaat en "
            "Energie en de Staatssecretaris van Infrastructuur en Waterstaat over het bericht «Zon (en wind) op zee» "
            "(ingezonden 1 maart 2023)."
        )
    )
    assert line is not None
    assert line.complete
    assert [(a.name, a.party) for a in line.agents if a.capacity == "questioner"] == [
        ("Kuiken", "PvdA"), ("Thijssen", "PvdA"), ("Van der Lee", "GroenLinks"),
    ]  # fmt: skip
    assert [a.office for a in line.agents if a.capacity == "addressee"] == [
        "Minister voor Klimaat en Energie",
        "Staatssecretaris van Infrastructuur en Waterstaat",
    ]
    assert line.subject == "het bericht «Zon (en wind) op zee»"


def test_answer_line_of_a_single_minister() -> None:
    line = answers_line(
        paragraph("Antwoord van Minister Bruins Slot (Buitenlandse Zaken) (ontvangen 13 november 2023).")
    )
    assert line is not None
    assert line.complete
    (answerer,) = line.agents
    assert (answerer.office, answerer.name, answerer.organisation) == (
        "Minister",
        "Bruins Slot",
        "Buitenlandse Zaken",
    )
    assert line.dates[0].date == dt.date(2023, 11, 13)


def test_incomplete_opening_line_is_reported() -> None:
    text = "Vragen van het lid X over iets.\n\n# Vraag 1\n\nWat?\n\n# Antwoord 1\n\nDat.\n"
    result = apply_profile(markdown(text).document)
    assert "PUB-M003" in codes(result.diagnostics)


@pytest.mark.parametrize(
    ("date", "session"),
    [("2021-12-08", "2021-2022"), ("2021-09-20", "2020-2021"), ("2021-09-21", "2021-2022"), ("2022-09-19", "2021-2022"),
     ("2022-09-20", "2022-2023"), ("2015-09-15", "2015-2016")],
)  # fmt: skip
def test_session_begins_on_the_third_tuesday_of_september(date: str, session: str) -> None:
    assert session_of(dt.date.fromisoformat(date)) == session


def test_session_stays_empty_if_dates_are_in_two_sessions() -> None:
    text = (
        "Vragen van het lid A (B) aan de Minister van C over d (ingezonden 1 september 2021).\n\n"
        "Antwoord van Minister E (C) (ontvangen 1 oktober 2021).\n\n# Vraag 1\n\nx\n\n# Antwoord 1\n\ny\n"
    )
    result = apply_profile(markdown(text).document)
    assert result.document.metadata.session == ""
    assert codes(result.diagnostics) == ["PUB-M002"]
    given = apply_profile(markdown(f"---\nsession: 2021-2022\nnumber: 7\n---\n\n{text}").document)
    assert given.document.metadata.identifier("officielebekendmakingen") == "ah-tk-20212022-7"


def test_gaps_in_numbers_and_missing_pairs_are_reported() -> None:
    text = "# Vraag 1\n\na\n\n# Vraag 3\n\nb\n\n# Antwoord 1\n\nc\n\n# Antwoord 4\n\nd\n"
    result = apply_profile(markdown(text).document)
    assert sorted(set(codes(result.diagnostics))) == ["PUB-M002", "PUB-M010", "PUB-M011", "PUB-M012"]


def test_nonexistent_date_is_not_parsed() -> None:
    assert parse_date("31 februari 2022") is None
    assert parse_date("3 februari 2022") == dt.date(2022, 2, 3)


def test_front_matter_overrides_the_opening_line() -> None:
    text = "---\nquestioner: {name: Ander, party: X}\n---\n\nVragen van het lid A (B) aan de Minister van C over d (ingezonden 1 mei 2021).\n\n# Vraag 1\n\nx\n\n# Antwoord 1\n\ny\n"
    agents = apply_profile(markdown(text).document).document.metadata.agents_as("questioner")
    assert [(a.name, a.party) for a in agents] == [("Ander", "X")]


def test_offices_in_plural_and_lower_case_are_recognised() -> None:
    line = questions_line(
        paragraph(
            "Vragen van het lid A (B) aan de Ministers van Financiën en van Sociale Zaken en Werkgelegenheid en de "
            "staatssecretaris van Defensie over d (ingezonden 1 mei 2021)."
        )
    )
    assert line is not None
    assert [a.office for a in line.agents if a.capacity == "addressee"] == [
        "Minister van Financiën",
        "Minister van Sociale Zaken en Werkgelegenheid",
        "staatssecretaris van Defensie",
    ]


def test_several_related_documents_are_recognised() -> None:
    line = answers_line(
        paragraph(
            "Antwoord van minister Van Dijk (Justitie) (ontvangen 1 mei 2021). Zie ook Aanhangsel Handelingen, "
            "vergaderjaar 2020–2021, nrs. 3500 en 3501."
        )
    )
    assert line is not None
    assert [r.identifier for r in line.related] == ["ah-tk-20202021-3500", "ah-tk-20202021-3501"]
    assert line.agents[0].name == "Van Dijk"


def test_notice_of_delay_is_not_an_answer() -> None:
    line = answers_line(paragraph("Mededeling van Minister K (X) (ontvangen 1 mei 2021)."))
    assert line is not None
    assert [d.role for d in line.dates] == ["notice"]


@pytest.mark.parametrize(
    "remark",
    ["Toelichting:\n\nMeer.", "**Toelichting**\n\nMeer.", "#### Toelichting\n\nMeer.", "Toelichting: Meer."],
)
def test_final_explanation_is_not_part_of_the_last_answer(remark: str) -> None:
    result = apply_profile(markdown(f"# Vraag 1\n\nx\n\n# Antwoord 1\n\ny\n\n{remark}\n").document)
    roles = [b.role for b in result.document.blocks if isinstance(b, n.Section)]
    assert roles == ["qa:question", "qa:answer", "qa:remark"]
