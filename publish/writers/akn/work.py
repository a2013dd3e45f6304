"""What an Akoma Ntoso file says of the work: its names at the three levels of FRBR (Naming Convention, 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from publish.akomantoso.languages import LANGUAGES
from publish.writers.akn.agents import Entry, References
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Work(Struct, frozen=True):
    """The facts from which the IRIs follow."""

    document_type: str
    """The document element: `debate`, `doc`."""
    country: str
    subtype: str
    actor: str
    """Short name of the author in the IRI; empty leaves it out."""
    date: str
    date_name: str
    number: str
    """FRBRnumber; empty where the work has a name instead."""
    name: str
    language: str
    """BCP 47, or empty."""
    aliases: tuple[tuple[str, str], ...]
    author: str
    """`#eId` of the author's entry."""
    author_role: str
    made: str
    """The date of this file."""

    @property
    def iri(self) -> str:
        """The IRI of the work."""
        parts = [
            self.country,
            self.document_type,
            self.subtype,
            self.actor,
            self.date,
            self.number or self.name,
        ]
        return "/akn/" + "/".join(part for part in parts if part)

    @property
    def alpha3(self) -> str:
        """The language in three letters; `und` where it is not known."""
        return LANGUAGES.get(self.language.partition("-")[0].lower(), "und")

    @property
    def expression(self) -> str:
        """The IRI of the expression: reissues exist, so it carries its date."""
        return f"{self.iri}/{self.alpha3}@{self.date}"


def identification(meta: Element, work: Work, editor_role: str) -> None:
    """The element `identification`."""
    element = sub(meta, "identification", {"source": "#publish"})
    own = sub(element, "FRBRWork")
    _names(own, f"{work.iri}/!main", work.iri)
    for scheme, value in work.aliases:
        sub(own, "FRBRalias", {"name": scheme, "value": value})
    _event(own, work.date, work.date_name, work.author, work.author_role)
    sub(own, "FRBRcountry", {"value": work.country})
    if work.subtype:
        sub(own, "FRBRsubtype", {"value": work.subtype})
    sub(own, "FRBRnumber" if work.number else "FRBRname", {"value": work.number or work.name})
    sub(own, "FRBRprescriptive", {"value": "false"})
    own = sub(element, "FRBRExpression")
    _names(own, f"{work.expression}/!main", work.expression)
    _event(own, work.date, work.date_name, work.author, work.author_role)
    sub(own, "FRBRlanguage", {"language": work.alpha3})
    own = sub(element, "FRBRManifestation")
    _names(own, f"{work.expression}/!main.xml", f"{work.expression}.xml")
    _event(own, work.made, "markup", "#publish", editor_role)
    sub(own, "FRBRformat", {"value": "xml"})


def _names(parent: Element, this: str, uri: str) -> None:
    sub(parent, "FRBRthis", {"value": this})
    sub(parent, "FRBRuri", {"value": uri})


def _event(parent: Element, date: str, name: str, author: str, role: str) -> None:
    sub(parent, "FRBRdate", {"date": date, "name": name})
    sub(parent, "FRBRauthor", {"href": author, "as": role})


ORDER = ("TLCOrganization", "TLCPerson", "TLCRole", "TLCEvent")


def references(meta: Element, known: References, original: tuple[str, str] | None) -> None:
    """The element `references`; `original` is the IRI and title of the first version."""
    element = sub(meta, "references", {"source": "#publish"})
    if original is not None:
        sub(element, "original", {"eId": "original", "href": original[0], "showAs": original[1]})
    for kind in ORDER:
        for entry in known.named(kind):
            sub(element, kind, _attributes(entry))


def _attributes(entry: Entry) -> dict[str, str]:
    attributes = {"eId": entry.eid, "href": entry.href, "showAs": entry.shown}
    return attributes | ({"shortForm": entry.short} if entry.short else {})
