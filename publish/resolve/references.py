"""References within the document: each leads to a target that exists, or becomes plain text and is reported."""

from __future__ import annotations

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.walk import change_document
from publish.resolve.ids import slug
from publish.resolve.state import State


def settle_references(state: State) -> State:
    """Point every cross reference at an id of the document."""
    found: list[Diagnostic] = []

    def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if not isinstance(inline, n.CrossReference) or inline.target in state.ids:
            return inline
        for name in (slug(inline.target), f"s-{inline.target}"):
            if name in state.ids:
                return replace(inline, target=name)
        message = f"nothing has the id '{inline.target}'"
        found.append(make("PUB-X001", message, span=inline.span, source=state.document.source))
        return inline.inlines

    document = change_document(state.document, settle)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *found))
