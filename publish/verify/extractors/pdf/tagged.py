"""Tagged PDF: notes and calls by their structure types, text by marked content, links by their actual positions.

This module reads the text of a Note or Reference from the glyphs that its tags refer to, and follows a link to the position
on the page where it ends. So a tag or a destination name alone is not sufficient. If a link also names a structure
element (ISO 32000-2, 12.3.2.3), the glyphs of that element must be at the same note or call.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from publish.verify.extractors.observer import Flow, Observer, Place
from publish.verify.extractors.pdf.destinations import Destinations, Ends
from publish.verify.extractors.pdf.glyphs import Glyphs
from publish.verify.extractors.pdf.links import Link, link, page_annotations
from publish.verify.extractors.pdf.objects import Objects, name
from publish.verify.extractors.pdf.structure import INLINE, NOTES, Annotation, Element, Marked, Tree
from publish.verify.observation import Observation, apart


class _Content(Struct):
    """The glyphs of one marked content sequence."""

    text: str
    place: Place


class _Target(NamedTuple):
    """The targets of links."""

    uris: list[str]
    ends: list[Ends]


class TaggedReader:
    """Reader of the structure tree of one document."""

    def __init__(self, objects: Objects, tree: Tree, glyphs: Glyphs) -> None:
        self.roles = tree.roles
        self.by_reference = tree.by_reference
        self.annotations: dict[str, Link] = {}
        self.marked: dict[Marked, _Content] = {}
        self.off_page = ""
        for page in range(len(objects.pages)):
            self._read_page(glyphs, page)
            self.annotations.update(
                (key, link(objects, found)) for key, found in page_annotations(objects, page)
            )
        self.seen = Observer()
        self.next_to_reference = False
        self.item: Flow | None = None
        """The note that was the last item of the current list."""
        self.in_words = False
        """Whether labels of the current list are words."""
        self.uris: list[str] = []
        """Addresses of the current link; a link that spans lines has several."""
        self.ends: list[Ends] = []
        """The ends of the current link."""
        self._kids(tree.root, self.seen.body, "")

    def _read_page(self, glyphs: Glyphs, page: int) -> None:
        for run in glyphs.runs(page):
            self.off_page += run.off_page
            if run.mcid < 0:
                continue
            content = self.marked.get(Marked(page, run.mcid))
            if content is None:
                left, _, _, top = run.boxes[0]
                text = run.text if run.spelled is None else run.spelled
                self.marked[Marked(page, run.mcid)] = _Content(text, (page, left, top))
            elif run.spelled is None:
                content.text += run.text

    def _kids(self, element: Element, flow: Flow, kind: str) -> None:
        adjacent = any(kid.kind == "Reference" or kid.is_call(kind) for kid in element.elements())
        for kid in element.kids:
            self.next_to_reference = adjacent
            if isinstance(kid, Marked):
                self._marked(kid, flow)
            elif isinstance(kid, Annotation):
                self._object(kid)
            else:
                self._element(kid, flow, kind)

    def _leads_back(self, item: Element) -> bool:
        """Return whether the label of a list item is a link within the document: then the item is a note in a list of notes."""
        labels = [kid for kid in item.elements() if kid.kind == "Lbl"]
        links = [kid for label in labels for kid in label.elements() if kid.kind == "Link"]
        return any(self._gathered(kid, Flow(-1), "Link").ends for kid in links)

    def _gathered(self, element: Element, flow: Flow, kind: str) -> _Target:
        """Read the content of an element, and return the targets of its links."""
        outer = self.uris, self.ends
        self.uris, self.ends = [], []
        self._kids(element, flow, kind)
        found = _Target(list(dict.fromkeys(self.uris)), self.ends)
        self.uris, self.ends = outer
        return found

    def _element(self, element: Element, flow: Flow, parent: str) -> None:
        kind = self.roles.get(element.kind, element.kind)
        if kind == "Lbl" and parent in {"LI", "L"} and self.in_words:
            kind = "LBody"
        if kind in NOTES or (
            kind == "LI" and flow.index < 0 and not self.in_words and self._leads_back(element)
        ):
            # A footnote is next to its Reference; endnotes and table notes are in a separate position.
            note = self.seen.begin_note(kind="foot" if self.next_to_reference else "end")
            self.item = note if kind == "LI" else None
            self._kids(element, note, "Note")
        elif kind == "Reference" or ((flow.index < 0 or flow.label) and element.is_call(parent)):
            self._reference(element, flow)
        elif kind == "TOC":
            pass  # a table of contents repeats the headings
        elif kind == "Formula" and element.said:
            flow.out.append(apart(element.said))
        elif kind == "Figure":
            pass  # words within a drawing are part of the image
        elif kind == "Lbl" and parent in {"LI", "L"}:
            pass  # the number or bullet of a list item, which is not text in any other format
        elif kind == "Lbl" and flow.index >= 0 and not flow.label:
            label = Flow(flow.index)
            found = self._gathered(element, label, "Lbl")
            flow.label = label.text.strip()
            flow.place = flow.place or label.place
            flow.backlinks += found.ends
        elif kind == "Link" and flow.index >= 0 and parent not in {"Lbl", "Reference"}:
            self._link_in_note(element, flow)
        else:
            self._other(element, flow, kind, parent)

    def _other(self, element: Element, flow: Flow, kind: str, parent: str) -> None:
        """Read an element that is neither a note nor a call."""
        block = kind not in INLINE
        flow.out.append(" " if block else "")
        outer, item = self.in_words, self.item
        if kind == "L":
            if parent == "L" and item is not None:
                flow = item  # Typst writes a list within an item after the item instead of inside it
            self.item = None
            # Labels of these lists are text, such as terms (ISO 32000-1, table 347).
            self.in_words = name(element.attributes.get("/ListNumbering")) == "None"
        if kind == "Link" and parent not in {"Reference", "Lbl"}:
            length = len(flow.out)
            found = self._gathered(element, flow, kind)
            flow.links += found.uris
            self._refer("".join(flow.out[length:]), found.ends, flow)
        else:
            self._kids(element, flow, kind)
        self.in_words, self.item = outer, item
        flow.out.append(" " if block else "")

    def _refer(self, text: str, ends: list[Ends], flow: Flow) -> None:
        """Add a link within the document that is not a call."""
        with self.seen.reading(flow):
            self.seen.reference(text.strip(), tuple(ends))

    def _marked(self, marked: Marked, flow: Flow) -> None:
        content = self.marked.get(marked)
        if content is not None:
            flow.out.append(content.text)
            flow.place = flow.place or content.place

    def _object(self, annotation: Annotation) -> None:
        found = self.annotations.get(annotation.reference)
        if found is not None and found.uri:
            self.uris.append(found.uri)
        elif found is not None and found.place is not None:
            element = self.by_reference.get(found.element)
            self.ends.append((found.place,) if element is None else (found.place, self._first_glyph(element)))

    def _first_glyph(self, element: Element) -> Place | None:
        """Return the position where the content of an element begins."""
        for kid in element.kids:
            if isinstance(kid, Element):
                place = self._first_glyph(kid)
            else:
                content = self.marked.get(kid) if isinstance(kid, Marked) else None
                place = content.place if content is not None else None
            if place is not None:
                return place
        return None

    def _link_in_note(self, element: Element, flow: Flow) -> None:
        inner = Flow(flow.index)
        found = self._gathered(element, inner, "Link")
        flow.links += found.uris
        if inner.text.startswith(("↑", "↩")):
            flow.backlinks += found.ends
        else:
            flow.out.append(inner.text)
            flow.place = flow.place or inner.place
            self._refer(inner.text, found.ends, flow)

    def _reference(self, element: Element, flow: Flow) -> None:
        with self.seen.reading(flow):
            call = self.seen.call("", None)
        inner = Flow(flow.index)
        found = self._gathered(element, inner, "Reference")
        call.label = inner.text.strip().replace("\u2060", "")
        call.target, call.place = tuple(found.ends), inner.place

    def observation(self, path: str) -> Observation:
        """Return the observation."""
        notes = Destinations([note.place for note in self.seen.notes])
        calls = Destinations([call.place for call in self.seen.calls])
        # A link to a note is a cross-reference only if it shows the label of the note.
        self.seen.references = [
            reference
            for reference in self.seen.references
            if (index := notes.nearest_line(reference.target)) >= 0
            and self.seen.notes[index].label == reference.label
        ]
        found = self.seen.finish("pdf", path, note_at=notes.nearest_line, call_at=calls.nearest_spot)
        return replace(found, exact=False, off_page=self.off_page)
