"""Tagged PDF: notes and calls by their structure types, text by marked content, links by where they really lead.

What a Note or Reference says is read from the glyphs on the page that its tags point at, and a link is followed to the
place on the page where it ends, so that a tag or a name of a destination cannot vouch for itself. Where it names a
structure element too (ISO 32000-2, 12.3.2.3), that element's glyphs must stand at the same note or call.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFDocument, PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSException
from pdfminer.utils import decode_text

from publish.verify import extract_pdf_plain
from publish.verify.extract import UnreadableError
from publish.verify.observation import Call, Edition, Note, Reference, apart, tail
from publish.verify.pdf_links import Link, Place, annotation, name

REACH = 14.0
"""Points. A link may end this far above or below the line that it leads to."""

INLINE = frozenset({"Span", "Em", "Strong", "Link", "Code", "Quote", "NonStruct"})
"""Structure types that do not part words."""

NOTES = frozenset({"Note", "FENote"})
"""Structure types of a note: of PDF 1.7 and of PDF 2.0."""

Ends = tuple[Place | None, ...]
"""Where one link leads: the place on a page that it names, and the first glyph of the structure element that it names."""


class Glyphs(Struct):
    """The glyphs of one marked content sequence."""

    text: str = ""
    place: Place | None = None


class _Device(PDFLayoutAnalyzer):  # type: ignore[misc]
    """Gathers glyphs by page and marked content identifier."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.page = -1
        self.stack: list[int | None] = []
        self.spelled: set[tuple[int, int]] = set()
        """Marked content whose text is given beside its glyphs (ISO 32000-1, 14.9.4)."""
        self.marked: dict[tuple[int, int], Glyphs] = defaultdict(Glyphs)
        self.sheet = (0.0, 0.0, 0.0, 0.0)
        self.off_page: list[str] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ANN401
        del tag
        mcid = props.get("MCID") if isinstance(props, dict) else None
        self.stack.append(mcid if mcid is not None else (self.stack[-1] if self.stack else None))
        given = props.get("ActualText") if isinstance(props, dict) else None
        if mcid is not None and isinstance(given, bytes):
            self.marked[self.page, mcid].text = decode_text(given)
            self.spelled.add((self.page, mcid))

    def end_tag(self) -> None:
        if self.stack:
            self.stack.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:  # noqa: ANN401
        advance: float = super().render_char(*args, **kwargs)
        mcid = self.stack[-1] if self.stack else None
        item = self.cur_item._objs[-1]  # noqa: SLF001 - the glyph that was just added
        left, low, right, high = self.sheet
        if item.get_text().strip() and not (
            item.x0 < right and item.x1 > left and low < item.y1 and item.y0 < high
        ):
            self.off_page.append(item.get_text())
        if mcid is not None:
            glyphs = self.marked[self.page, mcid]
            glyphs.text += "" if (self.page, mcid) in self.spelled else item.get_text()
            if glyphs.place is None:
                glyphs.place = (self.page, item.x0, item.y1)
        return advance

    def receive_layout(self, ltpage: Any) -> None:  # noqa: ANN401
        del ltpage


def extract(data: bytes, path: str) -> Edition:
    """Read a tagged PDF (ISO 32000-1, 14.7)."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        if _has_note_tags(document):
            return _Reader(document).edition(path)
        return extract_pdf_plain.read(document, path)
    except UnreadableError:
        raise
    except (
        PDFException,
        PSException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        AssertionError,
    ) as error:
        raise UnreadableError(f"not a PDF that can be read: {type(error).__name__} {error}") from None


def _has_note_tags(document: PDFDocument) -> bool:
    """Whether a call is told from the text by its tag; office programs that write tags write none for calls."""
    root = resolve1(document.catalog.get("StructTreeRoot"))
    if root is None:
        return False
    left: list[tuple[Any, str, bool]] = [(root, "", False)]
    notes = False
    while left:
        value, parent, within = left.pop()
        element = resolve1(value)
        if isinstance(element, list):
            left += [(kid, parent, within) for kid in element]
        elif isinstance(element, dict):
            kind = name(resolve1(element.get("S")))
            if kind == "Reference" or (
                not within and _is_call(element, kind, parent if kind == "Lbl" else "")
            ):
                return True
            notes = notes or kind in NOTES
            left.append((element.get("K"), kind, within or kind in NOTES))
    return not notes


def _elements(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The structure elements directly within one."""
    kids = resolve1(element.get("K"))
    values = (resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids]))
    return [value for value in values if isinstance(value, dict) and "S" in value]


