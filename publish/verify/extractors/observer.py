"""Collects the results of every extractor: text, notes, calls, backlinks, references. Produces an `Observation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field

from publish.verify.observation import Call, Note, Observation, Reference, tail

Place = tuple[int, float, float]
"""Page index, x, and y of the top, in points from the lower left corner."""

Key = Any
"""Identifies the target of a link in a format: an id, a file with an id, positions on pages. It is hashable."""


class Flow(Struct, eq=False):
    """A running text that is being read: the body text, or one note."""

    index: int
    """The index of the note; -1 for the body text."""
    label: str = ""
    kind: str = ""
    out: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    backlinks: list[Key] = field(default_factory=list)
    place: Place | None = None
    """The position of its start, in a format with pages."""

    @property
    def text(self) -> str:
        """The text read so far."""
        return "".join(self.out)


class SeenCall(Struct, eq=False):
    """A call, before the note that its link points to is known."""

    label: str
    target: Key | None
    before: str
    within: int
    place: Place | None = None


class SeenReference(Struct, eq=False):
    """A cross-reference, before the note that it points to is known."""

    label: str
    target: Key
    within: int


class Observer:
    """Collector of the content that an extractor reads, in reading order."""

    def __init__(self) -> None:
        self.body = Flow(-1)
        self.notes: list[Flow] = []
        self.calls: list[SeenCall] = []
        self.references: list[SeenReference] = []
        self.note_keys: dict[Key, int] = {}
        """The index of each note, by the key that links use for it."""
        self.call_keys: dict[Key, int] = {}
        """The index of each call, by the key that backlinks use for it."""
        self._open = [self.body]

    @property
    def flow(self) -> Flow:
        """The text that is being read."""
        return self._open[-1]

    def text(self, text: str) -> None:
        """Add words to the text that is being read."""
        self.flow.out.append(text)

    def link(self, address: str) -> None:
        """Add a link out of the document."""
        self.flow.links.append(address)

    def call(self, label: str, target: Key | None, key: Key | None = None) -> SeenCall:
        """Add a call of a note.

        Args:
            label: The printed label.
            target: The target of its link.
            key: The key that backlinks use for the call.
        """
        found = SeenCall(label, target, tail(self.flow.out), self.flow.index)
        if key is not None:
            self.call_keys[key] = len(self.calls)
        self.calls.append(found)
        return found

    def begin_note(self, key: Key | None = None, label: str = "", kind: str = "") -> Flow:
        """Add a note; `reading` adds its text."""
        note = Flow(len(self.notes), label, kind)
        self.notes.append(note)
        if key is not None:
            self.note_keys[key] = note.index
        return note

    @contextmanager
    def reading(self, flow: Flow) -> Iterator[Flow]:
        """Add everything that is read within the context to this text."""
        self._open.append(flow)
        try:
            yield flow
        finally:
            self._open.pop()

    @contextmanager
    def note(self, key: Key | None = None, label: str = "", kind: str = "") -> Iterator[Flow]:
        """Add a note and, within the context, its text."""
        with self.reading(self.begin_note(key, label, kind)) as flow:
            yield flow

    def backlink(self, target: Key) -> None:
        """Add a link from the note that is being read back to a call."""
        self.flow.backlinks.append(target)

    def reference(self, label: str, target: Key) -> None:
        """Add a link in the text. If it points to a note, it is a cross-reference and not a call."""
        self.references.append(SeenReference(label, target, self.flow.index))

    def finish(
        self,
        form: str,
        path: str,
        *,
        backlinks: str = "all",
        note_at: Callable[[Key], int] | None = None,
        call_at: Callable[[Key], int] | None = None,
    ) -> Observation:
        """Return the observation.

        Args:
            form: The format.
            path: The file.
            backlinks: The backlinks that the format can have (`Observation.backlinks`).
            note_at: Returns the note that a link points to, or -1; by default, use the keys of notes.
            call_at: Returns the call that a backlink points to, or -1; by default, use the keys of calls.
        """
        to_note = note_at or (lambda key: self.note_keys.get(key, -1))
        to_call = call_at or (lambda key: self.call_keys.get(key, -1))
        calls = tuple(
            Call(
                c.label, to_note(c.target) if c.target is not None else -1, c.before, c.within, _page(c.place)
            )
            for c in self.calls
        )
        notes = tuple(
            Note(
                note.label,
                note.text,
                tuple(k for k in map(to_call, note.backlinks) if k >= 0),
                tuple(note.links),
                _page(note.place),
                note.kind,
            )
            for note in self.notes
        )
        references = tuple(
            Reference(r.label, index, r.within) for r in self.references if (index := to_note(r.target)) >= 0
        )
        body = self.body
        return Observation(
            form, path, notes, calls, body.text, tuple(body.links), references=references, backlinks=backlinks
        )


def _page(place: Place | None) -> int:
    """Return the page number, counted from 1; 0 if it is not known."""
    return place[0] + 1 if place else 0
