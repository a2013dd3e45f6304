"""Convert citations in a document to links: to other publications, and to questions and answers of the document itself.

The text does not change. Links, addresses, code and titles get no links. A question of another document ("uw antwoord op
vraag 2 van de schriftelijke vragen") is not a question of this document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.roles import ANSWER, DOCUMENT_TYPE, NUMBER, QUESTION
from publish.model.text import plain_text, wrap
from publish.model.walk import change_blocks, child_inlines, keep
from publish.references.citations import Found, Free, recognise

_CLOSED = (
    n.Link,
    n.CrossReference,
    n.Citation,
    n.InlineCode,
    n.RawInline,
    n.Math,
    n.Image,
    n.NoteCrossReference,
)
"""Inlines that must not contain links."""

_DIGIT = re.compile(r"\d")
"""Every citation contains a digit."""

_NUMBERS = r"\d{1,3}(?:\s*(?:,|en|, en|t/m|tot en met|&)\s*\d{1,3}(?!\d))*"
_UNIT = re.compile(
    rf"\b(?P<kind>vragen|vraag|antwoorden|antwoord)\s+(?P<numbers>{_NUMBERS})(?![\d.,:]\d|\s?%)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"(?:antwoord\w*|beantwoord\w*)\b[^.?!]{0,30}$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:van|uit|in|bij)\s+(?:de|het|die|deze|mijn|uw|eerdere|eerder|andere|vorige|schriftelijke|kamer|mondelinge)\b"
    r"|\s*\((?:Kamerstuk|Aanhangsel|vergaderjaar)",
    re.IGNORECASE,
)
"""Text after the number of a question that belongs to another document."""


class Linked(Struct, frozen=True):
    """A document with links, and diagnostics about unresolved references."""

    document: n.Document
    diagnostics: tuple[Diagnostic, ...] = ()


def link_references(document: n.Document) -> Linked:
    """Convert the citations in a document to links."""
    linker = _Linker(document)
    front = linker.blocks(document.front, "")
    blocks = tuple(x for block in document.blocks for x in linker.blocks((block,), _role(block)))
    notes = {
        key: replace(note, blocks=linker.blocks(note.blocks, "")) for key, note in document.notes.items()
    }
    return Linked(replace(document, front=front, blocks=blocks, notes=notes), tuple(linker.found))


def _role(block: n.Block) -> str:
    return block.role if isinstance(block, n.Section) else ""


class _Linker:
    def __init__(self, document: n.Document) -> None:
        self.source = document.source
        self.found: list[Diagnostic] = []
        self.questions: dict[int, str] = {}
        self.answers: dict[int, str] = {}
        self.role = ""
        for block in document.blocks:
            if isinstance(block, n.Section) and block.id and block.role in {QUESTION, ANSWER}:
                targets = self.questions if block.role == QUESTION else self.answers
                for number in block.number.split():
                    targets.setdefault(int(number), block.id)

    def blocks(self, blocks: tuple[n.Block, ...], role: str) -> tuple[n.Block, ...]:
        self.role = role
        return change_blocks(blocks, keep, self._block)

    def _block(self, block: n.Block) -> n.Block:
        if not isinstance(block, n.Paragraph) or block.role in {DOCUMENT_TYPE, NUMBER}:
            return block
        inlines = self._inlines(block.inlines, block.span)
        return block if inlines is block.inlines else replace(block, inlines=inlines)

    def _inlines(self, inlines: tuple[n.Inline, ...], span: Span | None) -> tuple[n.Inline, ...]:
        text = plain_text(inlines)
        if _DIGIT.search(text) is None:
            return inlines
        closed = list(_closed(inlines, 0))
        references, unresolved = recognise(text, closed)
        for start, end in unresolved:
            message = f"'{text[start:end]}' begins like a reference, but its target is unknown"
            self.found.append(make("PUB-X003", message, span=span, source=self.source))
        free = Free(text, [*closed, *((r.start, r.end) for r in references)])
        changes: list[tuple[int, int, Found | str]] = [(r.start, r.end, r) for r in references]
        changes += (x for x in self._own(text) if free.take(x[0], x[1]))
        if not changes:
            return inlines
        changes.sort(key=lambda change: change[0])
        return wrap(inlines, [(start, end, _Maker(target, span)) for start, end, target in changes])

    def _own(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find references to questions and answers of this document."""
        small = text.lower()
        if not self.answers or not ("vra" in small or "antwoord" in small):
            return
        for match in _UNIT.finditer(text):
            if _ELSEWHERE.match(text, match.end()):
                continue
            of_answer = (
                match["kind"].lower().startswith("antw")
                or _ANSWERED.search(text[: match.start()]) is not None
            )
            if of_answer and self.role == QUESTION:
                continue  # a question cites the answers in earlier documents
            targets = self.answers if of_answer else self.questions
            numbers = list(re.finditer(r"\d+", match["numbers"]))
            start, at = match.start(), match.start("numbers")
            for number in numbers:
                end = at + number.end()
                target = targets.get(int(number[0]), "")
                if target:
                    # Include the word before the number: a link of one digit is hard to click and looks like a call.
                    yield start + len(text[start:end]) - len(text[start:end].lstrip()), end, target
                start = end


class _Maker:
    """Factory of the node for a reference."""

    def __init__(self, target: Found | str, span: Span | None) -> None:
        self.target = target
        self.span = span

    def __call__(self, inside: tuple[n.Inline, ...]) -> n.Inline:
        span = next((x.span for x in inside if x.span), self.span)
        if isinstance(self.target, str):
            return n.CrossReference(inside, self.target, span=span)
        return n.Citation(inside, self.target.identifier, self.target.href, self.target.scheme, span=span)


def _closed(inlines: Sequence[n.Inline], start: int) -> Iterator[tuple[int, int]]:
    """Yield the positions in the plain text in which nothing may be linked."""
    for inline in inlines:
        length = len(plain_text((inline,)))
        if isinstance(inline, _CLOSED):
            yield start, start + length
        else:
            yield from _closed(child_inlines(inline), start)
        start += length
