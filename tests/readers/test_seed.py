"""Compare the example `aanhangsel-1558.md` with facts that a person found in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import publish
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import inlines_in
from publish.resolve import resolve

PARAGRAPHS = {
    "vraag-1": 1, "antwoord-1": 1, "vraag-2": 1, "antwoord-2": 1, "vraag-3": 1, "antwoord-3": 6,
    "vraag-4": 1, "antwoord-4": 1, "vraag-5": 1, "antwoord-5": 2, "vraag-6": 1, "antwoord-6": 1,
    "vraag-7": 1, "antwoord-7": 1, "vraag-8": 1, "antwoord-8": 1, "vraag-9": 1, "antwoord-9": 1,
}  # fmt: skip

NOTES = [
    (
        "1",
        "vraag-1",
        0,
        "getroffen door misdrijf?»",
        " en het rapport «S",
        "Nos.nl:7 december 2021 https://nos.nl/artikel/",
    ),
    (
        "2",
        "antwoord-2",
        0,
        "chtoffer van enig delict.",
        " Dit is problemati",
        "7% van de geregistreerde slachtoffers",
    ),
    ("3", "antwoord-3", 0, "es die reeds actief zijn.", " Voor het voorkome", "Actielijn 3: Voorkomen van"),
    (
        "4",
        "antwoord-3",
        1,
        "nimumnormen slachtoffers.",
        " Het palet aan bes",
        "De Individuele Beoordeling is uitgewerkt",
    ),
    (
        "5",
        "antwoord-3",
        4,
        "wezig, zoals beveiliging.",
        " Ook worden afspra",
        "Wanneer een extra groot risico bestaat",
    ),
    (
        "6",
        "antwoord-4",
        0,
        "westie van lange adem is.",
        " Datzelfde geldt v",
        "Een kwestie van lange adem; Kan",
    ),
    ("7", "antwoord-8", 0, " Samen tegen mensenhandel", ". Ik ben daarom re", "Actielijn 4: «Versterken van"),
]


@pytest.fixture(scope="module")
def document() -> n.Document:
    return publish.read(Path(__file__).parents[2] / "examples" / "aanhangsel-1558.md").document


def test_reading_and_resolving_gives_no_diagnostics(seed: Path) -> None:
    result = publish.read(seed)
    assert result.diagnostics == ()
    assert resolve(result.document).diagnostics == ()


def test_questions_answers_and_paragraphs(document: n.Document) -> None:
    found = {block.id: len(block.blocks) for block in document.blocks if isinstance(block, n.Section)}
    assert found == PARAGRAPHS
    assert list(found) == list(PARAGRAPHS)
    assert len(document.blocks) == 18
    assert all(isinstance(p, n.Paragraph) for b in document.blocks for p in b.blocks)  # type: ignore[union-attr]


@pytest.mark.parametrize(("label", "owner", "index", "before", "after", "text"), NOTES)
def test_each_note_is_called_at_its_position(
    document: n.Document, label: str, owner: str, index: int, before: str, after: str, text: str
) -> None:
    section = next(b for b in document.blocks if b.id == owner)
    assert isinstance(section, n.Section)
    paragraph = section.blocks[index]
    assert isinstance(paragraph, n.Paragraph)
    at = [i for i in inlines_in(paragraph.inlines) if isinstance(i, n.NoteRef)]
    assert [ref.note for ref in at].count(label) == 1
    flat = "".join(
        "\0" if isinstance(i, n.NoteRef) and i.note == label else i.text if isinstance(i, n.Text) else ""
        for i in inlines_in(paragraph.inlines)
    )
    left, right = flat.split("\0")
    assert left.endswith(before)
    assert right.startswith(after)
    note = document.notes[label]
    assert note.source_label == label
    assert len(note.blocks) == 1
    assert plain_text(note.blocks[0].inlines).startswith(text)  # type: ignore[union-attr]


def test_the_call_of_note_7_is_after_the_emphasis(document: n.Document) -> None:
    paragraph = next(b for b in document.blocks if b.id == "antwoord-8").blocks[0]  # type: ignore[union-attr]
    kinds = [type(inline).__name__ for inline in paragraph.inlines[:4]]  # type: ignore[union-attr]
    assert kinds == ["Text", "Emphasis", "NoteRef", "Text"]


def test_typing_errors_of_the_source_are_kept(document: n.Document) -> None:
    text = " ".join(
        plain_text(p.inlines)
        for b in document.blocks
        for p in b.blocks
        if isinstance(p, n.Paragraph)  # type: ignore[union-attr]
    )
    for slip in (
        "slachtofferchap",
        "de taai delictomschrijving",
        "om om opvangplekken",
        "De gemeenten koopt",
        "het onderliggende problematiek",
    ):
        assert slip in text


def test_metadata(document: n.Document) -> None:
    m = document.metadata
    assert (m.number, m.session, m.language, m.country) == ("1558", "2021-2022", "nl", "nl")
    assert m.body == "Tweede Kamer der Staten-Generaal"
    assert m.series == "Aanhangsel van de Handelingen"
    assert m.subject == (
        "het bericht de helft van de slachtoffers van mensenhandel binnen enkele jaren opnieuw slachtoffer van een "
        "misdrijf wordt"
    )
    assert str(m.date("submitted")) == "2021-12-08"
    assert str(m.date("answered")) == "2022-02-03"
    assert m.identifier("officielebekendmakingen") == "ah-tk-20212022-1558"
    (questioner,) = m.agents_as("questioner")
    assert (questioner.name, questioner.party) == ("Verkuijlen", "VVD")
    (addressee,) = m.agents_as("addressee")
    assert addressee.office == "Staatssecretaris van Justitie en Veiligheid"
    (answerer,) = m.agents_as("answerer")
    assert (answerer.office, answerer.name, answerer.organisation) == (
        "Staatssecretaris", "Van der Burg", "Justitie en Veiligheid",
    )  # fmt: skip
    (behalf,) = m.agents_as("on-behalf")
    assert behalf.office == "Staatssecretaris Volksgezondheid, Welzijn en Sport"
    (related,) = m.related
    assert related.identifier == "ah-tk-20212022-1219"


def test_missing_metadata_stays_empty(document: n.Document) -> None:
    assert document.metadata.date("published") is None
    assert document.metadata.identifier("issn") == ""
    assert document.metadata.place == ""
