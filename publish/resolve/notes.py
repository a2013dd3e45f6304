"""Decide which notes are printed, in which order and with which label. No other module numbers notes.

The first call in document order (`publish.model.walk`) determines the number of a note. If the first call is in another
note, the note follows that note, in the same series. A note without a call is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.policy import TABLE
from publish.model.text import free_calls
from publish.model.walk import AnyNode, change_blocks, change_document, change_inlines, inlines_in, nodes_in
from publish.resolve.labels import label
from publish.resolve.numbered import Call, NumberedNote
from publish.resolve.state import State

MAX_DEPTH = 8
"""The maximum depth of nested notes. A deeper note is numbered after the notes around it, next to its parent."""

INLINE_TYPES = get_args(n.Inline)
_SHOWN = (n.Text, n.InlineCode, n.Math, n.Image, n.LineBreak, n.RawInline, n.NoteCrossReference)
"""Inlines with visible content: two calls with one of them in between are not adjacent."""


def drop_uncallable(state: State) -> State:
    """Replace calls of undefined notes by the literal text of the source, and report them."""
    document = state.document
    found: list[Diagnostic] = []

    def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if not isinstance(inline, n.NoteRef) or inline.note in document.notes:
            return inline
        literal = inline.attrs.get("literal", f"[^{inline.note}]")
        hint = f"Define it as `[^{inline.note}]: text`, or remove the call"
        message = f"Note not defined: '{inline.note}'"
        found.append(make("PUB-N001", message, span=inline.span, source=document.source, hint=hint))
        return n.Text(literal, span=inline.span)

    document = change_document(document, settle)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *found))


def free_calls_of_links(state: State) -> State:
    """Move calls out of the text of links, because no format can nest links."""
    return replace(state, document=change_document(state.document, free_calls))


def number_notes(state: State) -> State:
    """Assign an ordinal and a label to every called note, and an anchor to every call."""
    document = state.document
    numbering = _Numbering(document, state.pages)
    numbering.read_document()
    stamp = numbering.stamps("")

    title = change_inlines(document.title, stamp)
    front = change_blocks(document.front, stamp)
    blocks = change_blocks(document.blocks, stamp)
    notes = {
        key: replace(note, blocks=change_blocks(note.blocks, numbering.stamps(key)))
        for key, note in document.notes.items()
    }
    document = replace(document, title=title, front=front, blocks=blocks, notes=notes)
    nested: dict[str, list[str]] = {}
    for key, found in numbering.notes.items():
        nested.setdefault(found.parent, []).append(key)
    numbered = {
        key: NumberedNote(
            id=key,
            anchor=f"fn{found.ordinal}",
            label=found.label,
            ordinal=found.ordinal,
            kind=document.note_policy.of(found.series).kind,
            series=found.series,
            blocks=notes[key].blocks,
            calls=tuple(found.calls),
            parent=found.parent,
            nested=tuple(nested.get(key, ())),
            table=found.table,
        )
        for key, found in numbering.notes.items()
    }
    calls = {call.anchor: call for call in numbering.calls}
    restarts = frozenset(numbering.restarts - {""})
    return replace(state, document=document, notes=numbered, calls=calls, restarts=restarts)


class _Numbered(Struct):
    """The data of a note while the document is read."""

    ordinal: int
    label: str
    series: str
    table: str
    parent: str
    depth: int
    calls: list[str] = field(default_factory=list)


class _Numbering:
    """Numbering of the notes and calls of a document, in one pass in document order."""

    def __init__(self, document: n.Document, pages: Mapping[str, int]) -> None:
        self.document = document
        self.policy = document.note_policy
        self.pages = pages
        self.next: dict[str, int] = {}
        """The next number of each series that has started."""
        self.page: dict[str, int] = {}
        """The page of the last note of each series that is numbered per page."""
        self.restarts: set[str] = set()
        """The ids of the sections at which a series restarts."""
        self.notes: dict[str, _Numbered] = {}
        self.calls: list[Call] = []
        self.anchors: dict[str, list[str]] = {}
        self.table = ""
        self.left_in_table = 0
        self.unread: list[str] = []
        """Notes that are nested too deeply to read at their call."""

    def read_document(self) -> None:
        """Number the calls of the whole document."""
        self.read(inlines_in(self.document.title), within="")
        self.read(nodes_in(self.document.front), within="")
        for block in self.document.blocks:
            if isinstance(block, n.Section) and block.title:
                self._restart("chapter", block)
            self.read(nodes_in((block,)), within="")

    def _restart(self, scope: str, section: n.Section) -> None:
        for name in list(self.next):
            numbering = self.policy.of(name)
            if numbering.scope == scope and (scope != "role" or numbering.role == section.role):
                del self.next[name]
                self.restarts.add(section.id)

    def read(self, nodes: Iterator[AnyNode], within: str) -> None:
        """Number the calls in these nodes, and the calls in each note directly after its first call."""
        anchors = self.anchors.setdefault(within, [])
        after_call = False
        for node in nodes:
            if not within:
                self._follow_table(node)
            match node:
                case n.NoteRef():
                    anchors.append(self._call(node.note, within, adjacent=after_call))
                    after_call = True
                case n.Section():
                    after_call = False
                    if not within and node.role:
                        self._restart("role", node)
                case n.Text(text=""):
                    pass
                case _ if isinstance(node, _SHOWN) or not isinstance(node, INLINE_TYPES):
                    after_call = False
                case _:
                    pass

    def _follow_table(self, node: AnyNode) -> None:
        """Track the table that contains a node; a nested table belongs to the outer table."""
        if self.left_in_table:
            self.left_in_table -= 1
        elif isinstance(node, n.Table):
            self.table = node.id
            self.left_in_table = sum(1 for _ in nodes_in((node,))) - 1
            for name in list(self.next):
                if self.policy.of(name).kind == "table":
                    del self.next[name]
        else:
            self.table = ""

    def _call(self, key: str, within: str, *, adjacent: bool) -> str:
        first = key not in self.notes
        if first:
            self.notes[key] = self._first(key, within)
        note = self.notes[key]
        occurrence = len(note.calls) + 1
        anchor = f"fnref{note.ordinal}" if occurrence == 1 else f"fnref{note.ordinal}-{occurrence}"
        self.calls.append(Call(anchor, key, note.label, occurrence, adjacent, within))
        note.calls.append(anchor)
        if first:
            self._read_note(key, note)
        return anchor

    def _read_note(self, key: str, note: _Numbered) -> None:
        if note.depth < MAX_DEPTH:
            self.read(nodes_in(self.document.notes[key].blocks), within=key)
        else:
            self.unread.append(key)
        while note.depth == 1 and self.unread:
            deep = self.unread.pop(0)
            self.read(nodes_in(self.document.notes[deep].blocks), within=deep)

    def _first(self, key: str, within: str) -> _Numbered:
        above = self.notes[within] if within else None
        if above is not None and above.depth >= MAX_DEPTH:
            within, above = above.parent, self.notes[above.parent]
        # A note whose first call is in another note is numbered and printed with that note.
        series = above.series if above else self._series(key)
        own_table = self.table if self.policy.of(series).kind == "table" else ""
        return _Numbered(
            ordinal=len(self.notes) + 1,
            label=self._label(key, series),
            series=series,
            table=above.table if above else own_table,
            parent=within,
            depth=above.depth + 1 if above else 1,
        )

    def _series(self, key: str) -> str:
        name = self.document.notes[key].series
        if self.table and not name and self.policy.tables == "own":
            return TABLE
        if not self.table and self.policy.of(name).kind == "table":
            return ""  # no table exists below which the note can be printed
        return name

    def _label(self, key: str, series: str) -> str:
        numbering = self.policy.of(series)
        source = self.document.notes[key].source_label
        if numbering.source_labels == "keep" and source:
            return source
        page = self.pages.get(key, 0)
        if numbering.scope == "page" and page and page != self.page.get(series):
            self.page[series] = page
            self.next.pop(series, None)
        number = self.next.get(series, numbering.start)
        self.next[series] = number + 1
        return label(number, numbering.format)

    def stamps(self, within: str) -> _Stamp:
        """Return a function that sets the anchors on the calls in one text, in order."""
        return _Stamp(self.anchors.get(within, []), self.notes)


class _Stamp:
    """Function that sets anchors on the calls of one text, and labels in its cross-references to notes."""

    def __init__(self, anchors: list[str], notes: Mapping[str, _Numbered]) -> None:
        self.anchors = iter(anchors)
        self.notes = notes

    def __call__(self, inline: n.Inline) -> n.Inline:
        match inline:
            case n.NoteRef():
                return replace(inline, id=next(self.anchors, ""))
            case n.NoteCrossReference() if inline.note in self.notes:
                return replace(inline, text=self.notes[inline.note].label)
            case _:
                return inline
