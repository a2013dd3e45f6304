"""Options of the OpenDocument writer."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.options import setting


class OdtOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the OpenDocument writer."""

    template: Annotated[
        str,
        setting("your own .odt or .ott", metavar="FILE", path="input"),
    ] = ""
