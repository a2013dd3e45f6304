"""Labels of notes, as LibreOffice counts them."""

from __future__ import annotations

from msgspec import Struct

from publish.census.odt.numbering import shown_number
from publish.census.odt.package import Element, at, q, start
from publish.census.odt.styles import Styles

FORMATS = {"footnote": "1", "endnote": "i"}


class _Series(Struct):
    """One run of numbers."""

    form: Element
    number: int
    """The next number."""


class NoteNumbers:
    """Counter of the notes of both kinds; sections can have numbers of their own."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.stacks: dict[str, list[_Series]] = {}
        self.restarts: dict[str, str] = {}
        self.firsts: dict[str, int] = {}
        for kind, form in FORMATS.items():
            given = styles.notes.get(kind)
            restart = "document" if given is None else at(given, "text:start-numbering-at", "page")
            restart = restart if restart in {"document", "chapter"} else "page"
            restart = "document" if kind == "endnote" else restart
            holder = given if given is not None else Element("none", {q("style:num-format"): form})
            first = 1 if given is None or restart == "page" else start(given, 0) + 1
            self.restarts[kind], self.firsts[kind] = restart, first
            self.stacks[kind] = [_Series(holder, first)]

    def chapter(self) -> None:
        """Begin a chapter; the numbers of sections go on."""
        if self.restarts["footnote"] == "chapter":
            self.stacks["footnote"][0].number = self.firsts["footnote"]

    def enter(self, section: Element) -> list[str]:
        """Begin a section; return the kinds of notes that it numbers itself, for `leave`."""
        out: list[str] = []
        for style in self.styles.line("section", at(section, "text:style-name")):
            for config in style.iter(q("text:notes-configuration")):
                kind = at(config, "text:note-class")
                if kind in FORMATS and kind not in out and q("text:start-value") in config.attrib:
                    first = max(start(config, 1), 1)
                    self.stacks[kind].append(_Series(config, first))
                    out.append(kind)
        return out

    def leave(self, kinds: list[str]) -> None:
        """End a section."""
        for kind in kinds:
            self.stacks[kind].pop()

    def label(self, note: Element) -> str:
        """Count a note, and return its label; empty if the pages give it."""
        kind = at(note, "text:note-class") or "footnote"
        citation = note.find(q("text:note-citation"))
        own = at(citation, "text:label").strip() if citation is not None else ""
        if own or kind not in self.stacks:
            return own
        series = self.stacks[kind][-1]
        number, series.number = series.number, series.number + 1
        if self.restarts[kind] == "page" and len(self.stacks[kind]) == 1:
            return ""
        return shown_number(number, series.form) or str(number)
