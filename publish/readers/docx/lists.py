"""From numbered paragraphs, as Word has them, to lists within lists, as the model has them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.roles import ITEM_LABEL, LABELLED
from publish.readers.docx.numbering import Label


class Entry(Struct):
    """A paragraph that Word numbers, and what belongs to it."""

    level: int
    """From 0."""
    label: Label
    blocks: list[n.Block]
    tight: bool = True

    @property
    def kind(self) -> tuple[object, ...]:
        """What the entries of one list have in common."""
        if self.label.bullet:
            return ("bullet",)
        if not self.label.plain:
            return ("labelled",)
        return (self.label.style, self.label.delimiter)


class _Open(Struct):
    """A list that still takes items."""

    first: Entry
    last: Entry
    items: list[list[n.Block]] = field(default_factory=list)

    def closed(self) -> n.List:
        """The list."""
        items = tuple(n.ListItem(tuple(blocks), span=_span(blocks)) for blocks in self.items)
        label, tight = self.first.label, self.first.tight
        span = items[0].span if items else None
        if self.first.kind == ("bullet",):
            return n.List(items, tight=tight, span=span)
        if self.first.kind == ("labelled",):
            return n.List(items, tight=tight, attrs=n.Attrs((LABELLED,)), span=span)
        return n.List(items, True, label.value, label.style, label.delimiter, tight, span=span)


def _span(blocks: Sequence[n.Block]) -> Span | None:
    return blocks[0].span if blocks else None


def arranged(entries: Sequence[Entry]) -> list[n.List]:
    """The lists that these entries make."""
    done: list[n.List] = []
    stack: list[_Open] = []

    def close() -> None:
        made = stack.pop().closed()
        if stack:
            stack[-1].items[-1].append(made)
        else:
            done.append(made)

    for entry in entries:
        while stack and stack[-1].first.level > entry.level:
            close()
        if stack and stack[-1].first.level == entry.level and not _goes_on(stack[-1].last, entry):
            close()
        if not stack or stack[-1].first.level < entry.level:
            stack.append(_Open(entry, entry))
        stack[-1].items.append(_labelled(entry))
        stack[-1].last = entry
    while stack:
        close()
    return done


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Whether an entry is the next one of the same list."""
    if last.kind != entry.kind:
        return False
    return entry.kind[0] in {"bullet", "labelled"} or entry.label.value == last.label.value + 1


def _labelled(entry: Entry) -> list[n.Block]:
    """The blocks of an item; a label that no list of the model has by itself stands in its text."""
    first = entry.blocks[0] if entry.blocks else None
    if entry.kind != ("labelled",) or not isinstance(first, n.Paragraph):
        return list(entry.blocks)
    label = n.TextSpan((n.Text(entry.label.text, span=first.span),), ITEM_LABEL, span=first.span)
    inlines = (label, n.Text(" ", span=first.span), *first.inlines)
    return [n.Paragraph(inlines, first.role, id=first.id, attrs=first.attrs, span=first.span), *entry.blocks[1:]]
