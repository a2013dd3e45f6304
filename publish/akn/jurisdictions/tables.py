"""The shape of a jurisdiction's file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Element = Literal[
    "act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection",
    "judgment", "officialGazette", "statement",
]  # fmt: skip
"""Document elements that publish writes."""


class Entity(Struct, frozen=True, forbid_unknown_fields=True):
    """A body, role or event as the ontology names it."""

    shown: str = ""
    """Its name where it is shown; empty is the name under which it stands in the table."""
    eid: str = ""
    """The short name by which the text points at it; empty is made of its name."""
    iri: str = ""
    """The last part of its IRI; empty is the country and the name."""
    short: str = ""
    """A short form of its name."""


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of document."""

    element: Element = "doc"
    subtype: str = ""
    """The subtype in the IRI; it is also the document's name in Akoma Ntoso."""
    when: tuple[str, ...] = ()
    """Fields of the metadata that only this kind has: a document with all of them is one."""
    number: tuple[str, ...] = ("number",)
    """Fields of the metadata that make the number in the IRI, joined by hyphens."""
    dates: tuple[str, ...] = ("published",)
    """What may have happened on the day in the IRI, the best first."""
    author: str = "author"
    """The role of the author of the work."""
    cited: str = ""
    """How the first version is cited; `{number}` stands for the number."""
    prescriptive: bool = False
    """Whether it lays down rules."""
    events: dict[str, Entity] = field(default_factory=dict)
    """Events that are called otherwise for this kind, by the role of their date."""


class Jurisdiction(Struct, frozen=True, forbid_unknown_fields=True):
    """A parliament, a government or an office, and how it names its papers."""

    country: str = ""
    """ISO 3166-1 alpha-2 in small letters; empty leaves it to the document."""
    default: str = "document"
    """The kind of a document that does not say of which kind it is."""
    actor: bool = True
    """Whether the author is a part of the IRI."""
    version: Literal["date", "none"] = "date"
    """Whether the version in the IRI of an expression is its date."""
    government: str = "government"
    """The body that answers where nobody is named."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    """Kinds by the names that `type:` of a manuscript uses."""
    bodies: dict[str, Entity] = field(default_factory=dict)
    """Bodies by their full names."""
    roles: dict[str, Entity] = field(default_factory=dict)
    """Roles: `author` and others that kinds name, `editor` of the markup, `member` who asks."""
    events: dict[str, Entity] = field(default_factory=dict)
    """Events by the role of their date, such as `submitted`."""
    containers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For an element such as `article` or `motivation` the words with which the heading of such a part begins."""