def _is_call(element: dict[str, Any], kind: str, parent: str) -> bool:
    """Whether an element that is no Reference is a call nonetheless: a label in the text that is a link, or a raised link.

    That is how Typst tags calls. The label of a list's item is none, nor is the first one in a note, which is its mark.
    """
    if kind == "Lbl" and parent not in {"LI", "L"}:
        return any(name(resolve1(kid.get("S"))) == "Link" for kid in _elements(element))
    return kind == "Link" and parent not in {"Lbl", "Reference"} and _is_raised(element)


def _is_raised(link: dict[str, Any]) -> bool:
    """Whether all that a link holds stands above the base line (ISO 32000-1, table 344)."""
    inside = _elements(link)
    return bool(inside) and all(_baseline_shift(element) > 0 or _is_raised(element) for element in inside)


def _baseline_shift(element: dict[str, Any]) -> float:
    return float(_attribute(element, "BaselineShift") or 0)


def _attribute(element: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - of any type
    """An attribute of a structure element, whoever owns it (ISO 32000-1, 14.7.5)."""
    attributes = resolve1(element.get("A"))
    for given in attributes if isinstance(attributes, list) else [attributes]:
        owner = resolve1(given)
        if isinstance(owner, dict) and key in owner:
            return resolve1(owner[key])
    return None


class _Flow:
    def __init__(self, index: int) -> None:
        self.index = index
        self.label = ""
        self.out: list[str] = []
        self.links: list[str] = []
        self.uris: list[str] = []
        """Addresses of the annotations of the link that is being read; one that runs over lines has several."""
        self.place: Place | None = None
        self.backs: list[Ends] = []
        self.kind = ""


class _Reader:
    def __init__(self, document: PDFDocument) -> None:
        self.document = document
        root = resolve1(document.catalog["StructTreeRoot"])
        self.roles = {k: name(v) for k, v in (resolve1(root.get("RoleMap")) or {}).items()}
        self.pages: dict[int, int] = {}
        self.annotations: dict[int, Link] = {}
        self.marked = self._read_pages()
        self.body = _Flow(-1)
        self.beside_reference = False
        self.item: _Flow | None = None
        """The note that was the last item of the list that is being read."""
        self.in_words = False
        """Whether labels of the list that is being read are words."""
        self.links: list[tuple[str, list[Ends], int]] = []
        """Links within the document that are no calls: their text, where they end, and the note in which they stand."""
        self.notes: list[_Flow] = []
        self.calls: list[tuple[str, list[Ends], str, int, Place | None]] = []
        self._kids(root, None, self.body, "")

    def _read_pages(self) -> dict[tuple[int, int], Glyphs]:
        manager = PDFResourceManager()
        device = _Device(manager)
        interpreter = PDFPageInterpreter(manager, device)
        pages = list(PDFPage.create_pages(self.document))
        self.pages = {page.pageid: index for index, page in enumerate(pages)}
        for index, page in enumerate(pages):
            device.page = index
            device.sheet = _upright(page.mediabox)
            interpreter.process_page(page)
            for reference in resolve1(page.annots) or ():
                if isinstance(reference, PDFObjRef):
                    self.annotations[reference.objid] = annotation(
                        self.document, resolve1(reference), self.pages
                    )
        self.off_page = "".join(device.off_page)
        return device.marked

    # The tree

    def _kids(self, element: dict[str, Any], page: int | None, flow: _Flow, kind: str) -> None:
        kids = resolve1(element.get("K"))
        values = [resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids])]
        beside = any(isinstance(v, dict) and self._calls(v, kind) for v in values)
        for value in values:
            self.beside_reference = beside
            if isinstance(value, int):
                self._marked(value, page, flow)
            elif isinstance(value, dict) and name(value.get("Type")) == "MCR":
                own = value.get("Pg")
                self._marked(resolve1(value["MCID"]), self.pages.get(own.objid) if own else page, flow)
            elif isinstance(value, dict) and name(value.get("Type")) == "OBJR":
                self._object(value, flow)
            elif isinstance(value, dict):
                own = value.get("Pg")
                self._element(
                    value, self.pages.get(own.objid, page) if isinstance(own, PDFObjRef) else page, flow, kind
                )

    def _calls(self, element: dict[str, Any], parent: str) -> bool:
        kind = name(resolve1(element.get("S")))
        return kind == "Reference" or _is_call(element, kind, parent)

    def _leads_back(self, item: dict[str, Any]) -> bool:
        """Whether the label of a list's item is a link within the document: then the item is a note, in a list of notes."""
        labels = [kid for kid in _elements(item) if name(resolve1(kid.get("S"))) == "Lbl"]
        flow = _Flow(-1)
        for found in labels:
            for link in _elements(found):
                if name(resolve1(link.get("S"))) == "Link":
                    self._kids(link, None, flow, "Link")
        return bool(flow.backs)

    def _element(self, element: dict[str, Any], page: int | None, flow: _Flow, parent: str) -> None:
        kind = name(resolve1(element.get("S")))
        kind = self.roles.get(kind, kind)
        if kind == "Lbl" and parent in {"LI", "L"} and self.in_words:
            kind = "LBody"
        if kind in NOTES or (
            kind == "LI" and flow.index < 0 and not self.in_words and self._leads_back(element)
        ):
            note = _Flow(len(self.notes))
            self.item = note if kind == "LI" else None
            # A footnote stands beside its Reference; endnotes and notes of a table stand in a place of their own.
            note.kind = "foot" if self.beside_reference else "end"
            self.notes.append(note)
            self._kids(element, page, note, "Note")
        elif kind == "Reference" or ((flow.index < 0 or flow.label) and _is_call(element, kind, parent)):
            self._reference(element, page, flow)
        elif kind == "TOC":
            pass  # a list of contents repeats the headings
        elif kind == "Formula" and (line := _said(element)):
            flow.out.append(apart(line))
        elif kind == "Figure":
            pass  # words within a drawing are part of the picture
        elif kind == "Lbl" and parent in {"LI", "L"}:
            pass  # the number or bullet of a list item, which no other format has as text
        elif kind == "Lbl" and flow.index >= 0 and not flow.label:
            label = _Flow(flow.index)
            self._kids(element, page, label, "Lbl")
            flow.label = "".join(label.out).strip()
            flow.place = flow.place or label.place
            flow.backs += label.backs
        elif kind == "Link" and flow.index >= 0 and parent not in {"Lbl", "Reference"}:
            self._link_in_note(element, page, flow)
        else:
            block = kind not in INLINE
            flow.out.append(" " if block else "")
            length = len(flow.out)
            outer, item = self.in_words, self.item
            if kind == "L" and parent == "L" and item is not None:
                flow = item  # Typst puts a list within an item after it, and not into it
            if kind == "L":
                self.item = None
                # Labels of such a list are text of their own, such as terms (ISO 32000-1, table 347).
                self.in_words = name(_attribute(element, "ListNumbering")) == "None"
            self._kids(element, page, flow, kind)
            self.in_words, self.item = outer, item
            if kind == "Link" and parent not in {"Reference", "Lbl"}:
                flow.links += dict.fromkeys(flow.uris)
                flow.uris = []
                self.links.append(("".join(flow.out[length:]).strip(), flow.backs, flow.index))
                flow.backs = []
            flow.out.append(" " if block else "")

    def _marked(self, mcid: int, page: int | None, flow: _Flow) -> None:
        glyphs = self.marked.get((page if page is not None else -1, mcid))
        if glyphs is not None:
            flow.out.append(glyphs.text)
            flow.place = flow.place or glyphs.place

    def _object(self, reference: dict[str, Any], flow: _Flow) -> None:
        target = reference.get("Obj")
        link = self.annotations.get(target.objid) if isinstance(target, PDFObjRef) else None
        if link is not None and link.uri:
            flow.uris.append(link.uri)
        elif link is not None and link.place is not None:
            flow.backs.append(
                (link.place,) if link.element is None else (link.place, self._first_glyph(link.element))
            )

    def _first_glyph(self, element: dict[str, Any], page: int = -1) -> Place | None:
        """Where what an element says begins."""
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

    def _link_in_note(self, element: dict[str, Any], page: int | None, flow: _Flow) -> None:
        inner = _Flow(flow.index)
        self._kids(element, page, inner, "Link")
        flow.links += dict.fromkeys(inner.uris)
        text = "".join(inner.out)
        if text.startswith(("↑", "↩")):
            flow.backs += inner.backs
        else:
            flow.out.append(text)
            flow.place = flow.place or inner.place
            self.links.append((text.strip(), inner.backs, flow.index))

    def _reference(self, element: dict[str, Any], page: int | None, flow: _Flow) -> None:
        inner = _Flow(flow.index)
        before = tail(flow.out)
        self._kids(element, page, inner, "Reference")
        self.calls.append(("".join(inner.out).strip(), inner.backs, before, flow.index, inner.place))

    # What was seen

    def edition(self, path: str) -> Edition:
        note_places = [note.place for note in self.notes]
        call_places = [place for *_, place in self.calls]
        calls = tuple(
            Call(
                label.replace("\u2060", ""), _nearest_line(targets, note_places), before, within, _page(place)
            )
            for label, targets, before, within, place in self.calls
        )
        notes = tuple(
            Note(
                note.label,
                "".join(note.out),
                tuple(k for k in (_nearest(back, call_places) for back in note.backs) if k >= 0),
                tuple(note.links),
                _page(note.place),
                note.kind,
            )
            for note in self.notes
        )
        references = tuple(
            Reference(text, note, within)
            for text, targets, within in self.links
            if (note := _nearest_line(targets, note_places)) >= 0 and self.notes[note].label == text
        )
        text = "".join(self.body.out)
        return Edition(
            "pdf",
            path,
            notes,
            calls,
            text,
            tuple(self.body.links),
            exact=False,
            off_page=self.off_page,
            references=references,
        )


