"""Characters that no format can contain, in any text of a document: also in metadata, addresses and alternative texts.

Readers of text remove them where they stand. Front matter and JSON can spell them as escapes, so the whole document is
searched in its JSON form, in which such a character is always an escape.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from publish.conversion import decoded
from publish.diagnostics.codes import make
from publish.model.nodes import Document
from publish.readers.base import ReadResult

_ESCAPED = re.compile(
    rb"(?P<before>(?<!\\)(?:\\\\)*)(?:\\u00(?:0[0-8bcef]|1[0-9a-f])|\\[bf]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf])"
)
"""What XML does not allow (XML 1.0, 2.2), as `msgspec` writes it."""


def with_allowed_characters(result: ReadResult) -> ReadResult:
    """Return the document without characters that no format can contain, and report them (PUB-R018)."""
    document = result.document
    plain = replace(document, resources={}, origin=None, source="")
    data = msgspec.json.encode(plain)
    clean, count = _ESCAPED.subn(rb"\g<before>", data)
    if not count:
        return result
    made = decoded(clean, Document)
    resources = {_allowed(name): resource for name, resource in document.resources.items()}
    message = f"{count} control characters were removed" if count > 1 else "1 control character was removed"
    found = make("PUB-R018", message, source=document.source)
    changed = replace(made, resources=resources, origin=document.origin, source=document.source)
    return replace(result, document=changed, diagnostics=(*result.diagnostics, found))


def _allowed(name: str) -> str:
    return str(msgspec.json.decode(_ESCAPED.sub(rb"\g<before>", msgspec.json.encode(name))))
