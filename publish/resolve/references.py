"""Resolve cross-references in the document; one without a target becomes plain text and is reported."""

from __future__ import annotations

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.localisation import terms
from publish.model import nodes as n
from publish.model.text import plain_text, without_notes
from publish.model.walk import change_document, document_nodes
from publish.resolve.ids import slug
from publish.resolve.state import State


def settle_references(state: State) -> State:
    """Set the target of every cross-reference to an id of the document."""
    found: list[Diagnostic] = []
    shown = _shown(state)

    def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if not isinstance(inline, n.CrossReference):
            return inline
        for name in (inline.target, slug(inline.target), f"s-{inline.target}"):
            if name in state.ids:
                terms = (
                    () if plain_text(inline.inlines) else (n.Text(shown.get(name, name), span=inline.span),)
                )
                return replace(inline, target=name, inlines=inline.inlines or terms)
        message = f"Cross-reference target not found: '{inline.target}'"
        found.append(make("PUB-X001", message, span=inline.span, source=state.document.source))
        return inline.inlines

    document = change_document(state.document, settle)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *found))


def _shown(state: State) -> dict[str, str]:
    """Return the text of cross-references without text, by id: the number of the target, else its title or caption."""
    out: dict[str, str] = {}
    section = terms(state.document.metadata.language).section
    for node in document_nodes(state.document):
        if isinstance(node, n.Section) and node.id:
            label = state.labels.get(node.id)
            out[node.id] = f"{section} {label}" if label else plain_text(without_notes(node.title))
        elif isinstance(node, n.Table | n.Figure) and node.id:
            out[node.id] = state.labels.get(node.id) or plain_text(without_notes(node.caption)) or node.id
    return out
