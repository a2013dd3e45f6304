"""Comparison of the parts of a source: notes, labels, headings, tables, images and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from publish.census.types import BULLET, Census, Passage, SourceNote
from publish.census.words import first_words, words
from publish.diagnostics.types import Span
from publish.model.account import AccountEntry
from publish.verify.compare import Finding
from publish.verify.observation import addresses
from publish.verify.source.content import Content
from publish.verify.source.words import SOURCE

KEY = 6
"""Number of words that identify a list item, a heading or a note."""

CANDIDATES = 50
"""Number of notes with the same word that are compared, so that the work stays in proportion to the number of notes."""

BEGINNING = 300
"""Number of characters that certainly contain these words."""


class Comparison(Struct, frozen=True):
    """A census and a document."""

    census: Census
    account: Sequence[AccountEntry]
    content: Content
    path: str
    """Name of the source."""
    pairs: dict[int, int]
    """Index of the note in the document for each note of the source."""

    def finding(self, code: str, message: str, span: Span | None = None, note: str = "") -> Finding:
        """Return a finding about the source."""
        return Finding(code, SOURCE, self.path, message, note, span.line if span else 0)

    def left_out(self, kind: str) -> int:
        """Return how many parts of a kind the account leaves out."""
        return sum(e.count for e in self.account if e.kind == kind and not e.added)

    def lifted(self) -> list[Passage]:
        """Return the notes of the document that the source shows as text."""
        known = set(self.pairs.values())
        return [note for index, note in enumerate(self.content.notes) if index not in known]


def paired(wanted: Sequence[SourceNote], found: Sequence[Passage]) -> dict[int, int]:
    """Match the notes of source and document: by all their words, then by most of their words."""
    pairs: dict[int, int] = {}
    left: dict[tuple[str, ...], list[int]] = {}
    for index, note in enumerate(found):
        left.setdefault(tuple(words(note.text)), []).append(index)
    for index, source_note in enumerate(wanted):
        same = left.get(tuple(words(source_note.text)))
        if same:
            pairs[index] = same.pop(0)
    rest = {index: Counter(words(found[index].text)) for indexes in left.values() for index in indexes}
    having: dict[str, dict[int, None]] = {}
    for index, counted in rest.items():
        for word in counted:
            having.setdefault(word, {})[index] = None
    for index in (k for k in range(len(wanted)) if k not in pairs):
        mine = Counter(words(wanted[index].text))
        best = max(_candidates(mine, having), key=lambda k: (mine & rest[k]).total(), default=None)
        if best is not None:
            pairs[index] = best
            for word in rest[best]:
                del having[word][best]
    return pairs


def _candidates(mine: Counter[str], having: dict[str, dict[int, None]]) -> list[int]:
    """Return the notes that share the rarest words of a note, in order, and at most `CANDIDATES` for each word."""
    found: set[int] = set()
    for word in sorted(mine, key=lambda word: len(having.get(word, ()))):
        if len(found) >= CANDIDATES:
            break
        found.update(islice(having.get(word, ()), CANDIDATES))
    return sorted(found)


def _notes(comparison: Comparison) -> Iterator[Finding]:
    left_out = comparison.left_out("note")
    relabelled = {e.text for e in comparison.account if e.kind == "note label"}
    for index, note in enumerate(comparison.census.notes):
        name = f"Note {note.label}" if note.label else f"Note {index + 1}"
        at = comparison.pairs.get(index)
        if at is None and left_out:
            left_out -= 1
        elif at is None:
            message = f"{name} of the source is missing: '{first_words(note.text)}'"
            yield comparison.finding("PUB-V033", message, note.span, note.label)
        else:
            other = comparison.content.notes[at]
            if note.label and note.label != other.label and not relabelled & {note.label, ""}:
                message = (
                    f"{name} of the source is published as note {other.label}: '{first_words(note.text)}'"
                )
                yield comparison.finding("PUB-V033", message, note.span, note.label)


def _labels(comparison: Comparison) -> Iterator[Finding]:
    shown: dict[tuple[str, ...], list[str]] = {}
    content = comparison.content
    for item in (*content.passages, *_lines(content.notes), *comparison.lifted()):
        shown.setdefault(_key(item.text), []).append(_plain(item.label))
    allowed = Counter(_plain(e.text) for e in comparison.account if e.kind == "label")
    for passage in comparison.census.passages:
        label = _plain(passage.label)
        found = shown.get(_key(passage.text)) if label and words(passage.text) else None
        if not found:
            continue  # other words are reported as words
        as_note = label.strip(".()[]")
        if label in found:
            found.remove(label)
        elif as_note in found:  # the item has become a note
            found.remove(as_note)
        elif allowed[label]:
            allowed[label] -= 1
        else:
            now = f"'{found[0]}'" if found[0] else "no label"
            message = (
                f"'{passage.label}' of the source is published with {now}: '{first_words(passage.text)}'"
            )
            yield comparison.finding("PUB-V034", message, passage.span)


def _headings(comparison: Comparison) -> Iterator[Finding]:
    passages = comparison.content.passages
    shown = Counter(_key(p.text) for p in passages if p.heading)
    texts = Counter(_key(p.text) for p in passages)
    allowed = Counter(_key(e.text) for e in comparison.account if e.kind == "heading")
    for passage in comparison.census.passages:
        key = _key(passage.text)
        if not passage.heading or not key:
            continue
        counter = shown if shown[key] else allowed
        if counter[key]:
            counter[key] -= 1
        elif texts[key]:
            message = f"Heading of the source is published as text: '{first_words(passage.text)}'"
            yield comparison.finding("PUB-V035", message, passage.span)


def _tables(comparison: Comparison) -> Iterator[Finding]:
    wanted = Counter((t.rows, t.columns) for t in comparison.census.tables)
    found = Counter((t.rows, t.columns) for t in comparison.content.tables)
    lost, extra = wanted - found, found - wanted
    allowed = comparison.left_out("table")
    for table in comparison.census.tables:
        size = (table.rows, table.columns)
        if not lost[size]:
            continue
        lost[size] -= 1
        cells = f"Table with {size[0]} × {size[1]} cells"
        if extra:
            other = next(iter(extra))
            extra -= Counter([other])
            message = f"{cells} is published with {other[0]} × {other[1]}"
            yield comparison.finding("PUB-V036", message, table.span)
        elif allowed:
            allowed -= 1
        else:
            yield comparison.finding("PUB-V036", f"{cells} is not published as a table", table.span)


def _images(comparison: Comparison) -> Iterator[Finding]:
    images, content = comparison.census.images, comparison.content
    whole = Counter(content.digests) - Counter(i.sha256 for i in images if not any(i.crop))
    for image in images:
        if any(image.crop) and whole[image.sha256]:
            whole[image.sha256] -= 1
            message = f"The part of an image that the source cuts away is published: '{image.name}'"
            yield comparison.finding("PUB-V032", message, image.span)
    missing = len(images) - len(content.images) - content.missing - comparison.left_out("image")
    if missing <= 0:
        return
    names = {image.source for image in content.images}
    gone = [image for image in images if image.name.removeprefix("word/") not in names]
    for image in (gone or list(images))[:missing]:
        message = f"Image of the source is not published: '{image.name}'"
        yield comparison.finding("PUB-V037", message, image.span)


def _links(comparison: Comparison) -> Iterator[Finding]:
    plain = tuple(e.text for e in comparison.account if e.kind == "link")
    wanted, found, allowed = (
        Counter(addresses(tuple(links)))
        for links in (comparison.census.links, comparison.content.links, plain)
    )
    for address in (wanted - found - allowed).elements():
        yield comparison.finding("PUB-V038", f"Link of the source is not published: '{address}'")


PARTS: dict[str, Callable[[Comparison], Iterator[Finding]]] = {
    "notes": _notes,
    "labels": _labels,
    "headings": _headings,
    "tables": _tables,
    "images": _images,
    "links": _links,
}
"""Comparison of each kind of content that a census can count."""


def _plain(label: str) -> str:
    """Return a label without white space, in a form in which all bullets are the same."""
    return "".join(label.split()) if words(label) or not label else BULLET


def _key(text: str) -> tuple[str, ...]:
    return tuple(words(text.strip()[:BEGINNING])[:KEY])


def _lines(notes: Sequence[Passage]) -> Iterator[Passage]:
    for note in notes:
        yield from (Passage(line, note.span) for line in note.text.split("\n"))
