"""Content of a paragraph: text, spans, links, fields, notes and frames."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.readers.addresses import is_address
from publish.readers.odt import conditions
from publish.readers.odt.fields import SILENT, UNWRAPPED, UPDATED
from publish.readers.odt.frames import Frames
from publish.readers.odt.names import DRAW, FIELD, LOEXT, OFFICE, TEXT, XLINK, count
from publish.readers.odt.scope import REFERENCES, Scope
from publish.readers.office import symbols
from publish.readers.office.run_format import PLAIN, Piece, RunFormat, nodes
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NoteKey = Callable[["Element", "Span | None"], str]
"""Function that returns the key of a note, and reads it at its first call; empty if the note is not shown."""

UNRESOLVED = "unresolved"
"""Format of the placeholder in a reference whose text is that of its target."""

MARKS = frozenset(
    TEXT + name for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")
)
MARK_ENDS = frozenset({TEXT + "bookmark-end", TEXT + "reference-mark-end"})

_SPACE = re.compile(r"[ \t\r\n]+")


class Content(Struct):
    """Content read from one paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[Element, bool]] = field(default_factory=list)
    """Text boxes that are anchored in the paragraph, and whether they are hidden; they follow it."""
    ids: list[str] = field(default_factory=list)
    """Names of reference targets in the paragraph."""
    opened: dict[str, int] = field(default_factory=dict)
    """Index of the first piece of each open mark, by name."""


class State(Struct, frozen=True):
    """What applies to text at one place."""

    paragraph: str
    """Style of the paragraph."""
    spans: tuple[str, ...] = ()
    """Styles of the spans, from the inside out."""
    link: bool = False
    hidden: bool = False

    def inside(self, style: str) -> State:
        """Return the state in a span with a style."""
        return replace(self, spans=(style, *self.spans)) if style else self


