"""Strict reader for the document model as JSON; it rejects data that does not fit the schema, with the path of the error."""

from __future__ import annotations

import msgspec

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.schema import from_json
from publish.readers.base import ReadResult, Source


def read(source: Source) -> ReadResult:
    """Read a document that `publish inspect --json` wrote."""
    try:
        return ReadResult(from_json(source.data))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        hint = "Run `publish schema` to see the schema for this type of file"
        raise PublishError(
            make("PUB-R009", f"Not a document: {error}", source=source.name, hint=hint)
        ) from None
