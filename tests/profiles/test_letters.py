"""Answers of ministries: the metadata of their letters, and the notes that a member wrote in the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import publish
from publish.model import nodes as n
from publish.model.metadata import Agent
from publish.model.text import plain_text
from publish.model.walk import child_inlines, nodes_in
from publish.profiles import apply_profile
from publish.readers.base import ReadResult
from publish.resolve import resolve
from publish.resolve.numbered import NumberedDocument
from tests.profiles.ministry_letters import CASES
from tests.support import codes, markdown
from tests.word import call, note, p, package

FACTS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("letters.json").read_text("utf-8"))
"""The content of four real letters, transcribed by hand."""


TITLE = "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden"


def marked(block: n.Block) -> str:
    """Return the text of a paragraph with bold between `**` and italic between `*`."""

    def text(inline: n.Inline) -> str:
        inside = "".join(map(text, child_inlines(inline)))
        match inline:
            case n.Text():
                return inline.text
            case n.Strong():
                return f"**{inside}**"
            case n.Emphasis():
                return f"*{inside}*"
            case _:
                return inside

    assert isinstance(block, n.Paragraph)
    return "".join(map(text, block.inlines))


def sections(document: n.Document) -> list[n.Section]:
    return [block for block in document.blocks if isinstance(block, n.Section)]


def paragraphs(section: n.Section) -> list[str]:
    """Return the text of the paragraphs of a section, without notes and without list items."""
    return [plain_text(b.inlines) for b in section.blocks if isinstance(b, n.Paragraph)]


def calls(document: NumberedDocument) -> Iterator[tuple[str, str, str]]:
    """Yield the section title and the text before each call, and the text of its note."""
    for section in sections(document.document):
        for block in nodes_in((section,)):
            if not isinstance(block, n.Paragraph):
                continue
            for at, inline in enumerate(block.inlines):
                if isinstance(inline, n.NoteRef):
                    blocks = document.notes[inline.note].blocks
                    text = " ".join(plain_text(b.inlines) for b in blocks if isinstance(b, n.Paragraph))
                    yield plain_text(section.title), plain_text(block.inlines[:at]).strip(), text


def role_of(office: str) -> str:
    return (
        office.removeprefix("De ").removeprefix("Mede namens de ").rstrip(",").replace("Minister", "minister")
    )


def office(agent: Agent) -> str:
    return f"{agent.office} van {agent.organisation}" if agent.organisation else agent.office


@pytest.fixture(params=sorted(FACTS))
def letter(request: pytest.FixtureRequest, shared: Path) -> tuple[dict[str, Any], ReadResult]:
    return FACTS[request.param], publish.read(shared / "corpus" / "letters" / f"{request.param}.docx")


@pytest.mark.corpus
def test_dates_names_and_numbers_of_real_letters(letter: tuple[dict[str, Any], ReadResult]) -> None:
    fact, result = letter
    metadata = result.document.metadata
    dates = {date.role: date.text for date in metadata.dates}
    assert dates == {"submitted": fact["submitted"], "answered": fact["date"]}
    assert metadata.title == f"Aanhangsel Handelingen: {metadata.subject}"
    assert metadata.reference == fact["reference"]
    assert [x.value for x in metadata.identifiers if not x.derived] == fact["numbers"]
    agents = metadata.agents
    assert [[a.name, a.party] for a in agents if a.capacity == "questioner"] == fact["questioners"]
    assert [a.name for a in agents if a.capacity == "answerer"] == [name for _, name in fact["signed"]]
    assert [office(a).lower() for a in agents if a.capacity == "answerer"] == [
        role_of(o).lower() for o, _ in fact["signed"]
    ]
    assert [office(a).lower() for a in agents if a.capacity == "on-behalf"] == [
        role_of(o).lower() for o in fact["on_behalf"]
    ]


@pytest.mark.corpus
def test_front_of_real_letters_is_that_of_the_paper(letter: tuple[dict[str, Any], ReadResult]) -> None:
    fact, result = letter
    assert [marked(block) for block in result.document.front] == [TITLE, "[nummer]", *fact["opening"]]


@pytest.mark.corpus
def test_real_letter_can_be_published_as_it_is(
    letter: tuple[dict[str, Any], ReadResult], shared: Path
) -> None:
    fact, _ = letter
    name = next(name for name, known in FACTS.items() if known is fact)
    path = shared / "corpus" / "letters" / f"{name}.docx"
    result = publish.read(path, letter="keep")
    assert result.document.metadata.title == fact["subject"]
    assert "PUB-M015" not in codes(result.diagnostics)
    lines = [plain_text(x.inlines) for x in nodes_in(result.document.front) if isinstance(x, n.Paragraph)]
    assert len(lines) > 4
    assert TITLE not in lines


@pytest.mark.corpus
def test_questions_answers_and_pairings_of_real_letters(letter: tuple[dict[str, Any], ReadResult]) -> None:
    fact, result = letter
    found = [
        (s.role.removeprefix("qa:"), plain_text(s.title), [int(k) for k in s.number.split()])
        for s in sections(result.document)
    ]
    assert found == [(kind, title, numbers) for kind, title, numbers, *_ in fact["units"]]
    marks = [mark for mark, *_ in fact["member_notes"]]
    for section, (_, title, _, _, first, last) in zip(sections(result.document), fact["units"], strict=True):
        text = " ".join(" ".join(paragraphs(section)).split())
        if not text:  # all text is in a list
            text = " ".join(
                " ".join(
                    plain_text(b.inlines) for b in nodes_in((section,)) if isinstance(b, n.Paragraph)
                ).split()
            )
        bare = last
        for mark in marks:  # typed markers became calls and are not part of the text
            bare = bare.replace(f" {mark}", "").replace(mark, "")
        assert text.startswith(first), title
        assert text.endswith(bare), title


@pytest.mark.corpus
def test_notes_of_real_letters(letter: tuple[dict[str, Any], ReadResult]) -> None:
    fact, result = letter
    document = resolve(result.document).document
    ministry = [(where.partition(" (")[0], before, text) for where, before, text in fact["ministry_notes"]]
    texts = dict(fact["member_list"])
    member = [
        (where, before.removesuffix(" 1)"), texts[mark]) for mark, where, before in fact["member_notes"]
    ]
    found = list(calls(document))
    assert len(found) == len(ministry) + len(member)
    for title, before, text in (*ministry, *member):
        flat = " ".join(text.replace("\xa0", " ").split())
        assert any(
            t == title and b.endswith(before) and " ".join(x.replace("\xa0", " ").split()) == flat
            for t, b, x in found
        ), (title, before)
    assert [x.label for x in document.notes.values()] == [str(k + 1) for k in range(len(found))]
    assert ("PUB-M014" in codes(result.diagnostics)) == bool(member)


@pytest.mark.corpus
def test_member_notes_can_be_a_separate_series(shared: Path) -> None:
    path = shared / "corpus" / "letters" / "beantwoording-2.docx"
    document = resolve(publish.read(path, member_notes="separate").document).document
    assert [x.label for x in document.notes.values()] == ["1)", "1", "2)", "2"]


# Letters in the layouts of other ministries


@pytest.mark.parametrize("name", CASES)
def test_front_of_the_paper(name: str) -> None:
    case = CASES[name]
    result = publish.convert(case.data(), ["html", "docx"], None, name="a.docx", values=("number=1558",))
    document = publish.read(case.data(), values=("number=1558",)).document
    assert [marked(block) for block in document.front] == [TITLE, "1558", *case.opening]
    assert document.metadata.title == case.title.replace("Handelingen:", "Handelingen 1558:")
    assert document.metadata.reference == case.reference
    assert document.metadata.identifier("zaaknummer") == case.case
    assert document.metadata.number == "1558"
    page = result.outputs["html"].data.decode()
    body = page[page.index("<body") :]
    for line in case.left_out:
        assert line not in body
    assert not {"PUB-V030", "PUB-V031", "PUB-M003", "PUB-M016"} & set(codes(result.diagnostics))
    (left,) = (d for d in result.diagnostics if d.code == "PUB-M015")
    assert re.search(r"\((\d+) words\)", left.message)


def test_unknown_number_is_a_gap_and_is_asked_for() -> None:
    result = publish.read(CASES["BZ: header"].data())
    (gap,) = (d for d in result.diagnostics if d.code == "PUB-M016")
    assert "[nummer]" in gap.message
    assert "--set number=" in gap.hint
    assert result.document.metadata.number == ""


def test_text_that_is_not_recognised_stays() -> None:
    body = (
        p("Geachte voorzitter,"), p(OPENING), p("Ik betreur de vertraging en heb maatregelen genomen om die te voorkomen."),
        p("De minister van Justitie en Veiligheid,"), p("D. Yeşilgöz-Zegerius"), bold("Vraag 1"), p("Kent u het bericht?"), bold("Antwoord 1"), p("Ja."),
    )  # fmt: skip
    result = publish.convert(package("".join(body)), ["html"], None, name="a.docx")
    front = [marked(block) for block in publish.read(package("".join(body))).document.front]
    assert front[-1] == "Ik betreur de vertraging en heb maatregelen genomen om die te voorkomen."
    assert "Geachte voorzitter," not in front
    assert not {"PUB-V030", "PUB-V031"} & set(codes(result.diagnostics))


# Synthetic letters

OPENING = (
    "In antwoord op uw brief van 6 december 2023, nr. 2023Z19677, deel ik u mee dat de vragen van de leden Temmink en Van Nispen "
    "(beiden SP) en Van der Lee (GroenLinks) aan de minister van Justitie en Veiligheid en de staatssecretaris van Defensie over "
    "meldpunten worden beantwoord zoals aangegeven in de bijlage."
)


def made(*body: str, footnotes: str = "", folder: Path) -> ReadResult:
    path = folder / "brief.docx"
    path.write_bytes(package("".join(body), footnotes=footnotes))
    return publish.read(path)


def bold(text: str) -> str:
    return p(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>")


def test_letter_with_combined_answers_and_gaps_in_member_notes(tmp_path: Path) -> None:
    result = made(
        p("Datum"), p("11 januari 2024"), p("Onderwerp"), p("Beantwoording vragen"), p(OPENING),
        p("De minister van Justitie en Veiligheid,"), p("D. Yeşilgöz-Zegerius"),
        p("Mede namens de staatssecretaris van Defensie,"),
        bold("Vraag 1"), p("Kent u het bericht? [1]"),
        bold("Vraag 2"), p("En dit?[2] Zie (artikel 3) en[5]."),
        bold("Vraag 3"), p("Waarom?"),
        bold("Antwoorden op vraag 3 en 1"), p("Twee redenen: 1) geld en 2) tijd.", call(1)),
        bold("Antwoord vraag 2"), p("Nee."),
        p("[1] Krant, 1 december."), p("[2] Rapport."), p("[4] Nergens genoemd."),
        footnotes=note(1, "Kamerstuk 29 628, nr. 1135."), folder=tmp_path,
    )  # fmt: skip
    document = resolve(result.document).document
    assert [(s.role, s.number) for s in sections(result.document)] == [
        ("qa:question", "1"), ("qa:question", "2"), ("qa:question", "3"), ("qa:answer", "3 1"), ("qa:answer", "2"),
    ]  # fmt: skip
    assert [(x.label, plain_text(x.blocks[0].inlines)) for x in document.notes.values() if isinstance(x.blocks[0], n.Paragraph)] == [
        ("1", "Krant, 1 december."), ("2", "Rapport."), ("3", "Kamerstuk 29 628, nr. 1135."),
    ]  # fmt: skip
    gaps = [d.message for d in result.diagnostics if d.code == "PUB-M013"]
    assert len(gaps) == 3
    assert "[4]" in gaps[0]
    assert "[5]" in gaps[1]
    assert "skips 3: 4 follows 2" in gaps[2]
    assert "1) geld en 2) tijd" in " ".join(paragraphs(sections(result.document)[3]))
    agents = result.document.metadata.agents
    assert [(a.name, a.party) for a in agents if a.capacity == "questioner"] == [
        ("Temmink", "SP"),
        ("Van Nispen", "SP"),
        ("Van der Lee", "GroenLinks"),
    ]
    assert [a.office for a in agents if a.capacity == "addressee"] == [
        "minister van Justitie en Veiligheid",
        "staatssecretaris van Defensie",
    ]
    assert [a.name for a in agents if a.capacity == "answerer"] == ["D. Yeşilgöz-Zegerius"]
    assert [d.text for d in result.document.metadata.dates] == ["6 december 2023", "11 januari 2024"]


def test_list_entry_without_a_call_stays_in_the_text(tmp_path: Path) -> None:
    result = made(
        p(OPENING),
        bold("Vraag 1"),
        p("Waarom?"),
        bold("Antwoord op vraag 1"),
        p("Daarom."),
        p("1) Punt een."),
        folder=tmp_path,
    )
    assert result.document.notes == {}
    assert paragraphs(sections(result.document)[1]) == ["Daarom.", "1) Punt een."]


def test_notice_of_delay_is_recognised(tmp_path: Path) -> None:
    result = made(
        p("Datum"), p("8 maart 2024"), p("Onderwerp"), p("Uitstelbericht Kamervragen"),
        p("Hierbij deel ik u mede dat de vragen van het lid Eerdmans (JA21) over meldpunten niet binnen de gebruikelijke termijn kunnen worden beantwoord."),
        p("De minister van Justitie en Veiligheid,"), p("D. Yeşilgöz-Zegerius"),
        folder=tmp_path,
    )  # fmt: skip
    assert result.document.profile == "kamervragen"
    assert [(d.role, d.text) for d in result.document.metadata.dates] == [("notice", "8 maart 2024")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "**Vraag 1**\n\nEen?\n\n**Vraag 2**\n\nTwee?\n\n**Antwoord**\n\nJa.",
            [("1", "question"), ("2", "question"), ("1 2", "answer")],
        ),
        ("**Vraag 1** Een?\n\n**Antwoord 1** Ja.", [("1", "question"), ("1", "answer")]),
        ("Vraag 1\\\nEen?\n\nAntwoord op vraag 1\\\nJa.", [("1", "question"), ("1", "answer")]),
        ("Vraag 1\n\nEen?\n\nAntwoord vraag 1 en vraag 2\n\nJa.", [("1", "question"), ("1 2", "answer")]),
    ],
)
def test_headings_are_recognised_in_many_forms(text: str, expected: list[tuple[str, str]]) -> None:
    document = apply_profile(markdown(text).document).document
    assert [(s.number, s.role.removeprefix("qa:")) for s in sections(document)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "De minister van Financiën heeft mij laten weten dat de raming van 500 miljoen euro te laag is",
        "Programma Zorg kost volgens de inspectie niet 10 maar 70 miljoen euro per jaar",
        "Directie en raad van bestuur hebben hiertegen bezwaar gemaakt bij de Raad van State.",
        "Het budget voor zorg is 70",
        "Datum en plaats van het overleg worden nog bekendgemaakt",
    ],
)
@pytest.mark.parametrize("before", ["", "Bijlagen"])
def test_sentence_is_not_taken_for_a_part_of_the_letterhead(text: str, before: str) -> None:
    body = (
        p("Geachte voorzitter,"), p(OPENING), *([p(before)] if before else []), p(text),
        p("Hoogachtend,"), p("De minister van Justitie en Veiligheid,"), p("D. Yeşilgöz-Zegerius"),
        bold("Vraag 1"), p("Kent u het bericht?"), bold("Antwoord 1"), p("Ja."),
    )  # fmt: skip
    front = [marked(block) for block in publish.read(package("".join(body))).document.front]
    if len(text.split()) > 6 or not before:
        assert text in front
