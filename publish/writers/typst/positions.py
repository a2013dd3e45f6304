"""Marks in the source that report the page of each anchor and where pages begin.

A mark before every word would double the time of the compiler. So the first source has marks where each passage (a run of
inlines in the body text) begins and ends, and a second source has marks before the words of the passages that cross a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from publish.model.text import printed_length
from publish.writers.base import Pages
from publish.writers.typst.literal import string

QUERY = "<places>"

ASKED = f"#context [#metadata(query(<place>).map(it => (it.value, it.location().page()))){QUERY}]"
"""Source that collects all marks with their pages. A query at each position would take four times as long as the layout."""

Reported = Sequence[tuple[str | int | list[int], int]]
"""The value of each mark with its page: the name of an anchor; the number of printed characters before a word; or, for the
start and the end of a passage, its index and the number of characters before it."""


class Marks:
    """Source of the marks of one document."""

    def __init__(self, *, wanted: bool = False, divided: frozenset[int] = frozenset()) -> None:
        """Count passages and characters from 0.

        Args:
            wanted: Whether the source contains marks.
            divided: Indexes of the passages with marks before their words.
        """
        self.wanted = wanted
        self.divided = divided
        self.length = 0
        """Number of printed characters of the running text so far."""
        self.passage = 0
        self.depth = 0
        """Depth of nested inlines in the current passage."""
        self.begun = False

    def anchor(self, name: str) -> str:
        """Return the mark of an anchor."""
        return _mark(string(name)) if self.wanted else ""

    def enter(self) -> None:
        """Begin inlines; the outermost ones are a passage."""
        self.depth += 1

    def leave(self) -> str:
        """End inlines; return the mark at the end of a passage that contains characters."""
        self.depth -= 1
        if self.depth or not self.begun:
            return ""
        self.begun = False
        self.passage += 1
        return self._edge(self.passage - 1)

    def before(self, characters: str) -> str:
        """Return the mark before characters of the running text, and count them."""
        if not self.wanted:
            return ""
        mark = "" if self.begun else self._edge(self.passage)
        if self.by_word or not self.depth:
            mark = _mark(str(self.length))
        self.begun = self.depth > 0
        self.length += printed_length(characters)
        return mark

    @property
    def by_word(self) -> bool:
        """Whether each word of the current passage has a mark."""
        return self.passage in self.divided

    def _edge(self, passage: int) -> str:
        return _mark(f"({passage}, {self.length})")


def _mark(value: str) -> str:
    return f"#[#metadata({value})<place>]"


class Found(NamedTuple):
    """Pages that marks report."""

    pages: Pages
    divided: frozenset[int]
    """Indexes of the passages that cross a page."""


def found(reported: Reported) -> Found:
    """Return the pages that the marks of a source report.

    A word that is divided between two pages counts for the first page.
    """
    anchors = {key: page for key, page in reported if isinstance(key, str)}
    edges = [(*key, page) for key, page in reported if isinstance(key, list)]
    ranges: dict[int, set[int]] = {}
    for passage, _, page in edges:
        ranges.setdefault(passage, set()).add(page)
    places = [(key, page) for key, page in reported if isinstance(key, int)]
    places += ((length, page) for _, length, page in edges)
    starts: dict[int, int] = {}
    for length, page in places:
        starts[page] = min(length, starts.get(page, length))
    last = max([*starts, *anchors.values()], default=1)
    total = max((length for length, _ in places), default=0)
    known = [starts.get(page) for page in range(1, last + 1)]
    # A page on which no word begins has the start of the next page.
    following = total
    for k in range(len(known) - 1, -1, -1):
        following = known[k] = following if (start := known[k]) is None else start
    divided = frozenset(passage for passage, pages in ranges.items() if len(pages) > 1)
    return Found(Pages(anchors, tuple(start or 0 for start in known)), divided)
