"""Footnotes and endnotes: each note is read at its first call, so that notes are in the order of their calls.

The type, never the id, distinguishes a note from a separator above notes: programs count ids from 0, from 1, or from 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.policy import END, MARKED
from publish.model.text import finish, plain_text, split, without_start
from publish.model.walk import change_blocks
from publish.readers.docx.inlines import OWN_MARK
from publish.readers.docx.names import W, value
from publish.readers.docx.package import Relations
from publish.readers.docx.scope import Scope as FileScope
from publish.readers.docx.scope import Story
from publish.readers.office.note_numbering import KINDS, MARKED_END, Displayed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BEFORE_MARK = "([{ \t\u00a0"
AFTER_MARK = ")]}.:-\u2013\u2014 \t\u00a0"
"""Characters that belong to the look of a note's own mark."""

ReadBlocks = Callable[["Element", Story], tuple[n.Block, ...]]


class Notes:
    """The notes of one file."""

    def __init__(self, scope: FileScope, blocks: ReadBlocks) -> None:
        self.scope = scope
        self.blocks = blocks
        self.elements: dict[tuple[str, str], Element] = {}
        self.parts: dict[str, tuple[str, Relations]] = {}
        self.read: dict[str, n.Note] = {}
        """Notes that have been read, by key, in the order of first calls."""
        for kind in KINDS:
            part = scope.package.part(f"{kind}s")
            if not part:
                continue
            self.parts[kind] = (part, scope.package.relations(part))
            for element in scope.text(part).iter(W + kind):
                if value(element, "type") in {"", "normal"}:
                    self.elements.setdefault((kind, value(element, "id")), element)

    def key(self, kind: str, identifier: str, span: Span | None) -> str:
        """Return the key of a note that is called here; empty if the file does not contain the note."""
        element = self.elements.get((kind, identifier))
        if element is None:
            return ""
        key = f"{kind}-{identifier}"
        if key not in self.read:
            part, relations = self.parts[kind]
            self.read[key] = n.Note(())  # a call inside the note must not read it again
            blocks = self.blocks(element, Story(part, relations, span or Span(1), key))
            series = END if kind == "endnote" else ""
            blocks = change_blocks(
                _without_mark(blocks), lambda inline: () if is_own_mark(inline) else inline
            )
            self.read[key] = n.Note(blocks, series, span=span)
        return key

    def marked(self, marks: dict[str, str]) -> dict[str, n.Note]:
        """Return all notes; notes with a custom marker get a separate series, and the marker is removed from their text."""
        out = dict(self.read)
        for key, mark in marks.items():
            sign = mark.strip().strip("()[]") or mark.strip()
            note = out[key]
            series = MARKED_END if note.series == END else MARKED
            out[key] = replace(
                note, blocks=_without_sign(note.blocks, mark.strip()), series=series, source_label=sign
            )
        return out

    def labelled(self, notes: dict[str, n.Note], found: Mapping[str, Displayed]) -> dict[str, n.Note]:
        """Return the notes with the labels that Word displays."""
        labels = {f"{kind}-{call.id}": call.label for kind in KINDS for call in found[kind].calls}
        return {
            key: replace(note, source_label=labels[key]) if key in labels else note
            for key, note in notes.items()
        }

    def report_uncalled(self) -> None:
        """Report the notes of the file that have no call."""
        for kind, identifier in self.elements:
            if f"{kind}-{identifier}" not in self.read and identifier not in self.scope.hidden_notes[kind]:
                text = "".join(t.text or "" for t in self.elements[kind, identifier].iter(W + "t")).strip()
                self.scope.report("PUB-R043", f"No call for this {kind}; it is left out: '{text[:60]}'")


def _without_mark(blocks: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
    """Return the blocks of a note without its own mark, and the brackets, full stops, dashes and spaces next to it."""
    first = blocks[0] if blocks else None
    if not isinstance(first, n.Paragraph):
        return blocks
    inlines = without_start(first.inlines, " \t\u00a0")
    mark = next((k for k, inline in enumerate(inlines) if is_own_mark(inline)), -1)
    if mark >= 0:
        before, after = inlines[:mark], inlines[mark + 1 :]
        # A mark after the beginning of the text is only left out.
        inlines = (
            without_start(after, AFTER_MARK) if not plain_text(before).strip(BEFORE_MARK) else before + after
        )
    return (replace(first, inlines=finish(inlines)), *blocks[1:]) if inlines else blocks[1:]


def is_own_mark(inline: n.Inline) -> bool:
    """Return whether an inline is the placeholder of a note's own mark."""
    return isinstance(inline, n.RawInline) and inline.format == OWN_MARK.format


def _without_sign(blocks: tuple[n.Block, ...], sign: str) -> tuple[n.Block, ...]:
    """Return the blocks of a note without the custom marker that is repeated at its beginning."""
    first = blocks[0] if blocks else None
    if not sign or not isinstance(first, n.Paragraph) or not plain_text(first.inlines).startswith(sign):
        return blocks
    return (
        replace(first, inlines=finish(without_start(split(first.inlines, len(sign))[1], " \t\u00a0"))),
        *blocks[1:],
    )
