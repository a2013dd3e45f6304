"""Notes in HTML: calls, notes with labels and backlinks, and cross-references to notes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Protocol

from publish.localisation import Terms
from publish.model import nodes as n
from publish.resolve.numbered import NumberedDocument, NumberedNote
from publish.writers.html.target import Target
from publish.writers.non_breaking import WORD_JOINER, bind, breaks_before

_NOTE_CLASSES = {"foot": "note", "end": "note endnote", "table": "note table-note"}

Element = ET.Element


class Flow(Protocol):
    """Methods and fields that notes need from the surrounding text."""

    numbered: NumberedDocument
    target: Target
    terms: Terms
    last: str
    in_note: bool

    def blocks(self, parent: Element, blocks: Iterable[n.Block], level: int) -> None: ...  # noqa: D102


class NoteBuilder:
    """Builder of the elements of notes."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.by_table = flow.numbered.by_table()

    def call(self, parent: Element, ref: n.NoteRef) -> None:
        """Append a call; in print, append a footnote directly after its first call."""
        call = self.flow.numbered.call(ref)
        note = self.flow.numbered.notes[call.note]
        if call.adjacent:
            separator = ET.SubElement(parent, "span", {"class": "call-separator"})
            separator.text = f"{WORD_JOINER}, {WORD_JOINER}"
        elif self.flow.last and breaks_before(self.flow.last, call.label):
            append_text(parent, WORD_JOINER)
        element = ET.SubElement(parent, "a", {"class": "call", "role": "doc-noteref"})
        if self.flow.target.epub:
            element.set("epub:type", "noteref")
        element.set("id", call.anchor)
        element.set("href", self.flow.target.link(note.anchor))
        element.text = call.label
        self.flow.last = call.label[-1:]
        floats = self.flow.target.notes == "page" and note.kind == "foot"
        if floats and call.occurrence == 1 and not call.within:
            outer = self.flow.last
            self._note(parent, note, "span")
            self.flow.last = outer

    def reference(self, parent: Element, inline: n.NoteCrossReference) -> None:
        """Append a cross-reference to a note."""
        address = self.flow.target.link(self.flow.numbered.notes[inline.note].anchor)
        if self.flow.target.notes == "page" and self.flow.last == " " and not len(parent) and parent.text:
            parent.text = bind(f"{parent.text}0")[:-1]  # the number stays with the previous word
        ET.SubElement(parent, "a", {"class": "note-reference", "href": address}).text = inline.text
        self.flow.last = inline.text[-1:]

    def at_end(self, parent: Element, notes: Iterable[NumberedNote]) -> None:
        """Append the notes at the end: endnotes, and footnotes if the format has no pages."""
        chosen = [note for note in notes if not note.parent]
        if self.flow.target.notes == "end":
            footnotes = [note for note in chosen if note.kind == "foot"]
            self._section(parent, footnotes, "notes", "footnotes", self.flow.terms.notes)
        endnotes = [note for note in chosen if note.kind == "end"]
        section = self._section(parent, endnotes, "notes endnotes", "endnotes", self.flow.terms.endnotes)
        if section is not None:
            section.set("role", "doc-endnotes")

    def below(self, wrapper: Element, table: str) -> None:
        """Append the notes of a table below it."""
        found = self.by_table.get(table, [])
        holder = ET.SubElement(wrapper, "div", {"class": "table-notes"}) if found else wrapper
        for note in found:
            self._note(holder, note, "div")

    def _section(
        self, parent: Element, notes: list[NumberedNote], classes: str, kind: str, name: str
    ) -> Element | None:
        if not notes:
            return None
        section = ET.SubElement(parent, "section", {"class": classes, "aria-label": name})
        if self.flow.target.epub:
            section.set("epub:type", kind)
        for note in notes:
            # Use `div`, not `aside`: reading systems hide an `aside`, and an official document must not hide text.
            self._note(section, note, "div")
        return section

    def _note(self, parent: Element, note: NumberedNote, tag: str) -> None:
        """Append a note, then the notes that are first called within it."""
        element = ET.SubElement(parent, tag, {"class": _NOTE_CLASSES[note.kind]})
        if note.kind != "end":
            # DPUB-ARIA 1.1 has no role for a single endnote; `doc-endnotes` is the role of its section.
            element.set("role", "doc-footnote")
        element.set("id", note.anchor)
        if tag == "span" and note.parent:
            element.set("data-within", self.flow.numbered.notes[note.parent].anchor)
        if self.flow.target.epub and note.kind != "end":
            # `endnote` is deprecated, and there is no role for a single endnote
            element.set("epub:type", "footnote")
        self._content(element, note)
        for nested in self.flow.numbered.nested(note.id):
            self._note(parent, nested, tag)

    def _content(self, element: Element, note: NumberedNote) -> None:
        outer, self.flow.in_note = self.flow.in_note, True
        self.flow.blocks(element, note.blocks, 6)
        self.flow.in_note = outer
        first = element[0] if len(element) and "p" in (element[0].get("class") or "").split() else None
        if first is None:
            first = ET.Element("p", {"class": "p"})
            element.insert(0, first)
        mark = self._back_link(note, 0, note.label)
        mark.set("class", "mark")
        mark.tail = " " + (first.text or "") if self.flow.target.notes == "end" else first.text
        first.text = None
        first.insert(0, mark)
        if len(note.calls) > 1:
            last = (
                element[-1]
                if "p" in (element[-1].get("class") or "").split()
                else ET.SubElement(element, "p", {"class": "p"})
            )
            for index in range(1, len(note.calls)):
                append_text(last, " ")
                link = self._back_link(note, index, f"↑{index + 1}")
                link.set("class", "back")
                last.append(link)

    def _back_link(self, note: NumberedNote, index: int, text: str) -> Element:
        link = ET.Element("a", {"role": "doc-backlink", "href": self.flow.target.link(note.calls[index])})
        if self.flow.target.epub:
            link.set("epub:type", "backlink")
        turn = f" {text}" if index else ""  # the accessible name contains the visible text (WCAG 2.5.3)
        link.set("aria-label", f"{self.flow.terms.note} {note.label}, {self.flow.terms.back}{turn}")
        link.text = text
        return link


def append_text(parent: Element, text: str) -> None:
    """Append characters after the content of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
