"""Metadata of a document. publish never invents a value: an unknown field stays empty."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct, field


class Identifier(Struct, frozen=True, omit_defaults=True):
    """An identifier of the document in a scheme such as `issn` or `officielebekendmakingen`."""

    scheme: str
    value: str
    derived: bool = False
    """Whether a rule derives the value from other metadata, so that it is not printed in the document."""


class DocumentDate(Struct, frozen=True, omit_defaults=True):
    """A date and its role: `submitted`, `answered`, `published`."""

    role: str
    date: dt.date
    text: str = ""
    """As printed."""


class Agent(Struct, frozen=True, omit_defaults=True):
    """A person or body with a capacity: who asks, who is asked, who answers, and on whose behalf they also answer."""

    capacity: Literal["questioner", "addressee", "answerer", "on-behalf", "author", "publisher"]
    name: str = ""
    """A person's name as printed."""
    office: str = ""
    """An office as printed, such as `Staatssecretaris van Justitie en Veiligheid`."""
    organisation: str = ""
    """A ministry or other body."""
    party: str = ""

    @property
    def shown(self) -> str:
        """Name to show if only one name is shown: the person, else the organisation."""
        return self.name or self.organisation


class Related(Struct, frozen=True, omit_defaults=True):
    """Another publication to which the whole document refers."""

    relation: str
    text: str
    """As printed."""
    identifier: str = ""


class Metadata(Struct, frozen=True, omit_defaults=True):
    """Typed metadata. Readers set the values in the source, profiles add recognised values, and front matter overrides both."""

    kind: str = ""
    """Document type in the terms of its organisation: `bill`, `kamerstuk`."""
    title: str = ""
    subtitle: str = ""
    subject: str = ""
    language: str = ""
    """BCP 47, such as `nl` or `nl-NL`."""
    country: str = ""
    """ISO 3166-1 alpha-2, lower case."""
    body: str = ""
    """Body that issued the document, such as `Tweede Kamer der Staten-Generaal`."""
    series: str = ""
    session: str = ""
    """Parliamentary session, such as `2021-2022`."""
    number: str = ""
    dossier: str = ""
    """Dossier of a parliamentary document, such as `36 067`."""
    reference: str = ""
    """Reference of the sender of a letter."""
    place: str = ""
    rights: str = ""
    keywords: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dates: tuple[DocumentDate, ...] = ()
    agents: tuple[Agent, ...] = ()
    related: tuple[Related, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    """Front matter without a field in the model."""

    def date(self, role: str) -> dt.date | None:
        """Return the first date with this role, or None."""
        return next((d.date for d in self.dates if d.role == role), None)

    def identifier(self, scheme: str) -> str:
        """Return the first identifier in this scheme, or an empty string."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), "")

    def agents_as(self, capacity: str) -> tuple[Agent, ...]:
        """Return the agents with this capacity, in the order of the document."""
        return tuple(a for a in self.agents if a.capacity == capacity)
