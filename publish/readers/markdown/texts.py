"""Read texts outside the flow of blocks, such as a title in the front matter or the caption of an image.

They can contain emphasis, links, calls and inline notes, like all other text of the manuscript.
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
        scope: The data that all inlines of the manuscript share.
        notes: The notes of the manuscript. The function adds the inline notes of the text.
        prefix: The prefix of the keys of these inline notes.
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
    """Return a key for a note that is not in `taken`."""
    return free_key(f"{wanted}-", taken) if wanted in taken else wanted
