"""What every extractor tells of the file that it reads: text, notes, calls, backlinks, references. It becomes an `Observation`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from publish.verify.observation import Call, Note, Observation, Reference, tail

Place = tuple[int, float, float]
"""Page index, x, and y of the top, in points from the lower left corner."""

Key = Hashable
"""What a format calls the target of a link: an id, a file with an id, a place on a page."""


class Flow(Struct, eq=False):
    """A running text that is being read: the body, or one note."""

    index: int
    """The index of the note; -1 for the body."""
    label: str = ""
    kind: str = ""
    out: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    backlinks: list[Key] = field(default_factory=list)
    place: Place | None = None
    """Where it begins, in a format with pages."""

    @property
    def text(self) -> str:
        """All its words so far."""
        return "".join(self.out)


class SeenCall(Struct, eq=False):
    """A call, before it is known which note its link leads to."""

    label: str
    target: Key | None
    before: str
    within: int
    place: Place | None = None


class SeenReference(Struct, eq=False):
    """A reference to a note, before it is known which."""

    label: str
    target: Key
    within: int


class Observer:
    """Gathers what an extractor sees, in reading order."""

    def __init__(self) -> None:
        self.body = Flow(-1)
        self.notes: list[Flow] = []
        self.calls: list[SeenCall] = []
        self.references: list[SeenReference] = []
        self.note_keys: dict[Key, int] = {}
        """The index of each note by what links call it."""
        self.call_keys: dict[Key, int] = {}
        """The index of each call by what backlinks call it."""
        self._open = [self.body]

    @property
    def flow(self) -> Flow:
        """The text that is being read."""
        return self._open[-1]

    def text(self, text: str) -> None:
        """Words of the text that is being read."""
        self.flow.out.append(text)

    def link(self, address: str) -> None:
        """A link out of the document."""
        self.flow.links.append(address)

    def call(self, label: str, target: Key | None, key: Key | None = None) -> SeenCall:
        """A call of a note.

        Args:
            label: What is printed.
            target: Where its link leads.
            key: What backlinks call it.
        """
        found = SeenCall(label, target, tail(self.flow.out), self.flow.index)
        if key is not None:
            self.call_keys[key] = len(self.calls)
        self.calls.append(found)
        return found

    def begin_note(self, key: Key | None = None, label: str = "", kind: str = "") -> Flow:
        """A new note; its text comes with `reading`."""
        note = Flow(len(self.notes), label, kind)
        self.notes.append(note)
        if key is not None:
            self.note_keys[key] = note.index
        return note

    @contextmanager
    def reading(self, flow: Flow) -> Iterator[Flow]:
        """Within it, everything belongs to this text."""
        self._open.append(flow)
        try:
            yield flow
        finally:
            self._open.pop()

    @contextmanager
    def note(self, key: Key | None = None, label: str = "", kind: str = "") -> Iterator[Flow]:
        """A note and, within it, its text."""
        with self.reading(self.begin_note(key, label, kind)) as flow:
            yield flow

    def backlink(self, target: Key) -> None:
        """A link back from the note that is being read to a call."""
        self.flow.backlinks.append(target)

    def reference(self, label: str, target: Key) -> None:
        """A link of the text to a note, which is no call if it leads to one."""
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
        """All that was seen.

        Args:
            form: The format.
            path: The file.
            backlinks: Which backlinks the format can have (`Observation.backlinks`).
            note_at: The note that a link leads to, or -1; without it, by the keys of notes.
            call_at: The call that a backlink leads to, or -1; without it, by the keys of calls.
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
    """The number of a page, counted from 1; 0 if it is not known."""
    return place[0] + 1 if place else 0
