"""Captions: a paragraph in a caption style next to a table or an image becomes part of it."""

from __future__ import annotations

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.outline import Flat

CAPTION = "caption"
"""Role of a caption paragraph until it is attached to its table or image."""


def captioned(blocks: list[Flat]) -> list[Flat]:
    """Attach captions to blocks: above a table, else below an image, else below a table, else above an image."""
    out: list[Flat] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        before = out[-1] if out else None
        if not isinstance(block, n.Paragraph) or block.role != CAPTION:
            out.append(block)
        elif isinstance(after, n.Table) and not after.caption:
            out.append(replace(after, caption=block.inlines, id=block.id or after.id))
            index += 1
        elif _is_image(before):
            assert isinstance(before, n.Paragraph), "Image must be in a paragraph"
            out[-1] = _figure(before, block)
        elif isinstance(before, n.Table) and not before.caption:
            out[-1] = replace(before, caption=block.inlines, id=block.id or before.id)
        elif _is_image(after):
            assert isinstance(after, n.Paragraph), "Image must be in a paragraph"
            out.append(_figure(after, block))
            index += 1
        else:
            out.append(replace(block, role=""))
        index += 1
    return out


def _figure(picture: n.Paragraph, caption: n.Paragraph) -> n.Figure:
    return n.Figure(
        (replace(picture, id=""),), caption.inlines, id=caption.id or picture.id, span=picture.span
    )


def _is_image(block: Flat | None) -> bool:
    if not isinstance(block, n.Paragraph) or block.role:
        return False
    return any(isinstance(x, n.Image) for x in block.inlines) and all(
        isinstance(x, n.Image | n.LineBreak) or (isinstance(x, n.Text) and not x.text.strip())
        for x in block.inlines
    )
