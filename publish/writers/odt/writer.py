"""The OpenDocument writer."""

from __future__ import annotations

from publish.diagnostics.codes import make
from publish.resolve.numbered import NumberedDocument
from publish.style.odt import font_faces, points, styles_xml
from publish.writers.base import Context, Output
from publish.writers.odt import template
from publish.writers.odt.automatic import AutomaticStyles
from publish.writers.odt.contents import contents
from publish.writers.odt.counter import counters
from publish.writers.odt.furniture import pages
from publish.writers.odt.notes import configuration
from publish.writers.odt.objects import Objects
from publish.writers.odt.options import OdtOptions
from publish.writers.odt.package import metadata, packed, part
from publish.writers.odt.sequences import declarations
from publish.writers.odt.story import Story


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write an OpenDocument text (ODF 1.3).

    A note is a native note if its first call is in the text. Its label is literal if LibreOffice's counter would show
    another one (PUB-W006).

    Raises:
        PublishError: PUB-W009, if the template is not an OpenDocument text.
    """
    page = context.style.page
    document = numbered.document
    found = counters(numbered)
    width = page.width - page.margin.left - page.margin.right
    height = page.height - page.margin.top - page.margin.bottom
    objects = Objects(document.resources, width, height)
    story = Story(numbered, context.style, found, objects)
    body = ""
    if document.title:
        gap = points(context.style.subtitle.gap_before) if document.metadata.subtitle else ""
        place = story.place.but(gap_after=gap)
        body += story.paragraph(story.inlines(document.title, place.run), place, "Title")
    if document.metadata.subtitle:
        body += story.paragraph(
            story.automatic.run(document.metadata.subtitle, story.place.run), story.place, "Subtitle"
        )
    body += story.blocks(document.front, story.place)
    body += contents(story)
    body += story.blocks(document.blocks, story.place)
    text = f"<office:text>{declarations(story.captions.values())}{body or '<text:p/>'}</office:text>"
    automatic = f"<office:automatic-styles>{story.automatic.xml()}</office:automatic-styles>"
    parts = {
        "content.xml": part(
            "document-content", f"{font_faces(context.style)}{automatic}<office:body>{text}</office:body>"
        ),
        "styles.xml": _styles(numbered, context, configuration(numbered, found), objects),
        "meta.xml": part("document-meta", metadata(numbered, context)),
    }
    literal = [note.label for note in numbered.notes.values() if note.id in found.literal]
    diagnostics = []
    if literal:
        signs = ", ".join(f"'{label}'" for label in dict.fromkeys(literal))
        message = f"LibreOffice shows the labels of {len(literal)} notes as literal text: {signs}"
        diagnostics.append(make("PUB-W006", message, source=document.source))
    if story.flattened:
        message = f"LibreOffice shows no tables in notes: {story.flattened} written as lines"
        diagnostics.append(make("PUB-W016", message, source=document.source))
    return Output(packed(parts, objects), tuple(diagnostics))


def _styles(numbered: NumberedDocument, context: Context, notes: str, objects: Objects) -> bytes:
    """Return the part with the styles and pages: those of the house style, or of the template of the office."""
    own = styles_xml(context.style, numbered.document.metadata.language)
    path = context.options_as(OdtOptions).template
    if path:
        return template.merged(path, own, notes, objects)
    automatic = AutomaticStyles()
    layout, master = pages(numbered, context.style, automatic)
    return part(
        "document-styles",
        f"{font_faces(context.style)}<office:styles>{own}{notes}</office:styles><office:automatic-styles>{automatic.xml()}{layout}"
        f"</office:automatic-styles><office:master-styles>{master}</office:master-styles>",
    )
