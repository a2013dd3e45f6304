"""XMP metadata that identifies a file as both PDF/A and PDF/UA: parts 2 and 1, or parts 4 and 2."""

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
"""Identification of PDF/UA-1 (ISO 14289-1, 5), and its extension schema, which PDF/A-2 requires (ISO 19005-2, 6.6.2.3)."""

_PDF_A_4 = b"""\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>
</rdf:Description>
"""
"""Identification of PDF/A-4, which has no conformance level (ISO 19005-4, 6.7.3)."""

_PDF_UA_2 = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>
</rdf:Description>
"""
"""Identification of PDF/UA-2 (ISO 14289-2, 5); PDF/A-4 requires no extension schema for it."""

_END = b"</rdf:RDF>"


def with_pdf_ua(rdf: bytes) -> bytes:
    """Return the RDF from WeasyPrint with the identification of PDF/UA."""
    assert rdf.count(_END) == 1, "Expected one RDF description"
    return rdf.replace(_END, _PDF_UA)


def leave_readable(pdf: Any) -> None:  # noqa: ANN401 - pydyf is untyped
    """Leave the metadata stream uncompressed, so that archives identify the file as PDF/A without decompressing it."""
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False


def with_pdf_2(rdf: bytes, *, archival: bool) -> bytes:
    """Return the RDF from WeasyPrint with the identification of PDF/UA-2, and that of PDF/A-4 if the file is also PDF/A-4."""
    assert rdf.count(_END) == 1, "Expected one RDF description"
    return rdf.replace(_END, (_PDF_A_4 if archival else b"") + _PDF_UA_2 + _END)
