"""The note or call that a link points to, found by the position on the page where the link ends."""

from __future__ import annotations

from typing import Any

from publish.verify.extractors.observer import Place

REACH = 14.0
"""Maximum vertical distance, in points, between the end of a link and the line that it points to."""

Ends = tuple[Place | None, ...]
"""The ends of one link: its position on a page, and the first glyph of the structure element that it names."""


def nearest_note(targets: Any, places: list[Place | None]) -> int:  # noqa: ANN401 - a key of the observer
    """Return the note at whose first line a link ends; -1 if there is none, or more than one."""
    for ends in targets:
        found = {_line(end, places) for end in ends}
        if len(found) == 1 and found != {-1}:
            return found.pop()
    return -1


def _line(end: Place | None, places: list[Place | None]) -> int:
    near = [
        (abs(p[2] - end[2]), k)
        for k, p in enumerate(places)
        if p and end and p[0] == end[0] and abs(p[2] - end[2]) <= REACH
    ]
    return min(near)[1] if near else -1


def nearest_call(ends: Any, places: list[Place | None]) -> int:  # noqa: ANN401 - a key of the observer
    """Return the call at which a link ends; -1 if there is none, or more than one."""
    found = {_spot(end, places) for end in ends}
    return found.pop() if len(found) == 1 else -1


def _spot(end: Place | None, places: list[Place | None]) -> int:
    near = [
        (abs(p[2] - end[2]) + abs(p[1] - end[1]), k)
        for k, p in enumerate(places)
        if p and end and p[0] == end[0] and abs(p[2] - end[2]) <= REACH and abs(p[1] - end[1]) <= REACH
    ]
    return min(near)[1] if near else -1
