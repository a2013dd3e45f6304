"""Compare the language that a file states with the language of its words."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.language_detection import detected_language
from publish.model.walk import CHILDREN, AnyNode
from publish.readers.base import ReadResult

NAMES = {"nl": "Dutch", "en": "English", "fr": "French", "de": "German"}


def with_language_of_words(result: ReadResult) -> ReadResult:
    """Replace the language of a document if its words are clearly in another language, and report it.

    Word processors and web editors write the language of the program, which can differ from that of the text.
    """
    document = result.document
    stated = document.metadata.language
    found = detected_language(_texts(document)) if stated else ""
    if not found or stated.partition("-")[0].lower() == found:
        return result
    message = f"File states the language '{stated}', but its words are {NAMES[found]}; publish uses '{found}'"
    return replace(
        result,
        document=replace(document, metadata=replace(document.metadata, language=found)),
        diagnostics=(*result.diagnostics, make("PUB-R065", message, source=document.source)),
    )


def _texts(document: n.Document) -> Iterator[str]:
    """Yield the texts without a language of their own."""
    notes = (block for note in document.notes.values() for block in note.blocks)
    left: list[AnyNode] = [*document.title, *document.front, *document.blocks, *notes]
    while left:
        node = left.pop()
        if isinstance(node, n.Text):
            yield node.text
        elif not (attrs := getattr(node, "attrs", None)) or not attrs.get("lang"):
            left += CHILDREN[type(node)](node) if type(node) in CHILDREN else ()
