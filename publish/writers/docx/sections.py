"""Properties of sections and their notes (ECMA-376-1, 17.6 and 17.11)."""

from __future__ import annotations

from typing import Any

from docx.oxml.parser import parse_xml
from msgspec import Struct

from publish.model.policy import END
from publish.resolve.numbered import NumberedDocument
from publish.style.docx import W, twips
from publish.style.tokens import Page
from publish.writers.docx.counter import WORD_FORMATS, Marks, first_number, restarts
from publish.writers.docx.parts import FORMS

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"'
)
_CONTINUOUS = '<w:type w:val="continuous"/>'
SEPARATORS = '<w:{tag} w:id="-1"/><w:{tag} w:id="0"/>'
"""References to the two separators of notes, which only the settings of a document list."""


class Sections(Struct, frozen=True):
    """Properties of the sections of one document."""

    numbered: NumberedDocument
    marks: Marks
    page: Page

    def xml(self, *, first: bool = True) -> str:
        """Return the properties of a section; later sections continue on the same page, with the same header."""
        page, m = self.page, self.page.margin
        return (
            f"<w:sectPr {NAMESPACES}>{self.notes()}{'' if first else _CONTINUOUS}"
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
            f'<w:pgMar w:top="{twips(m.top)}" w:right="{twips(m.right)}" w:bottom="{twips(m.bottom)}" '
            f'w:left="{twips(m.left)}" w:header="567" w:footer="567" w:gutter="0"/>'
            f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
        )

    def notes(self, separators: str = "", *, restart: bool = True) -> str:
        """Return the properties of footnotes and endnotes.

        Args:
            separators: `SEPARATORS`, in the settings of the document.
            restart: Whether the numbering may restart at the beginning of the section.
        """
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

    def note_elements(self, separators: str = "") -> list[Any]:
        """Return the properties of footnotes and endnotes as elements."""
        return list(parse_xml(f"<w:sectPr {NAMESPACES}>{self.notes(separators)}</w:sectPr>"))
