"""Tagged PDF: notes and calls by their structure types, text by marked content, links by their actual positions.

This module reads the text of a Note or Reference from the glyphs that its tags refer to, and follows a link to the position
on the page where it ends. So a tag or a destination name alone is not sufficient. If a link also names a structure
element (ISO 32000-2, 12.3.2.3), the glyphs of that element must be at the same note or call.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, resolve1

from publish.verify.extractors.observer import Flow, Observer, Place
from publish.verify.extractors.pdf.destinations import Ends, nearest_call, nearest_note
from publish.verify.extractors.pdf.glyphs import GlyphDevice, Glyphs, upright
from publish.verify.extractors.pdf.links import Link, annotation, name
from publish.verify.extractors.pdf.structure import INLINE, NOTES, attribute, elements, is_call, said
from publish.verify.observation import Observation, apart


class _Target(NamedTuple):
    """The targets of links."""

    uris: list[str]
    ends: list[Ends]


class TaggedReader:
    """Reader of the structure tree of one document."""

    def __init__(self, document: PDFDocument) -> None:
        self.document = document
        root = resolve1(document.catalog["StructTreeRoot"])
        self.roles = {k: name(v) for k, v in (resolve1(root.get("RoleMap")) or {}).items()}
        self.pages: dict[int, int] = {}
        self.annotations: dict[int, Link] = {}
        self.marked = self._read_pages()
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
        self._kids(root, None, self.seen.body, "")

    def _read_pages(self) -> dict[tuple[int, int], Glyphs]:
        manager = PDFResourceManager()
        device = GlyphDevice(manager)
        interpreter = PDFPageInterpreter(manager, device)
        pages = list(PDFPage.create_pages(self.document))
        self.pages = {page.pageid: index for index, page in enumerate(pages)}
        for index, page in enumerate(pages):
            device.page = index
            device.sheet = upright(page.mediabox)
            interpreter.process_page(page)
            for reference in resolve1(page.annots) or ():
                if isinstance(reference, PDFObjRef):
                    self.annotations[reference.objid] = annotation(
                        self.document, resolve1(reference), self.pages
                    )
        self.off_page = "".join(device.off_page)
        return device.marked

    def _kids(self, element: dict[str, Any], page: int | None, flow: Flow, kind: str) -> None:
        kids = resolve1(element.get("K"))
        values = [resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids])]
        adjacent = any(isinstance(v, dict) and self._calls(v, kind) for v in values)
        for value in values:
            self.next_to_reference = adjacent
            if isinstance(value, int):
                self._marked(value, page, flow)
            elif isinstance(value, dict) and name(value.get("Type")) == "MCR":
                own = value.get("Pg")
                self._marked(resolve1(value["MCID"]), self.pages.get(own.objid) if own else page, flow)
            elif isinstance(value, dict) and name(value.get("Type")) == "OBJR":
                self._object(value)
            elif isinstance(value, dict):
                own = value.get("Pg")
                self._element(
                    value, self.pages.get(own.objid, page) if isinstance(own, PDFObjRef) else page, flow, kind
                )

    def _calls(self, element: dict[str, Any], parent: str) -> bool:
        kind = name(resolve1(element.get("S")))
        return kind == "Reference" or is_call(element, kind, parent)

    def _leads_back(self, item: dict[str, Any]) -> bool:
        """Return whether the label of a list item is a link within the document: then the item is a note in a list of notes."""
        labels = [kid for kid in elements(item) if name(resolve1(kid.get("S"))) == "Lbl"]
        links = [
            link for label in labels for link in elements(label) if name(resolve1(link.get("S"))) == "Link"
        ]
        return any(self._gathered(link, None, Flow(-1), "Link").ends for link in links)

    def _gathered(self, element: dict[str, Any], page: int | None, flow: Flow, kind: str) -> _Target:
        """Read the content of an element, and return the targets of its links."""
        outer = self.uris, self.ends
        self.uris, self.ends = [], []
        self._kids(element, page, flow, kind)
        found = _Target(list(dict.fromkeys(self.uris)), self.ends)
        self.uris, self.ends = outer
        return found

    def _element(self, element: dict[str, Any], page: int | None, flow: Flow, parent: str) -> None:
        kind = name(resolve1(element.get("S")))
        kind = self.roles.get(kind, kind)
        if kind == "Lbl" and parent in {"LI", "L"} and self.in_words:
            kind = "LBody"
        if kind in NOTES or (
            kind == "LI" and flow.index < 0 and not self.in_words and self._leads_back(element)
        ):
            # A footnote is next to its Reference; endnotes and table notes are in a separate position.
            note = self.seen.begin_note(kind="foot" if self.next_to_reference else "end")
            self.item = note if kind == "LI" else None
            self._kids(element, page, note, "Note")
        elif kind == "Reference" or ((flow.index < 0 or flow.label) and is_call(element, kind, parent)):
            self._reference(element, page, flow)
        elif kind == "TOC":
            pass  # a table of contents repeats the headings
        elif kind == "Formula" and (line := said(element)):
            flow.out.append(apart(line))
        elif kind == "Figure":
            pass  # words within a drawing are part of the image
        elif kind == "Lbl" and parent in {"LI", "L"}:
            pass  # the number or bullet of a list item, which is not text in any other format
        elif kind == "Lbl" and flow.index >= 0 and not flow.label:
            label = Flow(flow.index)
            found = self._gathered(element, page, label, "Lbl")
            flow.label = label.text.strip()
            flow.place = flow.place or label.place
            flow.backlinks += found.ends
        elif kind == "Link" and flow.index >= 0 and parent not in {"Lbl", "Reference"}:
            self._link_in_note(element, page, flow)
        else:
            self._other(element, page, flow, kind, parent)

    def _other(self, element: dict[str, Any], page: int | None, flow: Flow, kind: str, parent: str) -> None:
        """Read an element that is neither a note nor a call."""
        block = kind not in INLINE
        flow.out.append(" " if block else "")
        outer, item = self.in_words, self.item
        if kind == "L":
            if parent == "L" and item is not None:
                flow = item  # Typst writes a list within an item after the item instead of inside it
            self.item = None
            # Labels of these lists are text, such as terms (ISO 32000-1, table 347).
            self.in_words = name(attribute(element, "ListNumbering")) == "None"
        if kind == "Link" and parent not in {"Reference", "Lbl"}:
            length = len(flow.out)
            found = self._gathered(element, page, flow, kind)
            flow.links += found.uris
            self._refer("".join(flow.out[length:]), found.ends, flow)
        else:
            self._kids(element, page, flow, kind)
        self.in_words, self.item = outer, item
        flow.out.append(" " if block else "")

    def _refer(self, text: str, ends: list[Ends], flow: Flow) -> None:
        """Add a link within the document that is not a call."""
        with self.seen.reading(flow):
            self.seen.reference(text.strip(), tuple(ends))

    def _marked(self, mcid: int, page: int | None, flow: Flow) -> None:
        glyphs = self.marked.get((page if page is not None else -1, mcid))
        if glyphs is not None:
            flow.out.append(glyphs.text)
            flow.place = flow.place or glyphs.place

    def _object(self, reference: dict[str, Any]) -> None:
        target = reference.get("Obj")
        link = self.annotations.get(target.objid) if isinstance(target, PDFObjRef) else None
        if link is not None and link.uri:
            self.uris.append(link.uri)
        elif link is not None and link.place is not None:
            self.ends.append(
                (link.place,) if link.element is None else (link.place, self._first_glyph(link.element))
            )

    def _first_glyph(self, element: dict[str, Any], page: int = -1) -> Place | None:
        """Return the position where the content of an element begins."""
        own = element.get("Pg")
        page = self.pages.get(own.objid, page) if isinstance(own, PDFObjRef) else page
        kids = resolve1(element.get("K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            value = resolve1(kid)
            if isinstance(value, int):
                glyphs = self.marked.get((page, value))
                place = glyphs.place if glyphs is not None else None
            elif isinstance(value, dict) and name(value.get("Type")) != "OBJR":
                content = {**value, "K": value["MCID"]} if "MCID" in value else value
                place = self._first_glyph(content, page)
            else:
                place = None
            if place is not None:
                return place
        return None

    def _link_in_note(self, element: dict[str, Any], page: int | None, flow: Flow) -> None:
        inner = Flow(flow.index)
        found = self._gathered(element, page, inner, "Link")
        flow.links += found.uris
        if inner.text.startswith(("↑", "↩")):
            flow.backlinks += found.ends
        else:
            flow.out.append(inner.text)
            flow.place = flow.place or inner.place
            self._refer(inner.text, found.ends, flow)

    def _reference(self, element: dict[str, Any], page: int | None, flow: Flow) -> None:
        with self.seen.reading(flow):
            call = self.seen.call("", None)
        inner = Flow(flow.index)
        found = self._gathered(element, page, inner, "Reference")
        call.label = inner.text.strip().replace("\u2060", "")
        call.target, call.place = tuple(found.ends), inner.place

    def observation(self, path: str) -> Observation:
        """Return the observation."""
        notes = [note.place for note in self.seen.notes]
        calls = [call.place for call in self.seen.calls]
        # A link to a note is a cross-reference only if it shows the label of the note.
        self.seen.references = [
            reference
            for reference in self.seen.references
            if (index := nearest_note(reference.target, notes)) >= 0
            and self.seen.notes[index].label == reference.label
        ]
        found = self.seen.finish(
            "pdf",
            path,
            note_at=lambda ends: nearest_note(ends, notes),
            call_at=lambda ends: nearest_call(ends, calls),
        )
        return replace(found, exact=False, off_page=self.off_page)
