"""Footnotes and endnotes, with the labels that LibreOffice displays.

LibreOffice counts the notes when it opens a file; the number in the file is only a copy. It also counts notes in hidden
text. A section can have its own numbering (ODF 1.3, part 3, 6.3 and 16.29.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.policy import END, MARKED, NumberFormat
from publish.readers.odt.names import OFFICE, STYLE, TABLE, TEXT, first_number, whole
from publish.readers.odt.numbering import number_text
from publish.readers.odt.styles import Styles
from publish.readers.office.note_numbering import (
    KINDS,
    MARKED_END,
    Displayed,
    NoteCall,
    Restart,
    SectionNotes,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FORMATS: dict[str, NumberFormat] = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
DEFAULT_FORMATS = {"footnote": "1", "endnote": "i"}
UNCOUNTED = frozenset({TEXT + "tracked-changes", OFFICE + "annotation", TABLE + "covered-table-cell"})
"""Elements whose notes LibreOffice does not count."""

ReadBlocks = Callable[["Element", str, Span | None], tuple[n.Block, ...]]


class _Config(Struct, frozen=True):
    """How LibreOffice numbers the notes of one kind in the text or in a section."""

    form: str
    restart: Restart
    start: int
    repeats: bool = False

    def label(self, count: int) -> str:
        return number_text(count, self.form, repeats=self.repeats)

    def numbering(self) -> SectionNotes:
        repeats = self.repeats and self.form in {"a", "A"}
        return SectionNotes(None if repeats else FORMATS.get(self.form), self.restart, self.start)


class _Counter(Struct):
    """Counter of the notes of one kind."""

    configs: list[_Config]
    by_chapter: bool = False
    """Whether each heading of level 1 begins a section."""
    in_section: bool = False
    """Whether the position is in a section with numbers of its own."""
    waiting: bool = False
    """Whether a chapter began in such a section."""
    section: int = 0
    """Index of the current section in `configs`."""
    count: int = 0
    """Number of the last note."""
    total: int = 0
    """Number of notes, with those that have a label of their own."""
    calls: list[NoteCall] = field(default_factory=list)

    def begin_chapter(self) -> None:
        """Begin a chapter, or note that it begins after the current section."""
        self.waiting = self.in_section
        if not self.in_section:
            self.begin(self.configs[0])

    def begin(self, config: _Config) -> None:
        """Begin a section."""
        self.configs.append(config)
        self.section = len(self.configs) - 1
        self.count = config.start - 1


class Notes:
    """The notes of one file."""

    def __init__(self, styles: Styles, body: Element, blocks: ReadBlocks) -> None:
        self.blocks = blocks
        self.styles = styles
        self.keys: dict[int, str] = {}
        """Key of each note element, by identity."""
        self.elements: list[Element] = []
        """All counted notes. The list also keeps their identities, because lxml makes elements on request."""
        self.by_id: dict[str, str] = {}
        """Key of each note, by its id in the file."""
        self.labels: dict[str, str] = {}
        self.read: dict[str, n.Note] = {}
        """Notes that have been read, by key, in the order of their calls."""
        self.counters = {kind: self._counter(kind) for kind in KINDS}
        for kind, counter in self.counters.items():
            self._count(body, kind, counter)

    def _count(self, element: Element, kind: str, counter: _Counter) -> None:
        """Count the notes of a kind in document order, and give them keys and labels."""
        for child in _within(element):
            if child.tag == TEXT + "note":
                self._note(child, kind, counter)
            elif child.tag == TEXT + "section" and (own := self._section_config(child, kind)) is not None:
                self._count_section(child, kind, counter, own)
            else:
                starts = child.tag == TEXT + "h" and whole(child.get(TEXT + "outline-level"), 1) == 1
                if starts and counter.by_chapter:
                    counter.begin_chapter()
                self._count(child, kind, counter)

    def _count_section(self, section: Element, kind: str, counter: _Counter, own: _Config) -> None:
        """Count the notes of a section with numbers of its own; a chapter that begins in it restarts those after it."""
        outer = counter.section, counter.count, counter.in_section
        counter.in_section = True
        counter.begin(own)
        self._count(section, kind, counter)
        counter.section, counter.count, counter.in_section = outer
        if counter.waiting and not counter.in_section:
            counter.begin_chapter()

    def _note(self, note: Element, kind: str, counter: _Counter) -> None:
        if (note.get(TEXT + "note-class") or "footnote") != kind:
            return
        counter.total += 1
        key = f"{kind}-{counter.total}"
        self.keys[id(note)] = key
        self.elements.append(note)
        identifier = note.get(TEXT + "id", "")
        if identifier:
            self.by_id.setdefault(identifier, key)
        if mark_of(note):
            return
        counter.count += 1
        self.labels[key] = counter.configs[counter.section].label(counter.count)
        counter.calls.append(NoteCall(key.removeprefix(f"{kind}-"), counter.section, self.labels[key]))

    def _counter(self, kind: str) -> _Counter:
        """Return the counter of a kind, with the configuration of the text."""
        element = self.styles.notes.get(kind)
        if element is None:
            return _Counter([_Config(DEFAULT_FORMATS[kind], "continuous", 1)])
        # LibreOffice takes `page` for any value that it does not know, and for none.
        restarts: dict[str, Restart] = {"document": "continuous", "chapter": "section"}
        restart = restarts.get(element.get(TEXT + "start-numbering-at", ""), "page")
        if kind == "endnote":
            restart = "continuous"
        start = 1 if restart == "page" else first_number(element.get(TEXT + "start-value"), 0) + 1
        repeats = element.get(STYLE + "num-letter-sync") == "true"
        config = _Config(element.get(STYLE + "num-format") or "1", restart, start, repeats)
        return _Counter([config], restart == "section", count=start - 1)

    def _section_config(self, section: Element, kind: str) -> _Config | None:
        """Return the numbering that a section sets for its notes; None if it sets none.

        LibreOffice ignores a format without a first number. This number is the first label; in the configuration of the
        text, it is one less.
        """
        for style in self.styles.chain("section", section.get(TEXT + "style-name", "")):
            for element in style.iter(TEXT + "notes-configuration"):
                start = element.get(TEXT + "start-value")
                if element.get(TEXT + "note-class") == kind and start is not None:
                    form = element.get(STYLE + "num-format") or "1"
                    return _Config(form, "section", max(first_number(start, 1), 1))
        return None

    def key(self, note: Element, span: Span | None) -> str:
        """Return the key of a note that is called here, and read the note; empty if LibreOffice does not show it."""
        key = self.keys.get(id(note), "")
        if key and key not in self.read:
            self.read[key] = n.Note(())  # a call inside the note must not read it again
            body = note.find(TEXT + "note-body")
            blocks = self.blocks(body, key, span) if body is not None else ()
            mark = mark_of(note)
            ends = key.startswith("endnote")
            series = (MARKED_END if ends else MARKED) if mark else END if ends else ""
            self.read[key] = n.Note(blocks, series, mark, span=span)
        return key

    @property
    def displayed(self) -> dict[str, Displayed]:
        """The labels that LibreOffice counts, by kind."""
        return {
            kind: Displayed(tuple(c.calls), tuple(config.numbering() for config in c.configs))
            for kind, c in self.counters.items()
        }

    @property
    def complete(self) -> bool:
        """Whether every counted note was read; a note in hidden text is not."""
        return all(key in self.read for key in self.labels)

    def labelled(self) -> dict[str, n.Note]:
        """Return the notes with the labels that LibreOffice displays."""
        return {
            key: replace(note, source_label=self.labels[key]) if key in self.labels else note
            for key, note in self.read.items()
        }


def mark_of(note: Element) -> str:
    """Return the label that the author gave a note instead of a number; empty if it has a number."""
    citation = note.find(TEXT + "note-citation")
    return citation.get(TEXT + "label", "").strip() if citation is not None else ""


def _within(element: Element) -> Iterator[Element]:
    """Yield the children that can contain counted notes."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in UNCOUNTED:
            yield child
