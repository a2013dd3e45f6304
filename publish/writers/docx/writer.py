"""The DOCX writer."""

from __future__ import annotations

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.style.docx import twips
from publish.writers.base import Context, Output
from publish.writers.docx import furniture
from publish.writers.docx.contents import contents
from publish.writers.docx.package import PackageBuilder
from publish.writers.docx.parts import FORMS
from publish.writers.docx.runs import run
from publish.writers.docx.story import Story


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write a Word file (ISO/IEC 29500-4, transitional, compatibility mode 15).

    A note is a native footnote if the counter of Word shows its label. Otherwise it has a literal marker (PUB-W006).
    """
    package = PackageBuilder(numbered, context)
    document = numbered.document
    body = Story(package, package.part, in_notes=False)
    block_format = package.block_format
    content = ""
    if document.title:
        spacing = twips(context.style.subtitle.gap_before)
        gap = (
            f'<w:spacing w:after="{spacing}"/>'
            if document.metadata.subtitle and not package.base.is_template
            else ""
        )
        content += body.paragraph(
            body.inlines(document.title, block_format.run), "Title", block_format.paragraph() + gap
        )
    if document.metadata.subtitle:
        content += body.paragraph(run(document.metadata.subtitle), "Subtitle")
    content += body.blocks(document.front, block_format)
    content += contents(package)
    content += body.blocks(document.blocks, block_format)
    if not content or content.endswith("</w:tbl>"):
        content += body.paragraph("")  # a body must end with a paragraph
    package.fill_body(content)
    for kind in FORMS:
        notes = numbered.of_kind(kind)
        if notes:
            part = package.add_notes_part(kind)
            story = Story(package, part, in_notes=True)
            package.fill_notes(
                part, kind, {package.note_numbers[x.id]: story.notes.content(x) for x in notes}
            )
    package.add_numbering()
    if not package.base.is_template:
        furniture.add(package)
    source = document.source
    found: list[Diagnostic] = []
    literal = [note.label for note in numbered.notes.values() if note.id in package.marks.literal]
    if literal:
        signs = ", ".join(f"'{label}'" for label in dict.fromkeys(literal))
        message = f"Word shows the markers of {len(literal)} notes as literal text: {signs}"
        found.append(make("PUB-W006", message, source=source))
    if package.marks.breaks and not package.marks.chapters:
        message = "Note numbers restart in Word at sections that are not chapters; LibreOffice continues the numbering"
        found.append(make("PUB-W008", message, source=source))
    return Output(package.save(), tuple(found))
