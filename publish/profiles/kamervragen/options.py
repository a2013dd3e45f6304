"""Options of the profile `kamervragen`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from publish.options import setting


class KamervragenOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an office decides about written questions."""

    member_notes: Annotated[
        Literal["merge", "separate"],
        setting("a member's notes in a ministry's answers", short="member_notes"),
    ] = "merge"
    """Number the notes that a member wrote into the questions with the ministry's, or apart."""
