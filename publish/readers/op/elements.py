"""Tables of the elements of officiele-publicatie, and functions to read them."""

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
"""The node types of each `type` of `nadruk`; the reader ignores other types."""

PARAGRAPHS = frozenset(
    [
        "al", "considerans.al", "noot.al", "wij", "titel", "subtitel", "intitule", "tekstregel",
        "kamervraagnummer", "kamervraagomschrijving", "kamervraagopmerking", "tussenkop", "koning",
        "functie", "naam", "plaats", "datum", "stuknr", "dossiernr", "datumtekst", "ondernummer",
        "omschr", "toelicht", "vraagnummer", "adres", "agendapunt", "spreker", "dagtekening", "plaatje",
        "onderwerp", "afzender", "aanduiding", "organisatie",
    ]
)  # fmt: skip
"""Block elements that contain text."""

INLINES = frozenset(
    [
        "nadruk", "noot", "nootref", "voetref", "extref", "intref", "sup", "inf", "br", "naam",
        "voornaam", "achternaam", "voorvoegsels", "politiek", "functie", "plaats", "organisatie", "datum",
        "kamervraagonderwerp", "ondernummer", "redactie", "aanhaling", "dossierref", "illustratie",
    ]
)  # fmt: skip

NUMBERS = frozenset({"lidnr", "li.nr", "nr", "label", "nummer", "noot.nr"})
"""Elements that contain the number of their parent."""

SKIPPED = frozenset({"metadata", "colspec"})

NOTES = frozenset({"noot", "nootref"})


def headed(root: Element) -> frozenset[Element]:
    """Return all elements that have a head."""
    parents = (head.getparent() for head in root.iter("{*}kop"))
    return frozenset(parent for parent in parents if parent is not None)


def depth(head: Element, headed: frozenset[Element]) -> int:
    """Return the level of a head: the number of its ancestors that have a head, between 1 and 6."""
    return max(1, min(sum(1 for ancestor in head.iterancestors() if ancestor in headed), 6))


def span_of(element: Element) -> Span | None:
    """Return the line of an element; None if it is unknown."""
    line = getattr(element, "sourceline", None)
    return Span(line) if isinstance(line, int) and line else None


def words_of(element: Element) -> str:
    """Return the text of an element without its notes."""
    return words(element, NOTES)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def holds_text(element: Element) -> bool:
    """Return whether an element has text or inlines as direct content."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in texts) or any(local(child) in INLINES for child in element)
