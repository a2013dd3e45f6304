"""Walk through an OpenDocument text: its words, and the reasons for which others are not shown."""

from __future__ import annotations

import re
from typing import NamedTuple

from publish.census.collector import Collector
from publish.census.odt import shown
from publish.census.odt.changes import Changes
from publish.census.odt.drawings import image_in, words_in
from publish.census.odt.notes import NoteNumbers
from publish.census.odt.numbering import Lists, Place
from publish.census.odt.package import Element, Package, at, natural, q, short, start
from publish.census.odt.styles import MARKS, Styles
from publish.census.symbols import letters
from publish.census.types import Unseen
from publish.diagnostics.types import Span

PARAGRAPHS = frozenset({"text:p", "text:h"})
WRAPPERS = frozenset({"text:span", "text:meta", "text:meta-field", "loext:content-control", "text:ruby-base"})
CHANGES = frozenset({"text:change", "text:change-start", "text:change-end"})
NOTHING = frozenset(
    [
        "text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:number",
        "text:note-citation", "text:soft-page-break", "text:section-source", "office:forms", "text:hidden-paragraph",
        "text:table-of-content-source", "text:illustration-index-source", "text:table-index-source", "svg:title",
        "text:alphabetical-index-source", "text:bibliography-source", "text:user-index-source", "svg:desc",
        "text:object-index-source", "text:toc-mark", "text:user-index-mark", "text:alphabetical-index-mark",
        "office:annotation-end", "text:script", "draw:glue-point", "draw:enhanced-geometry", "text:dde-connection-decls",
    ]
)  # fmt: skip
REFERENCES = frozenset({"text:bookmark-ref", "text:reference-ref", "text:sequence-ref", "text:note-ref"})
FIELD_MARKS = frozenset({"field:fieldmark-separator", "field:fieldmark-end"})
RESTING = frozenset({"table:table-rows", "table:table-row-group", "table:table-header-rows"})
ALTERNATIVES = frozenset({"draw:text-box", "table:table", "draw:image", "draw:object", "draw:object-ole"})
REPEATED = 1000
"""Cells that are counted of a repetition."""


class State(NamedTuple):
    """Properties of the current position."""

    reason: str = ""
    """Why the text is not shown; empty if it is shown."""
    paragraph: str = ""
    spans: tuple[str, ...] = ()


