"""Compare two documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from publish.difference.align import Pair, aligned
from publish.difference.units import CALL, CALL_END, Unit, notes, units
from publish.model.metadata import Metadata
from publish.resolve.numbered import NumberedDocument

FIELDS = (
    "kind", "language", "country", "body", "series", "session", "number", "dossier", "reference", "place",
)  # fmt: skip
"""Metadata that are compared unchanged; titles are part of the text."""


class Piece(Struct, frozen=True):
    """A sequence of words that both versions have, or only the old version, or only the new one."""

    what: Literal["same", "deleted", "inserted"]
    text: str


class Change(Struct, frozen=True):
    """One unit that differs."""

    what: Literal["changed", "deleted", "inserted", "moved"]
    kind: str
    """Kind of the unit, in the new version if it exists there."""
    place: str
    """The heading above the unit, or the label of the note."""
    pieces: tuple[Piece, ...]
    remarks: tuple[str, ...] = ()
    """Differences other than the words."""
    old: str = ""
    """Position in the old version, such as `35:1`; empty if it is not known."""
    new: str = ""


class Difference(Struct, frozen=True):
    """All differences between two documents."""

    metadata: tuple[tuple[str, str, str], ...]
    """Field, old value, new value."""
    text: tuple[Change, ...]
    notes: tuple[Change, ...]
    renumbered: tuple[tuple[str, str], ...]
    """Notes that are the same but have another label: old label, new label."""

    def __bool__(self) -> bool:
        return bool(self.metadata or self.text or self.notes or self.renumbered)


def compare_documents(old: NumberedDocument, new: NumberedDocument) -> Difference:
    """Compare two documents by their metadata, their structure and words, and their notes."""
    text = aligned(units(old), units(new))
    own = aligned(notes(old), notes(new))
    renumbered = [(a.place, b.place) for a, b in own if a and b and a.place != b.place]
    return Difference(
        tuple(_metadata(old.document.metadata, new.document.metadata)),
        tuple(_changes(text)),
        tuple(_changes(own)),
        tuple(renumbered),
    )


def _metadata(old: Metadata, new: Metadata) -> Iterator[tuple[str, str, str]]:
    for field in FIELDS:
        before, after = str(getattr(old, field)), str(getattr(new, field))
        # A field that only one publication has is not a contradiction: formats contain more or less metadata.
        if before and after and before != after:
            yield field, before, after
    dates = [{d.role: d.date.isoformat() for d in side.dates} for side in (old, new)]
    for role in dates[0].keys() & dates[1].keys():
        if dates[0][role] != dates[1][role]:
            yield f"date {role}", dates[0][role], dates[1][role]


def _changes(pairs: Sequence[Pair]) -> Iterator[Change]:
    gone = [a.key for a, b in pairs if a is not None and b is None]
    come = [b.key for a, b in pairs if b is not None and a is None]
    moved = set(gone) & set(come)
    for old, new in pairs:
        if old is not None and new is not None:
            if old.key != new.key:
                yield _changed(old, new)
        elif new is not None:
            what: Literal["moved", "inserted"] = "moved" if new.key in moved else "inserted"
            yield Change(what, new.kind, new.place, (Piece("inserted", new.text),), new=_position(new))
        elif old is not None and old.key not in moved:
            yield Change("deleted", old.kind, old.place, (Piece("deleted", old.text),), old=_position(old))


def _changed(old: Unit, new: Unit) -> Change:
    remarks = [f"was {old.kind}"] if old.kind != new.kind else []
    remarks += [f"link removed: {link}" for link in old.links if link not in new.links]
    remarks += [f"link added: {link}" for link in new.links if link not in old.links]
    if old.links != new.links and not remarks:
        remarks.append("links in a different order")
    pieces = tuple(_pieces(old.tokens(), new.tokens()))
    return Change("changed", new.kind, new.place, pieces, tuple(remarks), _position(old), _position(new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Yield the words of both versions in sequence. A call is the same call under any label."""
    a_keys, b_keys = ([CALL if token.startswith(CALL) else token for token in side] for side in (old, new))
    matcher = SequenceMatcher(None, a_keys, b_keys, autojunk=False)
    for tag, a, b, c, d in _without_islands(matcher.get_opcodes(), old):
        if tag == "equal":
            yield Piece("same", "".join(new[c:d]))
            continue
        if a < b:
            yield Piece("deleted", "".join(old[a:b]))
        if c < d:
            yield Piece("inserted", "".join(new[c:d]))


Opcode = tuple[str, int, int, int, int]


def _without_islands(opcodes: Sequence[Opcode], old: list[str]) -> Iterator[Opcode]:
    """Join changes with only a space between them: words are replaced together, not one by one."""
    waiting: Opcode | None = None
    for index, (tag, a, b, c, d) in enumerate(opcodes):
        island = tag == "equal" and 0 < index < len(opcodes) - 1 and not "".join(old[a:b]).strip()
        if tag == "equal" and not island:
            if waiting:
                yield waiting
            waiting = None
            yield tag, a, b, c, d
        elif waiting:
            waiting = ("replace", waiting[1], b, waiting[3], d)
        else:
            waiting = ("replace", a, b, c, d)
    if waiting:
        yield waiting


def _position(unit: Unit) -> str:
    return f"{unit.span.line}:{unit.span.column}" if unit.span else ""


def shown(text: str) -> str:
    """Return a text with the labels of its notes in square brackets."""
    return text.replace(CALL, "[").replace(CALL_END, "]")
