"""Identification of the work in Akoma Ntoso: its names at the three levels of FRBR (Naming Convention, 4)."""

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
"""Namespace of the attribute `inferred`, which marks a value that is derived or replaces an unknown value."""
etree.register_namespace("publish", TOOL)

NO_ALIASES = frozenset({"issn"})
"""Schemes of identifiers that identify a series, not this work."""


class Work(Struct, frozen=True):
    """Facts that determine the IRIs."""

    document_type: str
    """Document element, such as `debate` or `doc`."""
    country: str
    subtype: str
    actor: str
    """Short name of the author in the IRI; empty omits it."""
    date: str
    date_name: str
    number: str
    """FRBRnumber; empty if the work has a name instead."""
    name: str
    language: str
    """BCP 47, or empty."""
    aliases: tuple[Identifier, ...]
    author: str
    """`#eId` of the entry of the author."""
    author_role: str
    made: str
    """Date of this file."""
    versioned: bool = True
    """Whether the version in the IRI of the expression is its date."""
    prescriptive: bool = False
    inferred: frozenset[str] = frozenset()
    """Fields among `country`, `author` and `date` that the metadata do not contain."""

    @property
    def iri(self) -> str:
        """IRI of the work."""
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
        """Language code of three letters; `und` if unknown."""
        return three_letters(self.language)

    @property
    def expression(self) -> str:
        """IRI of the expression.

        Works can be reissued, so it contains the date unless the jurisdiction specifies otherwise.
        """
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
    """Return the facts of a work from its metadata, and the assumptions for missing values.

    Args:
        metadata: Metadata of the document.
        title: Title of the document, never empty.
        jurisdiction: Rules for the names of works.
        kind: Document type.
        known: The list to which roles and bodies are added.
        author: `#eId` of the author; empty if unknown.
        made: Date of the file, `YYYY-MM-DD`.
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
    """Return the `#eId` of the body, publisher or person that is the author of the work; empty if unknown."""
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
    """Append the element `identification`."""
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
