"""The Akoma Ntoso writer: a document that came from Akoma Ntoso as what it was, any other by the tables of its jurisdiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from publish.akomantoso.jurisdictions import find
from publish.akomantoso.names import NAMESPACE
from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn import carried
from publish.writers.akn.content import Content
from publish.writers.akn.document import Documents
from publish.writers.akn.xml import Ids, serialise
from publish.writers.base import Context, Output
from publish.writers.beside import Pictures

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from publish.diagnostics import Diagnostic


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write Akoma Ntoso 3.0 (OASIS Standard, 29 August 2018), with its pictures beside it.

    Raises:
        PublishError: PUB-C001, where there is no such jurisdiction.
    """
    pictures = Pictures(context.media)
    root, found = tree(numbered, context, pictures)
    return Output(serialise(root), tuple(found), beside=pictures.files)


def tree(
    numbered: NumberedDocument, context: Context, pictures: Pictures
) -> tuple[Element, list[Diagnostic]]:
    """The root of the file, and what had to be assumed."""
    document = numbered.document
    content = Content(numbered, Ids(), pictures, None)
    origin = document.origin
    if origin is not None and origin.format == "akn":
        return carried.write(origin, content), []
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    wanted = context.jurisdiction or document.settings.get("jurisdiction", "")
    documents = Documents(
        content,
        find(wanted, document.metadata.country),
        context.timestamp.date().isoformat(),
        enriched=context.enriched,
    )
    documents.write(root)
    content.settle_references()
    if not documents.assumed:
        return root, []
    return root, [make("PUB-W004", "; ".join(documents.assumed), source=document.source)]
