"""The note or call that a link points to, found by the position on the page where the link ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from publish.verify.extractors.observer import Place

REACH = 14.0
"""Maximum distance, in points, between the end of a link and the line that it points to."""

Ends = tuple[Place | None, ...]
"""The ends of one link: its position on a page, and the first glyph of the structure element that it names."""


class Destinations:
    """The positions of all notes, or of all calls, by page."""

    def __init__(self, places: Sequence[Place | None]) -> None:
        self._by_page: defaultdict[int, list[tuple[int, Place]]] = defaultdict(list)
        for index, place in enumerate(places):
            if place is not None:
                self._by_page[place[0]].append((index, place))

    def nearest_line(self, links: Sequence[Ends]) -> int:
        """Return the index of the note at whose first line a link ends; -1 unless exactly one note matches."""
        return next((k for ends in links if (k := _only({self._line(end) for end in ends})) >= 0), -1)

    def nearest_spot(self, ends: Ends) -> int:
        """Return the index of the call at which a link ends; -1 unless exactly one call matches."""
        return _only({self._spot(end) for end in ends})

    def _line(self, end: Place | None) -> int:
        return min(((high, k) for high, _, k in self._near(end)), default=(0.0, -1))[1]

    def _spot(self, end: Place | None) -> int:
        near = ((high + across, k) for high, across, k in self._near(end) if across <= REACH)
        return min(near, default=(0.0, -1))[1]

    def _near(self, end: Place | None) -> Iterator[tuple[float, float, int]]:
        """Yield each position near the end of a link: the vertical and the horizontal distance, and the index."""
        if end is None:
            return
        for index, place in self._by_page.get(end[0], ()):
            high = abs(place[2] - end[2])
            if high <= REACH:
                yield high, abs(place[1] - end[1]), index


def _only(found: set[int]) -> int:
    return found.pop() if len(found) == 1 else -1
