"""Conversion of Word formulas (OMML) to TeX, with one run of pandoc per file; pandoc supports OMML best."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from publish.diagnostics import PublishError
from publish.readers.docx.names import OM, W
from publish.readers.office.formulas import tex_of
from publish.readers.pandoc.program import run

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TIME_LIMIT = 20
"""Seconds for all formulas of a file."""

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_NO_RELATIONS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def as_tex(formulas: Sequence[Element]) -> list[str | None]:
    """Return the TeX of each formula; None for a formula that pandoc cannot convert."""
    if not formulas:
        return []
    document = etree.Element(
        W + "document", nsmap={"w": W[1:-1], "m": OM[1:-1]}
    )  # pandoc recognises elements by these prefixes
    body = etree.SubElement(document, W + "body")
    for formula in formulas:
        copied = etree.SubElement(body, W + "p")
        copied.append(etree.fromstring(etree.tostring(formula, with_tail=False)))
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/_rels/document.xml.rels", _NO_RELATIONS)
        archive.writestr(
            "word/document.xml", etree.tostring(document, encoding="UTF-8", xml_declaration=True)
        )
    try:
        tree, _ = run(package.getvalue(), "docx", TIME_LIMIT)
    except (subprocess.SubprocessError, ValueError, PublishError):
        return [None] * len(formulas)
    blocks = tree["blocks"]
    if len(blocks) != len(formulas):
        return [None] * len(formulas)
    return [tex_of(block) for block in blocks]


def letters(formula: Element) -> str:
    """Return the characters of a formula in order, for a formula without TeX."""
    return "".join(text.text or "" for text in formula.iter(OM + "t"))
