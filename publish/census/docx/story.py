"""Walk through a story (body, note, text box): its paragraphs, with their labels, and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.census import pandoc
from publish.census.docx import drawings
from publish.census.docx.package import MC, Element, R, W, at, down, integer, name_of, switch
from publish.census.docx.runs import MARKERS, WRAPPERS, Runs, State
from publish.census.docx.shown import DELETIONS, INSERTIONS, Shown
from publish.census.docx.styles import Style
from publish.census.types import Passage, SourceFile, SourceTable, Unseen

EMBEDDED = {"htm": "html", "html": "html", "xhtml": "html", "rtf": "rtf", "docx": "docx"}
"""Formats in pandoc of embedded documents, by suffix."""


class Story(Runs):
    """Walker through one story."""

    def read(self, container: Element, *, inside_note: bool = False) -> Shown:
        """Read a story."""
        self._blocks(container, State(inside_note=inside_note))
        return self.shown

    def paragraph_in(self, element: Element, state: State) -> None:
        """Count a paragraph that is among runs."""
        self._paragraph(element, state, joined=False)

    # Blocks

    def _blocks(self, container: Element, state: State) -> None:
        children = list(container)
        for index, child in enumerate(children):
            name = name_of(child)
            if name == "p":
                self._paragraph(child, state, joined=self._joins(child, children[index + 1 :]))
            elif name == "tbl":
                self._table(child, state)
            elif name == "sdt":
                inner = child.find(W + "sdtContent")
                if inner is not None:
                    self._blocks(inner, state)
            elif name == "altChunk":
                self._embedded(child)
            elif child.tag == MC + "AlternateContent":
                chosen, others = drawings.shown_choice(child)
                self.leave_out("alternative content", others)
                if chosen is not None:
                    self._blocks(chosen, state)
            elif name in INSERTIONS | DELETIONS | WRAPPERS:
                self._blocks(child, self.changed(state, name))
            elif name not in MARKERS and name not in {"sectPr", "pPr", "tcPr", "tblPr", "tblGrid", "sdtPr"}:
                self.inlines(child, state)
                self._end()

    def _embedded(self, chunk: Element) -> None:
        """Count a document in another format that Word shows at this position (17.17.2.1), through pandoc."""
        _, target, outside = self.relations.get(chunk.get(R + "id") or "", ("", "", True))
        form = EMBEDDED.get(target.rpartition(".")[2].lower())
        if outside or form is None or target not in self.files.package.names:
            return
        found = pandoc.take(SourceFile(target, self.files.package.zip.read(target), "pandoc", form))
        self.shown.passages += found.passages
        self.shown.notes += found.notes
        self.shown.tables += found.tables
        self.shown.images += found.images
        self.shown.links += found.links

    def _joins(self, paragraph: Element, after: Iterable[Element]) -> bool:
        """Return whether a tracked change joins a paragraph with the next one of its container (17.13.5.15)."""
        marks = down(paragraph, "pPr/rPr")
        if marks is None or not any(name_of(mark) in self.files.undone for mark in marks):
            return False
        following = next((e for e in after if name_of(e) not in MARKERS), None)
        return following is not None and following.tag == W + "p"

    def _paragraph(self, element: Element, state: State, *, joined: bool) -> None:
        if self.place is None:
            self.paragraph += 1
        properties = element.find(W + "pPr")
        style = self.files.styles.get(at(properties, "pStyle"), "paragraph")
        hidden = style is not None and style.toggle("vanish")
        capitals = style is not None and style.toggle("caps")
        inner = state._replace(hidden=state.hidden != hidden, capitals=capitals)
        if self.carried:
            self.words, self.carried = [*self.carried, *self.words], []
        self.inlines(element, inner)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self.section += 1
        if joined:
            self.carried, self.words = self.words, []
            return
        label = self._label(properties, style)
        self._end(label, heading=style is not None and style.is_heading)

    def _end(self, label: str = "", *, heading: bool = False) -> None:
        text = "".join(self.words)
        if text.strip():
            self.shown.passages.append(Passage(text, self.span, label, heading))
        self.words = []
        for reason, pieces in self.lost.items():
            if "".join(pieces).strip():
                self.shown.unseen.append(Unseen(reason, "".join(pieces), self.span))
        self.lost = {}
        boxes, self.boxes = self.boxes, []
        for box, where in boxes:
            fields, self.fields = self.fields, []
            self._blocks(box, where)
            self.fields = fields

    def _label(self, properties: Element | None, style: Style | None) -> str:
        num, level = style.numbering if style is not None else ("", None)
        own = down(properties, "numPr")
        if own is not None and not self._is_undone_numbering(own):
            num = at(own, "numId") or num
            level = integer(at(own, "ilvl")) if at(own, "ilvl") else level
        if num in {"", "0"}:
            return ""
        if level is None:
            level = self.files.numbering.level_of_style(num, style.id if style is not None else "")
        return self.files.numbering.next(num, level)

    def _is_undone_numbering(self, numbering: Element) -> bool:
        return any(name_of(child) in self.files.undone for child in numbering)

    # Tables

    def _table(self, table: Element, state: State) -> None:
        rows = [row for row in _inside(table, "tr") if not self._is_gone(row, "trPr")]
        self.leave_out("hidden", [row for row in rows if switch(down(row, "trPr/hidden"))])
        rows = [row for row in rows if not switch(down(row, "trPr/hidden"))]
        at_table, before, first_image = len(self.shown.tables), self.size, len(self.shown.images)
        self.shown.tables.append(SourceTable(0, 0))
        columns = filled = 0
        for index, row in enumerate(rows):
            cells = [cell for cell in _inside(row, "tc") if not self._is_gone(cell, "tcPr")]
            column = integer(at(row, "trPr/gridBefore"))
            for position, cell in enumerate(cells):
                hides = self.files.styles.table_hides(table, index, position, len(rows), len(cells))
                self._blocks(cell, state._replace(hidden=hides))
                column += max(integer(at(cell, "tcPr/gridSpan"), 1), 1)
            filled += bool(cells)
            columns = max(columns, column)
        if self.size > before or len(self.shown.images) > first_image:
            self.shown.tables[at_table] = SourceTable(filled, columns, self.span)
        else:
            del self.shown.tables[at_table]

    def _is_gone(self, element: Element, properties: str) -> bool:
        """Return whether a tracked change removes a row or cell; its words are then recorded as unseen."""
        marks = element.find(W + properties)
        found = [name_of(m) for m in marks] if marks is not None else []
        gone = [name for name in found if name in self.files.undone]
        if gone:
            self.leave_out(self.reason(gone[0]), [element])
        return bool(gone)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls."""
    for child in parent:
        found = name_of(child)
        if found == name:
            yield child
        elif found in {"sdt", "sdtContent", "customXml"}:
            yield from _inside(child, name)
