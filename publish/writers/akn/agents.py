"""Persons, bodies and roles: their entries in the references, and the short names that the text uses to refer to them."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from publish.akn.jurisdictions import Entity, Jurisdiction, Kind
from publish.model.metadata import Agent, Metadata
from publish.model.ministries import MINISTRIES, office_of

OFFICES = {"Staatssecretaris": "stas", "Minister": "min", "Minister-President": "mp"}

UNKNOWN_COUNTRY = "xx"
"""User-assigned code of ISO 3166-1 that does not identify a country."""


class Entry(Struct, frozen=True):
    """One entry of `references` (TLCPerson, TLCOrganization, TLCRole, TLCEvent, TLCReference)."""

    kind: str
    eid: str
    href: str
    shown: str
    short: str = ""
    name: str = ""
    """The type of publication of a TLCReference."""


def slug(text: str) -> str:
    """Return a text as part of an IRI: ASCII letters and digits, with hyphens between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


class References:
    """Collection of entries; each occurs once, under one short name."""

    def __init__(self, country: str, jurisdiction: Jurisdiction, kind: Kind) -> None:
        self.country = country
        self.jurisdiction = jurisdiction
        self.events = {**jurisdiction.events, **kind.events}
        self.entries: dict[str, Entry] = {}

    def add(self, kind: str, eid: str, iri: str, shown: str, short: str = "", name: str = "") -> str:
        """Add an entry, if it is not present, and return `#eId`. `iri` is the last part of its ontology IRI."""
        href = f"/akn/ontology/{kind.removeprefix('TLC').lower()}/{iri}"
        for known in self.entries.values():
            if known.href == href:
                return f"#{known.eid}"
        wanted, count = eid, 1
        while eid in self.entries:
            count += 1
            eid = f"{wanted}-{count}"
        self.entries[eid] = Entry(kind, eid, href, shown, short, name)
        return f"#{eid}"

    def _entity(self, kind: str, name: str, known: Entity | None, eid: str) -> str:
        entity = known or Entity()
        return self.add(
            kind,
            entity.eid or eid,
            entity.iri or f"{self.country}.{slug(name)}",
            entity.shown or name,
            entity.short,
        )

    def person(self, name: str) -> str:
        """Add a person with the information in the document: only the name, under the country."""
        return self.add("TLCPerson", slug(name).replace("-", ""), f"{self.country}.{slug(name)}", name)

    def organisation(self, name: str) -> str:
        """Add a ministry or other body."""
        known = self.jurisdiction.bodies.get(name)
        return self._entity("TLCOrganization", name, known, MINISTRIES.get(name, slug(name)))

    def role(self, name: str) -> str:
        """Add a role that the jurisdiction defines, such as `author`."""
        return self._entity("TLCRole", name, self.jurisdiction.roles.get(name), slug(name))

    def office(self, office: str, body: str, printed: str = "") -> str:
        """Add an office, such as Staatssecretaris van Justitie en Veiligheid."""
        shown = printed or (f"{office} van {body}" if body else office)
        parts = [OFFICES.get(office, slug(office)), MINISTRIES.get(body, slug(body)) if body else ""]
        return self.add(
            "TLCRole", "-".join(filter(None, parts)), f"{self.country}.{slug(f'{office} {body}')}", shown
        )

    def event(self, role: str) -> str:
        """Add the event that happened on a date, by the role of the date."""
        return self._entity("TLCEvent", role, self.events.get(role), slug(role))

    def publication(self, scheme: str, identifier: str, shown: str) -> str:
        """Add another publication."""
        scheme = scheme or "publication"
        eid = re.sub(r"[^\w.-]+", "-", identifier)
        return self.add(
            "TLCReference",
            f"{slug(scheme)}-{eid}",
            f"{self.country}.{slug(identifier)}",
            shown,
            name=slug(scheme),
        )

    def named(self, kind: str) -> list[Entry]:
        """Return the entries of one type, in the order in which they were added."""
        return [entry for entry in self.entries.values() if entry.kind == kind]


def ministry_of(agent: Agent) -> str:
    """Return the ministry of an agent, or of the office as printed: "Staatssecretaris van Justitie en Veiligheid"."""
    return agent.organisation or office_of(agent.office)[1]


def first(metadata: Metadata, capacity: str) -> Agent | None:
    """Return the first agent in a capacity."""
    return next(iter(metadata.agents_as(capacity)), None)
