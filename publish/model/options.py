"""What a user may decide about how a manuscript is read and understood."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Options(Struct, frozen=True):
    """Most kinds of manuscript know only some of it."""

    track_changes: Literal["accept", "reject", "fail"] = "accept"
    """Word: read a file as if its tracked changes were accepted, or rejected; or refuse a file that has any."""
    member_notes: Literal["merge", "separate"] = "merge"
    """Answers of a ministry: number the notes that a member wrote into the questions with the ministry's, or apart."""
    merge_identical_notes: bool = False
    """What pandoc reads: take notes with the same text for one note that is called several times."""
    references: bool = True
    """Whether what a text cites of other publications, and of its own questions and answers, becomes links."""
    max_megabytes: int = 200
    """The most that a file may hold when it is unpacked."""
    seconds: int = 60
    """The most that reading may take."""


DEFAULT = Options()
