"""Runs of a paragraph: which of their words Word shows, and why it does not show the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from publish.census.docx import drawings
from publish.census.docx.fields import Field, form_choice
from publish.census.docx.package import MC, Element, M, R, W, at, down, name_of, switch, val
from publish.census.docx.shown import DELETIONS, INSERTIONS, Call, Files, Shown
from publish.census.docx.styles import Style
from publish.census.symbols import letters, symbol
from publish.census.types import Passage, Unseen
from publish.diagnostics.types import Span

WRAPPERS = frozenset({"smartTag", "customXml", "sdtContent", "dir", "bdo", "rubyBase", "rt", "ruby"})
SPACES = frozenset({"tab", "ptab", "br", "cr"})

MARKERS = frozenset(
    [
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "permStart",
        "permEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
    ]
)
"""Elements between paragraphs that show nothing."""


class State(NamedTuple):
    """Properties of the current position."""

    reason: str = ""
    """Why the text is not shown; empty if it is shown."""
    hidden: bool = False
    """Whether the styles of paragraph and table hide the text."""
    capitals: bool = False
    raised: bool = False
    to_note: bool = False
    """Whether a link leads to the call of a note."""
    inside_note: bool = False


class Runs(ABC):
    """Walker through the runs of one story, in order; a field can begin in one paragraph and end in another."""

    def __init__(self, files: Files, part: str, span: Span | None = None) -> None:
        """Start a story.

        Args:
            files: The parts of the file.
            part: Name of the part that contains the story.
            span: Position of the whole story; None if its paragraphs are counted.
        """
        self.files = files
        self.relations = files.package.relations(part)
        self.place = span
        self.shown = Shown()
        self.paragraph = 0
        self.section = 0
        self.fields: list[Field] = []
        self.words: list[str] = []
        self.reads_mark = False
        """Whether the custom mark of the last call is being read."""
        self.lost: dict[str, list[str]] = {}
        self.boxes: list[tuple[Element, State]] = []
        self.carried: list[str] = []
        """Words of paragraphs whose end is deleted."""
        self.size = 0
        """Number of characters that are shown."""

    @property
    def span(self) -> Span:
        """Position of the current paragraph."""
        return self.place or Span(max(self.paragraph, 1))

    @abstractmethod
    def paragraph_in(self, element: Element, state: State) -> None:
        """Count a paragraph that is among runs."""

    def inlines(self, element: Element, state: State) -> None:
        """Count the runs of an element."""
        for child in element:
            name = name_of(child)
            if name == "r":
                self._run(child, state)
            elif name in INSERTIONS | DELETIONS:
                self.inlines(child, self.changed(state, name))
            elif name in WRAPPERS:
                self.inlines(child, state)
            elif name == "sdt":
                inner = child.find(W + "sdtContent")
                if inner is not None:
                    self.inlines(inner, state)
            elif name == "hyperlink":
                self._hyperlink(child, state)
            elif name == "fldSimple":
                self.fields.append(Field(val(child, "instr"), in_result=True))
                self.inlines(child, state)
                self._finish(state)
            elif child.tag == MC + "AlternateContent":
                chosen, others = drawings.shown_choice(child)
                self.leave_out("alternative content", others)
                if chosen is not None:
                    self.inlines(chosen, state)
            elif child.tag.startswith(M):
                self.words.append(" ")
            elif name in MARKERS or name.endswith("Pr"):
                continue
            elif name == "p":
                self.paragraph_in(child, state)

    def changed(self, state: State, name: str) -> State:
        """Return the properties inside a tracked change."""
        return state._replace(reason=self.reason(name)) if name in self.files.undone else state

    @staticmethod
    def reason(name: str) -> str:
        """Return why the content of a tracked change is not shown."""
        return "tracked insertion" if name in INSERTIONS else "tracked deletion"

    def _hyperlink(self, element: Element, state: State) -> None:
        before = self.size
        self.inlines(element, state._replace(to_note=val(element, "anchor") in self.files.note_bookmarks))
        kind, target, outside = self.relations.get(element.get(R + "id") or "", ("", "", False))
        if kind and outside and self.size > before:
            anchor = val(element, "anchor")
            self.shown.links.append(target + (f"#{anchor}" if anchor and "#" not in target else ""))

    def _run(self, run: Element, state: State) -> None:
        properties = run.find(W + "rPr")
        style = self.files.styles.get(at(properties, "rStyle") or "-")
        hidden = _toggled(properties, style, "vanish", inherited=state.hidden)
        capitals = _toggled(properties, style, "caps", inherited=state.capitals)
        raised = at(properties, "vertAlign") or (style.raised if style is not None else "")
        inner = state._replace(
            reason=state.reason or ("hidden" if hidden else ""),
            capitals=capitals,
            hidden=False,
            raised=raised == "superscript",
        )
        font = at(properties, "rFonts", "ascii").lower()
        for child in run:
            self._part(child, inner, font)
        self.reads_mark = False

    def _part(self, child: Element, state: State, font: str) -> None:
        name = name_of(child)
        if name in {"t", "delText"}:
            self._text(letters(child.text or "", font), state)
        elif name in SPACES:
            self._text(" ", state)
        elif name == "noBreakHyphen":
            self._text("\u2011", state)
        elif name == "sym":
            self._text(symbol(int(val(child, "char") or "0", 16), val(child, "font")), state)
        elif name == "fldChar":
            self._field_character(child, state)
        elif name in {"instrText", "delInstrText"}:
            self.lost.setdefault("field code", []).append(child.text or "")
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].instruction += child.text or ""
        elif name in {"footnoteReference", "endnoteReference"}:
            self._call(child, name.removesuffix("Reference"), state)
        elif name in {"drawing", "pict", "object"}:
            self._drawing(child, state)
        elif name == "ruby":
            self.inlines(child, state)
        elif child.tag == MC + "AlternateContent":
            chosen, others = drawings.shown_choice(child)
            self.leave_out("alternative content", others)
            for inner in chosen if chosen is not None else ():
                self._part(inner, state, font)

    def _text(self, text: str, state: State) -> None:
        if self.reads_mark and text.strip():
            call = self.shown.calls[-1]
            self.shown.calls[-1] = call._replace(mark=call.mark + text.strip())
            return
        reason = state.reason
        if any(not f.in_result for f in self.fields):
            reason = reason or "field code"
        elif any(f.is_contents for f in self.fields):
            reason = reason or "cached table of contents"
        if not reason and state.raised and (state.to_note or self._in_note_reference()):
            return  # the label of a note that is called again
        if reason:
            self.lost.setdefault(reason, []).append(text)
            return
        for one in self.fields:
            one.shown = one.shown or bool(text.strip())
        for pieces in self.lost.values():
            pieces.append(" ")  # shown text separates the unseen words
        self.size += len(text.strip())
        self.words.append(text.upper() if state.capitals else text)

    def _in_note_reference(self) -> bool:
        return any(f.name == "NOTEREF" for f in self.fields)

    def _call(self, element: Element, kind: str, state: State) -> None:
        in_code = any(not f.in_result or f.is_contents for f in self.fields)
        if state.reason or state.inside_note or in_code:
            return
        self.shown.calls.append(Call(kind, val(element, "id"), self.section, "", self.span))
        self.reads_mark = val(element, "customMarkFollows") in {"1", "true", "on"}

    def _drawing(self, element: Element, state: State) -> None:
        if state.reason:
            return
        self.words.append(" ")
        self.shown.images += drawings.images(element, self.relations, self.files.package, self.span)
        outer = state._replace(hidden=False, capitals=False)
        text = "".join(drawings.texts(element))
        if text.strip():
            self.shown.passages.append(Passage(text, self.span))
        self.boxes += ((e, outer) for e in drawings.parts(element) if e.tag == W + "txbxContent")

    # Fields

    def _field_character(self, child: Element, state: State) -> None:
        kind = val(child, "fldCharType")
        if kind == "begin":
            self.fields.append(Field(choice=form_choice(child)))
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            self._finish(state)

    def _finish(self, state: State) -> None:
        ended = self.fields.pop()
        if ended.name == "EQ" and not ended.shown:
            self._text(f" {ended.equation} ", state)
        if ended.choice and not ended.shown:
            self._text(f" {ended.choice} ", state)
        if ended.address and ended.shown and not state.reason:
            self.shown.links.append(ended.address)

    # Text that is not shown

    def leave_out(self, reason: str, elements: Iterable[Element]) -> None:
        """Record the words of elements that are not shown."""
        for element in elements:
            text = " ".join(e.text or "" for e in element.iter() if e.tag in {W + "t", W + "delText"})
            if text.strip():
                self.shown.unseen.append(Unseen(reason, text, self.span))


def _toggled(properties: Element | None, style: Style | None, name: str, *, inherited: bool) -> bool:
    """Return a toggle property of a run (17.7.3): its own value, or else an odd number of styles that set it."""
    own = switch(down(properties, name))
    if own is not None:
        return own
    return inherited != (style is not None and style.toggle(name))
