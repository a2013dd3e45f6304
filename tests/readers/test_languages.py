"""Test the language of a document: as the file states it, or by its words if they are clearly in another language."""

from __future__ import annotations

import pytest

from publish.engine.reading import read
from publish.model import nodes as n
from publish.model.language_detection import detected_language
from publish.model.text import plain_text
from publish.model.walk import nodes_in
from publish.request import Request
from tests.conftest import ROOT

DUTCH = (
    "Kunt u aangeven of het klopt dat de gemeente in het voorjaar een besluit heeft genomen over de aanleg van de weg, "
    "en of dit besluit aan de raad is voorgelegd? Deze vraag is niet eerder aan de orde geweest in de Kamer, maar de "
    "minister heeft er wel over gesproken met de provincie."
)
ENGLISH = (
    "Whether it is the case that the council took a decision in the spring on the construction of the road, and whether "
    "this decision was put to the members of the council? The question has not been raised in the House before, but the "
    "minister has spoken about it with the province."
)
FRISIAN = (
    "It is net sa dat de gemeente yn it foarjier in beslút nommen hat oer de oanlis fan de dyk, en oft dit beslút oan de "
    "rie foarlein is? Dizze fraach is net earder oan de oarder west yn de Keamer, mar de minister hat der wol oer "
    "praten mei de provinsje, en dat is foar de minsken fan belang."
)
AFRIKAANS = (
    "Dit is nie so dat die munisipaliteit in die lente 'n besluit geneem het oor die aanleg van die pad nie, en of "
    "hierdie besluit aan die raad voorgelê is? Hierdie vraag is nie vroeër in die Huis geopper nie, maar die minister "
    "het wel daaroor met die provinsie gepraat."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DUTCH, "nl"),
        (ENGLISH, "en"),
        (FRISIAN, ""),
        (AFRIKAANS, ""),
        (f"{DUTCH} {ENGLISH}", ""),
        ("De minister heeft het besluit genomen.", ""),
    ],
    ids=["nl", "en", "frisian", "afrikaans", "half and half", "short"],
)
def test_detected_language(text: str, language: str) -> None:
    assert detected_language([text]) == language


@pytest.mark.parametrize(
    ("stated", "body", "language", "reported"),
    [
        ("en-US", f"<p>{DUTCH}</p>", "nl", True),
        ("nl-NL", f"<p>{DUTCH}</p>", "nl-NL", False),
        ("en", f"<p>{ENGLISH}</p>", "en", False),
        ("en", f"<p>{ENGLISH}</p><p><span lang='nl'>{DUTCH} {DUTCH}</span></p>", "en", False),
        ("fy", f"<p>{FRISIAN}</p>", "fy", False),
    ],
)
def test_language_of_a_web_page(stated: str, body: str, language: str, *, reported: bool) -> None:
    data = f"<html lang='{stated}'><head><title>T</title></head><body>{body}</body></html>".encode()
    result = read(Request(source="a.html", data=data))
    assert result.document.metadata.language == language
    assert ("PUB-R065" in {d.code for d in result.diagnostics}) is reported


def test_front_matter_decides() -> None:
    """The author of a Markdown file wrote the language."""
    result = read(Request(source="a.md", data=f"---\nlang: en\n---\n\n{DUTCH}\n".encode()))
    assert result.document.metadata.language == "en"


@pytest.mark.parametrize("name", ["aanhangsel-1558", "brief", "kamerstuk", "rapport"])
def test_words_of_the_examples_are_in_their_language(name: str) -> None:
    document = read(Request(source=str(ROOT / "examples" / f"{name}.md"))).document
    paragraphs = [plain_text(b.inlines) for b in nodes_in(document.blocks) if isinstance(b, n.Paragraph)]
    assert detected_language(paragraphs) == document.metadata.language.partition("-")[0] == "nl"