class InlineReader:
    """Reader of the paragraphs of one story."""

    def __init__(self, scope: Scope, note_key: NoteKey, place: Span | None, note: str) -> None:
        self.scope = scope
        self.note_key = note_key
        self.place = place
        """Position of the whole story in the text, for a note; None for the body, whose paragraphs are counted."""
        self.note = note
        self.frames = Frames(scope)
        self.codes: list[bool] = []
        """For each open field of Word, whether the current position is in its code."""

    @property
    def span(self) -> Span:
        """Position of the current paragraph."""
        return self.place or Span(max(self.scope.paragraphs, 1))

    def paragraph(self, element: Element, *, hidden: bool) -> tuple[tuple[n.Inline, ...], Content]:
        """Return the inlines of a paragraph, and its other content.

        Args:
            element: The paragraph or heading.
            hidden: Whether it is in a section that is not shown.
        """
        content = Content()
        hidden = hidden or conditions.hides_paragraph(element)
        style = element.get(TEXT + "style-name", "")
        self._walk(element, content, State(style, hidden=hidden))
        for name in list(content.opened):
            self._end_mark(name, content)
        return nodes(content.pieces), content

    # Text

    def _emit(
        self, content: Content, inline: n.Inline, state: State, run_format: RunFormat | None = None
    ) -> None:
        if any(self.codes):
            return
        run = self._format(state) if run_format is None else run_format
        if state.hidden or run.hidden:
            self.scope.hide(plain_text((inline,)) or "-", self.span)
            return
        content.pieces.append(Piece(inline, run))

    def _format(self, state: State) -> RunFormat:
        run = self.scope.styles.run_format(state.spans, state.paragraph)
        language = run.language.partition("-")[0]
        if run.language and language == self.scope.styles.language.partition("-")[0]:
            run = replace(run, language="")
        return replace(run, underline=False) if state.link and run.underline else run

    def _text(self, text: str | None, content: Content, state: State) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        run = self._format(state)
        if run.highlighted and text.strip() and not run.hidden:
            self.scope.count("PUB-R063", "Highlighting is left out", self.span)
        if not text.isascii():
            text = symbols.displayed(text, self.scope.styles.font(state.spans, state.paragraph))
        shown = text.upper() if run.capitals else text
        self._emit(content, n.Text(shown, span=self.span), state, run)

    def _walk(self, element: Element, content: Content, state: State) -> None:
        self._text(element.text, content, state)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, content, state)
            self._text(child.tail, content, state)

    def _child(self, child: Element, content: Content, state: State) -> None:
        tag = str(child.tag)
        if tag in SILENT:
            return
        if tag in UNWRAPPED:
            self._unwrapped(child, content, state)
        elif tag == TEXT + "a":
            self._link(child, content, state)
        elif tag == TEXT + "s":
            self._text(" " * min(count(child, TEXT + "c"), 100), content, state)
        elif tag == TEXT + "tab":
            self._emit(content, n.Text("\t", span=self.span), state)
        elif tag == TEXT + "line-break":
            self._emit(content, n.LineBreak(span=self.span), state)
        elif tag == TEXT + "note":
            self._note(child, content, state)
        elif tag == TEXT + "note-ref":
            self._note_reference(child, content, state)
        elif tag in REFERENCES:
            self._reference(child, content, state)
        elif tag == TEXT + "sequence":
            self._mark(child.get(TEXT + "ref-name", ""), content)
            self._walk(child, content, state)
            self._end_mark(child.get(TEXT + "ref-name", ""), content)
        elif tag in MARKS:
            self._mark(child.get(TEXT + "name", ""), content)
            if tag in {TEXT + "bookmark", TEXT + "reference-mark"}:
                self._end_mark(child.get(TEXT + "name", ""), content)
        elif tag in MARK_ENDS:
            self._end_mark(child.get(TEXT + "name", ""), content)
        else:
            self._other(child, tag, content, state)

    def _other(self, child: Element, tag: str, content: Content, state: State) -> None:
        if tag == TEXT + "hidden-text":
            text = child.get(TEXT + "string-value") or "".join(str(t) for t in child.itertext())
            if conditions.is_hidden_field(child):
                self.scope.hide(text, self.span)
            else:
                self._text(text, content, state)
        elif tag == TEXT + "conditional-text":
            self._text(conditions.conditional_text(child), content, state)
        elif tag == TEXT + "placeholder":
            text = "".join(str(t) for t in child.itertext())
            self.scope.count("PUB-R035", "Placeholder is not filled in; its text is left out", self.span)
            self.scope.leave_out("PUB-R035", text, self.span)
        elif tag == TEXT + "ruby":
            self._ruby(child, content, state)
        elif tag in {OFFICE + "annotation", OFFICE + "annotation-end"}:
            return
        elif tag.startswith(DRAW):
            self._drawing(child, content, state)
        elif tag.startswith(FIELD):
            self._field_mark(child)
        elif tag.startswith((TEXT, LOEXT)):
            self._field(child, tag, content, state)
        else:
            self._unknown(child, content, state)

    def _unwrapped(self, child: Element, content: Content, state: State) -> None:
        if child.get(LOEXT + "showing-place-holder") == "true":
            text = "".join(str(t) for t in child.itertext())
            self.scope.count(
                "PUB-R035", "Content control is not filled in; its placeholder text is left out", self.span
            )
            self.scope.leave_out("PUB-R035", text, self.span)
            return
        self._walk(child, content, state.inside(child.get(TEXT + "style-name", "")))

    def _field(self, child: Element, tag: str, content: Content, state: State) -> None:
        """Publish the text that a field showed when the file was saved."""
        shown = child.get(TEXT + "display") != "none"
        text = "".join(str(t) for t in child.itertext())
        if not shown or not text.strip():
            return
        if tag in UPDATED and child.get(TEXT + "fixed") != "true":
            message = f"Field {local(child)} is published with its last displayed value"
            self.scope.count("PUB-R040", message, self.span)
        self._walk(child, content, state)

    def _field_mark(self, child: Element) -> None:
        """Begin or end a field of Word, whose code is in the text before a separator."""
        name = local(child)
        if name == "fieldmark-start":
            marks = (local(e) for e in child.itersiblings() if str(e.tag).startswith(FIELD))
            following = next((m for m in marks if m in {"fieldmark-separator", "fieldmark-end"}), "")
            self.codes.append(following == "fieldmark-separator")
        elif name == "fieldmark-separator" and self.codes:
            self.codes[-1] = False
        elif name == "fieldmark-end" and self.codes:
            self.codes.pop()

    def _unknown(self, child: Element, content: Content, state: State) -> None:
        text = "".join(str(t) for t in child.itertext()).strip()
        kept = f"; its text is kept: '{text[:40]}'" if text else ""
        self.scope.count("PUB-R034", f"Unknown element: '{local(child)}'{kept}", self.span)
        if text:
            self._emit(content, n.RawInline("odt", text, span=self.span), state, PLAIN)

    def _ruby(self, child: Element, content: Content, state: State) -> None:
        base, reading = child.find(TEXT + "ruby-base"), child.find(TEXT + "ruby-text")
        if base is not None:
            self._walk(base, content, state)
        if reading is not None:
            self._text(" (", content, state)
            self._walk(reading, content, state)
            self._text(")", content, state)

    def _drawing(self, child: Element, content: Content, state: State) -> None:
        if child.tag == DRAW + "a":
            start = len(content.pieces)
            for inner in child:
                self._drawing(inner, content, state)
            self._as_link(child.get(XLINK + "href", ""), "", content, start)
            return
        hidden = state.hidden or self._hides_drawing(child, state)
        found = self.frames.read(child, self.span, hidden=hidden)
        content.boxes += ((box, hidden) for box in found.boxes)
        if hidden and found.inlines:
            self.scope.hide("-", self.span)
        elif not hidden:
            content.pieces += [Piece(inline) for inline in found.inlines]

    def _hides_drawing(self, child: Element, state: State) -> bool:
        """Return whether hidden text hides a drawing: one in the line, or in a hidden paragraph."""
        in_line = child.get(TEXT + "anchor-type", "as-char") == "as-char"
        return self._format(state if in_line else State(state.paragraph)).hidden

    # Notes

    def _note(self, child: Element, content: Content, state: State) -> None:
        if state.hidden or self._format(state).hidden:
            self.scope.hide("-", self.span)
            return
        key = self.note_key(child, self.span) if not self.note else ""
        if not key:
            message = "LibreOffice does not support a note call inside a note; the call is left out"
            self.scope.report("PUB-R038", message, self.span)
            body = child.find(TEXT + "note-body")
            text = " ".join(str(t) for t in body.itertext()) if body is not None else ""
            self.scope.leave_out("PUB-R038", text, self.span)
            return
        run = replace(self._format(state), superscript=False, underline=False)
        self._emit(content, n.NoteRef(key, span=self.span), state, run)

    def _note_reference(self, child: Element, content: Content, state: State) -> None:
        text = " ".join("".join(str(t) for t in child.itertext()).split())
        key = self.scope.note_ids.get(child.get(TEXT + "ref-name", ""), "")
        if not key or child.get(TEXT + "reference-format") != "text":
            self._field(child, str(child.tag), content, state)
            return
        run = self._format(state)
        if run.superscript or run.mark:
            again: n.Inline = n.NoteRef(key, span=self.span)
        else:
            again = n.NoteCrossReference(key, text, span=self.span)
            if not text:
                self.scope.leave_out("reference", key, self.span, "note reference")
        self._emit(content, again, state, replace(run, superscript=False))

    # Links and references

    def _mark(self, name: str, content: Content) -> None:
        if name in self.scope.wanted:
            content.ids.append(name)
            content.opened[name] = len(content.pieces)

    def _end_mark(self, name: str, content: Content) -> None:
        """Record the text of a reference target; at most to the end of its paragraph."""
        start = content.opened.pop(name, None)
        if start is not None:
            text = plain_text(nodes(content.pieces[start:])).strip()
            self.scope.target_texts.setdefault(name, text)

    def _reference(self, child: Element, content: Content, state: State) -> None:
        name, form = child.get(TEXT + "ref-name", ""), child.get(TEXT + "reference-format", "")
        start = len(content.pieces)
        self._walk(child, content, state)
        pieces = content.pieces[start:]
        if form == "page" and pieces:
            message = "Page number of a reference is published with its last displayed value"
            self.scope.count("PUB-R040", message, self.span)
        inside = nodes(pieces)
        if not pieces and not (state.hidden or self._format(state).hidden):
            inside = (n.RawInline(UNRESOLVED, form),)
        if inside:
            content.pieces[start:] = [Piece(n.CrossReference(inside, name, span=self.span))]

    def _link(self, child: Element, content: Content, state: State) -> None:
        start = len(content.pieces)
        self._walk(child, content, replace(state.inside(child.get(TEXT + "style-name", "")), link=True))
        self._as_link(child.get(XLINK + "href", ""), child.get(OFFICE + "title", ""), content, start)

    def _as_link(self, href: str, title: str, content: Content, start: int) -> None:
        """Replace the pieces since `start` by a link to an address, or by a reference within the text."""
        inside = nodes(content.pieces[start:])
        if not inside:
            if href and not href.startswith("#"):
                self.scope.report("PUB-R017", f"Link of a drawing is not published: '{href}'", self.span)
                self.scope.leave_out("PUB-R017", href, self.span, "link")
            return
        if href.startswith("#"):
            content.pieces[start:] = [Piece(n.CrossReference(inside, href[1:], span=self.span))]
        elif is_address(href):
            content.pieces[start:] = [Piece(n.Link(inside, href, title, span=self.span))]
        else:
            self.scope.report("PUB-R017", f"Link to '{href}' is published as plain text", self.span)
            self.scope.leave_out("PUB-R017", href, self.span, "link")
