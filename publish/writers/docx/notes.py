"""Notes in Word: native footnotes and endnotes, and paragraphs for other types of notes.

A note must not contain a note reference (LibreOffice then rejects the file), and Word has no table notes. So publish prints
a note within a note after it, and a table note below the table: with its label, with links in both directions, and in a
bookmark that spans it.
"""

from __future__ import annotations

from typing import Protocol

from publish.markup import quoteattr
from publish.model import nodes as n
from publish.resolve.numbered import NumberedNote
from publish.writers.docx.formulas import apart
from publish.writers.docx.names import bookmark
from publish.writers.docx.package import PackageBuilder
from publish.writers.docx.parts import FORMS
from publish.writers.docx.runs import CALL, Properties, field, letters, only_in_word, run
from publish.writers.docx.tables import Flow

PARAGRAPH_END = "</w:p>"


class NoteFlow(Flow, Protocol):
    """Methods and fields that notes need from their story."""

    in_notes: bool


class NoteWriter:
    """Writer of calls, notes and references to notes in one story."""

    def __init__(self, story: NoteFlow, package: PackageBuilder) -> None:
        self.story = story
        self.package = package
        self.numbered = package.numbered

    def call(self, ref: n.NoteRef) -> str:
        """Return a call; a further call of a native note is a NOTEREF field."""
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        separator = run(", ", CALL) if call.adjacent else ""
        name = bookmark(call.anchor)
        if not self._is_native(note):
            link = self._link(bookmark(note.anchor), call.label, CALL)
            return separator + self._bookmarked(name, link)
        block_format = FORMS[note.kind].mark
        if call.occurrence == 1 and not self.story.in_notes:
            core = self._reference(note)
            is_target = len(note.calls) > 1 or note.id in self.package.cited
            return separator + (self._bookmarked(name, core) if is_target else core)
        return separator + field(f"NOTEREF {bookmark(note.calls[0])} \\f \\h", call.label, block_format)

    def reference(self, inline: n.NoteCrossReference, block_format: Properties) -> str:
        """Return a cross-reference to a note as a field, so that Word updates its number."""
        note = self.numbered.notes[inline.note]
        if self._is_native(note):
            return field(f"NOTEREF {bookmark(note.calls[0])} \\h", inline.text, block_format)
        return self._link(bookmark(note.anchor), inline.text, block_format)

    def _is_native(self, note: NumberedNote) -> bool:
        return not note.parent and note.kind in FORMS

    def _reference(self, note: NumberedNote) -> str:
        form = FORMS[note.kind]
        number = self.package.note_numbers[note.id]
        block_format = form.mark.xml()
        if note.id in self.package.marks.literal:
            mark = f'<w:{form.tag}Reference w:customMarkFollows="1" w:id="{number}"/>'
            return f"<w:r>{block_format}{mark}{letters(note.label)}</w:r>"
        return f'<w:r>{block_format}<w:{form.tag}Reference w:id="{number}"/></w:r>'

    def _bookmarked(self, name: str, content: str) -> str:
        start, end = self._ends(name)
        return start + content + end

    def _ends(self, name: str) -> tuple[str, str]:
        number = self.package.bookmarks.take()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    @staticmethod
    def _link(name: str, label: str, block_format: Properties) -> str:
        return (
            f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{run(label, block_format)}</w:hyperlink>'
        )

    def content(self, note: NumberedNote) -> str:
        """Return a note: its number, its blocks, and the notes that are first called within it."""
        if self._is_native(note):
            form = FORMS[note.kind]
            literal = note.id in self.package.marks.literal
            native = f"<w:r>{form.mark.xml()}<w:{form.tag}Ref/></w:r>"
            mark = only_in_word(note.label, form.mark) if literal else native
            own = self._blocks(note, mark + run("\t"))
        else:
            start, end = self._ends(bookmark(note.anchor))
            back = self._link(bookmark(note.calls[0]), note.label, CALL)
            own = self._blocks(note, start + back + run("\t"))
            own = own.removesuffix(PARAGRAPH_END) + end + PARAGRAPH_END
        return own + "".join(map(self.content, self.numbered.nested(note.id)))

    def _blocks(self, note: NumberedNote, mark: str) -> str:
        style = FORMS[note.kind].text_style if note.kind in FORMS else "FootnoteText"
        block_format = self.package.block_format.but(style=style)
        blocks = tuple(apart(note.blocks, self.numbered))
        if blocks and isinstance(paragraph := blocks[0], n.Paragraph):
            blocks = blocks[1:]
            own = block_format.spoken(paragraph.attrs)
            content = mark + self.story.inlines(paragraph.inlines, own.run)
            first = self.story.paragraph(content, style, own.paragraph(), paragraph.id)
        else:
            first = self.story.paragraph(mark, style)
        rest = self.story.blocks(blocks, block_format.but(flush=True))
        # A note must end with a paragraph, also after a table.
        tail = "" if (first + rest).endswith(PARAGRAPH_END) else self.story.paragraph("", style)
        return first + rest + tail
