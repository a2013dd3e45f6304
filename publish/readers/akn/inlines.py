"""Inlines and notes of an Akoma Ntoso document."""

from __future__ import annotations

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree

from publish.akn import carried
from publish.akn.jurisdictions import event_roles
from publish.akn.names import NAMESPACE, OPAQUE, XML
from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model import roles
from publish.model.account import AccountEntry
from publish.model.lengths import of_css
from publish.model.text import finish
from publish.readers.addresses import is_address
from publish.readers.akn.elements import (
    APART,
    LITERAL,
    SPAN_STYLES,
    SPANS,
    STYLED,
    declared,
    holds_text,
    raw_text,
    trimmed,
)
from publish.readers.base import Deadline
from publish.readers.images import ImageLoader
from publish.readers.trees import local, namespace

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


MATHML = "{http://www.w3.org/1998/Math/MathML}"
TEX = "application/x-tex"


def _tex(formula: Element) -> str:
    """Return the TeX that a formula in MathML contains as an annotation (MathML 3, 5.1.2); empty if it has none."""
    annotations = formula.iter(f"{MATHML}annotation")
    return next((e.text or "" for e in annotations if e.get("encoding") == TEX), "")


class InlineReader(ABC):
    """Reader of inlines, notes and content that is kept unchanged; `ContentReader` reads blocks."""

    def __init__(self, source: str, images: ImageLoader, targets: frozenset[str], deadline: Deadline) -> None:
        self.source = source
        self.images = images
        self.targets = targets
        """The eIds that references in the document point to."""
        self.authorial: dict[str, Element] = {}
        """Notes at the position of their call, by eId."""
        self.deadline = deadline
        self.notes: dict[str, n.Note] = {}
        self.called: set[str] = set()
        """The eIds of authorial notes that are also called at another position."""
        self.editorial: dict[str, Element] = {}
        """Notes in the metadata, by eId."""
        self.found: list[Diagnostic] = []
        self.opaque: dict[str, int] = {}
        self.account: list[AccountEntry] = []

    @abstractmethod
    def blocks(self, parent: Element, *, skip: frozenset[str] = frozenset()) -> tuple[n.Block, ...]:
        """Return the blocks in an element, without the children whose names are in `skip`."""

    def _span(self, element: Element) -> Span | None:
        return Span(cast("int", element.sourceline)) if element.sourceline else None

    def _id(self, element: Element) -> str:
        eid = element.get("eId") or element.get(f"{{{XML}}}id") or ""
        return eid if eid in self.targets else ""

    def _attrs(self, element: Element, **more: str) -> n.Attrs:
        own = declared(element)
        if own:
            more[carried.NAMESPACES] = " ".join(f"{prefix or '-'} {uri}" for prefix, uri in own.items())
        return carried.attrs(local(element), {str(k): str(v) for k, v in element.attrib.items()}, **more)

    def _whole(self, element: Element) -> n.Attrs:
        """Return the attributes of a node that keeps its element as XML."""
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
        return carried.attrs(local(element), {}, akn_xml=xml)

    def _opaque(self, element: Element) -> tuple[n.Attrs, tuple[n.Inline, ...]]:
        """Return the attributes that keep a subtree, and its text with its notes, which other formats show."""
        name = local(element)
        self.opaque[name] = self.opaque.get(name, 0) + 1
        tables = sum(1 for _ in element.iter("{*}table"))
        bullets = sum(1 for _ in element.iter("{*}li"))
        self.account += [AccountEntry("PUB-R056", "•", "label", span=self._span(element))] * bullets
        if tables:
            self.account.append(
                AccountEntry("PUB-R056", name, "table", count=tables, span=self._span(element))
            )
        shown = finish(tuple(self._shown(element))) if name != "meta" else ()
        return self._whole(element), shown

    def _shown(self, element: Element) -> Iterator[n.Inline]:
        span = self._span(element)
        if element.tag == f"{MATHML}math" and (tex := _tex(element)):
            yield n.Math(tex, display=element.get("display") == "block", span=span)
            return
        if element.text:
            yield n.Text(element.text, span=span)
        for child in element:
            name = local(child)
            apart = name in APART
            if name == "authorialNote":
                yield self._note(child, n.NO_ATTRS)
            elif name:
                if apart:
                    yield n.Text(" ", span=span)
                yield from self._shown(child)
            if child.tail or apart:
                yield n.Text(" " * apart + (child.tail or ""), span=span)

    def inlines(self, element: Element) -> tuple[n.Inline, ...]:
        """Return the content of an element as inlines. White space at its ends is kept, but not shown."""
        return trimmed(tuple(self._mixed(element)))

    def _mixed(self, element: Element) -> Iterator[n.Inline]:
        span = self._span(element)
        if element.text:
            yield raw_text(element.text, span)
        for child in element:
            if isinstance(child.tag, str):
                yield self._inline(child)
            if child.tail:
                yield raw_text(child.tail, self._span(child) if isinstance(child.tag, str) else span)

    def _inline(self, element: Element) -> n.Inline:
        name = local(element)
        attrs, span, identifier = self._attrs(element), self._span(element), self._id(element)
        if namespace(element) != NAMESPACE or name in OPAQUE:
            opaque, inner = self._opaque(element)
            return n.TextSpan(inner, f"{carried.ROLE}{name}", attrs=opaque, span=span)
        if name == "span" and (looks := SPAN_STYLES.get(element.get("class", ""))) is not None:
            return looks(tuple(self._mixed(element)), id=identifier, attrs=attrs, span=span)
        if name == "span" and not len(element) and element.get("class") in LITERAL:
            return LITERAL[element.get("class", "")](element.text or "", self._whole(element))
        if name in STYLED:
            return STYLED[name](tuple(self._mixed(element)), id=identifier, attrs=attrs, span=span)
        match name:
            case "authorialNote":
                return self._note(element, attrs)
            case "noteRef":
                return self._note_reference(element, attrs)
            case "marker" if element.get("name") == "tab":
                gap = n.Text(" ", span=span)
                return n.TextSpan(
                    (gap,), f"{carried.ROLE}marker", id=identifier, attrs=self._whole(element), span=span
                )
            case "br":
                return n.LineBreak(attrs=attrs, span=span)
            case "img":
                return self._image(element, attrs)
            case "eop":
                number = element.get("number", "")
                label = str(int(number) + 1) if number.isdecimal() else number
                return n.PageMark(label, attrs=attrs, span=span)
            case "a" if is_address(element.get("href", "")):
                return n.Link(
                    tuple(self._mixed(element)),
                    element.get("href", ""),
                    id=identifier,
                    attrs=attrs,
                    span=span,
                )
            case "ref":
                return self._reference(element, attrs)
            case "p" | "ul" | "ol" | "table" | "blockList":
                opaque, inner = self._opaque(element)
                return n.TextSpan(inner, f"{carried.ROLE}{name}", attrs=opaque, span=span)
            case _:
                return self._semantic(element, attrs)

    def _semantic(self, element: Element, attrs: n.Attrs) -> n.TextSpan:
        name = local(element)
        role = SPANS.get(name, f"{carried.ROLE}{name}")
        values = attrs.values
        date = element.get("date", "")[:10]
        if role == roles.DATE and date:
            event = event_roles().get(element.get("refersTo", "").lstrip("#"), "")
            values = (*values, ("date", date)) + ((("event", event),) if event else ())
        inner = tuple(self._mixed(element))
        attrs = n.Attrs(attrs.classes, values)
        return n.TextSpan(inner, role, id=self._id(element), attrs=attrs, span=self._span(element))

    def _reference(self, element: Element, attrs: n.Attrs) -> n.Inline:
        href = element.get("href", "")
        inner, span, identifier = tuple(self._mixed(element)), self._span(element), self._id(element)
        note = self.authorial.get(href[1:]) if href.startswith("#") else None
        marker = note.get("marker", "") if note is not None else ""
        if marker and not len(element) and element.text == marker:
            return n.NoteCrossReference(href[1:], marker, id=identifier, attrs=attrs, span=span)
        if href.startswith("#") and href[1:] in self.targets:
            return n.CrossReference(inner, href[1:], id=identifier, attrs=attrs, span=span)
        if href.startswith("/"):
            return n.Citation(inner, href, id=identifier, attrs=attrs, span=span)
        if is_address(href):
            return n.Link(inner, href, id=identifier, attrs=attrs, span=span)
        return n.TextSpan(inner, f"{carried.ROLE}ref", id=identifier, attrs=attrs, span=span)

    def _image(self, element: Element, attrs: n.Attrs) -> n.Image:
        address, span = element.get("src", ""), self._span(element)
        kind, _, data = address.partition(";base64,")
        if kind.startswith("data:"):
            address = f"embedded-{len(self.images.loaded) + 1}"
            try:
                self.images.add(address, base64.b64decode(data, validate=True), span)
            except binascii.Error:
                self._report("PUB-R013", "Embedded image is damaged", span)
        else:
            address = self.images.load(address, span)
        width, height = of_css(element.get("style", ""))
        decorative = "decorative" in attrs.classes
        return n.Image(
            address,
            element.get("alt", ""),
            width=width,
            height=height,
            decorative=decorative,
            id=self._id(element),
            attrs=attrs,
            span=span,
        )

    def _note(self, element: Element, attrs: n.Attrs) -> n.NoteRef:
        key = element.get("eId") or f"note-{len(self.notes) + 1}"
        while key in self.notes:
            key += "-2"
        self._read_note(key, element, element.get("marker", ""))
        return n.NoteRef(key, attrs=attrs, span=self._span(element))

    def read_uncalled(self) -> None:
        """Read the called notes that were not reached, because they are in content that is kept unchanged."""
        for key in self.called - self.notes.keys():
            self._read_note(key, self.authorial[key], self.authorial[key].get("marker", ""))

    def _read_note(self, key: str, element: Element, marker: str) -> None:
        self.notes[key] = n.Note(())  # a call in the note must not read the note again
        self.notes[key] = n.Note(self._note_blocks(element), source_label=marker, span=self._span(element))

    def _note_blocks(self, element: Element) -> tuple[n.Block, ...]:
        if holds_text(element):
            inlines = self.inlines(element)
            return (n.Paragraph(inlines, attrs=carried.attrs(carried.IMPLIED, {}), span=self._span(element)),)
        return self.blocks(element)

    def _note_reference(self, element: Element, attrs: n.Attrs) -> n.Inline:
        key = element.get("href", "").lstrip("#")
        note = self.editorial.get(key)
        if key not in self.notes and note is not None:
            self._read_note(key, note, element.get("marker", ""))
        if key in self.authorial:
            self.called.add(key)
        if key in self.notes or key in self.authorial:
            return n.NoteRef(key, attrs=attrs, span=self._span(element))
        self._report("PUB-R038", f"Called note not found: '{key}'", self._span(element))
        marker = element.get("marker", "")
        return n.TextSpan(
            (n.Text(marker),) if marker else (),
            f"{carried.ROLE}noteRef",
            attrs=attrs,
            span=self._span(element),
        )

    def _report(self, code: str, message: str, span: Span | None) -> None:
        self.found.append(make(code, message, span=span, source=self.source))
