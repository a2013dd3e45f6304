"""Options of the profile `kamervragen`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from publish.options import setting


class KamervragenOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of an office for written questions."""

    member_notes: Annotated[
        Literal["merge", "separate"],
        setting("how to number the MP's notes in a ministry's answers", short="member_notes"),
    ] = "merge"
    """Number the notes of a member in the questions together with the notes of the ministry, or separately."""
    letter: Annotated[
        Literal["drop", "keep"], setting("what to do with the covering letter of a ministry", short="letter")
    ] = "drop"
    """Leave out letterhead and covering letter and print the front of the paper, or publish them as text."""
