"""DOCX: footnotes as Word would number them, repeated calls by their NOTEREF fields, text by paragraphs.

Word shows a number that no part of the file contains, so this module computes its counter from the settings of the file
(ECMA-376-1, 17.11). It can read every file with notes in `footnotes.xml`, from any program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.formulas.linear import of_omml
from publish.formulas.names import OM
from publish.verify.extractors.docx_archive import DocxArchive, Relations
from publish.verify.extractors.docx_counter import Counter, W
from publish.verify.extractors.observer import Flow, Observer
from publish.verify.extractors.unreadable import MAX_UNPACKED, UnreadableError
from publish.verify.observation import Observation, apart
from publish.zip_files import DAMAGED, ArchiveError, opened

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_MARKS = frozenset({"footnotereference", "endnotereference"})
_OWN_MARK = re.compile(r"fn\d+")
"""Bookmarks around notes that are not native notes in Word: notes within notes, and table notes."""

_FIELD_TARGET = re.compile(r"\s*NOTEREF\s+(\S+)")
_AS_MARK = re.compile(r"\\f\b")
"""The switch that shows the result of NOTEREF as a marker; without it the number is part of a sentence."""

KINDS = {"footnote": "foot", "endnote": "end"}


def extract(data: bytes, path: str) -> Observation:
    """Read a Word file (ISO/IEC 29500-4)."""
    try:
        with opened(data, MAX_UNPACKED) as archive:
            return _Reader(DocxArchive(archive)).observation(path)
    except (ArchiveError, etree.XMLSyntaxError, *DAMAGED) as error:
        raise UnreadableError(f"Not a Word file: {error}") from None


def _mark_styles(styles: Element) -> set[str]:
    """Return the ids of the character styles of content that is not text; names are English in every Word, ids are not."""
    found = {"PictureText", "PageReference"}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and str(name.get(f"{W}val")).lower() in {
            "footnote reference",
            "endnote reference",
        }:
            found.add(str(style.get(f"{W}styleId")))
    return found


class _Reader:
    def __init__(self, package: DocxArchive) -> None:
        self.relations = package.relations
        self.document = package.read(package.main)
        styles, settings = package.part("styles"), package.part("settings")
        self.mark_styles = _mark_styles(package.read(styles)) if styles else set(_MARKS)
        sections = list(self.document.iter(f"{W}sectPr"))
        told = package.read(settings) if settings else None
        self.counters = {tag: Counter(tag, sections, told) for tag in KINDS}
        self.elements: dict[tuple[str, str], Element] = {}
        """Every note, by the element name of its type and its id."""
        self.note_relations: dict[str, Relations] = {}
        for tag in KINDS:
            part = package.part(f"{tag}s")
            self.note_relations[tag] = package.relations_of(part) if part else {}
            for element in package.read(part) if part else ():
                if element.get(f"{W}type") in {None, "normal"} and element.tag == f"{W}{tag}":
                    self.elements[tag, str(element.get(f"{W}id"))] = element
        self.seen = Observer()
        self.have_backlink: set[int] = set()
        """Notes whose marker links back; Word links it to the first call."""

    def observation(self, path: str) -> Observation:
        main = self.document.find(f"{W}body")
        if main is None:
            raise UnreadableError("Main document has no body")
        # Read notes at their calls, so that they are in the order of the calls.
        self.read_blocks(list(main), self.seen.body, self.relations)
        for key, element in self.elements.items():
            if key not in self.seen.note_keys:
                self.read_note(key, element, "")
        first: dict[int, int] = {}
        for k, call in enumerate(self.seen.calls):
            first.setdefault(self.seen.note_keys.get(call.target, -1), k)
        for note in self.seen.notes:
            if note.index in self.have_backlink and note.index in first:
                back = f"call {first[note.index]}"
                self.seen.call_keys[back] = first[note.index]
                note.backlinks.append(back)
        return self.seen.finish("docx", path, backlinks="first")

    def read_note(self, key: tuple[str, str], element: Element, label: str) -> int:
        """Read a native note and the notes printed within it, and return its index."""
        tag = key[0]
        flow = self.seen.begin_note(key, label, KINDS[tag])
        if element.find(f".//{W}{tag}Ref") is not None:
            self.have_backlink.add(flow.index)
        self.read_blocks(list(element), flow, self.note_relations[tag])
        return flow.index

    def read_blocks(self, children: list[Element], flow: Flow, relations: Relations) -> None:
        """Read blocks. From the start of the bookmark of a note to its end, the content belongs to that note."""
        own, until = flow, ""
        for child in children:
            if child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") is not None:
                continue  # a table of contents repeats the headings
            if child.tag == f"{W}p":
                for start in child.findall(f"{W}bookmarkStart"):
                    if _OWN_MARK.fullmatch(str(start.get(f"{W}name"))):
                        name, until = str(start.get(f"{W}name")), str(start.get(f"{W}id"))
                        own = self.seen.begin_note(name, kind=flow.kind or "table")
                        if child.find(f"{W}hyperlink") is not None:
                            self.have_backlink.add(own.index)
            if child.tag in {f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}sdtContent"}:
                own.out.append(" ")
                if child.tag == f"{W}p":
                    with self.seen.reading(own):
                        _Paragraph(self, relations).read(child)
                else:
                    self.read_blocks(list(child), own, relations)
                own.out.append(" ")
            elif child.tag in {f"{W}ins", f"{W}customXml"}:
                self.read_blocks(list(child), own, relations)
            if until and any(e.get(f"{W}id") == until for e in child.iter(f"{W}bookmarkEnd")):
                own, until = flow, ""
            if child.find(f"{W}pPr/{W}sectPr") is not None:
                for counter in self.counters.values():
                    counter.next_section()


class _Paragraph:
    """Reader of one paragraph: runs, links and fields."""

    def __init__(self, reader: _Reader, relations: Relations) -> None:
        self.reader = reader
        self.seen = reader.seen
        self.flow = reader.seen.flow
        self.relations = relations
        self.fields: list[dict[str, str]] = []
        self.open_bookmarks: dict[str, str] = {}

    def read(self, parent: Element, anchor: str = "") -> None:
        for child in parent:
            match child.tag:
                case t if t == f"{W}r":
                    self._run(child, anchor)
                case t if t == f"{W}hyperlink":
                    self._hyperlink(child)
                case t if t == f"{W}bookmarkStart":
                    self.open_bookmarks[str(child.get(f"{W}id"))] = str(child.get(f"{W}name"))
                case t if t == f"{W}bookmarkEnd":
                    self.open_bookmarks.pop(str(child.get(f"{W}id")), None)
                case t if t in {
                    f"{W}ins",
                    f"{W}smartTag",
                    f"{W}customXml",
                    f"{W}fldSimple",
                    f"{W}dir",
                    f"{W}bdo",
                }:
                    self.read(child, anchor)
                case t if t == f"{W}sdt":
                    content = child.find(f"{W}sdtContent")
                    if content is not None:
                        self.read(content, anchor)
                case t if str(t).startswith(OM):
                    self.flow.out.append(apart(of_omml(child)))
                case _:
                    pass

    def _hyperlink(self, element: Element) -> None:
        relation = self.relations.get(str(element.get(f"{R}id")))
        if relation is not None:
            self.flow.links.append(relation[1])
        self.read(element, str(element.get(f"{W}anchor") or ""))

    def _run(self, run: Element, anchor: str) -> None:
        style = run.find(f"{W}rPr/{W}rStyle")
        is_mark = style is not None and style.get(f"{W}val") in self.reader.mark_styles
        for tag in KINDS:
            reference = run.find(f"{W}{tag}Reference")
            if reference is not None:
                self._reference(tag, reference, _run_text(run))
                return
        char = run.find(f"{W}fldChar")
        if char is not None:
            self._field(str(char.get(f"{W}fldCharType")))
            return
        instruction = run.find(f"{W}instrText")
        if instruction is not None and self.fields:
            self.fields[-1]["code"] += instruction.text or ""
            return
        text = _run_text(run)
        if self.fields and self.fields[-1]["part"] == "result" and "NOTEREF" in self.fields[-1]["code"]:
            self.fields[-1]["text"] += text
        elif is_mark and anchor:
            self._to_bookmark(anchor, text)
        elif _OWN_MARK.fullmatch(anchor):
            self.seen.reference(text.strip(), anchor)
            self.flow.out.append(text)
        elif is_mark:
            self._mark(text)
        else:
            self.flow.out.append(text)

    def _mark(self, text: str) -> None:
        """Read a marker that is plain text: the label at the start of a note, or the separator between two calls."""
        if (
            self.flow.index >= 0
            and not self.flow.label
            and text.strip()
            and not "".join(self.flow.out).strip()
        ):
            self.flow.label = text.strip()
            self.reader.have_backlink.add(self.flow.index)

    def _reference(self, tag: str, reference: Element, literal: str) -> None:
        key = (tag, str(reference.get(f"{W}id")))
        custom = reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}
        label = literal.strip() if custom else self.reader.counters[tag].next_label()
        self.seen.call(label, key)
        element = self.reader.elements.get(key)
        if element is not None and key not in self.seen.note_keys:
            self.reader.read_note(key, element, "" if custom else label)
        # A bookmark around a call identifies its note: fields that repeat or cite the note refer to the bookmark.
        for name in self.open_bookmarks.values():
            self.seen.note_keys[name] = self.seen.note_keys.get(key, -1)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append({"code": "", "part": "code", "text": ""})
        elif kind == "separate" and self.fields:
            self.fields[-1]["part"] = "result"
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            target = _FIELD_TARGET.match(field["code"])
            if target and _AS_MARK.search(field["code"]):
                self.seen.call(field["text"].strip(), target[1])
            elif target:
                self.seen.reference(field["text"].strip(), target[1])
                self.flow.out.append(field["text"])

    def _to_bookmark(self, anchor: str, text: str) -> None:
        if _OWN_MARK.fullmatch(anchor):
            self.seen.call(text.strip(), anchor)
        else:
            self._mark(text)


def _run_text(run: Element) -> str:
    out: list[str] = []
    for child in run:
        match child.tag:
            case t if t == f"{W}t":
                out.append(child.text or "")
            case t if t in {f"{W}tab", f"{W}br", f"{W}cr"}:
                out.append(" ")
            case t if t == f"{W}noBreakHyphen":
                out.append("\u2011")
            case _:
                pass
    return "".join(out)
