"""Conversion of paragraphs with labels, as in Word and KOOP's XML, to nested lists, as in the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct, field

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.numerals import from_letters, from_roman
from publish.model.roles import ITEM_LABEL, LABELLED

ListStyle = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
Delimiter = Literal[".", ")", "()"]


class Label(Struct, frozen=True):
    """Label that is printed before a paragraph."""

    text: str
    """Label as printed, such as `1.2` or `•`; empty if nothing is printed."""
    value: int
    bullet: bool
    style: ListStyle = "decimal"
    delimiter: Delimiter = "."
    plain: bool = False
    """Whether a list of the model prints the same label, from style, delimiter and value."""
    indent: int = 0


_PLAIN = re.compile(r"(?P<open>\()?(?P<number>\d{1,4}|[A-Za-z]{1,4})(?P<close>[.)])")
_BULLETS = frozenset("-–—•▪◦*·o")


def read_label(text: str, last: Label | None = None) -> Label:
    """Parse a label as typed, such as `a.`, `(iii)` or `-`.

    Args:
        text: The label.
        last: The previous label: `i` after `h` is a letter, and without a previous label it is a numeral.
    """
    text = text.strip()
    match = _PLAIN.fullmatch(text)
    if not text or text in _BULLETS:
        return Label(text, 0, bullet=True)
    if match is None or (match["open"] and match["close"] == "."):
        return Label(text, 0, bullet=False)
    delimiter: Delimiter = "()" if match["open"] else ")" if match["close"] == ")" else "."
    number = match["number"]
    if number.isdecimal():
        return Label(text, int(number), False, "decimal", delimiter, plain=True)
    upper = number.isupper()
    value = from_letters(number.lower())
    style: ListStyle = "upper-alpha" if upper else "lower-alpha"
    goes_on = last is not None and last.style == style and value == last.value + 1
    if not goes_on and (numeral := from_roman(number.lower())):
        roman_style: ListStyle = "upper-roman" if upper else "lower-roman"
        in_row = last is not None and last.style == roman_style and numeral == last.value + 1
        if in_row or (last is None and numeral == 1):
            return Label(text, numeral, False, roman_style, delimiter, plain=True)
    if len(number) > 1 and not goes_on:
        return Label(text, 0, bullet=False)
    return Label(text, value, False, style, delimiter, plain=True)


class Entry(Struct):
    """A paragraph that Word numbers, with the blocks that belong to it."""

    level: int
    """Level from 0."""
    label: Label
    blocks: list[n.Block]
    tight: bool = True

    @property
    def kind(self) -> tuple[object, ...]:
        """Properties that the entries of one list have in common."""
        if self.label.bullet:
            return ("bullet",)
        if not self.label.plain:
            return ("labelled",)
        return (self.label.style, self.label.delimiter)


class _Open(Struct):
    """A list that still accepts items."""

    first: Entry
    last: Entry
    items: list[list[n.Block]] = field(default_factory=list)

    def closed(self) -> n.List:
        """Return the list."""
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
    """Return the lists that these entries form."""
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
    """Return whether an entry is the next one of the same list."""
    if last.kind != entry.kind:
        return False
    return entry.kind[0] in {"bullet", "labelled"} or entry.label.value == last.label.value + 1


def _labelled(entry: Entry) -> list[n.Block]:
    """Return the blocks of an item; a label that no list of the model can print is added to its text."""
    first = entry.blocks[0] if entry.blocks else None
    if entry.kind != ("labelled",) or not isinstance(first, n.Paragraph):
        return list(entry.blocks)
    label = n.TextSpan((n.Text(entry.label.text, span=first.span),), ITEM_LABEL, span=first.span)
    inlines = (label, n.Text(" ", span=first.span), *first.inlines)
    return [
        n.Paragraph(inlines, first.role, id=first.id, attrs=first.attrs, span=first.span),
        *entry.blocks[1:],
    ]