def _said(element: dict[str, Any]) -> str:
    """What an element says in place of its content (ISO 32000-1, 14.9.4), or else of it (14.9.3)."""
    text = resolve1(element.get("ActualText")) or resolve1(element.get("Alt")) or b""
    return decode_text(text) if isinstance(text, bytes) else str(text)


def _upright(box: Sequence[float]) -> tuple[float, float, float, float]:
    """A sheet in the coordinates that pdfminer gives glyphs: the lower left corner is the origin."""
    x0, y0, x1, y1 = (float(resolve1(value)) for value in box)
    return 0.0, 0.0, abs(x1 - x0), abs(y1 - y0)


def _page(place: Place | None) -> int:
    return place[0] + 1 if place else 0


def _nearest_line(targets: list[Ends], places: list[Place | None]) -> int:
    """The note whose first line a link ends at; -1 where it ends at none, or at more than one."""
    for ends in targets:
        found = {_line(end, places) for end in ends}
        if len(found) == 1 and found != {-1}:
            return found.pop()
    return -1


def _line(end: Place | None, places: list[Place | None]) -> int:
    near = [
        (abs(p[2] - end[2]), k)
        for k, p in enumerate(places)
        if p and end and p[0] == end[0] and abs(p[2] - end[2]) <= REACH
    ]
    return min(near)[1] if near else -1


def _nearest(ends: Ends, places: list[Place | None]) -> int:
    """The call that a link ends at; -1 where it ends at none, or at more than one."""
    found = {_spot(end, places) for end in ends}
    return found.pop() if len(found) == 1 else -1


def _spot(end: Place | None, places: list[Place | None]) -> int:
    near = [
        (abs(p[2] - end[2]) + abs(p[1] - end[1]), k)
        for k, p in enumerate(places)
        if p and end and p[0] == end[0] and abs(p[2] - end[2]) <= REACH and abs(p[1] - end[1]) <= REACH
    ]
    return min(near)[1] if near else -1
