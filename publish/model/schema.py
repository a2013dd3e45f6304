"""JSON form of the model: canonical writer, strict reader and JSON Schema."""

from __future__ import annotations

from typing import Any

import msgspec

from publish.conversion import decoded
from publish.model.nodes import MODEL_VERSION, Document

_ENCODER = msgspec.json.Encoder(order="deterministic")


def to_json(document: Document) -> bytes:
    """Return canonical JSON in UTF-8: the same document gives the same bytes."""
    return _ENCODER.encode(document)


def from_json(data: bytes) -> Document:
    """Read a document from JSON.

    Raises:
        msgspec.ValidationError: if the data does not match the schema; the message contains the path of the first error.
    """
    document = decoded(data, Document)
    if document.version > MODEL_VERSION:
        raise msgspec.ValidationError(
            f"Model version {document.version} is newer than {MODEL_VERSION} - at `$.version`"
        )
    return document


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `Document`."""
    schema = msgspec.json.schema(Document)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"publish document model, version {MODEL_VERSION}",
        **schema,
    }
