"""Replace images that could not be loaded by their alternative text, in every format."""

from __future__ import annotations

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.roles import MISSING_IMAGE
from publish.model.walk import change_document
from publish.resolve.state import State


def show_missing_images(state: State) -> State:
    """Replace each image without a resource by its alternative text (else its source) in brackets."""
    resources = state.document.resources

    def settle(inline: n.Inline) -> n.Inline:
        if not isinstance(inline, n.Image) or inline.source in resources:
            return inline
        text = f"[{inline.alt or inline.source}]"
        return n.TextSpan(
            (n.Text(text, span=inline.span),),
            MISSING_IMAGE,
            id=inline.id,
            attrs=inline.attrs,
            span=inline.span,
        )

    return replace(state, document=change_document(state.document, settle))
