"""Options for sources that publish reads with pandoc."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.options import setting


class PandocOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings for information that the output of pandoc does not contain."""

    merge_identical_notes: Annotated[
        bool, setting("through pandoc: merge notes with the same text", short="merge_identical_notes")
    ] = False
