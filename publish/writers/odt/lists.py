"""Lists, of which a table interrupts the elements: LibreOffice shows only paragraphs and lists in an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model import roles
from publish.model.text import plain_text, without_start
from publish.writers.odt.automatic import AutomaticStyles
from publish.writers.odt.place import Place


class Piece(Struct, frozen=True):
    """A part of the content of an item or of a list."""

    inside: bool
    """Whether the list can contain it; otherwise it interrupts the list."""
    xml: str


class Blocks(Protocol):
    """Methods that a list needs from its story."""

    automatic: AutomaticStyles

    def block(self, block: n.Block, place: Place) -> str: ...  # noqa: D102

    def apart(self, blocks: Iterable[n.Block]) -> Iterable[n.Block]: ...  # noqa: D102


class ListWriter:
    """Writer of the lists of one story."""

    def __init__(self, story: Blocks, prefix: str) -> None:
        self.story = story
        self.prefix = prefix
        self.count = 0

    def write(self, block: n.List, place: Place) -> str:
        """Return a list and what interrupts it."""
        return "".join(piece.xml for piece in self._pieces(block, place))

    def _pieces(self, block: n.List, place: Place) -> list[Piece]:
        """Return the list elements of a list, and the blocks between them."""
        labelled = roles.LABELLED in block.attrs.classes
        style = self.story.automatic.list(block, place.lists)
        place = place.but(tight=block.tight)
        items = [piece for item in block.items for piece in self._item(item, place, labelled=labelled)]
        self.count += 1
        name = f"{self.prefix}{self.count}"
        out: list[Piece] = []
        for inside, group in groupby(items, lambda piece: piece.inside):
            content = "".join(piece.xml for piece in group)
            if not inside:
                out.append(Piece(False, content))
                continue
            again = (
                f' text:continue-list="{name}"' if any(piece.inside for piece in out) else f' xml:id="{name}"'
            )
            out.append(Piece(True, f'<text:list text:style-name="{style}"{again}>{content}</text:list>'))
        return out

    def _item(self, item: n.ListItem, place: Place, *, labelled: bool) -> list[Piece]:
        """Return an item; what follows a block that interrupts it is a list header, which has no label."""
        blocks = tuple(self.story.apart(item.blocks))
        override = ""
        if labelled:
            label, blocks = _split_label(blocks)
            # An item without a label of its own is shown without one.
            override = f' text:style-override="{self.story.automatic.label(label, place.lists)}"'
        if not blocks or not isinstance(blocks[0], n.Paragraph):
            blocks = (n.Paragraph(()), *blocks)  # carries the label
        if item.id:
            blocks = (replace(blocks[0], id=item.id), *blocks[1:])
        inner = place.but(lists=place.lists + 1)
        out: list[Piece] = []
        groups = groupby(self._content(blocks, inner), lambda piece: piece.inside)
        for inside, group in groups:
            content = "".join(piece.xml for piece in group)
            tag = "text:list-header" if out else "text:list-item"
            attributes = override if not out else ""
            out.append(Piece(inside, f"<{tag}{attributes}>{content}</{tag}>" if inside else content))
        return out

    def _content(self, blocks: Sequence[n.Block], place: Place) -> list[Piece]:
        out: list[Piece] = []
        for block in blocks:
            if isinstance(block, n.List):
                out += self._pieces(block, place)
            elif isinstance(block, n.Quote | n.Section):
                inside = block.blocks
                changed = place.but(style=place.style or "Quotations", quotes=place.quotes + 1)
                if isinstance(block, n.Section):
                    inside = (n.Paragraph(block.title), *block.blocks) if block.title else block.blocks
                    changed = place
                out += self._content(tuple(self.story.apart(inside)), changed)
            else:
                out.append(Piece(not isinstance(block, n.Table), self.story.block(block, place)))
        return out


def _split_label(blocks: tuple[n.Block, ...]) -> tuple[str, tuple[n.Block, ...]]:
    """Return the literal label of an item, and its blocks without it."""
    first = blocks[0] if blocks else None
    label = first.inlines[0] if isinstance(first, n.Paragraph) and first.inlines else None
    if (
        not isinstance(first, n.Paragraph)
        or not isinstance(label, n.TextSpan)
        or label.role != roles.ITEM_LABEL
    ):
        return "", blocks
    rest = n.Paragraph(
        without_start(first.inlines[1:], " "), first.role, id=first.id, attrs=first.attrs, span=first.span
    )
    return plain_text(label.inlines), (rest, *blocks[1:])
