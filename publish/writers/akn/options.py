"""Options of Akoma Ntoso."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.akn.jurisdictions import load
from publish.options import setting


class AknOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options for the name of a work and the markup in its text."""

    jurisdiction: Annotated[
        str,
        setting(
            "Akoma Ntoso: nl, eu, generic, or a .toml file",
            metavar="NAME|PATH",
            short="jurisdiction",
            path="name",
        ),
    ] = ""
    """Name or path; empty selects the jurisdiction of the country of the document."""
    enrich: Annotated[
        bool, setting("Akoma Ntoso: mark persons, offices and bodies in the text", short="enrich")
    ] = True

    def __post_init__(self) -> None:
        """Check the jurisdiction.

        Raises:
            PublishError: PUB-C001, if the jurisdiction is unknown.
        """
        if self.jurisdiction:
            load(self.jurisdiction)
