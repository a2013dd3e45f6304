"""The name of a package, and the information that its archive requires."""

from __future__ import annotations

from msgspec import Struct

from publish.deposit import required_metadata
from publish.deposit.names import safe
from publish.deposit.request import DepositRequest
from publish.engine.targets import stem
from publish.model.metadata import Metadata

OFFICIAL = "officielebekendmakingen"


class Identity(Struct, frozen=True):
    """Names and required information."""

    name: str
    """Name of the object: the folder and the stem of its files."""
    identifier: str
    source: str
    """Source of the identifier."""
    values: dict[str, str]
    """Information that the archive requires (`publish.deposit.required_metadata`)."""


def identity(metadata: Metadata, request: DepositRequest) -> Identity:
    """Combine the information from the user with that from the manuscript.

    Raises:
        PublishError: PUB-D001, for each required item that is missing.
    """
    official = metadata.identifier(OFFICIAL)
    values = {"naam": metadata.title or metadata.subject, **request.values}
    identifier = values.get("identificatie") or official or metadata.reference
    own = f"{OFFICIAL}.nl" if official and identifier == official else values.get("archiefvormer", "")
    values |= {"identificatie": identifier, "identificatieBron": values.get("identificatieBron") or own}
    required_metadata.missing(values, request.packages, request.request.source)
    name = safe(official or stem(request.request.source))
    return Identity(name, identifier, values["identificatieBron"], values)
