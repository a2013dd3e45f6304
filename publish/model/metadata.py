"""What is known of a paper beside its text. Nothing here is ever invented: an unknown field stays empty."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct, field


class Identifier(Struct, frozen=True, omit_defaults=True):
    """A name under which the paper is known, in a scheme such as `issn` or `officielebekendmakingen`."""

    scheme: str
    value: str
    derived: bool = False
    """True where it follows from other metadata by a rule and is not printed in the paper."""


class DocumentDate(Struct, frozen=True, omit_defaults=True):
    """A date and what happened on it: `submitted`, `answered`, `published`."""

    role: str
    date: dt.date
    text: str = ""
    """As printed."""


class Agent(Struct, frozen=True, omit_defaults=True):
    """A person or body in a capacity: who asked, who was asked, who answers, and for whom besides."""

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
        """How a person or body is named where there is room for one name."""
        return self.name or self.organisation


class Related(Struct, frozen=True, omit_defaults=True):
    """Another publication that this one points to as a whole."""

    relation: str
    text: str
    """As printed."""
    identifier: str = ""


class Metadata(Struct, frozen=True, omit_defaults=True):
    """Typed metadata. Readers fill what the source says; profiles add what they recognise; front matter overrides."""

    kind: str = ""
    """The kind of document, as its office calls it: `bill`, `kamerstuk`."""
    title: str = ""
    subtitle: str = ""
    subject: str = ""
    language: str = ""
    """BCP 47, such as `nl` or `nl-NL`."""
    country: str = ""
    """ISO 3166-1 alpha-2, lower case."""
    body: str = ""
    """The body whose paper this is, such as `Tweede Kamer der Staten-Generaal`."""
    series: str = ""
    session: str = ""
    """Parliamentary session, such as `2021-2022`."""
    number: str = ""
    dossier: str = ""
    """The dossier to which a parliamentary paper belongs, such as `36 067`."""
    reference: str = ""
    """The sender's reference of a letter."""
    place: str = ""
    rights: str = ""
    keywords: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dates: tuple[DocumentDate, ...] = ()
    agents: tuple[Agent, ...] = ()
    related: tuple[Related, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    """Front matter that the model has no field for."""

    def date(self, role: str) -> dt.date | None:
        """The first date with this role."""
        return next((d.date for d in self.dates if d.role == role), None)

    def identifier(self, scheme: str) -> str:
        """The first identifier in this scheme, or an empty string."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), "")

    def agents_as(self, capacity: str) -> tuple[Agent, ...]:
        """The agents in this capacity, in the order of the paper."""
        return tuple(a for a in self.agents if a.capacity == capacity)
