"""Headings recognised by format: short bold paragraphs above text, in a file without heading styles.

Letters of ministries are such files. Their questions are also bold, so a paragraph that ends like a sentence is not a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.text import is_bold, plain_text, without_bold

LONGEST = 120
"""Maximum number of characters of a heading."""

LONGEST_OUTLINED = 200
"""Maximum number of characters of a heading whose paragraph has an outline level."""

_SENTENCE_END = re.compile(r"[^\W\d]{2,}\. \S")

ENDINGS = (".", "?", "!", ";", ",", ":", "”", "»")
"""Characters that end sentences and salutations, but not headings."""


def found_by_look(blocks: Sequence[Flat]) -> tuple[list[Flat], list[n.Paragraph]]:
    """Return the blocks with bold paragraphs as headings of one level, and those paragraphs.

    Change nothing if the file has headings by style, or if most of its paragraphs are bold.
    """
    paragraphs = [block for block in blocks if isinstance(block, n.Paragraph)]
    if any(isinstance(block, Heading) for block in blocks):
        return list(blocks), []
    chosen = [
        index for index, block in enumerate(blocks) if _is_heading(block) and _has_text_below(blocks, index)
    ]
    if not chosen or 2 * len(chosen) > len(paragraphs):
        return list(blocks), []
    taken = [block for index in chosen if isinstance(block := blocks[index], n.Paragraph)]
    marked = frozenset(chosen)
    out = [_heading(block) if index in marked else block for index, block in enumerate(blocks)]
    return out, taken


def can_be_heading(text: str) -> bool:
    """Return whether a text with an outline level, but without a heading style, is short and not a sentence."""
    text = text.strip()
    ends = text.endswith((".", ";", ",")) and not text.endswith("...")
    sentence = ends or _SENTENCE_END.search(text)
    return len(text) <= LONGEST_OUTLINED and not sentence


def _is_heading(block: Flat) -> bool:
    if not isinstance(block, n.Paragraph) or block.role or not is_bold(block.inlines):
        return False
    text = plain_text(block.inlines).strip()
    return len(text) <= LONGEST and not text.endswith(ENDINGS) and any(map(str.isalpha, text))


def _has_text_below(blocks: Sequence[Flat], index: int) -> bool:
    return index + 1 < len(blocks) and not _is_heading(blocks[index + 1])


def _heading(block: Flat) -> Flat:
    if not isinstance(block, n.Paragraph):
        return block
    return Heading(1, without_bold(block.inlines), block.id, block.attrs, block.span)
