"""Text that was extracted from an official PDF, with notes still at the position where a page ended.

The note calls in such a text are superscript digits. Each note is a separate paragraph that begins with the same
superscript digits, in the middle of the text, where a page of the old print ended:

    … getroffen door misdrijf?»<sup>1</sup> en het rapport …

    <sup>1</sup> Nos.nl: 7 december 2021.

Each such paragraph is removed from the text and becomes a note; the matching superscript digits become calls.
Superscript digits without a matching paragraph do not change. A sentence that a page end splits becomes one paragraph
again, with a diagnostic. The text is not corrected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.outline import Flat, Heading
from publish.model.text import plain_text
from publish.model.walk import change_blocks, change_inlines, nodes_in

_LABEL = re.compile(r"\s*(\d{1,4}|[*†‡§]{1,4}|[a-z])\s*[).]?\s*")
_SEVERAL = re.compile(r"\s*[,;]\s*|\s+en\s+")
_UNIT = re.compile(
    r"(?:(?:^|[^\w])(?:[kcdmhµ]?m|ha|[kc]?g|s|[a-zA-Z]|CO|NO|SO|PM|\d[\d.,]*\s?[kcdm]?m?)|\))$"
)
"""Text before a superscript digit that may be an exponent: a unit, a number, a letter of a formula, a bracket."""


class Lifted(Struct, frozen=True):
    """The text without its note paragraphs, and the notes."""

    blocks: tuple[Flat, ...]
    notes: dict[str, n.Note]
    diagnostics: tuple[Diagnostic, ...] = ()


class _Definition(Struct):
    """A note paragraph that was found, and its position: before the block with this index."""

    label: str
    index: int
    note: n.Note
    paragraph: n.Paragraph
    """The paragraph as it was in the text."""
    key: str = ""


def lift_notes(flat: Sequence[Flat], notes: dict[str, n.Note], source: str = "") -> Lifted:
    """Convert note paragraphs in extracted text to notes with calls; do not change other text."""
    flat = _without_brackets(flat)
    called = _labels_called(flat)
    definitions: list[_Definition] = []
    rest: list[Flat] = []
    for block in flat:
        found, left = _definitions_in(block, called, len(rest))
        definitions += found
        if left is not None:
            rest.append(left)
    if not definitions:
        return Lifted(tuple(flat), notes, tuple(_unlifted(flat, source)))
    _name(definitions, notes)
    calls = _Calls(definitions)
    out = calls.run(rest)
    left_over = [d for d in definitions if d.key not in calls.answered]
    joined = _join(out, definitions, left_over)
    added = {d.key: d.note for d in definitions if d.key in calls.answered}
    reports = [
        make(
            "PUB-R020", "Paragraph continues after the notes of a source page", span=block.span, source=source
        )
        for block in reversed(joined)
    ]
    return Lifted(tuple(out), {**notes, **added}, (*reports, *_unlifted(out, source)))


def _without_brackets(flat: Sequence[Flat]) -> Sequence[Flat]:
    """Remove the brackets around labels with which a paragraph also begins, as in the Official Journal: `(¹)`."""
    labels = {
        _label(block.inlines[1])
        for block in flat
        if isinstance(block, n.Paragraph)
        and _in_brackets(block.inlines, 1)
        and plain_text(block.inlines[:1]).strip() == "("
    }
    if not labels:
        return flat
    return [_bare(block, labels) if isinstance(block, n.Paragraph) else block for block in flat]


def _in_brackets(inlines: tuple[n.Inline, ...], at: int) -> bool:
    """Return whether a superscript label has a bracket directly before and after it."""
    around = inlines[at - 1 : at + 2] if at else ()
    if len(around) < 3 or not _label(around[1]):
        return False
    before, after = around[0], around[2]
    return (
        isinstance(before, n.Text)
        and isinstance(after, n.Text)
        and before.text.endswith("(")
        and after.text.startswith(")")
    )


def _bare(paragraph: n.Paragraph, labels: set[str]) -> n.Paragraph:
    inlines = list(paragraph.inlines)
    for at in range(1, len(inlines)):
        before, after = inlines[at - 1], inlines[min(at + 1, len(inlines) - 1)]
        if (
            _in_brackets(tuple(inlines), at)
            and _label(inlines[at]) in labels
            and isinstance(before, n.Text)
            and isinstance(after, n.Text)
        ):
            inlines[at - 1] = replace(before, text=before.text[:-1].rstrip(" "))
            inlines[at + 1] = replace(after, text=after.text[1:])
    kept = tuple(x for x in inlines if not isinstance(x, n.Text) or x.text)
    return replace(paragraph, inlines=kept)


def _join(
    blocks: list[Flat], definitions: Sequence[_Definition], left_over: Sequence[_Definition]
) -> list[n.Paragraph]:
    """Close, in place, the gaps that removed notes leave; return the second half of each split paragraph.

    Put back a paragraph that looked like a note but has no call.
    """
    joined: list[n.Paragraph] = []
    for place in sorted({d.index for d in definitions}, reverse=True):
        back = [d.paragraph for d in left_over if d.index == place]
        before, after = (blocks[k] if 0 <= k < len(blocks) else None for k in (place - 1, place))
        if back:
            blocks[place:place] = back
        elif isinstance(before, n.Paragraph) and isinstance(after, n.Paragraph) and _runs_on(before, after):
            inlines = (*before.inlines, n.Text(" "), *after.inlines)
            blocks[place - 1 : place + 1] = [replace(before, inlines=inlines)]
            joined.append(after)
    return joined


def _unlifted(blocks: Sequence[Flat], source: str) -> list[Diagnostic]:
    """Return diagnostics for lines that begin with a superscript label, like notes, and remained in the text."""
    found: list[Diagnostic] = []
    for block in blocks:
        nested = nodes_in((block,)) if not isinstance(block, Heading) else ()
        for paragraph in (p for p in nested if isinstance(p, n.Paragraph)):
            for line in _lines(paragraph.inlines):
                label = _label(line[0]) if line else ""
                if label and label.isdecimal():
                    message = f"Line begins with superscript '{label}' like a note, but nothing calls it"
                    found.append(
                        make("PUB-N010", message, span=line[0].span or paragraph.span, source=source)
                    )
    return found


def _runs_on(before: n.Paragraph, after: n.Paragraph) -> bool:
    """Return whether a sentence is interrupted by the end of an old page and continues after it."""
    first, second = plain_text(before.inlines).rstrip(), plain_text(after.inlines).lstrip()
    return (
        bool(first and second)
        and (first[-1].isalnum() or first[-1] == ",")
        and (second[0].islower() or second[0] in "(«")
    )


def _labels_called(flat: Sequence[Flat]) -> set[str]:
    """Return labels that are superscript somewhere other than at the beginning of a line of a paragraph."""
    labels: set[str] = set()

    def look(inline: n.Inline) -> n.Inline:
        labels.update(_all_labels(inline))
        return inline

    for block in flat:
        if isinstance(block, Heading):
            change_inlines(block.title, look)
        elif isinstance(block, n.Paragraph):
            for line in _lines(block.inlines):
                change_inlines(line[1:] if _opens(line) else line, look)
        else:
            change_blocks((block,), look)
    return labels


def _label(inline: n.Inline) -> str:
    """Return the label of a superscript text; empty if the text is not exactly one label."""
    labels = _all_labels(inline)
    return labels[0] if len(labels) == 1 else ""


def _all_labels(inline: n.Inline) -> list[str]:
    """Return the labels of one superscript text: `3`, or `3, 4`."""
    if not isinstance(inline, n.Superscript):
        return []
    parts = [_LABEL.fullmatch(part) for part in _SEVERAL.split(plain_text(inline.inlines))]
    return [part[1] for part in parts if part] if all(parts) else []


def _opens(line: tuple[n.Inline, ...]) -> str:
    """Return the label at the beginning of a line, if text follows it; otherwise empty."""
    label = _label(line[0]) if line else ""
    return label if label and plain_text(line[1:]).strip() else ""


def _lines(inlines: tuple[n.Inline, ...]) -> list[tuple[n.Inline, ...]]:
    """Split the inlines of a paragraph into the lines of the source; each line keeps its line end."""
    lines: list[tuple[n.Inline, ...]] = []
    line: list[n.Inline] = []
    for inline in inlines:
        line.append(inline)
        if isinstance(inline, n.Text) and inline.text == "\n":
            lines.append(tuple(line))
            line = []
    return [*lines, tuple(line)] if line else lines


def _definitions_in(block: Flat, called: set[str], index: int) -> tuple[list[_Definition], Flat | None]:
    if not isinstance(block, n.Paragraph):
        return [], block
    lines = _lines(block.inlines)
    if len(lines) > 1 and _label(lines[0][0]) and not plain_text(lines[0][1:]).strip():
        lines[:2] = [(*lines[0], *lines[1])]  # the label is on a separate line
    label = _opens(lines[0]) if lines else ""
    if label not in called or not label:
        return [], block
    groups: list[tuple[str, list[tuple[n.Inline, ...]]]] = []
    for line in lines:
        begins = _opens(line)
        if begins and begins in called:
            groups.append((begins, []))
        groups[-1][1].append(line)
    return [_definition(label, parts, index, block) for label, parts in groups], None


def _definition(label: str, parts: list[tuple[n.Inline, ...]], index: int, block: n.Paragraph) -> _Definition:
    inlines = tuple(inline for part in parts for inline in part)
    opening = inlines[0]
    text = _strip_start(inlines[1:])
    paragraph = n.Paragraph(text, attrs=block.attrs, span=block.span)
    note = n.Note((paragraph,), source_label=label, span=opening.span or block.span)
    whole = n.Paragraph(inlines, attrs=block.attrs, span=block.span)
    return _Definition(label, index, note, whole)


def _strip_start(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    first = inlines[0] if inlines else None
    if isinstance(first, n.Text):
        text = first.text.lstrip()
        return (replace(first, text=text), *inlines[1:]) if text else _strip_start(inlines[1:])
    return inlines


def _name(definitions: list[_Definition], notes: dict[str, n.Note]) -> None:
    """Give each note an id: its label, with a suffix if the label is repeated (numbers that restart on each page)."""
    taken = set(notes)
    for definition in definitions:
        key, count = definition.label, 1
        while key in taken:
            count += 1
            key = f"{definition.label}.{count}"
        definition.key = key
        taken.add(key)


def _call(block: Flat, calls: _Calls) -> Flat:
    if isinstance(block, Heading):
        return Heading(
            block.level, change_inlines(block.title, calls.change), block.id, block.attrs, block.span
        )
    return change_blocks((block,), calls.change, calls.end_block)[0]


class _Calls:
    """Converter of superscript labels to calls, block by block.

    An exponent (`m²`) looks like a call of note 2. It is read as a call only if that note has no other call.
    """

    def __init__(self, definitions: list[_Definition]) -> None:
        self.by_label: dict[str, list[_Definition]] = {}
        for definition in definitions:
            self.by_label.setdefault(definition.label, []).append(definition)
        self.answered: set[str] = set()
        self.sure_only = True
        self.index = 0
        self.earlier = ""
        self.last = ""

    def run(self, blocks: Sequence[Flat]) -> list[Flat]:
        """Return all blocks with their calls, in two passes: first find the notes with a certain call, then add other calls."""
        self._pass(blocks)
        self.sure_only = False
        return self._pass(blocks)

    def _pass(self, blocks: Sequence[Flat]) -> list[Flat]:
        out: list[Flat] = []
        for index, block in enumerate(blocks):
            self.index, self.earlier, self.last = index, "", ""
            out.append(_call(block, self))
        return out

    def change(self, inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
        if isinstance(inline, n.Text | n.InlineCode):
            self.earlier, self.last = self.last, inline.text
        labels = _all_labels(inline)
        answers = [self._answer(label) for label in labels]
        if not labels or None in answers:
            return inline
        calls: list[n.Inline] = []
        for label, definition in zip(labels, answers, strict=True):
            assert definition is not None, "Every label must have an answer"
            if self._may_be_exponent(label, definition) and len(labels) == 1:
                return inline
            self.answered.add(definition.key)
            attrs = n.Attrs(values=(("literal", label),))
            comma = (n.Superscript((n.Text(", "),)),) if calls else ()
            calls += (*comma, n.NoteRef(definition.key, attrs=attrs, span=inline.span))
        return tuple(calls) if len(calls) > 1 else calls[0]

    def _may_be_exponent(self, label: str, definition: _Definition) -> bool:
        # The text in the superscript was visited before the superscript itself, so `earlier` is the text before it.
        looks_so = label.isdecimal() and _UNIT.search(self.earlier) is not None
        return looks_so and (self.sure_only or definition.key in self.answered)

    def end_block(self, block: n.Block) -> n.Block:
        self.earlier = self.last = ""
        return block

    def _answer(self, label: str) -> _Definition | None:
        """Return the first note with this label after the call; if numbers restart, it is the note of the same page."""
        same = self.by_label.get(label, [])
        return next((d for d in same if d.index > self.index), same[-1] if same else None)
