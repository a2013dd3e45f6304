"""The Word file to start from, if there is no template.

The default template of python-docx is not used: it contains 164 styles, an old compatibility mode, and languages that are
not the language of the document.
"""

from __future__ import annotations

import io
import zipfile

from publish.markup import escape, quoteattr
from publish.style.docx import styles_xml
from publish.style.tokens import Style
from publish.writers.docx.lists import Lists
from publish.writers.docx.sections import NAMESPACES, SEPARATORS, Sections

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
"""Prefix of the types of relationships."""


def blank(sections: Sections, style: Style, language: str, text_width: int) -> bytes:
    """Return a Word file with the styles of a house style and an empty body.

    Args:
        sections: The properties of its section.
        style: The house style.
        language: Language tag of the document.
        text_width: Width of the text, in twips.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"rId1": (OFFICE + "officeDocument", "word/document.xml")}),
        "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body>{sections.xml()}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(
            {
                "rId1": (OFFICE + "styles", "styles.xml"),
                "rId2": (OFFICE + "settings", "settings.xml"),
                "rId3": (OFFICE + "numbering", "numbering.xml"),
                "rId4": (OFFICE + "fontTable", "fontTable.xml"),
            }
        ),
        "word/styles.xml": styles_xml(style, language),
        "word/settings.xml": _settings(sections, style, language, text_width),
        "word/numbering.xml": Lists().xml(),
        "word/fontTable.xml": _font_table(style),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _settings(sections: Sections, style: Style, language: str, text_width: int) -> str:
    mode = "http://schemas.microsoft.com/office/word"
    zone = round(style.body.hyphen_zone * text_width)
    hyphenate = "<w:autoHyphenation/>" if style.body.hyphenate else ""
    hyphenate += f'<w:hyphenationZone w:val="{zone}"/>' if hyphenate and zone else ""
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>{hyphenate}'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{sections.notes(SEPARATORS)}'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{mode}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val={quoteattr(language)}/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _content_types() -> str:
    kinds = {
        "document": "document.main+xml",
        "styles": "styles+xml",
        "settings": "settings+xml",
        "numbering": "numbering+xml",
        "fontTable": "fontTable+xml",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(entries: dict[str, tuple[str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{k}" Type="{t}" Target="{p}"/>' for k, (t, p) in entries.items())
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def _font_table(style: Style) -> str:
    fonts = "".join(
        f'<w:font w:name="{escape(name)}"><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, family, pitch in (
            (style.fonts.office_body, "swiss", "variable"),
            (style.fonts.office_mono, "modern", "fixed"),
        )
    )
    return f"{_HEAD}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"
