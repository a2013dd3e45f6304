"""Word package: the parts for which python-docx has no class, and reproducible bytes.

python-docx handles the package: parts, relationships, images, headers and core properties.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from publish.model.language import is_rtl
from publish.model.nodes import CrossReference, NoteCrossReference
from publish.model.policy import NoteKind
from publish.resolve.numbered import NumberedDocument
from publish.style.docx import styles_xml
from publish.style.tokens import Style
from publish.writers.base import Context
from publish.writers.docx import template
from publish.writers.docx.base import blank_base, template_base
from publish.writers.docx.blank import OFFICE
from publish.writers.docx.block_format import BlockFormat
from publish.writers.docx.counter import marks
from publish.writers.docx.images import ImageParts
from publish.writers.docx.names import Counter, bookmark
from publish.writers.docx.options import DocxOptions
from publish.writers.docx.parts import FORMS, NotesPart
from publish.writers.docx.runs import Properties
from publish.writers.docx.sections import NAMESPACES, Sections
from publish.writers.zipped import MS_DOS, zipped

_NOTE_RELATIONS = frozenset(form.relation for form in FORMS.values())
_CONTENT = "content"
"""Comment in whose place `fill_body` inserts the blocks."""

SECTION_END = "<w:sectPr/>"
"""Placeholder for the end of a section among the blocks of the body; `fill_body` adds its properties."""


class PackageBuilder:
    """Builder of one Word file."""

    def __init__(self, numbered: NumberedDocument, context: Context) -> None:
        metadata = numbered.document.metadata
        given = context.options_as(DocxOptions).template
        self.numbered = numbered
        self.style: Style = context.style
        self.context = context
        self.language = metadata.language or "und"
        self.marks = marks(numbered)
        self.sections = Sections(numbered, self.marks, self.style.page)
        self.base = (
            template_base(self.sections, given)
            if given
            else blank_base(self.sections, self.style, self.language)
        )
        self.document = self.base.document
        self.part = self.document.part
        self.lists = self.base.lists
        self.block_format = BlockFormat(run=Properties(right_to_left=is_rtl(metadata.language)))
        """Default format of paragraphs."""
        self.bookmarks = Counter()
        self.images = ImageParts(numbered.document.resources, self.base.text_width, self.base.text_height)
        self.note_numbers = {
            note.id: k for kind in FORMS for k, note in enumerate(numbered.of_kind(kind), start=1)
        }
        self.below = numbered.by_table()
        self.links: dict[tuple[int, str], str] = {}
        self.referenced, self.cited = _targets(numbered)

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
        body[-1].addprevious(etree.Comment(_CONTENT))
        xml = etree.tostring(self.document.element, encoding="unicode")
        bound = {f'xmlns:{prefix}="{uri}"' for prefix, uri in body.nsmap.items()}
        unbound = "".join(
            f" {name}" for name in NAMESPACES.split() if name[:6] == "xmlns:" and name not in bound
        )
        start = f"<{body.prefix}:body"
        xml = xml.replace(start, start + unbound, 1).replace(f"<!--{_CONTENT}-->", content, 1)
        # lxml needs quadratic time to move the blocks from one document to another, so parse the whole part.
        self.part._element = parse_xml(xml)  # noqa: SLF001
        self.document = self.part.document
        *ends, last = self.document.element.body.findall(qn("w:sectPr"))
        for index, end in enumerate(ends):
            self._end_section(end, first=index == 0)
        if ends:
            last.getparent().replace(last, self._new_section(first=False))

    def _end_section(self, end: Any, *, first: bool) -> None:  # noqa: ANN401
        """End a section with the paragraph before a placeholder, or with an empty paragraph after a table."""
        before = end.getprevious()
        if before is None or before.tag != qn("w:p"):
            before = parse_xml(f"<w:p {NAMESPACES}/>")
            end.addprevious(before)
        before.get_or_add_pPr().append(self._new_section(first=first))
        end.getparent().remove(end)

    def _new_section(self, *, first: bool) -> Any:  # noqa: ANN401
        if self.base.is_template:
            return template.section_of(self.base.section, first=first)
        return parse_xml(self.sections.xml(first=first))

    def add_numbering(self) -> None:
        """Write the definitions of lists into their part."""
        if self.base.is_template:
            template.merge_numbering(template.numbering_of(self.part), self.lists.xml())
        elif self.lists.instances:
            part = next(r.target_part for r in self.part.rels.values() if r.reltype == OFFICE + "numbering")
            part._element = parse_xml(self.lists.xml().encode())  # noqa: SLF001

    def save(self) -> bytes:
        """Return the package as bytes: entries in a fixed order, with a fixed date."""
        self._properties()
        self._hide_restarts()
        if self.base.is_template:
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
            plain = self.sections.notes(restart=False)
            both = parse_xml(
                f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="w15">{self.sections.notes()}</mc:Choice>'
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


def _targets(numbered: NumberedDocument) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids that links of the document refer to, and the notes that its text cites."""
    nodes = list(numbered.nodes())
    listed = frozenset(section.id for section, _ in numbered.contents())
    referenced = listed | {x.target for x in nodes if isinstance(x, CrossReference)}
    return referenced, frozenset(x.note for x in nodes if isinstance(x, NoteCrossReference))


def _separator(tag: str, number: int, kind: str, *, ruled: bool) -> str:
    spacing = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    line = f"<w:r><w:{kind}/></w:r>" if ruled else ""
    return f'<w:{tag} w:type="{kind}" w:id="{number}"><w:p>{spacing}{line}</w:p></w:{tag}>'


def _normalised(data: bytes) -> bytes:
    """Return the same package with `[Content_Types].xml` first, the rest by name, and one date for all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    first = "[Content_Types].xml"
    order = (first, *sorted(entries.keys() - {first}))
    return zipped({name: entries[name] for name in order}, system=MS_DOS)
