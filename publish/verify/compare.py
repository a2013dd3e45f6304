"""Compare an observation with the expected one: one finding per difference, with the note and the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.verify.observation import (
    MODEL,
    Call,
    Note,
    Observation,
    addresses,
    has_rtl,
    normalise_letters,
    normalise_print,
    normalise_text,
)

WITHOUT_REFERENCES = frozenset({"op"})
"""Formats that have no element for a reference to a note: its label is text, which is compared as words."""

NO_TABLES_IN_NOTES = frozenset({"odt"})
"""Formats in which the tables of notes are lines."""

EXCERPT = 48


class Finding(Struct, frozen=True):
    """One difference."""

    code: str
    format: str
    path: str
    message: str
    note: str = ""
    """The label of the note that the finding concerns; empty if it concerns the text."""
    line: int = 0
    """The line in the file, if the file is text and the position is known."""

    def diagnostic(self) -> Diagnostic:
        """Return the finding as a diagnostic, with the severity that the registry gives its code."""
        span = Span(self.line) if self.line else None
        return make(self.code, f"{self.format or 'file'}: {self.message}", span=span, source=self.path)


def compare(reference: Observation, seen: Observation) -> list[Finding]:
    """Return the differences between an observation and its reference."""
    return list(_Comparison(reference, seen).findings())


class _Comparison:
    def __init__(self, reference: Observation, seen: Observation) -> None:
        self.reference = reference
        self.seen = seen
        exact = reference.exact and seen.exact
        self.text: Callable[[str], str] = (lambda t: normalise_text(t).strip()) if exact else normalise_print
        self.exact = exact
        self.pairs = _align(reference.notes, seen.notes, self.text)

    def finding(self, code: str, note: str, message: str) -> Finding:
        return Finding(code, self.seen.format, self.seen.path, message, note)

    def findings(self) -> Iterator[Finding]:
        yield from self._notes()
        yield from self._calls()
        yield from self._backlinks()
        yield from self._references()
        yield from self._words()
        yield from self._pages()
        if self.reference.structured and self.seen.structured:
            yield from self._structure()

    def _structure(self) -> Iterator[Finding]:
        """Compare labels of items and headings, sizes of tables and alternative texts of images."""
        # The items of a file are all its paragraphs, so only those of a document can be required.
        required = self.reference.items if self.reference.format == MODEL else ()
        lost, extra = (
            Counter(required) - Counter(self.seen.items),
            Counter(self.seen.items) - Counter(required),
        )
        for item in lost.elements():
            # The call of a note that is a link, as of a note within a note, is text of the item.
            same = next((other for other in extra if extra[other] and self._same_item(item, other)), "")
            if same:
                extra[same] -= 1
                continue
            yield self.finding("PUB-V025", "", f"Item or heading is missing or has another label: '{item}'")
        wanted, found = Counter(self.reference.tables), Counter(self.seen.tables)
        if self.seen.format in NO_TABLES_IN_NOTES:
            wanted -= Counter(self.reference.note_tables)
        if wanted != found:
            sizes = (
                "; ".join(f"{r} × {c}" for r, c in (a - b).elements())
                for a, b in ((wanted, found), (found, wanted))
            )
            expected, seen = (text or "no other table" for text in sizes)
            yield self.finding("PUB-V026", "", f"Tables differ: expected {expected}, found {seen}")
        texts, others = Counter(self.reference.images), Counter(self.seen.images)
        if texts != others:
            gone, more = list((texts - others).elements()), list((others - texts).elements())
            message = (
                f"Images or their alternative texts differ: {_some('missing', gone)}{_some('added', more)}"
            )
            yield self.finding("PUB-V027", "", message.strip())

    def _same_item(self, item: str, other: str) -> bool:
        """Return whether the first words of an item of a file are those of an item, apart from labels of notes."""
        labels = {note.label for note in self.reference.notes}
        first, *rest = other.split()
        kept = " ".join([first, *(word for word in rest if word not in labels)])
        return other.startswith(item) or (kept != other and item.startswith(kept))

    def _notes(self) -> Iterator[Finding]:
        matched = set(self.pairs.values())
        last: dict[str, int] = {}
        for index, note in enumerate(self.reference.notes):
            at = self.pairs.get(index)
            if at is None:
                yield self.finding("PUB-V006", note.label, f"Note {note.label} is missing")
                continue
            other = self.seen.notes[at]
            if other.label != note.label:
                said = f"is labelled '{other.label}'" if other.label else "has no label"
                yield self.finding("PUB-V001", note.label, f"Note {note.label} {said}")
            if self.text(other.text) != self.text(note.text):
                message = f"Text of note {note.label} differs: {_difference(self.text(note.text), self.text(other.text))}"
                yield self.finding("PUB-V002", note.label, message)
            if addresses(other.links) != addresses(note.links):
                yield self.finding(
                    "PUB-V012",
                    note.label,
                    f"Note {note.label} has unexpected links: it links to {_listed(other.links)}",
                )
            # Formats print endnotes and table notes in separate positions, but each series in order.
            kind = note.kind or other.kind
            if at < last.get(kind, -1):
                message = f"Note {note.label} comes before a note that it should follow"
                yield self.finding("PUB-V003", note.label, message)
            last[kind] = max(last.get(kind, -1), at)
        for index, note in enumerate(self.seen.notes):
            if index not in matched:
                message = f"Unexpected note '{note.label}': {_excerpt(note.text)}"
                yield self.finding("PUB-V007", note.label, message)

    def _calls(self) -> Iterator[Finding]:
        back = {v: k for k, v in self.pairs.items()}
        all_wanted, all_found = _by_place(self.reference.calls), _by_place(self.seen.calls)
        for within in sorted({*all_wanted, *(back.get(k, -1) for k in all_found)}):
            wanted = all_wanted.get(within, [])
            found = all_found.get(-1 if within < 0 else self.pairs.get(within, -2), [])
            if len(wanted) == len(found):
                for call, other in zip(wanted, found, strict=True):
                    yield from self._call(call, other, back)
            else:
                yield from self._unequal(wanted, found)

    def _call(self, call: Call, other: Call, back: dict[int, int]) -> Iterator[Finding]:
        if other.label != call.label:
            yield self.finding("PUB-V001", call.label, f"Call of note {call.label} shows '{other.label}'")
        target = back.get(other.note, -1) if other.note >= 0 else -1
        if target != call.note:
            where = f"note {self.reference.notes[target].label}" if target >= 0 else "no note"
            yield self.finding("PUB-V004", call.label, f"Call of note {call.label} points to {where}")
        mine, theirs = (
            (call.before, other.before)
            if self.exact
            else (normalise_letters(call.before), normalise_letters(other.before))
        )
        length = min(len(mine), len(theirs))
        certain = self.exact or not has_rtl(mine + theirs)
        if certain and length and mine[-length:] != theirs[-length:]:
            message = f"Call of note {call.label} follows '{theirs}', not '{mine}'"
            yield self.finding("PUB-V010", call.label, message)

    def _unequal(self, wanted: list[Call], found: list[Call]) -> Iterator[Finding]:
        keys = (
            [(c.label, normalise_letters(c.before)[-8:]) for c in wanted],
            [(c.label, normalise_letters(c.before)[-8:]) for c in found],
        )
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            if tag in {"delete", "replace"}:
                for call in wanted[i1:i2]:
                    yield self.finding("PUB-V006", call.label, f"Missing call of note {call.label}")
            if tag in {"insert", "replace"}:
                for call in found[j1:j2]:
                    yield self.finding("PUB-V007", call.label, f"Unexpected call '{call.label}'")

    def _backlinks(self) -> Iterator[Finding]:
        if self.seen.backlinks == "none" or len(self.reference.calls) != len(self.seen.calls):
            return
        # The nth call of a note in one observation is its nth call in the other, whatever the order of the lists.
        mine, theirs = _turns(self.reference.calls), _turns(self.seen.calls)
        turns_of: dict[int, list[int]] = {}
        for owner, turn in mine:
            turns_of.setdefault(owner, []).append(turn)
        for index, note in enumerate(self.reference.notes):
            at = self.pairs.get(index)
            if at is None:
                continue
            has = {theirs[k][1] for k in self.seen.notes[at].backlinks if theirs[k][0] == at}
            wrong = [k for k in self.seen.notes[at].backlinks if theirs[k][0] != at]
            turns = sorted(turns_of.get(index, ()))
            enough = self.seen.backlinks == "first" and bool(has)
            for turn in turns if self.seen.backlinks == "all" else turns[:1]:
                if turn not in has and not enough:
                    nth = "" if len(turns) == 1 else f" {turn + 1}"
                    message = f"Note {note.label} has no backlink to its call{nth}"
                    yield self.finding("PUB-V005", note.label, message)
            if wrong:
                yield self.finding(
                    "PUB-V005", note.label, f"Backlink of note {note.label} points to another note's call"
                )

    def _references(self) -> Iterator[Finding]:
        """Compare cross-references: each must have its label, be in the right text and point to the right note."""
        if self.seen.format in WITHOUT_REFERENCES:
            return
        wanted = Counter((r.label, r.note, r.within) for r in self.reference.references)
        back = {v: k for k, v in self.pairs.items()}
        found = Counter(
            (r.label, back.get(r.note, -1), back.get(r.within, -1) if r.within >= 0 else -1)
            for r in self.seen.references
        )
        for label, _, _ in sorted((wanted - found).elements()):
            message = f"Cross-reference to note {label} is missing or points elsewhere"
            yield self.finding("PUB-V015", label, message)
        for label, _, _ in sorted((found - wanted).elements()):
            message = f"Unexpected cross-reference '{label}' to a note"
            yield self.finding("PUB-V015", label, message)

    def _words(self) -> Iterator[Finding]:
        if self.exact:
            wanted = Counter(normalise_text(self.reference.text).split())
            found = Counter(normalise_text(self.seen.text).split())
            if wanted != found:
                lost, added = list((wanted - found).elements()), list((found - wanted).elements())
                yield self.finding(
                    "PUB-V008", "", f"Words differ: {_some('missing', lost)}{_some('added', added)}".strip()
                )
        else:
            mine, theirs = normalise_print(self.reference.text), normalise_print(self.seen.text)
            if mine != theirs:
                yield self.finding("PUB-V008", "", f"Text differs: {_difference(mine, theirs)}")
        wanted, found = (Counter(addresses(observation.links)) for observation in (self.reference, self.seen))
        if wanted != found:
            lost, added = list((wanted - found).elements()), list((found - wanted).elements())
            yield self.finding(
                "PUB-V012", "", f"Links differ: {_some('missing', lost)}{_some('added', added)}".strip()
            )

    def _pages(self) -> Iterator[Finding]:
        if self.seen.off_page:
            message = f"{len(self.seen.off_page)} characters are outside the page or invisible: {_excerpt(self.seen.off_page)}"
            yield self.finding("PUB-V014", "", message)
        firsts: dict[int, Call] = {}
        for call in self.seen.calls:
            firsts.setdefault(call.note, call)
        kinds = {at: self.reference.notes[index].kind for index, at in self.pairs.items()}
        for note in range(len(self.seen.notes)):
            first = firsts.get(note)
            page = self.seen.notes[note].page
            if (kinds.get(note) or self.seen.notes[note].kind) in {"end", "table"}:
                continue
            if first is not None and first.within >= 0:
                continue  # a note within a note is printed with that note, wherever the text calls it again
            if first is not None and first.page and page and first.page != page:
                label = self.seen.notes[note].label
                message = f"Note {label} is on page {page}, but its call is on page {first.page}"
                yield self.finding("PUB-V011", label, message)


def _by_place(calls: tuple[Call, ...]) -> dict[int, list[Call]]:
    """Return the calls of the body text (-1) and of each note, in order."""
    out: dict[int, list[Call]] = {}
    for call in calls:
        out.setdefault(call.within, []).append(call)
    return out


def _turns(calls: tuple[Call, ...]) -> list[tuple[int, int]]:
    """Return for each call its note and its index among the calls of that note; calls in the body text come first."""
    order = sorted(range(len(calls)), key=lambda k: (calls[k].within >= 0, calls[k].within, k))
    seen: Counter[int] = Counter()
    out = [(-1, 0)] * len(calls)
    for k in order:
        out[k] = (calls[k].note, seen[calls[k].note])
        seen[calls[k].note] += 1
    return out


def _align(wanted: tuple[Note, ...], found: tuple[Note, ...], text: Callable[[str], str]) -> dict[int, int]:
    """Match the notes of two observations: by text and label, then by text, then by label, then by position."""
    pairs: dict[int, int] = {}
    left = dict.fromkeys(range(len(found)))
    keys: tuple[Callable[[Note], object], ...] = (
        lambda note: (note.label, text(note.text)),
        lambda note: text(note.text),
        lambda note: note.label,
    )
    for key in keys:
        places: dict[object, list[int]] = {}
        for k in left:
            places.setdefault(key(found[k]), []).append(k)
        for index in [k for k in range(len(wanted)) if k not in pairs]:
            candidates = places.get(key(wanted[index]))
            if candidates:
                pairs[index] = candidates.pop(0)
                del left[pairs[index]]
    if len(wanted) == len(found):
        pairs.update(zip((k for k in range(len(wanted)) if k not in pairs), left, strict=False))
    return pairs


def _difference(wanted: str, found: str) -> str:
    """Return the first difference between two texts, with some context."""
    at = next(
        (k for k, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    start = max(0, at - 12)
    return f"expected '{_excerpt(wanted[start:])}', found '{_excerpt(found[start:])}'"


def _excerpt(text: str) -> str:
    text = normalise_text(text).strip()
    return text if len(text) <= EXCERPT else text[:EXCERPT] + "…"


def _some(word: str, items: list[str]) -> str:
    if not items:
        return ""
    more = f" and {len(items) - 5} more" if len(items) > 5 else ""
    return f"{word}: {', '.join(repr(i) for i in items[:5])}{more}; "


def _listed(links: tuple[str, ...]) -> str:
    return ", ".join(links) if links else "nothing"
