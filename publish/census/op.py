"""Census of officiele-publicatie, the XML of officielebekendmakingen.nl."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from publish.census.collector import WITHOUT_HEADINGS, Element, XmlCounter, local
from publish.census.types import Census, SourceFile, SourceImage

INLINES = frozenset(
    [
        "nadruk",
        "noot",
        "voetnoot",
        "nootref",
        "voetref",
        "extref",
        "intref",
        "dossierref",
        "sup",
        "inf",
        "br",
        "naam",
        "voornaam",
        "achternaam",
        "voorvoegsels",
        "politiek",
        "functie",
        "plaats",
        "organisatie",
        "datum",
        "kamervraagonderwerp",
        "ondernummer",
        "redactie",
        "aanhaling",
        "illustratie",
    ]
)
"""Elements within a line."""

NUMBERS = frozenset({"li.nr", "lidnr"})
NOTE_NUMBERS = frozenset({"noot.nr", "nr"})
SILENT = frozenset({"metadata", "meta", "colspec", "spanspec"})
HEADS = frozenset({"kop"})
HEAD_PARTS = frozenset({"label", "nr", "titel", "subtitel"})
"""Parts of a head, which are shown in one line."""


def take(source: SourceFile) -> Census:
    """Count the text of an official publication."""
    root = ET.fromstring(source.data)  # noqa: S314 - expat limits the expansion of entities
    counter = _Counter()
    counter.children(root)
    return counter.out.census("op", WITHOUT_HEADINGS, "xml.etree")


class _Counter(XmlCounter):
    def element(self, element: Element, name: str) -> None:
        """Count an element."""
        if name in SILENT:
            return
        number = next((c for c in element if local(c) in NOTE_NUMBERS), None)
        if name in {"noot", "voetnoot"} and number is not None:
            self._note(element, number)
        elif name in {"nootref", "voetref"} and self.out.call(element.get("refid") or ""):
            return
        elif name == "illustratie":
            self.out.images.append(SourceImage("", element.get("naam") or "", alt=element.get("alt") or ""))
            self.out.words.append(" ")
        elif name == "br":
            self.out.words.append(" ")
        elif self.out.heading and name in HEAD_PARTS:
            self.out.words.append(" ")
            self.children(element)
        elif name in INLINES and name not in {"noot", "voetnoot"}:
            self._inline(element, name)
        else:
            self._block(element, name)

    def _inline(self, element: Element, name: str) -> None:
        address = element.get("doc") or ""
        if name == "extref" and address.startswith(("http:", "https:")):
            self.out.links.append(address)
        if name in {"naam", "voornaam", "achternaam", "functie"}:
            self.out.words.append(" ")
        self.children(element)

    def _block(self, element: Element, name: str) -> None:
        if name in NUMBERS:
            self.out.end_item()
            self.out.label = " ".join("".join(element.itertext()).split())
            return
        self.out.end()
        outer, self.out.heading = self.out.heading, self.out.heading or name in HEADS
        begun = self.out.begin_table() if name == "tgroup" else None
        self.children(element)
        if name == "li":
            self.out.end_item()
        else:
            self.out.end()
        if begun is not None:
            self.out.end_table(begun, *_size(element))
        self.out.heading = outer

    def _note(self, element: Element, number: Element) -> None:
        label = "".join(number.itertext()).strip().rstrip(".)")
        aside = self.out.begin_note()
        self.children(element, skip=number)
        self.out.end_note(element.get("id") or str(id(element)), label, aside)


def _size(group: Element) -> tuple[int, int]:
    """Return rows and columns of a table (OASIS TM 9502)."""
    rows = sum(local(e) == "row" for part in group for e in part)
    given = group.get("cols") or ""
    columns = sum(local(e) == "colspec" for e in group)
    return rows, max(columns, int(given) if given.isdecimal() else 0)
