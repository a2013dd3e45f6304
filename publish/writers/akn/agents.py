"""Persons, bodies and roles: their entries in the references, and the short names by which the text points at them."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from publish.model.metadata import Agent, Metadata
from publish.model.ministries import MINISTRIES

OFFICES = {"Staatssecretaris": "stas", "Minister": "min", "Minister-President": "mp"}


class Entry(Struct, frozen=True):
    """One entry of `references` (TLCPerson, TLCOrganization, TLCRole, TLCEvent)."""

    kind: str
    eid: str
    href: str
    shown: str
    short: str = ""


def slug(text: str) -> str:
    """A text as part of an IRI: ASCII letters and digits, with hyphens between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


class References:
    """Collects entries; each is there once, under one short name."""

    def __init__(self, country: str) -> None:
        self.country = country
        self.entries: dict[str, Entry] = {}

    def add(self, kind: str, eid: str, name: str, shown: str, short: str = "") -> str:
        """Add an entry, if it is not there, and return `#eId`. `name` is the last part of its ontology IRI."""
        href = f"/akn/ontology/{kind.removeprefix('TLC').lower()}/{name}"
        for known in self.entries.values():
            if known.href == href:
                return f"#{known.eid}"
        wanted, count = eid, 1
        while eid in self.entries:
            count += 1
            eid = f"{wanted}-{count}"
        self.entries[eid] = Entry(kind, eid, href, shown, short)
        return f"#{eid}"

    def person(self, agent: Agent) -> str:
        """A person with what the paper says: the name alone, under the country."""
        return self.add(
            "TLCPerson", slug(agent.name).replace("-", ""), f"{self.country}.{slug(agent.name)}", agent.name
        )

    def organisation(self, name: str) -> str:
        """A ministry or other body."""
        return self.add(
            "TLCOrganization", MINISTRIES.get(name, slug(name)), f"{self.country}.{slug(name)}", name
        )

    def role(self, office: str, body: str) -> str:
        """An office, such as Staatssecretaris van Justitie en Veiligheid."""
        shown = f"{office} van {body}" if body else office
        eid = "-".join(
            filter(
                None, [OFFICES.get(office, slug(office)), MINISTRIES.get(body, slug(body)) if body else ""]
            )
        )
        return self.add("TLCRole", eid, f"{self.country}.{slug(f'{office} {body}')}", shown)

    def named(self, kind: str) -> list[Entry]:
        """The entries of a kind, in the order in which they were added."""
        return [entry for entry in self.entries.values() if entry.kind == kind]


def ministry_of(agent: Agent) -> str:
    """The ministry of an office as printed: "Staatssecretaris van Justitie en Veiligheid"."""
    if agent.organisation:
        return agent.organisation
    match = re.match(r"(?:Ministers?|Staatssecretaris(?:sen)?)\s+(?:van|voor)\s+(.+)", agent.office)
    return match[1] if match else ""


def first(metadata: Metadata, capacity: str) -> Agent | None:
    """The first agent in a capacity."""
    return next(iter(metadata.agents_as(capacity)), None)
