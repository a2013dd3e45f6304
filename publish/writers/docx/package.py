"""Word package: a minimal template, the parts for which python-docx has no class, and reproducible bytes.

python-docx handles the package: parts, relationships, images, headers and core properties. Its default template is not
used: it contains 164 styles, an old compatibility mode, and languages that are not the language of the document.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from publish.model.language import is_rtl
from publish.model.nodes import CrossReference, NoteCrossReference
from publish.model.policy import END, NoteKind
from publish.resolve.numbered import NumberedDocument
from publish.storage import as_path, read_bytes
from publish.style.docx import W, styles_xml, twips
from publish.style.tokens import Style
from publish.writers.base import Context
from publish.writers.docx import template
from publish.writers.docx.block_format import BlockFormat
from publish.writers.docx.counter import WORD_FORMATS, first_number, marks, restarts
from publish.writers.docx.images import EMU_PER_TWIP, ImageParts
from publish.writers.docx.lists import Lists
from publish.writers.docx.names import Counter, bookmark
from publish.writers.docx.options import DocxOptions
from publish.writers.docx.parts import FORMS, NotesPart
from publish.writers.docx.runs import Properties
from publish.writers.zipped import MS_DOS, zipped

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
"""Prefix of the types of relationships."""


_NOTE_RELATIONS = frozenset(form.relation for form in FORMS.values())
_CONTINUOUS = '<w:type w:val="continuous"/>'
SECTION_END = "<w:sectPr/>"
"""Placeholder for the end of a section among the blocks of the body; `fill_body` adds its properties."""


class PackageBuilder:
    """Builder of one Word file."""

    def __init__(self, numbered: NumberedDocument, context: Context) -> None:
        self.numbered = numbered
        self.style: Style = context.style
        self.context = context
        self.language = numbered.document.metadata.language or "und"
        page = self.style.page
        self.text_width = twips(page.width - page.margin.left - page.margin.right)
        self.text_height = twips(page.height - page.margin.top - page.margin.bottom)
        self.marks = marks(numbered)
        given = context.options_as(DocxOptions).template
        self.house = template.opened(read_bytes(as_path(given)), given) if given else None
        self.document = self.house or docx.Document(io.BytesIO(self._template()))
        self.part = self.document.part
        self.block_format = BlockFormat(
            run=Properties(right_to_left=is_rtl(numbered.document.metadata.language))
        )
        """Default format of paragraphs."""
        self.bookmarks = Counter()
        self.lists = Lists()
        self.house_section: Any = None
        if self.house:
            self._use_house()
        self.images = ImageParts(numbered.document.resources, self.text_width, self.text_height)
        self.note_numbers = {
            note.id: k for kind in FORMS for k, note in enumerate(numbered.of_kind(kind), start=1)
        }
        self.below = numbered.by_table()
        self.links: dict[tuple[int, str], str] = {}
        nodes = list(numbered.nodes())
        listed = frozenset(section.id for section, _ in numbered.contents())
        self.referenced = listed | {x.target for x in nodes if isinstance(x, CrossReference)}
        self.cited = frozenset(x.note for x in nodes if isinstance(x, NoteCrossReference))

    def _use_house(self) -> None:
        """Use the sheet, the lists and the note properties of the Word template."""
        section = self.document.sections[0]
        self.text_width = int(
            (section.page_width - section.left_margin - section.right_margin) / EMU_PER_TWIP
        )
        self.text_height = int(
            (section.page_height - section.top_margin - section.bottom_margin) / EMU_PER_TWIP
        )
        numbering = template.numbering_of(self.part)
        self.lists = Lists(
            template.highest(numbering, "w:abstractNum", "w:abstractNumId") + 1,
            max(template.highest(numbering, "w:num", "w:numId"), 0),
        )
        self.house_section = self.document.element.body[-1]
        template.set_note_properties(self.house_section, self._note_elements())
        listed = '<w:{tag} w:id="-1"/><w:{tag} w:id="0"/>'
        template.set_note_properties(self.document.settings.element, self._note_elements(listed))

    def _note_elements(self, separators: str = "") -> list[Any]:
        return list(parse_xml(f"<w:sectPr {NAMESPACES}>{self._note_properties(separators)}</w:sectPr>"))

    def target(self, anchor: str) -> tuple[str, str]:
        """Return the start and end of a bookmark for an id, if something in the document refers to it."""
        if not anchor or anchor not in self.referenced:
            return "", ""
        number = self.bookmarks.take()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(anchor)}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def hyperlink(self, part: Any, href: str) -> str:  # noqa: ANN401 - python-docx is untyped
        """Return the relationship of a link in a part; each address has one."""
        key = (id(part), href)
        if key not in self.links:
            # `relate_to` searches all relationships twice, so ten thousand links take half a minute.
            name = self.links[key] = f"link{len(self.links) + 1}"
            part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, href, name, is_external=True)
        return self.links[key]

    def add_notes_part(self, kind: NoteKind) -> Any:  # noqa: ANN401
        """Return the part for notes of a kind, which is empty until `fill_notes`."""
        form = FORMS[kind]
        there = [r.target_part for r in self.part.rels.values() if r.reltype == form.relation]
        if there:
            return there[0]  # part of the template; its content is replaced
        name = PackURI(f"/word/{form.tag}s.xml")
        element = parse_xml(f"<w:{form.tag}s {NAMESPACES}/>")
        part = NotesPart(name, form.content_type, element, self.part.package)
        self.part.relate_to(part, form.relation)
        return part

    def fill_notes(self, part: Any, kind: NoteKind, notes: dict[int, str]) -> None:  # noqa: ANN401
        """Write the two separators and the notes, by number, into their part."""
        tag = FORMS[kind].tag
        ruled = self.style.notes.rule > 0
        content = "".join(
            _separator(tag, number, kind, ruled=ruled)
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        content += "".join(f'<w:{tag} w:id="{k}">{xml}</w:{tag}>' for k, xml in notes.items())
        part._element = parse_xml(f"<w:{tag}s {NAMESPACES}>{content}</w:{tag}s>")  # noqa: SLF001

    def fill_body(self, content: str) -> None:
        """Insert blocks into the body, before the properties of the last section."""
        body = self.document.element.body
        parsed = parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
        last = body[-1]
        first = True
        for child in list(parsed):
            if child.tag == qn("w:sectPr"):
                self._end_section(last.getprevious(), last, first=first)
                first = False
            else:
                last.addprevious(child)
        if not first:
            body.replace(last, self._new_section(first=False))

    def _end_section(self, before: Any, last: Any, *, first: bool) -> None:  # noqa: ANN401
        """End a section with the previous paragraph, or with an empty one after a table."""
        if before is None or before.tag != qn("w:p"):
            before = parse_xml(f"<w:p {NAMESPACES}/>")
            last.addprevious(before)
        before.get_or_add_pPr().append(self._new_section(first=first))

    def _new_section(self, *, first: bool) -> Any:  # noqa: ANN401
        if self.house_section is not None:
            return template.section_of(self.house_section, first=first)
        return parse_xml(self._section(first=first))

    def add_numbering(self) -> None:
        """Write the definitions of lists into their part."""
        if self.house:
            template.merge_numbering(template.numbering_of(self.part), self.lists.xml())
        elif self.lists.instances:
            part = next(r.target_part for r in self.part.rels.values() if r.reltype == _OFFICE + "numbering")
            part._element = parse_xml(self.lists.xml().encode())  # noqa: SLF001

    def save(self) -> bytes:
        """Return the package as bytes: entries in a fixed order, with a fixed date."""
        self._properties()
        self._hide_restarts()
        if self.house:
            ids = template.adopt_styles(self.document.styles.element, styles_xml(self.style, self.language))
            notes = [r.target_part for r in self.part.rels.values() if r.reltype in _NOTE_RELATIONS]
            for root in (self.document.element, *(part.element for part in notes)):
                template.use_styles(root, ids)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return _normalised(buffer.getvalue())

    def _hide_restarts(self) -> None:
        """Hide the restarts that LibreOffice misinterprets, so that only Word reads them.

        LibreOffice 7.4 restarts at headings of level 1 if the last section restarts. A restart in any other section makes it
        count 1, 0, 0.
        """
        sections = self.document.element.body.xpath(".//w:sectPr") if self.marks.breaks else []
        for section in sections[:-1] if self.marks.chapters else sections:
            restarting = section.xpath("./w:footnotePr | ./w:endnotePr")
            plain = self._note_properties(restart=False)
            both = parse_xml(
                f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="w15">{self._note_properties()}</mc:Choice>'
                f"<mc:Fallback>{plain}</mc:Fallback></mc:AlternateContent>"
            )
            section.replace(restarting[0], both)
            for element in restarting[1:]:
                section.remove(element)

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

    def _section(self, *, first: bool = True) -> str:
        """Return the properties of a section; later sections continue on the same page, with the same header."""
        page = self.style.page
        m = page.margin
        return (
            f"<w:sectPr {NAMESPACES}>{self._note_properties()}{'' if first else _CONTINUOUS}"
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
            f'<w:pgMar w:top="{twips(m.top)}" w:right="{twips(m.right)}" w:bottom="{twips(m.bottom)}" '
            f'w:left="{twips(m.left)}" w:header="567" w:footer="567" w:gutter="0"/>'
            f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
        )

    def _note_properties(self, separators: str = "", *, restart: bool = True) -> str:
        policy = self.numbered.document.note_policy
        out = ""
        for kind, form in FORMS.items():
            series = policy.of(self.marks.main.get(kind, "" if kind == "foot" else END))
            again = restart and self.marks.breaks and restarts(series)
            listed = separators.format(tag=form.tag) if self.numbered.of_kind(kind) else ""
            out += (
                f'<w:{form.tag}Pr><w:pos w:val="{form.position}"/><w:numFmt w:val="{WORD_FORMATS[series.format]}"/>'
                f'<w:numStart w:val="{first_number(series)}"/>'
                f'<w:numRestart w:val="{"eachSect" if again else "continuous"}"/>{listed}</w:{form.tag}Pr>'
            )
        return out

    def _settings(self) -> str:
        language = quoteattr(self.language)
        listed = '<w:{tag} w:id="-1"/><w:{tag} w:id="0"/>'
        mode = "http://schemas.microsoft.com/office/word"
        zone = round(self.style.body.hyphen_zone * self.text_width)
        hyphenate = "<w:autoHyphenation/>" if self.style.body.hyphenate else ""
        hyphenate += f'<w:hyphenationZone w:val="{zone}"/>' if hyphenate and zone else ""
        return (
            f'{_HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>{hyphenate}'
            f'<w:characterSpacingControl w:val="doNotCompress"/>{self._note_properties(listed)}'
            f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{mode}" w:val="15"/></w:compat>'
            f'<w:themeFontLang w:val={language}/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
        )


def _separator(tag: str, number: int, kind: str, *, ruled: bool) -> str:
    spacing = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    line = f"<w:r><w:{kind}/></w:r>" if ruled else ""
    return f'<w:{tag} w:type="{kind}" w:id="{number}"><w:p>{spacing}{line}</w:p></w:{tag}>'


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
    """Return the same package with `[Content_Types].xml` first, the rest by name, and one date for all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    first = "[Content_Types].xml"
    order = (first, *sorted(entries.keys() - {first}))
    return zipped({name: entries[name] for name in order}, system=MS_DOS)
