"""Test old official publications: text that programs extracted from their PDFs, and the PDFs themselves."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

import publish
from publish.diagnostics import PublishError
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from publish.readers.base import ReadResult
from publish.resolve import resolve
from tests.support import codes


def paper(document: n.Document) -> list[tuple[str, str, str, str]]:
    """Return role, numbers, and first and last characters of each section."""
    out = []
    for section in document.blocks:
        assert isinstance(section, n.Section)
        text = " ".join(plain_text(b.inlines) for b in section.blocks if isinstance(b, n.Paragraph))
        out.append((section.role.removeprefix("qa:"), section.number, text[:24], text[-24:]))
    return out


def notes(document: n.Document) -> list[tuple[str, str]]:
    numbered = resolve(document).document
    return [
        (x.label, " ".join(plain_text(b.inlines) for b in x.blocks if isinstance(b, n.Paragraph)))
        for x in numbered.notes.values()
    ]


def called_after(document: n.Document) -> dict[str, str]:
    """Return the text before each call."""
    out: dict[str, str] = {}
    for block in nodes_in(document.blocks):
        if isinstance(block, n.Paragraph):
            for at, inline in enumerate(block.inlines):
                if isinstance(inline, n.NoteRef):
                    out[inline.note] = plain_text(block.inlines[:at])[-20:]
    return out


def pages(document: n.Document) -> list[str]:
    return [x.label for x in document_nodes(document) if isinstance(x, n.PageMark)]


@pytest.mark.corpus
def test_a_document_on_one_line(shared: Path) -> None:
    result = publish.read(shared / "corpus" / "text" / "ah-tk-20142015-698.pdftext-6882.txt")
    document = result.document
    assert [(role, number) for role, number, *_ in paper(document)] == [
        ("question", "1"), ("answer", "1"), ("question", "2 3"), ("answer", "2 3"), ("question", "4"),
        ("answer", "4"), ("question", "5"), ("answer", "5"), ("question", "6"), ("answer", "6"),
    ]  # fmt: skip
    assert paper(document)[2][2:] == ("Herinnert u zich uw uits", "bewegen dit dan toch te doen?"[-24:])
    assert notes(document) == [
        (
            "1",
            "Financieel Dagblad, «Schadepost van tientallen miljoenen voor ziekenhuizen», 24 september 2014",
        ),
        (
            "2",
            "De Telegraaf, «Waanzinrekeningen blijven komen, ondanks invoering «vereenvoudigde ziekenhuisnota»», 27 september 2014",
        ),
        ("3", "Kamerstuk, 28 828, nr. 70"),
        ("4", "Kamerstuk, 28 828, nr. 70"),
    ]
    assert list(called_after(document).values()) == [
        "de ziekenhuisnota»»?", " ziekenhuisnota»»?, ", "zekeraars afspreekt?", "er het eigen risico?",
    ]  # fmt: skip
    assert pages(document) == ["1", "2", "3"]
    metadata = document.metadata
    assert (metadata.number, metadata.session, metadata.subject) == (
        "698",
        "2014-2015",
        "onterechte ziekenhuisrekeningen",
    )
    assert [(a.capacity, a.name) for a in metadata.agents if a.name] == [
        ("questioner", "Bouwmeester"),
        ("answerer", "Schippers"),
    ]
    assert [(d.role, d.text) for d in metadata.dates] == [
        ("submitted", "3 oktober 2014"),
        ("answered", "26 november 2014"),
    ]
    assert [x.identifier for x in metadata.related] == ["ah-tk-20142015-403"]
    whole = next(d.message for d in result.diagnostics if d.code == "PUB-R051")
    assert whole.endswith(
        "ziekenhuisnota, zorgverzekeraars, declaratiesysteem, zorgaanbieders, goedkeurende, ziekenhuizen"
    )


@pytest.mark.corpus
def test_a_document_with_superscript_labels_in_brackets(shared: Path) -> None:
    result = publish.read(shared / "corpus" / "text" / "ah-tk-20232024-387.pymupdf4llm.md")
    document = result.document
    assert [(role, number) for role, number, *_ in paper(document)] == [
        (role, number)
        for number in ("1", "2", "3", "4 5", "6", "7", "8", "9", "10")
        for role in ("question", "answer")
    ]
    assert [label for label, _ in notes(document)] == [str(k) for k in range(1, 10)]
    texts = dict(notes(document))
    assert texts["3"] == "Kamerstuk 21 501-02, nr. 2733"
    assert texts["6"] == "Gegevens ENTSOG, Enerdata.net"
    assert texts["2"].endswith("harde machtsverhoudingen verschuiven (volkskrant.nl)).")
    assert list(called_after(document).values()) == [
        "n «Netjes gezuiverd»", "udingen verschuiven»", "feiten (12-10-2023).", "ie van het lid Ceder", "gepaste maatregelen.",
        " Azerbeidzjaans gas.", "ie van het lid Ceder", " gepaste maatregelen", " gepaste maatregelen",
    ]  # fmt: skip
    raised = [plain_text(x.inlines) for x in document_nodes(document) if isinstance(x, n.Superscript)]
    assert raised == ["e"]
    assert pages(document) == ["1", "2", "3", "4"]
    assert (document.metadata.number, document.metadata.session) == ("387", "2023-2024")


BRACKETED = """# 2

