"""Writer for Akoma Ntoso.

It restores the elements of a document that was read from Akoma Ntoso, and uses the tables of the jurisdiction for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from publish.akn.jurisdictions import find
from publish.akn.names import NAMESPACE
from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.writers.akn import carried
from publish.writers.akn.content import AknContent
from publish.writers.akn.document import Documents
from publish.writers.akn.options import AknOptions
from publish.writers.akn.xml import Ids, serialise
from publish.writers.attachments import ImageAttachments
from publish.writers.base import Context, Output

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from publish.diagnostics import Diagnostic


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write Akoma Ntoso 3.0 (OASIS Standard, 29 August 2018), with its images as attachments.

    Raises:
        PublishError: PUB-C001, if the jurisdiction is unknown.
    """
    images = ImageAttachments(context.media)
    root, found = tree(numbered, context, images)
    return Output(serialise(root), tuple(found), attachments=images.files)


def tree(
    numbered: NumberedDocument, context: Context, images: ImageAttachments
) -> tuple[Element, list[Diagnostic]]:
    """Return the root of the file and a diagnostic for assumed values."""
    document = numbered.document
    content = AknContent(numbered, Ids(), images, None)
    origin = document.origin
    if origin is not None and origin.format == "akn":
        return carried.write(origin, content), []
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    options = context.options_as(AknOptions)
    documents = Documents(
        content,
        find(options.jurisdiction, document.metadata.country),
        context.timestamp.date().isoformat(),
        enriched=options.enrich,
    )
    documents.write(root)
    content.settle_references()
    if not documents.assumed:
        return root, []
    return root, [make("PUB-W004", "; ".join(documents.assumed), source=document.source)]
