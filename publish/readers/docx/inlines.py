"""Content of a paragraph: runs, links, fields, notes and other inline elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.readers.docx.drawings import Drawings
from publish.readers.docx.field_results import Ended, FieldResults
from publish.readers.docx.fields import Field, form_result
from publish.readers.docx.hidden import is_unseen
from publish.readers.docx.names import MC, OM, R, W, child_value, is_on, value
from publish.readers.docx.scope import Scope, Story
from publish.readers.office import symbols
from publish.readers.office.formulas import FORMULA
from publish.readers.office.run_format import PLAIN, Piece, RunFormat, nodes
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNWRAPPED = frozenset({"smartTag", "customXml", "sdtContent", "dir", "bdo"})
"""Elements around runs that do not affect how the runs are published."""

SILENT = frozenset(
    [
        "pPr", "rPr", "proofErr", "permStart", "permEnd", "commentRangeStart",
        "commentRangeEnd", "commentReference", "lastRenderedPageBreak", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "annotationRef",
        "separator", "continuationSeparator",
    ]
)  # fmt: skip
"""Elements that contain no text of the paragraph."""

CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "cr": "\n"}
"""Elements that represent one character; a line feed is a line break."""

PAGE_BREAK = n.RawInline("page-break", "")
"""Placeholder in the inlines for a manual page break, until blocks are created."""

OWN_MARK = n.RawInline("own-mark", "")
"""Placeholder in the text of a note for its own mark, until the note is complete."""

NoteKey = Callable[[str, str, Span | None], str]
"""Function that returns the key of the note with a kind (`footnote`, `endnote`) and an id; empty if the note is not found.

