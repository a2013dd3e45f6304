"""Footnotes and endnotes: each note is read at its first call, so that notes are in the order of their calls.

The type, never the id, distinguishes a note from a separator above notes: programs count ids from 0, from 1, or from 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.policy import END, MARKED, NotePolicy, NumberFormat, Scope, Series
from publish.model.text import finish, plain_text, split
from publish.readers.docx.names import W, child_value, number, value
from publish.readers.docx.package import Relations
from publish.readers.docx.scope import Scope as FileScope
from publish.readers.docx.scope import Story

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KINDS = ("footnote", "endnote")
MARKED_END = "marked-end"
"""Series of endnotes with a custom marker."""

FORMATS: dict[str, NumberFormat] = {
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
    "chicago": "symbols",
}
SCOPES: dict[str, Scope] = {"continuous": "document", "eachSect": "chapter", "eachPage": "page"}

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
            for element in scope.package.tree(part).iter(W + kind):
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
            self.read[key] = n.Note(_without_mark(blocks), series, span=span)
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

    def report_uncalled(self) -> None:
        """Report the notes of the file that have no call."""
        for kind, identifier in self.elements:
            if f"{kind}-{identifier}" not in self.read:
                text = "".join(t.text or "" for t in self.elements[kind, identifier].iter(W + "t")).strip()
                self.scope.report("PUB-R043", f"No call for this {kind}; it is left out: '{text[:60]}'")


def policy(document: Element, settings: Element | None, *, marked: bool) -> NotePolicy:
    """Return how Word numbers the notes of a file (ISO/IEC 29500-1, 17.11)."""
    sections = list(document.iter(W + "sectPr"))
    foot, end = (_numbering(tag, sections, settings) for tag in ("footnotePr", "endnotePr"))
    series: dict[str, Series] = {}
    if marked:
        series[MARKED] = Series(source_labels="keep")
        series[MARKED_END] = Series(kind="end", source_labels="keep")
    if (end.format, end.start, end.scope) != ("lower-roman", 1, "document"):
        series[END] = Series(kind="end", format=end.format, start=end.start, scope=end.scope)
    return NotePolicy(scope=foot.scope, format=foot.format, start=foot.start, series=series)


def _numbering(tag: str, sections: list[Element], settings: Element | None) -> Series:
    holders = [section.find(W + tag) for section in sections]
    holders.append(settings.find(W + tag) if settings is not None else None)

    def first(name: str) -> str:
        return next((found for holder in holders if (found := child_value(holder, name))), "")

    default: NumberFormat = "decimal" if tag == "footnotePr" else "lower-roman"
    scope: Scope = SCOPES.get(first("numRestart"), "document")
    if scope == "chapter" and len(sections) < 2:
        scope = "document"
    return Series(
        format=FORMATS.get(first("numFmt"), default), scope=scope, start=max(number(first("numStart"), 1), 1)
    )


def _without_mark(blocks: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
    """Return the blocks of a note without the space or tab between its marker and its text."""
    first = blocks[0] if blocks else None
    if not isinstance(first, n.Paragraph):
        return blocks
    inlines = _stripped(first.inlines)
    return (replace(first, inlines=inlines), *blocks[1:]) if inlines else blocks[1:]


def _stripped(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    first = inlines[0] if inlines else None
    if isinstance(first, n.Text):
        text = first.text.lstrip(" \t\u00a0")
        return (replace(first, text=text), *inlines[1:]) if text else _stripped(inlines[1:])
    return inlines


def _without_sign(blocks: tuple[n.Block, ...], sign: str) -> tuple[n.Block, ...]:
    """Return the blocks of a note without the custom marker that is repeated at its beginning."""
    first = blocks[0] if blocks else None
    if not sign or not isinstance(first, n.Paragraph) or not plain_text(first.inlines).startswith(sign):
        return blocks
    return (replace(first, inlines=finish(_stripped(split(first.inlines, len(sign))[1]))), *blocks[1:])
