"""Model of the numbered document as canonical JSON."""

from __future__ import annotations

from msgspec.structs import replace

from publish.model.schema import to_json
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context, Output


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write the model without its annotations, which are not published; ignore the style."""
    del context
    return Output(to_json(replace(numbered.document, annotations=())))
