"""Pictures that could not be had: their alternative text stands in their place, in every format alike."""

from __future__ import annotations

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.walk import change_document
from publish.resolve.state import State

MISSING = "missing-picture"


def show_missing_images(state: State) -> State:
    """Put the alternative text of a picture without a resource into brackets where the picture would stand."""
    resources = state.document.resources

    def settle(inline: n.Inline) -> n.Inline:
        if not isinstance(inline, n.Image) or inline.source in resources:
            return inline
        text = f"[{inline.alt or inline.source}]"
        return n.TextSpan(
            (n.Text(text, span=inline.span),), MISSING, id=inline.id, attrs=inline.attrs, span=inline.span
        )

    return replace(state, document=change_document(state.document, settle))
