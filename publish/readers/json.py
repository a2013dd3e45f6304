"""Strict reader for the document model as JSON; it rejects data that does not fit the schema, with the path of the error.

The file can come from anyone. Its images and links are checked like those of every other format, and data with which another
format is written back unchanged are not used.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.lengths import length
from publish.model.schema import from_json
from publish.model.walk import change_document
from publish.readers.addresses import is_address
from publish.readers.base import ReadResult, Source
from publish.readers.images import ImageLoader


def read(source: Source) -> ReadResult:
    """Read a document that `publish inspect --json` wrote."""
    try:
        document = from_json(source.data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        hint = "Run `publish schema` to see the schema for this type of file"
        raise PublishError(
            make("PUB-R009", f"Not a document: {error}", source=source.name, hint=hint)
        ) from None
    images = ImageLoader(None, source.name)
    for key, resource in document.resources.items():
        images.add(key, resource.data, None)
    found = list(images.diagnostics)
    account: list[AccountEntry] = []

    def checked(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if isinstance(inline, n.Image):
            return replace(inline, width=length(inline.width), height=length(inline.height))
        if not isinstance(inline, n.Link | n.Citation) or not inline.href or is_address(inline.href):
            return inline
        message = f"Link to '{inline.href[:80]}' is published as plain text"
        found.append(make("PUB-R017", message, span=inline.span, source=source.name))
        account.append(AccountEntry("PUB-R017", inline.href, "link", span=inline.span))
        return replace(inline, href="") if isinstance(inline, n.Citation) else inline.inlines

    document = change_document(document, checked)
    document = replace(document, source=source.name, origin=None, resources=images.loaded)
    return ReadResult(document, tuple(found), tuple(account))
