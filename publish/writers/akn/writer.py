"""The Akoma Ntoso writer: the table of profiles and document types, and the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from publish.akomantoso.names import NAMESPACE
from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn import carried, debate, doc
from publish.writers.akn.content import Content
from publish.writers.akn.xml import Ids, serialise
from publish.writers.base import Context, Output

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DocumentType = Callable[["Element", Content, Ids, str], list[str]]

DOCUMENT_TYPES: dict[str, DocumentType] = {
    "kamervragen": debate.write,
}
"""The document type of each profile; any other is a `doc`."""


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write Akoma Ntoso 3.0 (OASIS Standard, 29 August 2018)."""
    ids = Ids()
    content = Content(numbered, ids)
    origin = numbered.document.origin
    if origin is not None and origin.format == "akn":
        return Output(serialise(carried.write(origin, content)))
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    kind = DOCUMENT_TYPES.get(numbered.document.profile, doc.write)
    assumed = kind(root, content, ids, context.timestamp.date().isoformat())
    content.settle_references()
    message = "; ".join(assumed)
    found = [make("PUB-W004", message, source=numbered.document.source)] if assumed else []
    return Output(serialise(root), tuple(found))
