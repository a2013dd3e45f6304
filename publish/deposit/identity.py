"""What a package is called, and what its archive is told."""

from __future__ import annotations

from msgspec import Struct

from publish.deposit import required_metadata
from publish.deposit.names import safe
from publish.deposit.request import DepositRequest
from publish.engine.targets import stem
from publish.model.metadata import Metadata

OFFICIAL = "officielebekendmakingen"


class Identity(Struct, frozen=True):
    """Names and answers."""

    name: str
    """The object's name: the folder and the stem of its files."""
    identifier: str
    source: str
    """Where the identifier comes from."""
    values: dict[str, str]
    """What the archive is told (`publish.deposit.required_metadata`)."""


def identity(metadata: Metadata, request: DepositRequest) -> Identity:
    """What the user says, with what the paper itself says.

    Raises:
        PublishError: PUB-D001, for each thing that a package cannot be without and nobody says.
    """
    official = metadata.identifier(OFFICIAL)
    values = {"naam": metadata.title or metadata.subject, **request.values}
    identifier = values.get("identificatie") or official or metadata.reference
    own = f"{OFFICIAL}.nl" if official and identifier == official else values.get("archiefvormer", "")
    values |= {"identificatie": identifier, "identificatieBron": values.get("identificatieBron") or own}
    required_metadata.missing(values, request.packages, request.request.source)
    name = safe(official or stem(request.request.source))
    return Identity(name, identifier, values["identificatieBron"], values)
