"""Table of contents in Word: a TOC field that Word can update, with its current entries (ECMA-376-1, 17.16.5.68)."""

from __future__ import annotations

from publish.localisation import terms
from publish.markup import quoteattr
from publish.model.text import outline_text
from publish.writers.docx.names import bookmark
from publish.writers.docx.package import PackageBuilder
from publish.writers.docx.runs import field, run

_GALLERY = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
_TAB = "<w:r><w:tab/></w:r>"


def contents(package: PackageBuilder) -> str:
    """Return the table of contents, if the document has one; page numbers are from the PDF, if it was laid out."""
    document = package.numbered.document
    found = package.numbered.contents()
    if not found:
        return ""
    depth = package.numbered.structure.contents
    begin, end = field(f'TOC \\o "1-{depth}" \\h \\z \\u', "\x00").split(run("\x00"))
    title = terms(document.metadata.language).contents
    out = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{run(title)}</w:p>'
    for index, (section, level) in enumerate(found):
        name = bookmark(section.id)
        page = package.numbered.page_of.get(section.id)
        number = _TAB + field(f"PAGEREF {name} \\h", str(page)) if page else ""
        link = f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{run(outline_text(section.title))}{number}</w:hyperlink>'
        before = "" if index else begin
        after = end if index == len(found) - 1 else ""
        out += f'<w:p><w:pPr><w:pStyle w:val="TOC{min(level, 3)}"/></w:pPr>{before}{link}{after}</w:p>'
    return f"<w:sdt>{_GALLERY}<w:sdtContent>{out}</w:sdtContent></w:sdt>"
