"""What the elements of officiele-publicatie are, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.readers.trees import local, words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NADRUK: dict[str, tuple[Callable[..., n.Inline], ...]] = {
    "vet": (n.Strong,),
    "halfvet": (n.Strong,),
    "cur": (n.Emphasis,),
    "vetcur": (n.Strong, n.Emphasis),
    "ondlijn": (n.Underline,),
    "ondlyn": (n.Underline,),
    "onderstreept": (n.Underline,),
    "doorhalen": (n.Strikethrough,),
    "doorgehaald": (n.Strikethrough,),
    "klkap": (n.SmallCaps,),
    "kleinkapitaal": (n.SmallCaps,),
    "sup": (n.Superscript,),
    "super": (n.Superscript,),
    "inf": (n.Subscript,),
    "sub": (n.Subscript,),
}
"""What each kind of emphasis is; any other says nothing."""

PARAGRAPHS = frozenset(
    [
        "al", "considerans.al", "noot.al", "wij", "titel", "subtitel", "intitule", "tekstregel",
        "kamervraagnummer", "kamervraagomschrijving", "kamervraagopmerking", "tussenkop", "koning",
        "functie", "naam", "plaats", "datum", "stuknr", "dossiernr", "datumtekst", "ondernummer",
        "omschr", "toelicht", "vraagnummer", "adres", "agendapunt", "spreker", "dagtekening", "plaatje",
        "onderwerp", "afzender", "aanduiding", "organisatie",
    ]
)  # fmt: skip
"""Elements that hold text, and stand among blocks."""

INLINES = frozenset(
    [
        "nadruk", "noot", "nootref", "voetref", "extref", "intref", "sup", "inf", "br", "naam",
        "voornaam", "achternaam", "voorvoegsels", "politiek", "functie", "plaats", "organisatie", "datum",
        "kamervraagonderwerp", "ondernummer", "redactie", "aanhaling", "dossierref", "illustratie",
    ]
)  # fmt: skip

NUMBERS = frozenset({"lidnr", "li.nr", "nr", "label", "nummer", "noot.nr"})
"""Elements that number what they stand in."""

SKIPPED = frozenset({"metadata", "colspec"})

NOTES = frozenset({"noot", "nootref"})


def depth(head: Element) -> int:
    """The level of a head: how many elements around it have one."""
    depth = sum(1 for ancestor in head.iterancestors() if any(local(child) == "kop" for child in ancestor))
    return max(1, min(depth, 6))


def span_of(element: Element) -> Span | None:
    """The line of an element."""
    line = getattr(element, "sourceline", None)
    return Span(line) if isinstance(line, int) and line else None


def words_of(element: Element) -> str:
    """The words of an element, without its notes."""
    return words(element, NOTES)


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def holds_text(element: Element) -> bool:
    """Whether an element has text or inlines directly in it."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in texts) or any(local(child) in INLINES for child in element)