class Story:
    """Walker through a text, in document order."""

    def __init__(self, package: Package, body: Element, track_changes: str) -> None:
        self.package = package
        self.styles = Styles(package.roots)
        self.lists = Lists(self.styles)
        self.numbers = NoteNumbers(self.styles)
        self.changes = Changes(body, track_changes)
        self.out = Collector()
        self.controls = {
            at(e, "xml:id") or e.get("id", ""): e for e in body.iter() if short(e).startswith("form:")
        }
        self.ids = {at(note, "text:id"): str(k) for k, note in enumerate(body.iter(q("text:note")))}
        self.keys = {id(note): str(k) for k, note in enumerate(body.iter(q("text:note")))}
        self.computed = False
        self.paragraph = 0
        self.in_note = self.at_mark = False
        """Whether the position is in a note, and before its first paragraph, which shows no number."""
        self.codes: list[bool] = []
        """For each open field of Word, whether the position is in its code."""
        self.carries = False
        """Whether the next paragraph goes on in the current passage, because a tracked change joins them."""
        self.open = ("", 0, False)
        """Label, level and list membership of the current paragraph."""
        self.kept = ("", 0)
        """Label and level of the passage that goes on."""
        self.lost: dict[str, list[str]] = {}
        self.boxes: list[tuple[Element, State]] = []

    # Words

    def say(self, text: str | None, state: State) -> None:
        """Count text at the current position."""
        if not text:
            return
        if not text.isascii():
            text = letters(text, self._given(state, "style:font-name"))
        code = "field code" if any(self.codes) else ""
        reason = code or state.reason or self.changes.reason or ("hidden" if self._is_hidden(state) else "")
        if reason:
            self.lost.setdefault(reason, []).append(text)
        else:
            self.out.words.append(
                text.upper() if self._given(state, "fo:text-transform") == "uppercase" else text
            )

    def _given(self, state: State, attribute: str) -> str:
        found = (self.styles.given("text", span, "text", attribute) for span in state.spans)
        own = next((value for value in found if value is not None), None)
        if own is None:
            own = self.styles.given("paragraph", state.paragraph, "text", attribute)
        return own or ""

    def _is_hidden(self, state: State) -> bool:
        return self._given(state, "text:display") == "none"

    def _is_shown(self, state: State) -> bool:
        return not (state.reason or self.changes.reason or self._is_hidden(state))

    # Blocks

    def blocks(self, container: Element, state: State, place: Place | None = None) -> None:
        """Count the blocks in an element."""
        for child in container:
            self.block(child, state, place)

    def block(self, element: Element, state: State, place: Place | None = None) -> None:
        """Count a block."""
        name = short(element)
        if name in PARAGRAPHS:
            self._paragraph(element, state)
        elif name == "text:list":
            self._list(element, state, place, second=False)
        elif name == "text:numbered-paragraph":
            self._item(element, state, self.lists.alone(element))
        elif name == "table:table":
            self._table(element, state)
        elif name == "text:section":
            kinds = self.numbers.enter(element)
            self.blocks(element, state._replace(reason="hidden") if shown.section_hides(element) else state)
            self.numbers.leave(kinds)
        elif name == "text:table-of-content":
            self.blocks(element, state._replace(reason="cached table of contents"))
        elif name in CHANGES:
            self._change(element, state)
        elif name == "office:annotation":
            self.out.unseen.append(Unseen("comment", " ".join(element.itertext()), self.out.span))
        elif name.startswith("draw:"):
            self._drawing(element, state)
            self._end("", heading=False)
        elif name and name not in NOTHING:
            self.blocks(element, state, place)

    def _paragraph(self, element: Element, state: State, label: str = "", *, listed: bool = False) -> None:
        if not self.in_note:
            self.paragraph += 1
            self.out.span = Span(self.paragraph)
        style = at(element, "text:style-name")
        level = self.styles.outline_level(element)
        if element.tag == q("text:h") and natural(at(element, "text:outline-level"), 1) == 1:
            self.numbers.chapter()
        if self.carries:
            label, level = self.kept
        elif level and not listed and self._is_numbered(element, style):
            restarts = at(element, "text:restart-numbering") == "true"
            number = start(element, 0) if restarts else None
            label = self.lists.heading(level, number)
        if any(shown.hides(e) for e in element.iter(q("text:hidden-paragraph"))):
            state = state._replace(reason="hidden")
        self.open = label, level, listed
        self.inlines(element, state._replace(paragraph=style))
        label = self.open[0]
        if self.changes.reason:
            self.carries, self.kept = True, (label, level)
            return
        # LibreOffice also writes numbered paragraphs of a text as headings; their styles are no heading styles.
        label, self.at_mark = "" if self.at_mark else label, False
        self._end(label, heading=level > 0 and (not style or self.styles.heading_level(style) > 0))

    def _is_numbered(self, element: Element, style: str) -> bool:
        own = self.styles.style_attribute(style, "style:list-style-name")
        return at(element, "text:is-list-header") != "true" and own in {None, "Outline"}

    def _end(self, label: str, *, heading: bool) -> None:
        """End a passage, and count what is anchored in it."""
        self.carries = False
        self.out.label, self.out.heading = label, heading
        self.out.end()
        self.out.label, self.out.heading = "", False
        for reason, pieces in self.lost.items():
            if "".join(pieces).strip():
                self.out.unseen.append(Unseen(reason, "".join(pieces), self.out.span))
        self.lost = {}
        boxes, self.boxes = self.boxes, []
        outer, self.lists.area = self.lists.area, "frames" if boxes else self.lists.area
        for box, where in boxes:
            self.blocks(box, where)
        self.lists.area = outer

    # Lists

    def _list(self, element: Element, state: State, outside: Place | None, *, second: bool) -> None:
        place = self.lists.enter(element, outside, second=second)
        for child in element:
            if short(child) == "text:list-item":
                self._item(child, state, place)
            elif short(child) == "text:list-header":
                self._item(child, state, place, counts=False)

    def _item(self, item: Element, state: State, place: Place, *, counts: bool = True) -> None:
        given = item.get(q("text:start-value"))
        number = start(item, 1) if given is not None else None
        lists = 0
        for child in item:
            if short(child) == "text:list":
                self._list(child, state, place, second=lists > 0)
                lists += 1
                counts = False
            elif short(child) in PARAGRAPHS:
                own = counts and not self.carries
                label = self.lists.next(place, number, at(item, "text:style-override")) if own else ""
                counts = False
                self._paragraph(child, state, label, listed=True)
            elif short(child) != "text:number":
                self.block(child, state, place)

    # Tables

    def _table(self, table: Element, state: State) -> None:
        self._end("", heading=False)
        begun = self.out.begin_table()
        widths: list[int] = []
        self._rows(table, state, widths)
        self.out.end_table(begun, len(widths), max(widths, default=0))

    def _rows(self, parent: Element, state: State, widths: list[int]) -> None:
        for child in parent:
            if short(child) in RESTING:
                self._rows(child, state, widths)
            elif short(child) == "table:table-row":
                widths.append(self._cells(child, state))  # LibreOffice shows a repeated row once

    def _cells(self, row: Element, state: State) -> int:
        """Count the content of a row, and return its number of columns."""
        width = 0
        for cell in row:
            repeated = min(natural(at(cell, "table:number-columns-repeated"), 1), REPEATED)
            if short(cell) == "table:table-cell":
                for _ in range(repeated):
                    self.blocks(cell, state)
            if short(cell) in {"table:table-cell", "table:covered-table-cell"}:
                width += repeated
        return width

    # Inlines

    def inlines(self, element: Element, state: State) -> None:
        """Count the text in an element, with its children."""
        self.say(element.text, state)
        names = [short(child) for child in element]
        for index, child in enumerate(element):
            if names[index] == "field:fieldmark-start":
                marks = (name for name in names[index + 1 :] if name in FIELD_MARKS)
                self.codes.append(next(marks, "") == "field:fieldmark-separator")
            elif names[index]:
                self._inline(child, short(child), state)
            self.say(child.tail, state)

    def _inline(self, child: Element, name: str, state: State) -> None:
        if name in {"text:s", "text:tab", "text:line-break"}:
            self.say(" ", state)
        elif name in WRAPPERS or name == "text:a":
            style = at(child, "text:style-name")
            inside = state._replace(spans=(style, *state.spans)) if style else state
            before = len(self.out.words)
            self.inlines(child, inside)
            href = at(child, "xlink:href")
            if name == "text:a" and not href.startswith("#") and "".join(self.out.words[before:]).strip():
                self.out.links.append(href)
        elif name == "text:note":
            self._note(child, state)
        elif name in REFERENCES:
            self._reference(child, name, state)
        elif name in CHANGES:
            self._change(child, state)
        elif name == "office:annotation":
            self.out.unseen.append(Unseen("comment", " ".join(child.itertext()), self.out.span))
        elif name == "text:hidden-text":
            text = at(child, "text:string-value") or "".join(child.itertext())
            self.say(text, state._replace(reason="hidden") if shown.hides(child) else state)
        elif name == "text:conditional-text":
            self.say(shown.choice(child), state)
        elif name == "text:ruby-text":
            self.say(" ", state)
            self.inlines(child, state)
        elif name.startswith("draw:"):
            self._drawing(child, state)
        elif name.startswith("field:"):
            self._field_mark(name)
        elif name not in NOTHING:
            hidden = at(child, "text:display") == "none"
            self.inlines(child, state._replace(reason="hidden") if hidden else state)

    def _field_mark(self, name: str) -> None:
        """Note the end of the code of a field of Word, or of the field."""
        if self.codes and name == "field:fieldmark-separator":
            self.codes[-1] = False
        elif self.codes and name == "field:fieldmark-end":
            self.codes.pop()

    def _change(self, element: Element, state: State) -> None:
        deleted = self.changes.mark(element)
        parts = [e for e in deleted if short(e) != "office:change-info"] if deleted is not None else []
        for index, part in enumerate(parts):
            if short(part) not in PARAGRAPHS:
                self.block(part, state)
                continue
            self.inlines(part, state)
            if index < len(parts) - 1:
                label, level, listed = self.open
                self._end(label, heading=level > 0)
                again = self.lists.heading(level, None) if label and level and not listed else ""
                self.open = again, level, listed

    def _note(self, note: Element, state: State) -> None:
        if self.out.call(self.keys[id(note)]):
            return
        label = "" if self.in_note or self.changes.reason else self.numbers.label(note)
        if not self._is_shown(state) or self.in_note:
            self.lost.setdefault(state.reason or self.changes.reason or "hidden", []).append(
                " ".join(note.itertext())
            )
            return
        boxes, self.boxes = self.boxes, []
        lost, self.lost = self.lost, {}
        opened = self.open
        aside = self.out.begin_note()
        self.in_note = self.at_mark = True
        area, self.lists.area = self.lists.area, "notes"
        body = note.find(q("text:note-body"))
        if body is not None:
            self.blocks(body, State())
        self.in_note, self.at_mark, self.lists.area, self.open = False, False, area, opened
        self.out.end_note(self.keys[id(note)], label, aside)
        self.boxes, self.lost = boxes, lost

    def _reference(self, element: Element, name: str, state: State) -> None:
        text = "".join(element.itertext())
        self.computed = self.computed or name == "text:note-ref" or not text.strip()
        key = self.ids.get(at(element, "text:ref-name"), "")
        marked = any(not MARKS.isdisjoint(self.styles.names("text", span)) for span in state.spans)
        position = self._given(state, "style:text-position")
        raised = marked or position.startswith("super") or bool(re.match(r"[1-9]", position))
        by_number = at(element, "text:reference-format") == "text"
        if name == "text:note-ref" and by_number and key:
            # LibreOffice shows the current label, which the words of the file can differ from.
            if raised and self._is_shown(state):
                self.out.call(key)
            return
        self.say(text, state)

    # Drawings

    def _drawing(self, element: Element, state: State) -> None:
        name = short(element)
        if name == "draw:control":
            control = self.controls.get(at(element, "draw:control"))
            self.say(f" {words_in(control)} " if control is not None else "", state)
        elif name in {"draw:g", "draw:a"}:
            for child in element:
                if short(child).startswith("draw:"):
                    self._drawing(child, state)
            href = at(element, "xlink:href")
            if name == "draw:a" and href and not href.startswith("#") and self._is_shown(state):
                self.out.links.append(href)
        elif name == "draw:frame":
            self._frame(element, state)
        elif name not in NOTHING:
            self.boxes.append((element, state))

    def _frame(self, frame: Element, state: State) -> None:
        """Count the first of the alternatives of a frame."""
        in_line = at(frame, "text:anchor-type", "as-char") == "as-char"
        outer = state if in_line else state._replace(spans=())
        inside = State("" if self._is_shown(outer) else outer.reason or "hidden")
        first = next((child for child in frame if short(child) in ALTERNATIVES), None)
        kind = short(first) if first is not None else ""
        if first is not None and kind in {"draw:text-box", "table:table"}:
            self.boxes.append((first if kind == "draw:text-box" else frame, inside))
            return
        if first is not None and kind == "draw:object" and self.package.is_formula(first):
            self.say(" ", state)
            return
        if first is None or inside.reason:
            return
        found = image_in(frame, self.package, self.styles, self.out.span)
        if found is not None:
            self.say(" ", state)
            self.out.images.append(found)
