"""The Word package: a lean template, the parts that python-docx has no class for, and bytes that are always the same.

python-docx carries the package: parts, relationships, pictures, headers and core properties. Its own template is not
used: it brings 164 styles, an old compatibility mode, and languages that are not the document's.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import PartFactory
from docx.oxml.parser import parse_xml
from docx.parts.story import StoryPart

from publish.model.nodes import CrossReference
from publish.resolve.numbered import NumberedDocument
from publish.style.docx import W, styles_xml, twips
from publish.style.tokens import Style
from publish.writers.base import Context
from publish.writers.docx.counter import WORD_FORMATS, literal_marks
from publish.writers.docx.lists import Lists
from publish.writers.docx.names import Counter, bookmark
from publish.writers.docx.pictures import Pictures

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip entry can have: the same in each build."""


class FootnotesPart(StoryPart):  # type: ignore[misc]
    """`word/footnotes.xml`, with relationships of its own, so that links and pictures in notes work."""


PartFactory.part_type_for[CONTENT_TYPE.WML_FOOTNOTES] = FootnotesPart


class Package:
    """One Word file in the making."""

    def __init__(self, numbered: NumberedDocument, context: Context) -> None:
        self.numbered = numbered
        self.style: Style = context.style
        self.context = context
        self.language = numbered.document.metadata.language or "und"
        page = self.style.page
        self.text_width = twips(page.width - page.margin.left - page.margin.right)
        self.text_height = twips(page.height - page.margin.top - page.margin.bottom)
        self.document = docx.Document(io.BytesIO(self._template()))
        self.part = self.document.part
        self.notes_part: Any = None
        self.bookmarks = Counter()
        self.lists = Lists()
        self.pictures = Pictures(numbered.document.resources, self.text_width, self.text_height)
        self.literal = literal_marks(numbered)
        self.note_numbers = {
            note.id: k for k, note in enumerate((x for x in numbered.notes.values() if not x.parent), start=1)
        }
        self.links: dict[tuple[int, str], str] = {}
        self.referenced = _referenced(numbered)

    def target(self, anchor: str) -> tuple[str, str]:
        """The start and end of a bookmark for an id, if something in the document refers to it."""
        if not anchor or anchor not in self.referenced:
            return "", ""
        number = self.bookmarks.take()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(anchor)}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def hyperlink(self, part: Any, href: str) -> str:  # noqa: ANN401 - python-docx is untyped
        """The relationship of a link in a part; each address has one."""
        key = (id(part), href)
        if key not in self.links:
            self.links[key] = part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.links[key]

    def add_notes_part(self) -> Any:  # noqa: ANN401
        """The part for notes, which is empty until `fill_notes`."""
        name = PackURI("/word/footnotes.xml")
        element = parse_xml(f"<w:footnotes {NAMESPACES}/>")
        part = FootnotesPart(name, CONTENT_TYPE.WML_FOOTNOTES, element, self.part.package)
        self.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self.notes_part = part
        return part

    def fill_notes(self, notes: dict[int, str]) -> None:
        """Put the two separators and the notes, by number, into their part."""
        content = _separator(-1, "separator") + _separator(0, "continuationSeparator")
        content += "".join(f'<w:footnote w:id="{k}">{xml}</w:footnote>' for k, xml in notes.items())
        self.notes_part._element = parse_xml(f"<w:footnotes {NAMESPACES}>{content}</w:footnotes>")  # noqa: SLF001

    def fill_body(self, content: str) -> None:
        """Put blocks into the body, before the section's properties."""
        body = self.document.element.body
        parsed = parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
        last = body[-1]
        for child in list(parsed):
            last.addprevious(child)

    def add_numbering(self) -> None:
        """Put the lists' definitions into their part."""
        if self.lists.instances:
            part = next(r.target_part for r in self.part.rels.values() if r.reltype == _OFFICE + "numbering")
            part._element = parse_xml(self.lists.xml().encode())  # noqa: SLF001

    def save(self) -> bytes:
        """The package as bytes: entries in a fixed order, with a fixed date."""
        self._properties()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return _normalised(buffer.getvalue())

    def _properties(self) -> None:
        core = self.document.core_properties
        metadata = self.numbered.document.metadata
        authors = [a.shown for a in metadata.agents_as("author") or metadata.agents_as("publisher")]
        core.title = self.numbered.title[:255]
        core.author = "; ".join(authors) or metadata.body
        core.last_modified_by = ""
        core.language = self.language
        core.subject = metadata.subject[:255]
        core.keywords = ", ".join(metadata.keywords)[:255]
        core.identifier = metadata.identifiers[0].value if metadata.identifiers else ""
        core.comments = ""
        core.revision = 1
        stamp = self.context.timestamp.replace(tzinfo=None)
        core.created = stamp
        core.modified = stamp

    # The template

    def _template(self) -> bytes:
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships({"rId1": (_OFFICE + "officeDocument", "word/document.xml")}),
            "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body>{self._section()}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relationships(
                {
                    "rId1": (_OFFICE + "styles", "styles.xml"),
                    "rId2": (_OFFICE + "settings", "settings.xml"),
                    "rId3": (_OFFICE + "numbering", "numbering.xml"),
                    "rId4": (_OFFICE + "fontTable", "fontTable.xml"),
                }
            ),
            "word/styles.xml": styles_xml(self.style, self.language),
            "word/settings.xml": self._settings(),
            "word/numbering.xml": Lists().xml(),
            "word/fontTable.xml": _font_table(self.style),
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return buffer.getvalue()

    def _section(self) -> str:
        page = self.style.page
        m = page.margin
        return (
            "<w:sectPr>"
            f"{self._note_properties('')}"
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
            f'<w:pgMar w:top="{twips(m.top)}" w:right="{twips(m.right)}" w:bottom="{twips(m.bottom)}" '
            f'w:left="{twips(m.left)}" w:header="567" w:footer="567" w:gutter="0"/>'
            "<w:titlePg/></w:sectPr>"
        )

    def _note_properties(self, separators: str) -> str:
        policy = self.numbered.document.note_policy
        start = max(policy.start, 1)
        return (
            f'<w:footnotePr><w:pos w:val="pageBottom"/><w:numFmt w:val="{WORD_FORMATS[policy.format]}"/>'
            f'<w:numStart w:val="{start}"/><w:numRestart w:val="continuous"/>{separators}</w:footnotePr>'
        )

    def _settings(self) -> str:
        language = quoteattr(self.language)
        listed = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>' if self.numbered.notes else ""
        mode = "http://schemas.microsoft.com/office/word"
        hyphenate = "<w:autoHyphenation/>" if self.style.body.hyphenate else ""
        return (
            f'{_HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>{hyphenate}'
            f'<w:characterSpacingControl w:val="doNotCompress"/>{self._note_properties(listed)}'
            f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{mode}" w:val="15"/></w:compat>'
            f'<w:themeFontLang w:val={language}/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
        )


def _referenced(numbered: NumberedDocument) -> frozenset[str]:
    return frozenset(node.target for node in numbered.nodes() if isinstance(node, CrossReference))


def _separator(number: int, kind: str) -> str:
    spacing = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{spacing}<w:r><w:{kind}/></w:r></w:p></w:footnote>'
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


def _normalised(data: bytes) -> bytes:
    """The same package with `[Content_Types].xml` first, the rest by name, and one date for all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    first = "[Content_Types].xml"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in (first, *sorted(entries.keys() - {first})):
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0o644 << 16
            archive.writestr(info, entries[name])
    return buffer.getvalue()
