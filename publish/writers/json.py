"""The numbered document's model as canonical JSON."""

from __future__ import annotations

from msgspec.structs import replace

from publish.model.schema import to_json
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context, Output


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write the model without its annotations, which are not published; the style has no part in it."""
    del context
    return Output(to_json(replace(numbered.document, annotations=())))
