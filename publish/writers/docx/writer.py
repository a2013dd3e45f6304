"""The DOCX writer."""

from __future__ import annotations

from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.writers.base import Context, Output
from publish.writers.docx import furniture
from publish.writers.docx.look import Look
from publish.writers.docx.package import Package
from publish.writers.docx.runs import run
from publish.writers.docx.story import Story


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write a Word file (ISO/IEC 29500-4, transitional, compatibility mode 15).

    A note is a native footnote wherever Word's own counter shows its label, and a literal mark (PUB-W006) where not.
    """
    package = Package(numbered, context)
    document = numbered.document
    body = Story(package, package.part, in_notes=False)
    content = ""
    if document.title:
        content += body.paragraph(body.inlines(document.title), "Title")
    if document.metadata.subtitle:
        content += body.paragraph(run(document.metadata.subtitle), "Subtitle")
    content += body.blocks(document.front, Look())
    content += body.blocks(document.blocks, Look())
    if not content or content.endswith("</w:tbl>"):
        content += body.paragraph("")  # a body must end with a paragraph
    package.fill_body(content)
    if numbered.notes:
        notes = Story(package, package.add_notes_part(), in_notes=True)
        numbers = package.note_numbers
        package.fill_notes({numbers[n.id]: notes.note(n) for n in numbered.notes.values() if n.id in numbers})
    package.add_numbering()
    furniture.add(package)
    source = document.source
    literal = [numbered.notes[key] for key in numbered.notes if key in package.literal]
    found = [
        make("PUB-W006", f"Word shows '{note.label}' as literal text", source=source) for note in literal
    ]
    return Output(package.save(), tuple(found))
