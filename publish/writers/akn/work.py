"""What an Akoma Ntoso file says of the work: its names at the three levels of FRBR (Naming Convention, 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from publish.akn.jurisdictions import Jurisdiction, Kind
from publish.akn.languages import three_letters
from publish.model.metadata import Identifier, Metadata
from publish.writers.akn.agents import UNKNOWN_COUNTRY, Entry, References, first, slug
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TOOL = "urn:x-publish:akomantoso"
"""The namespace of the one attribute of ours, `inferred`: the value follows from others, or stands for one that is not known."""
etree.register_namespace("publish", TOOL)

NO_ALIASES = frozenset({"issn"})
"""Schemes of identifiers that name a series, and not this work."""


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
    aliases: tuple[Identifier, ...]
    author: str
    """`#eId` of the author's entry."""
    author_role: str
    made: str
    """The date of this file."""
    versioned: bool = True
    """Whether the version in the expression's IRI is its date."""
    prescriptive: bool = False
    inferred: frozenset[str] = frozenset()
    """Those of `country`, `author` and `date` that nothing says."""

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
        return three_letters(self.language)

    @property
    def expression(self) -> str:
        """The IRI of the expression. Reissues exist, so it carries its date where the jurisdiction says nothing else."""
        return f"{self.iri}/{self.alpha3}@{self.date if self.versioned else ''}"


def work_of(
    metadata: Metadata,
    title: str,
    jurisdiction: Jurisdiction,
    kind: Kind,
    known: References,
    author: str,
    made: str,
) -> tuple[Work, list[str]]:
    """The facts of a work, from metadata, and what had to be said without their saying it.

    Args:
        metadata: What is known of the document.
        title: Its title, never empty.
        jurisdiction: How its works are named.
        kind: Its kind.
        known: Where roles and bodies are entered.
        author: `#eId` of the author; empty where none is known.
        made: The date of the file, `YYYY-MM-DD`.
    """
    assumed: dict[str, str] = {}
    if known.country == UNKNOWN_COUNTRY:
        assumed["country"] = f"No country given; '{UNKNOWN_COUNTRY}' is used"
    if not author:
        author = known.add("TLCOrganization", "unknown", "unreg.unknown", "unknown")
        assumed["author"] = "No author or publisher given; 'unknown' is used"
    role = next((role for role in kind.dates if metadata.date(role)), "")
    date = metadata.date(role) if role else next((d.date for d in metadata.dates), None)
    if date is None:
        assumed["date"] = f"No date given; the creation date of the file, {made}, is used"
    parts = [slug(value) for key in kind.number if (value := str(getattr(metadata, key, "")))]
    event = known.events.get(role)
    return Work(
        document_type=kind.element,
        country=known.country,
        subtype=kind.subtype,
        actor=author.removeprefix("#") if jurisdiction.actor and author != "#unknown" else "",
        date=date.isoformat() if date else made,
        date_name=(event.shown if event else "") or role or "generation",
        number="-".join(parts),
        name=slug(title),
        language=metadata.language,
        aliases=tuple(i for i in metadata.identifiers if i.scheme not in NO_ALIASES),
        author=author,
        author_role=known.role(kind.author),
        made=made,
        versioned=jurisdiction.version == "date",
        prescriptive=kind.prescriptive,
        inferred=frozenset(assumed),
    ), list(assumed.values())


def author_of(metadata: Metadata, known: References) -> str:
    """The `#eId` of the body, publisher or person whose work it is; empty where none is known."""
    publisher = first(metadata, "publisher")
    name = metadata.body or (publisher.organisation or publisher.name if publisher else "")
    if name:
        return known.organisation(name)
    author = first(metadata, "author")
    if author is None:
        return ""
    if author.organisation and not author.name:
        return known.organisation(author.organisation)
    return known.person(author.name) if author.name else ""


def identification(meta: Element, work: Work, editor_role: str) -> None:
    """The element `identification`."""
    element = sub(meta, "identification", {"source": "#publish"})
    own = sub(element, "FRBRWork")
    _names(own, f"{work.iri}/!main", work.iri)
    for alias in work.aliases:
        sub(own, "FRBRalias", {"name": alias.scheme, "value": alias.value} | _marked(alias.derived))
    _origin(own, work)
    sub(own, "FRBRcountry", {"value": work.country} | _marked("country" in work.inferred))
    if work.subtype:
        sub(own, "FRBRsubtype", {"value": work.subtype})
    sub(own, "FRBRnumber" if work.number else "FRBRname", {"value": work.number or work.name})
    sub(own, "FRBRprescriptive", {"value": str(work.prescriptive).lower()})
    own = sub(element, "FRBRExpression")
    _names(own, f"{work.expression}/!main", work.expression)
    _origin(own, work)
    sub(own, "FRBRlanguage", {"language": work.alpha3})
    own = sub(element, "FRBRManifestation")
    _names(own, f"{work.expression}/!main.xml", f"{work.expression}.xml")
    sub(own, "FRBRdate", {"date": work.made, "name": "markup"})
    sub(own, "FRBRauthor", {"href": "#publish", "as": editor_role})
    sub(own, "FRBRformat", {"value": "xml"})


def _names(parent: Element, this: str, uri: str) -> None:
    sub(parent, "FRBRthis", {"value": this})
    sub(parent, "FRBRuri", {"value": uri})


def _origin(parent: Element, work: Work) -> None:
    date = {"date": work.date, "name": work.date_name}
    sub(parent, "FRBRdate", date | _marked("date" in work.inferred))
    author = {"href": work.author, "as": work.author_role}
    sub(parent, "FRBRauthor", author | _marked("author" in work.inferred))


def _marked(inferred: bool) -> dict[str, str]:  # noqa: FBT001
    return {f"{{{TOOL}}}inferred": "true"} if inferred else {}


ORDER = ("TLCOrganization", "TLCPerson", "TLCRole", "TLCEvent", "TLCReference")


def references(element: Element, known: References, original: tuple[str, str] | None) -> None:
    """Fill the element `references`; `original` is the IRI and title of the first version."""
    if original is not None:
        sub(element, "original", {"eId": "original", "href": original[0], "showAs": original[1]})
    for kind in ORDER:
        for entry in known.named(kind):
            sub(element, kind, _attributes(entry))


def _attributes(entry: Entry) -> dict[str, str]:
    attributes = {"eId": entry.eid, "href": entry.href, "showAs": entry.shown}
    attributes |= {"shortForm": entry.short} if entry.short else {}
    return attributes | ({"name": entry.name} if entry.name else {})
