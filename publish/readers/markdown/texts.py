"""Texts that stand outside the flow of blocks, such as a title in the front matter or the caption of a picture.

They may hold emphasis, links, note calls and notes in place, as any text of the manuscript.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.text import finish
from publish.readers.markdown.inlines import InlineReader, Scope
from publish.readers.markdown.parser import parser


def read_text(text: str, scope: Scope, notes: dict[str, n.Note], prefix: str) -> tuple[n.Inline, ...]:
    """Read one text.

    Args:
        text: Markdown without blocks.
        scope: What all inlines of the manuscript share.
        notes: The notes of the manuscript; those that the text holds in place are added.
        prefix: The beginning of the names of these.
    """
    env: dict[str, Any] = {}
    token = parser().parseInline(text, env)[0]
    written = {k: v for k, v in env.get("footnotes", {}).get("list", {}).items() if "tokens" in v}
    own = replace(scope, inline_notes={k: free_key(f"{prefix}-{k + 1}", notes) for k in written})
    for number, key in own.inline_notes.items():
        inlines = finish(InlineReader(own, None).read(written[number]["tokens"]))
        notes[key] = n.Note((n.Paragraph(inlines),))
    return finish(InlineReader(own, None).read(token.children or []))


def free_key(wanted: str, taken: Container[str]) -> str:
    """A name for a note that no label of the manuscript has."""
    return free_key(f"{wanted}-", taken) if wanted in taken else wanted
