"""Determine the title for metadata, outlines and window titles: never empty, and without calls."""

from __future__ import annotations

from pathlib import PurePath

from msgspec.structs import replace

from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.text import plain_text, without_notes
from publish.model.walk import document_nodes
from publish.resolve.state import State


def settle_title(state: State) -> State:
    """Take the title from the metadata, else the displayed title, else the first heading, else the file name."""
    document = state.document
    title = document.metadata.title or plain_text(without_notes(document.title)).strip()
    if not title:
        headings = (plain_text(x.title).strip() for x in document_nodes(document) if isinstance(x, n.Section))
        title = next((heading for heading in headings if heading), "")
    if title:
        return replace(state, title=" ".join(title.split()))
    name = PurePath(document.source).stem or "untitled"
    diagnostic = make(
        "PUB-M001", "Document has no title", source=document.source, hint="Add `title:` at the top"
    )
    return replace(state, title=name, diagnostics=(*state.diagnostics, diagnostic))
