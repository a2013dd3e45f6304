"""Convert citations of notes: the 4 in "see note 4" becomes a cross-reference that shows the label of the note.

A text cites the label that the source prints, so the citation refers to the note with that source label. Citations of
notes in other publications ("noot 4 bij het arrest") and quoted text do not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.policy import END
from publish.model.walk import change_document, document_nodes, nodes_in
from publish.resolve.state import State

_NUMBERS = r"\d+(?:\s*(?:,|-|–|&|en|and|und|et|tot en met|t/m|to|bis)\s*\d+)*"
_CITED = re.compile(
    rf"\b(?P<verb>(?:zie|vgl\.?|see|cf\.?|siehe|vgl|voir)\s+(?:ook\s+|also\s+|auch\s+|aussi\s+)?)?"
    rf"(?:voetnoot|voetnoten|eindnoot|eindnoten|noot|noten|footnotes?|endnotes?|notes?|Fußnoten?|Anmerkung|fn\.)\s+"
    rf"(?P<numbers>{_NUMBERS})\b(?!\s*\.\d)",
    re.IGNORECASE,
)
_WORDS = ("noot", "note", "anmerkung", "fn.")
"""A text that cites a note contains at least one of these words."""
_ELSEWHERE = re.compile(
    r"\s*,?\s+(?:bij|van|uit|in|onder|of|to|from|by|on|zu|zum|zur|des|der|du|de|à|hierboven genoemd)\b",
    re.IGNORECASE,
)
"""Text after a citation of a note in another publication."""
_ENDNOTE = re.compile("eindno|endno", re.IGNORECASE)


def settle_note_references(state: State) -> State:
    """Replace each marked cross-reference to a note that is not printed by text, and report it."""
    called = _called(state.document)
    found: list[Diagnostic] = []

    def settle(inline: n.Inline) -> n.Inline:
        if not isinstance(inline, n.NoteCrossReference) or inline.note in called:
            return inline
        message = f"Cross-reference points to note '{inline.note}', which is not printed"
        found.append(make("PUB-N014", message, span=inline.span, source=state.document.source))
        return n.Text(inline.text or f"[{inline.note}]", span=inline.span)

    document = change_document(state.document, settle)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *found))


def link_note_references(state: State) -> State:
    """Convert cited note numbers to cross-references, if the source prints the labels of its notes."""
    linker = _Linker(state)
    if not linker.by_label:
        return state
    document = change_document(state.document, linker.inline, enter=_cites_own_notes)
    return replace(state, document=document, diagnostics=(*state.diagnostics, *linker.found))


class _Linker:
    def __init__(self, state: State) -> None:
        self.document = state.document
        self.found: list[Diagnostic] = []
        self.by_label: dict[str, list[str]] = {}
        called = _called(state.document)
        for key, note in state.document.notes.items():
            if note.source_label and key in called:
                self.by_label.setdefault(note.source_label, []).append(key)

    def inline(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        """Split a text at each citation of a note; callback for `change_document`."""
        if isinstance(inline, n.Text) and _cites(inline.text):
            return tuple(self._parts(inline))
        return inline

    def _parts(self, text: n.Text) -> Iterator[n.Inline]:
        done = 0
        for match in _CITED.finditer(text.text):
            if _ELSEWHERE.match(text.text, match.end()):
                continue
            for number in re.finditer(r"\d+", match["numbers"]):
                start = match.start("numbers") + number.start()
                keys = self._meant(number[0], match[0])
                if len(keys) != 1:
                    if match["verb"]:
                        self._report(text, start, number[0], keys)
                    continue
                if start > done:
                    yield replace(text, text=text.text[done:start])
                yield n.NoteCrossReference(keys[0], number[0], span=text.span)
                done = start + len(number[0])
        yield replace(text, text=text.text[done:])

    def _meant(self, number: str, words: str) -> list[str]:
        """Return the notes that a number can refer to: endnotes if the text names endnotes, else notes of the default series."""
        keys = self.by_label.get(number, [])
        wanted = END if _ENDNOTE.search(words) else ""
        return [k for k in keys if self.document.notes[k].series == wanted] or keys

    def _report(self, text: n.Text, start: int, number: str, keys: list[str]) -> None:
        why = "several notes have that number" if keys else "no note has that number"
        span = text.span
        if span is not None and span.line == span.end_line:
            column = span.column + start
            span = Span(span.line, column, span.line, column + len(number))
        message = f"Text cites note {number}, but {why}"
        self.found.append(make("PUB-N014", message, span=span, source=self.document.source))


def _cites(text: str) -> bool:
    small = text.lower()
    return any(word in small for word in _WORDS) and _CITED.search(text) is not None


def _cites_own_notes(node: n.Inline | n.Block) -> bool:
    """Return whether text in a node can cite notes of this document.

    A link cannot contain another link, and a quotation cites the notes of the quoted text.
    """
    return not isinstance(node, n.Link | n.CrossReference | n.Citation | n.InlineQuote | n.Quote)


def _called(document: n.Document) -> frozenset[str]:
    """Return the notes that the text calls, directly or through other notes."""
    found: set[str] = set()
    left = [node.note for node in document_nodes(document) if isinstance(node, n.NoteRef)]
    while left:
        key = left.pop()
        if key not in found and key in document.notes:
            found.add(key)
            left += [x.note for x in nodes_in(document.notes[key].blocks) if isinstance(x, n.NoteRef)]
    return frozenset(found)