It reads the note at its first reference.
"""


class RunCollector(Struct):
    """Content read from one paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """Text boxes that are anchored in the paragraph; they follow it."""
    ids: list[str] = field(default_factory=list)
    """Names of bookmarks in the paragraph that are reference targets."""
    opened: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Name of each open bookmark, and the index of its first piece, by its id."""
    after_form: bool = False
    """Whether the last piece is the value of a form field."""
    runs: int = 0
    mark: str = ""
    """Key of the note whose custom marker is being read, after `customMarkFollows`."""


class InlineReader:
    """Reader of the paragraphs of one story, in order; a field may begin in one paragraph and end in another."""

    def __init__(self, scope: Scope, story: Story, note_key: NoteKey) -> None:
        self.scope = scope
        self.story = story
        self.note_key = note_key
        self.fields: list[Field] = []
        self.results = FieldResults(scope)
        self.drawings = Drawings(scope, story)
        self.marks: dict[str, str] = {}
        """Custom markers of notes, as typed, by the key of the note."""
        self.hidden_by_table = False
        """Whether the style of the current table hides its text."""
        self.hidden = False
        """Whether the styles of the current paragraph and table hide its text."""

    def paragraph(self, element: Element) -> tuple[tuple[n.Inline, ...], RunCollector]:
        """Return the inlines of a paragraph, and its other content."""
        content = RunCollector()
        style = child_value(element, "pPr/pStyle")
        self.hidden = self.hidden_by_table != self.scope.styles.facts(style).hidden
        for open_field in self.fields:
            open_field.start = 0
        self._walk(element, content, link=False)
        for open_field in reversed(self.fields):
            if open_field.is_contents:
                del content.pieces[open_field.start :]
        for identifier in list(content.opened):
            self._end_bookmark(identifier, content)
        return nodes(content.pieces), content

    def _end_bookmark(self, identifier: str, content: RunCollector) -> None:
        """Record the text of a bookmark, for references without result; at most to the end of its paragraph."""
        name, start = content.opened.pop(identifier, ("", 0))
        if name:
            text = plain_text(nodes(content.pieces[start:])).strip()
            self.scope.bookmark_texts.setdefault(name, text)

    @property
    def in_contents(self) -> bool:
        """Whether the current position is in a list that publish generates again."""
        return any(f.is_contents for f in self.fields)

    def _span(self, content: RunCollector) -> Span | None:
        return self.story.place or Span(max(self.scope.paragraphs, 1), max(content.runs, 1))

    def _emit(self, content: RunCollector, inline: n.Inline, run_format: RunFormat = PLAIN) -> None:
        # The instruction of a field is not text.
        if run_format.skipped or any(not f.in_result for f in self.fields):
            return
        content.pieces.append(Piece(inline, run_format))

    def _walk(self, element: Element, content: RunCollector, *, link: bool) -> None:
        for child in element:
            name = local(child)
            if not name or name in SILENT:
                continue
            if name in UNWRAPPED:
                self._walk(child, content, link=link)
            elif name == "sdt":
                self._control(child, content, link=link)
            elif name == "r":
                content.runs += 1
                self._run(child, content, link=link)
            elif name == "hyperlink":
                self._hyperlink(child, content)
            elif name == "fldSimple":
                self._simple_field(child, content, link=link)
            elif name == "bookmarkStart":
                if value(child, "name") in self.scope.wanted:
                    content.ids.append(value(child, "name"))
                    content.opened[value(child, "id")] = value(child, "name"), len(content.pieces)
            elif name == "bookmarkEnd":
                self._end_bookmark(value(child, "id"), content)
            elif child.tag == MC + "AlternateContent":
                self._walk(self.drawings.choice(child), content, link=link)
            elif child.tag in {OM + "oMath", OM + "oMathPara"}:
                self._formulas(child, content)
            elif name == "ruby":
                self._ruby(child, content, link=link)
            else:
                self._unknown(child, name, content)

    def _unknown(self, child: Element, name: str, content: RunCollector) -> None:
        text = "".join(str(t) for t in child.itertext()).strip()
        self.scope.count(
            "PUB-R034",
            f"Unknown element: '{name}'" + (f"; its text is kept: '{text[:40]}'" if text else ""),
            self._span(content),
        )
        if text:
            self._emit(content, n.RawInline("docx", text, span=self._span(content)))

    def _control(self, child: Element, content: RunCollector, *, link: bool) -> None:
        """Unwrap a content control; leave out one that still shows its placeholder text."""
        if is_on(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
            self.scope.count(
                "PUB-R035",
                "Content control is not filled in; its placeholder text is left out",
                self._span(content),
            )
            text = "".join(text.text or "" for text in child.iter(W + "t"))
            self.scope.leave_out("PUB-R035", text, self._span(content))
            return
        inner = child.find(W + "sdtContent")
        if inner is not None:
            self._walk(inner, content, link=link)

    # Runs

    def _run(self, run: Element, content: RunCollector, *, link: bool) -> None:
        properties = run.find(W + "rPr")
        run_format = self.scope.run_formats.of(properties, link=link, hidden=self.hidden)
        if run_format.hidden:
            self._hidden_run(run, content, run_format)
            return
        if is_unseen(run, self.scope.styles):
            text = "".join(t.text or "" for t in run.iter(W + "t"))
            self.scope.count("PUB-R036", "Hidden text is left out", self._span(content))
            self.scope.leave_out("PUB-R036", text, self._span(content))
            return
        font = child_value(properties, "rFonts", "ascii")
        for child in run:
            name = local(child)
            if name and name not in SILENT:
                self._child(child, name, content, run_format, font)
        content.mark = ""

    def _hidden_run(self, run: Element, content: RunCollector, run_format: RunFormat) -> None:
        """Leave out a run that Word does not show, except the ends of fields, which are often hidden."""
        shows = False
        for child in run:
            name = local(child)
            if name in {"fldChar", "instrText"}:
                self._child(child, name, content, run_format, "")
            elif name in {"footnoteReference", "endnoteReference"}:
                self.scope.hidden_notes[name.removesuffix("Reference")].add(value(child, "id"))
                shows = True
            shows = shows or name in {"t", "sym", "drawing", "pict", "object"}
        if shows:
            self.scope.count("PUB-R036", "Hidden text is left out", self._span(content))

    def _child(
        self, child: Element, name: str, content: RunCollector, run_format: RunFormat, font: str
    ) -> None:
        span = self._span(content)
        match name:
            case "t" | "delText":
                self._text(symbols.displayed(child.text or "", font), content, run_format, span)
            case "sym":
                self._symbol(child, content, run_format, span)
            case "br" if value(child, "type") in {"page", "column"}:
                self._emit(content, replace(PAGE_BREAK, span=span))
            case "br" | "cr":
                self._emit(content, n.LineBreak(span=span))
            case _ if name in CHARACTERS:
                self._text(CHARACTERS[name], content, run_format, span)
            case "fldChar":
                self._field_character(child, content, run_format)
            case "instrText" | "delInstrText":
                if self.fields and not self.fields[-1].in_result:
                    self.fields[-1].instruction += child.text or ""
            case "footnoteRef" | "endnoteRef":
                self._emit(content, replace(OWN_MARK, span=span))
            case "footnoteReference" | "endnoteReference":
                self._note(child, name.removesuffix("Reference"), content, run_format)
            case "drawing" | "pict" | "object":
                self._drawing(child, content, run_format)
            case "AlternateContent":
                choice = self.drawings.choice(child)
                for inner in choice:
                    if local(inner) and local(inner) not in SILENT:
                        self._child(inner, local(inner), content, run_format, font)
            case "ruby":
                self._ruby(child, content, link=False)
            case "pgNum":
                self._emit(content, n.Text("1", span=span), run_format)
            case "dayLong" | "dayShort" | "monthLong" | "monthShort" | "yearLong" | "yearShort":
                self.scope.count(
                    "PUB-R034",
                    f"Field '{name}' shows the date on which the file is opened; the field is left out",
                    span,
                )
            case _:
                self._unknown(child, name, content)

    def _text(self, text: str, content: RunCollector, run_format: RunFormat, span: Span | None) -> None:
        if content.mark:
            self.marks[content.mark] = self.marks.get(content.mark, "") + text
        elif text:
            if run_format.highlighted:
                self.scope.count("PUB-R063", "Highlighting is left out", span)
            shown = text.upper() if run_format.capitals else text
            if content.after_form and shown[0].isalnum():
                shown = f" {shown}"
            content.after_form = False
            self._emit(content, n.Text(shown, span=span), run_format)

    def _symbol(
        self, child: Element, content: RunCollector, run_format: RunFormat, span: Span | None
    ) -> None:
        font, code = value(child, "font"), value(child, "char")
        shown = symbols.shown(font, code)
        if shown is None:
            self.scope.count("PUB-R037", f"Unknown character {code} in font {font}; replaced by '�'", span)
        self._text(shown or "\ufffd", content, run_format, span)

    def _drawing(self, child: Element, content: RunCollector, run_format: RunFormat) -> None:
        content.boxes += self.drawings.boxes(child)
        for inline in self.drawings.images(child, self._span(content)):
            self._emit(content, inline, RunFormat(rtl=run_format.rtl))

    def _formulas(self, child: Element, content: RunCollector) -> None:
        display = child.tag == OM + "oMathPara"
        for formula in [child] if child.tag == OM + "oMath" else child.findall(OM + "oMath"):
            number = len(self.scope.formulas)
            self.scope.formulas.append(formula)
            place = n.RawInline(
                FORMULA, f"{number} {'display' if display else 'inline'}", span=self._span(content)
            )
            self._emit(content, place)

    def _ruby(self, child: Element, content: RunCollector, *, link: bool) -> None:
        base, reading = child.find(W + "rubyBase"), child.find(W + "rt")
        if base is not None:
            self._walk(base, content, link=link)
        if reading is not None:
            self._emit(content, n.Text(" (", span=self._span(content)))
            self._walk(reading, content, link=link)
            self._emit(content, n.Text(")", span=self._span(content)))

    # Notes

    def _note(self, child: Element, kind: str, content: RunCollector, run_format: RunFormat) -> None:
        span = self._span(content)
        if self.story.note:
            self.scope.report(
                "PUB-R038",
                "Word does not support a note call inside a note; the call is left out",
                span,
            )
            return
        key = self.note_key(kind, value(child, "id"), span)
        if not key:
            self.scope.report("PUB-R038", f"Called {kind} not found in the file", span)
            return
        self._emit(
            content, n.NoteRef(key, span=span), replace(run_format, superscript=False, underline=False)
        )
        if is_on_mark(child):
            content.mark = key
            self.marks.setdefault(key, "")

    # Links and fields

    def _hyperlink(self, child: Element, content: RunCollector) -> None:
        start = len(content.pieces)
        self._walk(child, content, link=True)
        relation = self.story.relations.get(child.get(R + "id", ""))
        anchor, pieces = value(child, "anchor"), content.pieces[start:]
        if relation is not None and relation.outside:
            href = relation.target + (f"#{anchor}" if anchor and "#" not in relation.target else "")
            title = value(child, "tooltip")
            content.pieces[start:] = self.results.linked(pieces, href, title, self._span(content))
        elif anchor:
            content.pieces[start:] = self.results.referred(pieces, anchor, in_list=self.in_contents)

    def _simple_field(self, child: Element, content: RunCollector, *, link: bool) -> None:
        begun = Field(len(content.pieces), value(child, "instr"), in_result=True)
        self._walk(child, content, link=link)
        self._settle(begun, content, PLAIN)

    def _field_character(self, child: Element, content: RunCollector, run_format: RunFormat) -> None:
        match value(child, "fldCharType"):
            case "begin":
                self.fields.append(Field(len(content.pieces), form=form_result(child)))
            case "separate" if self.fields:
                self.fields[-1].in_result = True
                self.fields[-1].start = len(content.pieces)
            case "end" if self.fields:
                ended = self.fields.pop()
                if not ended.in_result:
                    ended.start = len(content.pieces)
                self._settle(ended, content, run_format)
            case _:
                pass

    def _settle(self, field: Field, content: RunCollector, run_format: RunFormat) -> None:
        """Replace the result of a field by its meaning."""
        start = field.start
        ended = Ended(field, content.pieces[start:], run_format, self._span(content), self.in_contents)
        settled = self.results.settled(ended)
        hidden = run_format.skipped or any(not f.in_result for f in self.fields)
        if field.form and not ended.pieces:
            # A form field has a frame on the page, which separates it from the words next to it.
            if plain_text(nodes(content.pieces[:start]))[-1:].isalnum():
                settled = [Piece(n.Text(" "), PLAIN), *settled]
            content.after_form = True
        content.pieces[start:] = [] if hidden else settled


def is_on_mark(reference: Element) -> bool:
    """Return whether a custom marker of the note follows the reference."""
    return value(reference, "customMarkFollows") in {"1", "true", "on"}