#### Vergaderjaar 2023–2024 Aanhangsel van de Handelingen

### 12

Vragen van het lid Boswijk (CDA) aan de Minister van Defensie over dit (ingezonden 2 oktober 2023).

Antwoord van Minister Ollongren (Defensie) (ontvangen 13 november 2023).

Vraag 1
Kent u het be-
richt[1 ] over water- en
luchtvaart in de 11[e ] eeuw?

Antwoord 1
Ja. De zin loopt door over de

1 Krant, 1 januari
2023, p. 4

ah-tk-20232024-12


-----

bladzijde.[2 ] En verder.

2 Zie [1].


-----
"""


def test_text_split_by_line_and_page_breaks_is_joined(tmp_path: Path) -> None:
    path = tmp_path / "oud.md"
    path.write_text(BRACKETED, "utf-8")
    result = publish.read(path)
    (question, answer) = (s for s in result.document.blocks if isinstance(s, n.Section))
    assert [plain_text(b.inlines) for b in question.blocks if isinstance(b, n.Paragraph)] == [
        "Kent u het bericht over water- en luchtvaart in de 11e eeuw?"
    ]
    assert [plain_text(b.inlines) for b in answer.blocks if isinstance(b, n.Paragraph)] == [
        "Ja. De zin loopt door over de bladzijde. En verder."
    ]
    assert notes(result.document)[0] == ("1", "Krant, 1 januari 2023, p. 4")
    assert pages(result.document)[:2] == ["1", "2"]
    assert {"PUB-R020", "PUB-R050", "PUB-R051"} <= set(codes(result.diagnostics))
    parted = next(d for d in result.diagnostics if d.code == "PUB-R051")
    assert "bericht" in parted.message


# PDF


@pytest.fixture(scope="module")
def normalise_print(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, n.Document]:
    """Return the path of a PDF of the example `aanhangsel-1558.md`, and the document of the example."""
    seed = Path(__file__).resolve().parents[2] / "examples" / "aanhangsel-1558.md"
    document = publish.read(seed).document
    path = tmp_path_factory.mktemp("pdf") / "aanhangsel-1558.pdf"
    path.write_bytes(publish.write(resolve(document).document, "pdf").data)
    return path, document


def words(document: n.Document) -> Counter[str]:
    found = " ".join(x.text for x in document_nodes(document) if isinstance(x, n.Text))
    return Counter(found.split())


def same_paper(first: n.Document, second: n.Document) -> None:
    assert notes(first) == notes(second)
    for one, other in zip(first.blocks, second.blocks, strict=True):
        assert isinstance(one, n.Section)
        assert isinstance(other, n.Section)
        assert (one.role, one.number, plain_text(one.title)) == (
            other.role,
            other.number,
            plain_text(other.title),
        )
        texts = [
            [plain_text(b.inlines) for b in section.blocks if isinstance(b, n.Paragraph)]
            for section in (one, other)
        ]
        assert texts[0] == texts[1]


def test_the_example_can_be_read_back_from_its_pdf(normalise_print: tuple[Path, n.Document]) -> None:
    path, document = normalise_print
    result = publish.read(path)
    same_paper(document, result.document)
    assert called_after(result.document) == called_after(document)
    assert pages(result.document) == ["1", "2", "3", "4", "5"]
    for name in ("number", "session", "subject", "dates", "related"):
        assert getattr(result.document.metadata, name) == getattr(document.metadata, name)
    links = [
        x.href
        for note in result.document.notes.values()
        for x in nodes_in(note.blocks)
        if isinstance(x, n.Link)
    ]
    assert links == [
        "https://nos.nl/artikel/2408495-helft-slachtoffers-mensenhandel-binnen-7-jaar-opnieuw-getroffen-door-misdrijf"
    ]
    (span, *_) = (b.span for b in nodes_in(result.document.blocks) if isinstance(b, n.Paragraph))
    assert span is not None
    assert span.line == 1  # line is the page number


def pdftotext(path: Path, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not here")
    return subprocess.run(
        [program, *options, str(path), "-"], check=True, capture_output=True, text=True
    ).stdout


def test_the_example_can_be_read_back_from_text_with_form_feeds(
    normalise_print: tuple[Path, n.Document], tmp_path: Path
) -> None:
    text = tmp_path / "oud.txt"
    text.write_text(pdftotext(normalise_print[0], "-layout"), "utf-8")
    result = publish.read(text)
    same_paper(normalise_print[1], result.document)
    assert pages(result.document) == ["1", "2", "3", "4", "5"]
    assert result.document.metadata.number == "1558"


def test_text_with_notes_separated_from_their_numbers_is_rejected(
    normalise_print: tuple[Path, n.Document], tmp_path: Path
) -> None:
    text = tmp_path / "oud.txt"
    text.write_text(pdftotext(normalise_print[0]), "utf-8")
    with pytest.raises(PublishError, match="Note numbers are separated"):
        publish.read(text)


def pdf_of(markup: str, path: Path) -> ReadResult:
    from weasyprint import HTML

    path.write_bytes(HTML(string=markup).write_pdf())
    return publish.read(path)


def test_a_pdf_without_text_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as caught:
        pdf_of('<svg width="100" height="100"><rect width="90" height="90"/></svg>', tmp_path / "a.pdf")
    assert caught.value.diagnostics[0].code == "PUB-R052"
    assert "ocrmypdf" in caught.value.diagnostics[0].hint


def test_characters_without_unicode_are_counted(
    normalise_print: tuple[Path, n.Document], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(normalise_print[0]) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.as_dict().values():
                if "/ToUnicode" in font:
                    font.ToUnicode = pdf.make_stream(b"begincmap endcmap")
        pdf.save(path)
    result = publish.read(path)
    (found,) = [d for d in result.diagnostics if d.code == "PUB-R053"]
    assert "characters have no Unicode" in found.message
    assert any("\ufffd" in x.text for x in document_nodes(result.document) if isinstance(x, n.Text))


def test_a_pdf_of_an_unknown_document_type_keeps_its_words(tmp_path: Path) -> None:
    markup = "<h1>Jaarverslag</h1><p>Een alinea met <b>vette</b> woorden.</p><h2>Cijfers</h2><p>Nog een, met een verwijzing.<sup>1</sup></p><p style='font-size:70%'><sup>1</sup> De bron.</p>"
    result = pdf_of(markup, tmp_path / "a.pdf")
    assert words(result.document) + Counter(
        w for _, t in notes(result.document) for w in t.split()
    ) >= Counter(
        [
            "Jaarverslag",
            "Een",
            "alinea",
            "met",
            "vette",
            "woorden.",
            "Cijfers",
            "Nog",
            "een,",
            "met",
            "een",
            "verwijzing.",
            "De",
            "bron.",
        ]
    )
    assert notes(result.document) == [("1", "De bron.")]


def test_notes_in_brackets_of_the_official_journal_are_lifted() -> None:
    source = Path(__file__).resolve().parent.parent / "cases" / "pdf" / "oj-notes-in-brackets.pdf"
    document = publish.read(source).document
    texts = [
        plain_text(b.inlines) for x in document.notes.values() for b in x.blocks if isinstance(b, n.Paragraph)
    ]
    assert texts == [
        "OJ C 229, 31.7.2012, p. 90.",
        "OJ C 391, 18.12.2012, p. 127.",
        "Position of the Parliament of 12 March 2014.",
    ]
    body = next(
        x
        for x in document_nodes(document)
        if isinstance(x, n.Paragraph) and "opinion" in plain_text(x.inlines)
    )
    assert "()" not in plain_text(body.inlines)
    assert sum(isinstance(x, n.NoteRef) for x in body.inlines) == 3
