"""The reader for officiele-publicatie: converts bytes to a `Document`.

The schema has about 250 elements. Most are groups of paragraphs under a head (`kop`); the reader reads them as such,
independent of their name. It ignores processing instructions of the old typesetting program, which occur within words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model import roles
from publish.model.lengths import length
from publish.model.metadata import Identifier, Metadata
from publish.model.outline import Flat, Heading, nest
from publish.model.policy import TABLE
from publish.model.text import finish
from publish.readers.addresses import is_address
from publish.readers.base import Deadline, ReadResult, Source
from publish.readers.images import ImageLoader
from publish.readers.lists import Entry, Label, arranged, read_label
from publish.readers.op.elements import (
    NADRUK,
    NUMBERS,
    PARAGRAPHS,
    SKIPPED,
    capital,
    depth,
    headed,
    holds_text,
    span_of,
    words_of,
)
from publish.readers.op.tables import tables
from publish.readers.trees import local, parse
from publish.references.publications import parse as parse_identifier

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT = re.compile(rb"<(?:officiele-publicatie|metadata_gegevens|vraagdoc)[\s>]")


def recognise(data: bytes) -> bool:
    """Return whether the data is an official publication or its metadata."""
    return _ROOT.search(data[:4096]) is not None


def read(source: Source) -> ReadResult:
    """Read an official publication.

    Raises:
        PublishError: PUB-R009, if the XML is not well-formed, or contains only the metadata of a publication.
    """
    root = parse(source.data, source.name)
    if local(root) == "metadata_gegevens":
        message = "File contains the metadata of an official publication, not the publication itself"
        raise PublishError(
            make("PUB-R009", message, source=source.name, hint="Give the XML file of the publication itself")
        )
    return _Reader(source).document(root)


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source.name
        self.deadline: Deadline = source.deadline()
        self.images = ImageLoader(source.folder, source.name)
        self.notes: dict[str, n.Note] = {}
        self.found: list[Diagnostic] = []
        self.headed: frozenset[Element] = frozenset()
        """The elements that have a head."""
        self.in_table = False
        self.after: list[n.Block] = []
        """The content of notes without a number; it follows the paragraph that contains them."""

    def document(self, root: Element) -> ReadResult:
        """Return the document and the diagnostics."""
        self.headed = headed(root)
        flat = list(self._flat(root, 1))
        title = next((words_of(e) for e in root.iter("intitule", "kamervraagonderwerp")), "")
        title = title or next(
            (words_of(e) for k in root.iter("kop") if k.getparent() is not root for e in k.iter("titel")), ""
        )
        metadata = Metadata(
            title=capital(title), language="nl", country="nl", identifiers=tuple(_identifiers(root))
        )
        document = n.Document(
            metadata=metadata,
            blocks=nest(flat, self.source, self.found),
            notes=self.notes,
            resources=self.images.loaded,
            source=self.source,
        )
        return ReadResult(document, (*self.found, *self.images.diagnostics))

    # Blocks

    def _flat(self, parent: Element, level: int) -> Iterator[Flat]:
        """Yield the blocks in an element, with its heads as headings."""
        for child in parent:
            name = local(child)
            self.deadline.check()
            if not name or name in SKIPPED:
                continue
            yield from self._element(child, name, level)

    def _element(self, element: Element, name: str, level: int) -> Iterator[Flat]:
        match name:
            case "kop":
                yield from self._head(element)
            case "vraag" | "antwoord":
                yield from self._unit(element)
            case "lijst":
                yield from self._list(element)
            case "table":
                yield from self._tables(element)
            case "definitielijst":
                yield self._definitions(element)
            case "lid":
                yield from self._numbered(element, level)
            case "naam" | "ondertekening" | "gegeven" | "dagtekening" if len(element) and not holds_text(
                element
            ):
                yield from self._side_by_side(element, level)
            case "plaatje" | "illustratie":
                yield from self._pictures(element)
            case "tussenkop":
                yield self._between(element)
            case "noot":  # in old publications the notes follow the text
                yield from self._flat(element, level)
            case _ if name in PARAGRAPHS or holds_text(element):
                yield from self._paragraph(element, name)
            case _:
                yield from self._flat(element, level)

    def _head(self, element: Element) -> Iterator[Flat]:
        parts = [child for child in element if local(child)]
        title: list[n.Inline] = []
        for part in parts:
            inlines = self._inlines(part)
            if inlines:
                title += [*([n.Text(" ")] if title else []), *inlines]
        if title:
            yield Heading(depth(element, self.headed), tuple(title), span=span_of(element))

    def _unit(self, element: Element) -> Iterator[Flat]:
        number = next((child for child in element if local(child) in {"nr", "nummer"}), None)
        if number is not None:
            yield Heading(2, self._inlines(number), span=span_of(element))
        yield from self._rest(element, number, 3)

    def _rest(self, element: Element, number: Element | None, level: int) -> list[Flat]:
        """Return the blocks in an element without `number`, the child that contains its number."""
        parts = (child for child in element if child is not number and local(child))
        return [block for part in parts for block in self._element(part, local(part), level)]

    def _numbered(self, element: Element, level: int) -> Iterator[Flat]:
        """Read a part and put its number at the start of its first paragraph."""
        number = next((child for child in element if local(child) in NUMBERS), None)
        blocks = self._rest(element, number, level)
        if number is not None and blocks and isinstance(first := blocks[0], n.Paragraph):
            text = (*self._inlines(number), n.Text(" "), *first.inlines)
            blocks[0] = n.Paragraph(text, first.role, span=first.span)
        elif number is not None:
            blocks.insert(0, n.Paragraph(self._inlines(number), span=span_of(element)))
        yield from blocks

    def _list(self, element: Element) -> Iterator[Flat]:
        entries: list[Entry] = []
        last: Label | None = None
        for item in (child for child in element if local(child) == "li"):
            number = next((child for child in item if local(child) == "li.nr"), None)
            label = read_label(words_of(number) if number is not None else "", last)
            last = label
            inside = self._rest(item, number, 6)
            entries.append(Entry(0, label, list(nest(inside)), tight=len(inside) <= 1))
        yield from arranged(entries)

    def _tables(self, element: Element) -> Iterator[Flat]:
        outer, self.in_table = self.in_table, True
        yield from tables(element, self._cell, self._inlines)
        self.in_table = outer

    def _cell(self, entry: Element) -> tuple[n.Block, ...]:
        if holds_text(entry):
            inlines = self._inlines(entry)
            return (n.Paragraph(inlines, span=span_of(entry)),) if inlines else ()
        return nest(list(self._flat(entry, 6)))

    def _definitions(self, element: Element) -> n.DefinitionList:
        entries: list[n.Definition] = []
        for item in (child for child in element if local(child) == "definitie-item"):
            term = next((self._inlines(child) for child in item if local(child) == "term"), ())
            texts = (child for child in item if local(child) == "definitie")
            entries.append(
                n.Definition(
                    term, tuple(nest(list(self._flat(text, 6))) for text in texts), span=span_of(item)
                )
            )
        return n.DefinitionList(tuple(entries), span=span_of(element))

    def _side_by_side(self, element: Element, level: int) -> Iterator[Flat]:
        """Read parts of a signature. A name is one line, even if it contains line ends."""
        if local(element) in {"naam", "dagtekening"}:
            inlines = self._inlines(element)
            if inlines:
                yield n.Paragraph(inlines, f"op:{local(element)}", span=span_of(element))
        else:
            yield from self._flat(element, level)

    def _pictures(self, element: Element) -> Iterator[Flat]:
        images = [self._image(e) for e in element.iter("illustratie")]
        caption = next(
            (self._inlines(child) for child in element if local(child) in {"bijschrift", "titel"}), ()
        )
        paragraph = n.Paragraph(tuple(images), span=span_of(element))
        if images:
            yield n.Figure((paragraph,), caption, span=span_of(element)) if caption else paragraph

    def _image(self, element: Element) -> n.Image:
        name, span = element.get("naam", ""), span_of(element)
        key = self.images.load(name, span)
        alt = element.get("alt", "")
        if not alt:
            self._report("PUB-R019", f"Image '{name}' has no alternative text", span)
        width, height = (length(element.get(name, "")) for name in ("breedte", "hoogte"))
        return n.Image(key, alt, width=width, height=height, span=span)

    def _between(self, element: Element) -> Flat:
        """Read a subheading (`tussenkop`) as a bold paragraph, because it is not the head of a section."""
        return n.Paragraph(
            (n.Strong(self._inlines(element), span=span_of(element)),), "op:tussenkop", span=span_of(element)
        )

    def _paragraph(self, element: Element, name: str) -> Iterator[Flat]:
        inlines = self._inlines(element)
        role = {"kamervraagnummer": roles.NUMBER, "vraagnummer": roles.NUMBER}.get(
            name, "" if name == "al" else f"op:{name}"
        )
        if inlines:
            yield n.Paragraph(inlines, role, span=span_of(element))
        after, self.after = self.after, []
        yield from after

    # Inlines

    def _inlines(self, element: Element) -> tuple[n.Inline, ...]:
        return finish(tuple(self._mixed(element)))

    def _mixed(self, element: Element) -> Iterator[n.Inline]:
        span = span_of(element)
        if element.text:
            yield n.Text(element.text, span=span)
        for child in element:
            if local(child):
                yield from self._inline(child, local(child))
            if child.tail:
                yield n.Text(child.tail, span=span_of(child))

    def _inline(self, element: Element, name: str) -> Iterator[n.Inline]:
        span = span_of(element)
        match name:
            case "nadruk":
                inlines = tuple(self._mixed(element))
                for make_node in reversed(NADRUK.get(element.get("type", ""), ())):
                    inlines = (make_node(inlines, span=span),)
                yield from inlines
            case "sup":
                yield n.Superscript(tuple(self._mixed(element)), span=span)
            case "inf":
                yield n.Subscript(tuple(self._mixed(element)), span=span)
            case "br":
                yield n.LineBreak(span=span)
            case "noot" | "voetnoot":
                yield from self._note(element)
            case "nootref" | "voetref":
                yield from self._again(element)
            case "extref" | "dossierref":
                yield self._external(element)
            case "intref":
                yield n.TextSpan(tuple(self._mixed(element)), "op:intref", span=span)
            case "datum" if element.get("isodatum"):
                attrs = n.Attrs(values=(("date", element.get("isodatum", "")),))
                yield n.TextSpan(tuple(self._mixed(element)), roles.DATE, attrs=attrs, span=span)
            case "illustratie":
                yield self._image(element)
            case "naam" | "dagtekening":
                yield n.TextSpan(tuple(self._spaced(element)), f"op:{name}", span=span)
            case _:
                yield n.TextSpan(tuple(self._mixed(element)), f"op:{name}", span=span)

    def _spaced(self, element: Element) -> Iterator[n.Inline]:
        """Yield the parts of a name, with a space between parts that directly follow each other."""
        parts = list(self._mixed(element))
        for index, part in enumerate(parts):
            previous = parts[index - 1] if index else None
            if isinstance(part, n.TextSpan) and isinstance(previous, n.TextSpan):
                yield n.Text(" ")
            yield part

    def _external(self, element: Element) -> n.Inline:
        target = unquote(element.get("doc") or element.get("dossier") or "")
        inlines, span = tuple(self._mixed(element)), span_of(element)
        if is_address(target):
            return n.Link(inlines, target, span=span)
        publication = parse_identifier(target)
        if publication is not None:
            return n.Citation(inlines, target, publication.address, "publicatie", span=span)
        if target.startswith("jci"):
            return n.Citation(inlines, target, f"https://wetten.overheid.nl/{target}", "jci", span=span)
        self._report("PUB-R017", f"Cross-reference to '{target}' is published as plain text", span)
        return n.TextSpan(inlines, "op:extref", span=span)

    # Notes

    def _note(self, element: Element) -> Iterator[n.Inline]:
        number = next((child for child in element if local(child) in {"noot.nr", "nr"}), None)
        span = span_of(element)
        blocks = tuple(nest(self._rest(element, number, 6)))
        if not blocks and holds_text(element):
            blocks = (n.Paragraph(self._inlines(element), span=span),)
        if number is None:
            self._report(
                "PUB-R057",
                "Note without a number is published in the text, at its position in the source",
                span,
            )
            self.after += blocks
            return
        key = element.get("id") or f"noot-{len(self.notes) + 1}"
        while key in self.notes:
            key += "-2"
        label = words_of(number).rstrip(".)")
        series = TABLE if element.get("type") == "tabel" and self.in_table else ""
        self.notes[key] = n.Note(blocks, series, label, span=span)
        yield n.NoteRef(key, span=span)

    def _again(self, element: Element) -> Iterator[n.Inline]:
        key = element.get("refid", "")
        if key in self.notes:
            yield n.NoteRef(key, span=span_of(element))
            return
        self._report(
            "PUB-R038",
            f"'nootref' refers to note '{key}', but no note with this id precedes it",
            span_of(element),
        )
        yield from self._mixed(element)

    def _report(self, code: str, message: str, span: Span | None) -> None:
        self.found.append(make(code, message, span=span, source=self.source))


def _identifiers(root: Element) -> Iterator[Identifier]:
    for meta in root.iter("meta"):
        for part in meta.get("content", "").split("/"):
            if parse_identifier(part) is not None:
                yield Identifier("officielebekendmakingen", part)
                return
