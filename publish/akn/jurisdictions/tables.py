"""The structure of a jurisdiction file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Element = Literal[
    "act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection",
    "judgment", "officialGazette", "statement",
]  # fmt: skip
"""Document elements that publish writes."""


class Entity(Struct, frozen=True, forbid_unknown_fields=True):
    """A body, role or event, with its names in the ontology."""

    shown: str = ""
    """Name to display; if empty, its key in the table."""
    eid: str = ""
    """Short name that references in the text use; if empty, it is derived from the name."""
    iri: str = ""
    """Last part of the IRI; if empty, the country and the name."""
    short: str = ""
    """Short form of the name."""


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A document type."""

    element: Element = "doc"
    subtype: str = ""
    """Subtype in the IRI; also the name of the document in Akoma Ntoso."""
    when: tuple[str, ...] = ()
    """Metadata fields that only this type has: a document with all of them has this type."""
    number: tuple[str, ...] = ("number",)
    """Metadata fields that form the number in the IRI, joined by hyphens."""
    dates: tuple[str, ...] = ("published",)
    """Possible roles of the date in the IRI, in order of preference."""
    author: str = "author"
    """Role of the author of the work."""
    cited: str = ""
    """Citation of the first version; `{number}` is replaced by the number."""
    prescriptive: bool = False
    """Whether documents of this type lay down rules."""
    events: dict[str, Entity] = field(default_factory=dict)
    """Events that have another name for this type, by the role of their date."""


class Jurisdiction(Struct, frozen=True, forbid_unknown_fields=True):
    """A parliament, government or office, and how it names its documents."""

    country: str = ""
    """ISO 3166-1 alpha-2 code in lower case; if empty, the document gives the country."""
    default: str = "document"
    """Type of a document that does not state its type."""
    actor: bool = True
    """Whether the IRI contains the author."""
    version: Literal["date", "none"] = "date"
    """Whether the version in the IRI of an expression is its date."""
    government: str = "government"
    """Body that answers if no body is named."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    """Document types by the names that `type:` of a manuscript uses."""
    bodies: dict[str, Entity] = field(default_factory=dict)
    """Bodies by their full names."""
    roles: dict[str, Entity] = field(default_factory=dict)
    """Roles: `author` and others that document types name, `editor` of the markup, `member` who asks."""
    events: dict[str, Entity] = field(default_factory=dict)
    """Events by the role of their date, such as `submitted`."""
    containers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words at the start of a heading that identify a part, for elements such as `article` or `motivation`."""
