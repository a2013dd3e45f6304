"""DOCX: footnotes as Word would number them, repeated calls by their NOTEREF fields, text by paragraphs.

Word shows a number that no part of the file holds, so its counter is worked out here from the file's own settings
(ECMA-376-1, 17.11). Every file can be read in which notes stand in `footnotes.xml`, whoever wrote it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from publish.verify.extract import UnreadableError
from publish.verify.extract_epub import MAX_UNPACKED, parse
from publish.verify.observation import Call, Edition, Note, tail

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_MARKS = frozenset({"footnotereference", "endnotereference"})
_NESTED = re.compile(r"fn\d+")
_FIELD_TARGET = re.compile(r"\s*NOTEREF\s+(\S+)")


def extract(data: bytes, path: str) -> Edition:
    """Read a Word file (ISO/IEC 29500-4)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableError("unpacks to more than 200 MB")
            return _Reader(archive).edition(path)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"not a Word file: {error}") from None


def shown(number: int, form: str) -> str:
    """The label that Word shows for a number in a format (ST_NumberFormat)."""
    if form in {"lowerLetter", "upperLetter"}:
        repeat, index = divmod(number - 1, 26)
        text = "abcdefghijklmnopqrstuvwxyz"[index] * (repeat + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        text, left = "", number
        for sign, value in zip(
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            strict=True,
        ):
            while left >= value:
                text, left = text + sign, left - value
    elif form == "chicago":
        repeat, index = divmod(number - 1, 4)
        return "*†‡§"[index] * (repeat + 1)
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text


class _Flow:
    """A running text that is being read: the body, or one note."""

    def __init__(self, index: int, label: str = "") -> None:
        self.index = index
        self.label = label
        self.out: list[str] = []
        self.links: list[str] = []
        self.has_back = False


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        main = self._main()
        self.relations = self._relations(main)
        self.document = parse(archive.read(main))
        folder = posixpath.dirname(main)
        self.notes_part = self._part(folder, "/footnotes")
        self.note_relations = self._relations(self.notes_part) if self.notes_part else {}
        styles = self._part(folder, "/styles")
        self.mark_styles = self._mark_styles(styles)
        settings = self._part(folder, "/settings")
        self.settings = parse(archive.read(settings)) if settings else None
        self.number = self._first_number()
        self.form = self._property("numFmt", "decimal")
        self.flows: list[_Flow] = []
        self.ids: dict[str, int] = {}
        self.bookmarks: dict[str, int] = {}
        """Bookmarks around a first call, or at a note within a note: the note's index."""
        self.calls: list[tuple[str, int | str, str, int]] = []

    # The package

    def _main(self) -> str:
        root = parse(self.archive.read("_rels/.rels"))
        for relation in root.iter(f"{PACKAGE}Relationship"):
            if str(relation.get("Type")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
        raise UnreadableError("no main document")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.archive.namelist():
            return {}
        return {
            str(e.get("Id")): (str(e.get("Type")), str(e.get("Target")))
            for e in parse(self.archive.read(path)).iter(f"{PACKAGE}Relationship")
        }

    def _part(self, folder: str, kind: str) -> str:
        """The part that the main document is related to in this way; an empty name where there is none."""
        for type_, target in self.relations.values():
            if type_.endswith(kind):
                return (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
        return ""

    def _mark_styles(self, styles: str) -> set[str]:
        """The ids of the character styles for marks; names are English in every Word, ids are not."""
        if not styles:
            return set(_MARKS)
        root = parse(self.archive.read(styles))
        found = {"PictureText"}
        for style in root.iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None and str(name.get(f"{W}val")).lower() in {
                "footnote reference",
                "endnote reference",
            }:
                found.add(str(style.get(f"{W}styleId")))
        return found

    def _property(self, name: str, default: str) -> str:
        section = self.document.findall(f".//{W}sectPr/{W}footnotePr/{W}{name}")
        own = section[-1] if section else None
        if own is None and self.settings is not None:
            own = self.settings.find(f"{W}footnotePr/{W}{name}")
        return str(own.get(f"{W}val")) if own is not None else default

    def _first_number(self) -> int:
        value = self._property("numStart", "1")
        return int(value) if value.isdecimal() else 1

    # Reading

    def edition(self, path: str) -> Edition:
        body = _Flow(-1)
        main = self.document.find(f"{W}body")
        if main is None:
            raise UnreadableError("the main document has no body")
        # Notes are read where they are called, so that their order is that of the calls.
        self.elements = self._note_elements()
        self._flow(main, body, self.relations)
        for number, element in self.elements.items():
            if number not in self.ids:
                self._note(number, element, "")
        calls = tuple(
            Call(label, self.bookmarks.get(target, -1) if isinstance(target, str) else target, before, within)
            for label, target, before, within in self.calls
        )
        first = {call.note: k for k, call in reversed(list(enumerate(calls)))}
        notes = tuple(
            Note(
                f.label,
                "".join(f.out),
                (first[f.index],) if f.index in first and f.has_back else (),
                tuple(f.links),
            )
            for f in self.flows
        )
        return Edition("docx", path, notes, calls, "".join(body.out), tuple(body.links), backs="first")

    def _note_elements(self) -> dict[str, Element]:
        if not self.notes_part:
            return {}
        root = parse(self.archive.read(self.notes_part))
        return {
            str(e.get(f"{W}id")): e
            for e in root.iter(f"{W}footnote")
            if e.get(f"{W}type") in {None, "normal"}
        }

    def _note(self, number: str, element: Element, label: str) -> int:
        flow = _Flow(len(self.flows), label)
        self.ids[number] = flow.index
        self.flows.append(flow)
        flow.has_back = element.find(f".//{W}footnoteRef") is not None
        for paragraph in element:
            start = paragraph.find(f"{W}bookmarkStart")
            name = str(start.get(f"{W}name")) if start is not None else ""
            if _NESTED.fullmatch(name) and paragraph.tag == f"{W}p":
                flow = _Flow(len(self.flows))
                self.flows.append(flow)
                self.bookmarks[name] = flow.index
                flow.has_back = paragraph.find(f"{W}hyperlink") is not None
            self._flow_children([paragraph], flow, self.note_relations)
        return self.ids[number]

    def _flow(self, parent: Element, flow: _Flow, relations: dict[str, tuple[str, str]]) -> None:
        self._flow_children(list(parent), flow, relations)

    def _flow_children(
        self, children: list[Element], flow: _Flow, relations: dict[str, tuple[str, str]]
    ) -> None:
        for child in children:
            if child.tag in {f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}sdtContent"}:
                flow.out.append(" ")
                if child.tag == f"{W}p":
                    _Paragraph(self, flow, relations).read(child)
                else:
                    self._flow(child, flow, relations)
                flow.out.append(" ")
            elif child.tag in {f"{W}ins", f"{W}customXml"}:
                self._flow(child, flow, relations)

    def next_label(self) -> str:
        """The label that Word's counter shows now."""
        self.number += 1
        return shown(self.number - 1, self.form)


class _Paragraph:
    """Reads one paragraph: runs, links and fields."""

    def __init__(self, reader: _Reader, flow: _Flow, relations: dict[str, tuple[str, str]]) -> None:
        self.reader = reader
        self.flow = flow
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
                case t if str(t).startswith(MATH):
                    self.flow.out.append("".join(map(str, child.itertext())))
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
        reference = run.find(f"{W}footnoteReference")
        if reference is not None:
            self._reference(reference, _run_text(run))
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
        elif is_mark:
            self._mark(text)
        else:
            self.flow.out.append(text)

    def _mark(self, text: str) -> None:
        """A mark that is plain text: the label at the head of a note, or what stands between two calls."""
        if (
            self.flow.index >= 0
            and not self.flow.label
            and text.strip()
            and not "".join(self.flow.out).strip()
        ):
            self.flow.label = text.strip()
            self.flow.has_back = True

    def _reference(self, reference: Element, literal: str) -> None:
        number = str(reference.get(f"{W}id"))
        custom = reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}
        label = literal.strip() if custom else self.reader.next_label()
        before = tail(self.flow.out)
        index = self.reader.ids.get(number, -1)
        at = len(self.reader.calls)
        self.reader.calls.append((label, index, before, self.flow.index))
        element = self.reader.elements.get(number)
        if element is not None and index < 0:
            index = self.reader._note(number, element, "" if custom else label)  # noqa: SLF001 - one reader, two classes
            self.reader.calls[at] = (label, index, before, self.flow.index)
        for name in self.open_bookmarks.values():
            self.reader.bookmarks[name] = index

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append({"code": "", "part": "code", "text": ""})
        elif kind == "separate" and self.fields:
            self.fields[-1]["part"] = "result"
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            target = _FIELD_TARGET.match(field["code"])
            if target:
                self.reader.calls.append(
                    (field["text"].strip(), target[1], tail(self.flow.out), self.flow.index)
                )

    def _to_bookmark(self, anchor: str, text: str) -> None:
        if _NESTED.fullmatch(anchor):
            self.reader.calls.append((text.strip(), anchor, tail(self.flow.out), self.flow.index))
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
