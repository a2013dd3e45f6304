"""Notes: which can be printed, in which order, and under which label. Nothing else in publish numbers a note.

A note gets its number from its first call in document order (`publish.model.walk`). A note that is called only from
within another note comes right after that note. A note that no call leads to is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.policy import NotePolicy
from publish.model.text import free_calls
from publish.model.walk import AnyNode, change_blocks, change_document, change_inlines, inlines_in, nodes_in
from publish.resolve.labels import label
from publish.resolve.numbered import Call, NumberedNote
from publish.resolve.state import State

LONG_NOTE = 4000
"""Characters. A note of this length no longer fits with certainty at the foot of a page of 63 lines."""

INLINE_TYPES = get_args(n.Inline)


def drop_uncallable(state: State) -> State:
    """Calls of notes that the document does not hold become the literal text of the source, and are reported."""
    document = state.document
    found: list[Diagnostic] = []

    def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if not isinstance(inline, n.NoteRef) or inline.note in document.notes:
            return inline
        literal = inline.attrs.get("literal", f"[^{inline.note}]")
        hint = f"define it as `[^{inline.note}]: text`, or remove the call"
        message = f"undefined note '{inline.note}'"
        found.append(make("PUB-N001", message, span=inline.span, source=document.source, hint=hint))
        return n.Text(literal, span=inline.span)

    document = change_document(document, settle)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *found))


def free_calls_of_links(state: State) -> State:
    """A call within the text of a link is set free of it: no format can nest one link in another."""
    return replace(state, document=change_document(state.document, free_calls))


def number_notes(state: State) -> State:
    """Give every called note its ordinal and label, and every call its anchor."""
    document = state.document
    numbering = _Numbering(document)
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
    for key, parent in numbering.parents.items():
        nested.setdefault(parent, []).append(key)
    numbered = {
        key: NumberedNote(
            id=key,
            anchor=f"fn{ordinal}",
            label=numbering.labels[key],
            ordinal=ordinal,
            kind=notes[key].kind,
            blocks=notes[key].blocks,
            calls=tuple(numbering.calls_of[key]),
            parent=numbering.parents[key],
            nested=tuple(nested.get(key, ())),
        )
        for ordinal, key in enumerate(numbering.labels, start=1)
    }
    calls = {call.anchor: call for call in numbering.calls}
    return replace(state, document=document, notes=numbered, calls=calls)


class _Numbering:
    """Reads a document once, in order, and writes down what each call means."""

    def __init__(self, document: n.Document) -> None:
        self.document = document
        self.policy = document.note_policy
        self.next = self.policy.start
        self.labels: dict[str, str] = {}
        self.ordinals: dict[str, int] = {}
        self.parents: dict[str, str] = {}
        self.calls: list[Call] = []
        self.calls_of: dict[str, list[str]] = {}
        self.anchors: dict[str, list[str]] = {}

    def read_document(self) -> None:
        """Number the calls of the whole document."""
        self.read(inlines_in(self.document.title), within="")
        self.read(nodes_in(self.document.front), within="")
        for block in self.document.blocks:
            if self.policy.scope == "chapter" and isinstance(block, n.Section):
                self.next = self.policy.start
            self.read(nodes_in((block,)), within="")

    def read(self, nodes: Iterator[AnyNode], within: str) -> None:
        """Number the calls among these nodes, and those of each note right after its first call."""
        anchors = self.anchors.setdefault(within, [])
        after_call = False
        for node in nodes:
            match node:
                case n.NoteRef():
                    anchors.append(self._call(node.note, within, adjacent=after_call))
                    after_call = True
                case n.Section():
                    after_call = False
                    if not within and self.policy.scope == "role" and node.role == self.policy.role:
                        self.next = self.policy.start
                case n.Text(text=""):
                    pass
                case n.Text() | n.InlineCode() | n.Math() | n.Image() | n.LineBreak() | n.RawInline():
                    after_call = False
                case _ if not isinstance(node, INLINE_TYPES):
                    after_call = False
                case _:
                    pass

    def _call(self, key: str, within: str, *, adjacent: bool) -> str:
        first = key not in self.labels
        if first:
            self.labels[key] = self._label(key)
            self.parents[key] = within
            self.calls_of[key] = []
            self.ordinals[key] = len(self.labels)
        ordinal = self.ordinals[key]
        occurrence = len(self.calls_of[key]) + 1
        anchor = f"fnref{ordinal}" if occurrence == 1 else f"fnref{ordinal}-{occurrence}"
        self.calls.append(Call(anchor, key, self.labels[key], occurrence, adjacent, within))
        self.calls_of[key].append(anchor)
        if first:
            self.read(nodes_in(self.document.notes[key].blocks), within=key)
        return anchor

    def _label(self, key: str) -> str:
        source = self.document.notes[key].source_label
        if self.policy.source_labels == "keep" and source:
            return source
        number = self.next
        self.next += 1
        return label(number, self.policy.format)

    def stamps(self, within: str) -> _Stamp:
        """A change that puts the anchors, one after the other, on the calls within one text."""
        return _Stamp(self.anchors.get(within, []))


class _Stamp:
    def __init__(self, anchors: list[str]) -> None:
        self.anchors = iter(anchors)

    def __call__(self, inline: n.Inline) -> n.Inline:
        return replace(inline, id=next(self.anchors, "")) if isinstance(inline, n.NoteRef) else inline


def report_notes(state: State) -> State:
    """Report unused, empty, nested and long notes, and labels of the source that are not the resolved ones."""
    found: list[Diagnostic] = []
    for key, note in state.document.notes.items():
        found += _about(key, note, state)
    return replace(state, diagnostics=(*state.diagnostics, *found))


def _about(key: str, note: n.Note, state: State) -> Iterator[Diagnostic]:
    source = state.document.source
    name = note.source_label or key
    numbered = state.notes.get(key)
    if numbered is None:
        hint = f"call it as `[^{key}]` where it belongs, or remove it"
        yield make("PUB-N002", f"note '{name}' is never called", span=note.span, source=source, hint=hint)
        return
    length = sum(
        len(x.text) for x in nodes_in(note.blocks) if isinstance(x, n.Text | n.InlineCode | n.CodeBlock)
    )
    if length == 0 and not any(isinstance(x, n.Image | n.Math) for x in nodes_in(note.blocks)):
        yield make("PUB-N006", f"note '{name}' is empty", span=note.span, source=source)
    if length > LONG_NOTE:
        yield make("PUB-N009", f"note '{name}' has {length} characters", span=note.span, source=source)
    if numbered.parent:
        parent = state.notes[numbered.parent].label
        yield make("PUB-N008", f"note '{name}' is called within note {parent}", span=note.span, source=source)
    if _differs(note, numbered, state.document.note_policy):
        hint = "publish the source's own labels with `source-labels: keep` under `notes:` in the front matter"
        message = f"the source calls this note '{note.source_label}', its place makes it {numbered.label}"
        yield make("PUB-N004", message, span=note.span, source=source, hint=hint)


def _differs(note: n.Note, numbered: NumberedNote, policy: NotePolicy) -> bool:
    return bool(policy.source_labels == "check" and note.source_label and note.source_label != numbered.label)
