"""Options of what is read through pandoc."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.options import setting


class PandocOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What pandoc cannot tell, and the user decides."""

    merge_identical_notes: Annotated[
        bool, setting("through pandoc: merge notes with the same text", short="merge_identical_notes")
    ] = False
