"""The Word document that text is written into: a blank one, or the one of a template."""

from __future__ import annotations

import io
from typing import Any

import docx
from msgspec import Struct

from publish.storage import as_path, read_bytes
from publish.style.docx import twips
from publish.style.tokens import Style
from publish.writers.docx import template
from publish.writers.docx.blank import blank
from publish.writers.docx.images import EMU_PER_TWIP
from publish.writers.docx.lists import Lists
from publish.writers.docx.sections import SEPARATORS, Sections


class Base(Struct, frozen=True):
    """An empty Word document with its measures."""

    document: Any
    """The document of python-docx, which has no types."""
    text_width: int
    """In twips, as `text_height`."""
    text_height: int
    lists: Lists
    section: Any = None
    """Properties of the last section of a template; None for a blank document."""

    @property
    def is_template(self) -> bool:
        """Whether the document is the document of a template."""
        return self.section is not None


def blank_base(sections: Sections, style: Style, language: str) -> Base:
    """Return a blank document in a house style."""
    page = style.page
    width = twips(page.width - page.margin.left - page.margin.right)
    height = twips(page.height - page.margin.top - page.margin.bottom)
    document = docx.Document(io.BytesIO(blank(sections, style, language, width)))
    return Base(document, width, height, Lists())


def template_base(sections: Sections, path: str) -> Base:
    """Return the document of a Word template, with its page size, lists and note properties.

    Raises:
        PublishError: PUB-W009, if the file is not a Word file.
    """
    document = template.opened(read_bytes(as_path(path)), path)
    page = document.sections[0]
    numbering = template.numbering_of(document.part)
    lists = Lists(
        template.highest(numbering, "w:abstractNum", "w:abstractNumId") + 1,
        max(template.highest(numbering, "w:num", "w:numId"), 0),
    )
    section = document.element.body[-1]
    template.set_note_properties(section, sections.note_elements())
    template.set_note_properties(document.settings.element, sections.note_elements(SEPARATORS))
    return Base(
        document,
        int((page.page_width - page.left_margin - page.right_margin) / EMU_PER_TWIP),
        int((page.page_height - page.top_margin - page.bottom_margin) / EMU_PER_TWIP),
        lists,
        section,
    )
