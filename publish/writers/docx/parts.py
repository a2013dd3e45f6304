"""The two kinds of notes in Word, and the parts of a package that contain them."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.parts.story import StoryPart
from msgspec import Struct

from publish.model.policy import NoteKind
from publish.writers.docx.runs import CALL, Properties


class NoteForm(Struct, frozen=True):
    """Format of notes of a kind in Word (ECMA-376-1, 17.11)."""

    tag: str
    """Element of one note; `Reference`, `Ref`, `Pr` and `s` are appended for the names of related elements."""
    content_type: str
    relation: str
    text_style: str
    mark: Properties
    position: str


FORMS: dict[NoteKind, NoteForm] = {
    "foot": NoteForm(
        "footnote",
        CONTENT_TYPE.WML_FOOTNOTES,
        RELATIONSHIP_TYPE.FOOTNOTES,
        "FootnoteText",
        CALL,
        "pageBottom",
    ),
    "end": NoteForm(
        "endnote",
        CONTENT_TYPE.WML_ENDNOTES,
        RELATIONSHIP_TYPE.ENDNOTES,
        "EndnoteText",
        CALL.but(style="EndnoteReference"),
        "docEnd",
    ),
}


class NotesPart(StoryPart):  # type: ignore[misc]
    """`word/footnotes.xml` or `word/endnotes.xml`, with separate relationships, so that links in notes work."""


for _form in FORMS.values():
    PartFactory.part_type_for[_form.content_type] = NotesPart
