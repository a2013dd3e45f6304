"""What the XMP metadata of a file must say to be PDF/A and PDF/UA at once: parts 2 and 1, or parts 4 and 2."""

from __future__ import annotations

from typing import Any

_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""The identification of PDF/UA-1 (ISO 14289-1, 5) and the extension schema by which PDF/A-2 admits it
(ISO 19005-2, 6.6.2.3)."""

_PDF_A_4 = b"""\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>
</rdf:Description>
"""
"""The identification of PDF/A-4, which has no level of its own (ISO 19005-4, 6.7.3)."""

_PDF_UA_2 = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>
</rdf:Description>
"""
"""The identification of PDF/UA-2 (ISO 14289-2, 5); PDF/A-4 wants no extension schema for it."""

_END = b"</rdf:RDF>"


def with_pdf_ua(rdf: bytes) -> bytes:
    """The RDF that WeasyPrint made, with the identification of PDF/UA added to it."""
    assert rdf.count(_END) == 1, "Expected one RDF description"
    return rdf.replace(_END, _PDF_UA)


def leave_readable(pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
    """Leave the metadata stream uncompressed, so that archives identify the file as PDF/A without inflating it."""
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False


def with_pdf_2(rdf: bytes, *, archival: bool) -> bytes:
    """The RDF that WeasyPrint made, with the identification of PDF/UA-2 added to it, and that of PDF/A-4 if it is that too."""
    assert rdf.count(_END) == 1, "Expected one RDF description"
    return rdf.replace(_END, (_PDF_A_4 if archival else b"") + _PDF_UA_2 + _END)
