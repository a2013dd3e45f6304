"""Lists from their items: CommonMark combines items with any numbering in one list, and counts from the first item.

An official text must keep its numbers. If the style of the marker changes, a new list begins. It is nested in the last
item if the text returns to the first style later, or if that item ends with a colon. A new list also begins if the
numbers have a gap or restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.roles import ITEM_LABEL, LABELLED
from publish.model.text import plain_text
from publish.readers.markdown.markers import Marker


class Entry(Struct, frozen=True):
    """An item with the marker at its beginning."""

    marker: Marker
    item: n.ListItem
    counted: bool
    """Whether the marker is a CommonMark marker, which may be `1.` for every item."""


def arranged(entries: Sequence[Entry], *, tight: bool) -> list[n.List]:
    """Return the lists that these items form, with the numbers from the source."""
    if any(entry.marker.text for entry in entries):
        runs = (list(run) for _, run in groupby(entries, lambda entry: bool(entry.marker.text)))
        return [made for run in runs for made in _arranged_run(run, tight=tight)]
    arranger = _Arranger(entries, tight=tight)
    for index in range(len(entries)):
        arranger.add(index)
    return arranger.finish()


def _arranged_run(entries: Sequence[Entry], *, tight: bool) -> list[n.List]:
    literal = bool(entries[0].marker.text)
    return [_labelled(entries, tight=tight)] if literal else arranged(entries, tight=tight)


def _labelled(entries: Sequence[Entry], *, tight: bool) -> n.List:
    """Return a list whose labels are text, because no style of list prints them."""
    items = []
    for entry in entries:
        label, item = entry.marker.text, entry.item
        first = item.blocks[0] if item.blocks else None
        printed = n.TextSpan((n.Text(label, span=item.span),), ITEM_LABEL, span=item.span)
        if isinstance(first, n.Paragraph):
            inlines = (printed, n.Text(" ", span=first.span), *first.inlines)
            blocks = (replace(first, inlines=inlines), *item.blocks[1:])
        else:
            blocks = (n.Paragraph((printed,), span=item.span), *item.blocks)
        items.append(replace(item, blocks=blocks))
    return n.List(tuple(items), tight=tight, attrs=n.Attrs((LABELLED,)), span=entries[0].item.span)


class _Open:
    """A list that is being read."""

    def __init__(self, entry: Entry) -> None:
        self.marker = entry.marker
        self.items = [entry.item]
        self.last = entry.marker.value
        self.is_lazy = False

    def continues(self, entry: Entry) -> bool:
        """Return whether an item is the next item of this list."""
        value = entry.marker.value
        if entry.counted and len(self.items) == 1 and value == self.last:
            self.is_lazy = True
        return self.is_lazy or value == self.last + 1

    def append(self, entry: Entry) -> None:
        self.items.append(entry.item)
        self.last += 1


def _kind(marker: Marker) -> tuple[str, str]:
    return marker.style, marker.delimiter


class _Arranger:
    def __init__(self, entries: Sequence[Entry], *, tight: bool) -> None:
        self.entries = entries
        self.tight = tight
        self.done: list[n.List] = []
        self.open: list[_Open] = []
        self.nested: set[tuple[tuple[str, str], tuple[str, str]]] = set()
        """Pairs of outer and inner marker style that were found nested."""

    def add(self, index: int) -> None:
        """Add an item to the list that it belongs to."""
        entry = self.entries[index]
        kind = _kind(entry.marker)
        if any(_kind(x.marker) == kind for x in self.open):
            while _kind(self.open[-1].marker) != kind:
                self._close()
            if self.open[-1].continues(entry):
                self.open[-1].append(entry)
                return
            self._close()
        elif self.open and self._nests(kind, index):
            self.nested.add((_kind(self.open[-1].marker), kind))
        else:
            self.finish()
        self.open.append(_Open(entry))

    def finish(self) -> list[n.List]:
        """Close all lists, and return them."""
        while self.open:
            self._close()
        return self.done

    def _nests(self, kind: tuple[str, str], index: int) -> bool:
        outer = self.open[-1]
        outer_kind = _kind(outer.marker)
        following = Marker(outer.marker.style, outer.marker.delimiter, outer.last + 1)
        goes_back = any(entry.marker == following for entry in islice(self.entries, index + 1, None))
        return goes_back or (outer_kind, kind) in self.nested or _announces(outer.items[-1])

    def _close(self) -> None:
        closed = self.open.pop()
        made = n.List(
            tuple(closed.items),
            ordered=True,
            start=closed.marker.value,
            style=closed.marker.style,
            delimiter=closed.marker.delimiter,
            tight=self.tight,
            span=closed.items[0].span,
        )
        if self.open:
            item = self.open[-1].items[-1]
            self.open[-1].items[-1] = replace(item, blocks=(*item.blocks, made))
        else:
            self.done.append(made)


def _announces(item: n.ListItem) -> bool:
    last = item.blocks[-1] if item.blocks else None
    return isinstance(last, n.Paragraph) and plain_text(last.inlines).rstrip().endswith(":")
