"""Convert the document model to a pandoc tree (pandoc-types 1.23).

pandoc numbers notes itself and gives each one a new number. If the result equals the labels from `publish.resolve`, the tree
contains native notes of pandoc. Otherwise (a note with two calls, letters, numbers that restart), calls and notes are text
with those labels, and with links in both directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, assert_never

from publish.markup import escape
from publish.model import nodes as n
from publish.model.grid import slots, width
from publish.resolve.numbered import NumberedDocument, NumberedNote

API_VERSION = [1, 23, 1]

Json = Any

STYLED: dict[type[n.StyledInline], str] = {
    n.Emphasis: "Emph",
    n.Strong: "Strong",
    n.SmallCaps: "SmallCaps",
    n.Superscript: "Superscript",
    n.Subscript: "Subscript",
    n.Underline: "Underline",
    n.Strikethrough: "Strikeout",
    n.InlineQuote: "",
}
"""pandoc's name for each styled inline; empty for an inline that becomes a span with its attributes."""
_LIST_STYLES = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
_DELIMITERS = {".": "Period", ")": "OneParen", "()": "TwoParens"}
_ALIGN = {"": "AlignDefault", "left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
_DEFINITIONS = re.compile(
    r"\^\^|\\(?:(?:re)?new|provide)(?:command|environment)|\\DeclareMathOperator|\\[gex]?def|\\let"
)
"""What a TeX program can use to run other commands than pandoc sees: characters by their codes, and definitions."""

COMMANDS: dict[str, tuple[re.Pattern[str], str, str]] = {
    "rst": (re.compile(r"\.\.(?= )"), "\\", ""),
    "org": (re.compile(r"\b(?:src_|call_)|#\+"), "", "@@x:@@"),
    "mediawiki": (re.compile(r"\{\{+|\}\}+|\[\[+"), "<nowiki>", "</nowiki>"),
}
"""What starts a command in a format, and pandoc does not escape: a directive, source code, a template. With the markup that
makes it text, before and after it."""

UNESCAPED = frozenset({"docbook5", "jats"})
"""Formats in which pandoc takes the alternative text of an image for markup."""

_NOTHING: Json = ["", [], []]


class Tree:
    """Builds the tree of one document."""

    def __init__(self, numbered: NumberedDocument, images: dict[str, str], form: str = "") -> None:
        self.numbered = numbered
        self.form = form
        """pandoc's name of the format."""
        self.images = images
        """File name of each image, by its key."""
        self.native = counts_alike(numbered)

    def document(self) -> Json:
        """Return the whole document."""
        document = self.numbered.document
        meta: dict[str, Json] = {}
        if document.title:
            meta["title"] = {"t": "MetaInlines", "c": self.inlines(document.title)}
        if document.metadata.subtitle:
            meta["subtitle"] = {"t": "MetaString", "c": document.metadata.subtitle}
        if document.metadata.language:
            meta["lang"] = {"t": "MetaString", "c": document.metadata.language}
        blocks = self.blocks((*document.front, *document.blocks), 1)
        if not self.native:
            blocks += [block for note in self.numbered.notes.values() for block in self._at_end(note)]
        return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}

    # Blocks

    def blocks(self, blocks: Iterable[n.Block], level: int) -> list[Json]:
        """Return the blocks; the headings of sections among them have this level."""
        return [made for block in blocks for made in self._block(block, level)]

    def _block(self, block: n.Block, level: int) -> list[Json]:
        match block:
            case n.Paragraph():
                return self._marked(block.id, [{"t": "Para", "c": self.inlines(block.inlines)}])
            case n.Section():
                inside = self.blocks(block.blocks, level + 1 if block.title else level)
                if not block.title:
                    return inside
                head = {"t": "Header", "c": [min(level, 6), [block.id, [], []], self.inlines(block.title)]}
                return [head, *inside]
            case n.List():
                return self._marked(block.id, [self._list(block, level)])
            case n.DefinitionList():
                entries = [
                    [self.inlines(e.term), [self.blocks(d, level) for d in e.definitions]]
                    for e in block.items
                ]
                return [{"t": "DefinitionList", "c": entries}]
            case n.Quote():
                return [{"t": "BlockQuote", "c": self.blocks(block.blocks, level)}]
            case n.Table():
                return [self._table(block, level)]
            case n.Figure():
                caption = [None, [{"t": "Plain", "c": self.inlines(block.caption)}] if block.caption else []]
                return [{"t": "Figure", "c": [[block.id, [], []], caption, self.blocks(block.blocks, level)]}]
            case n.CodeBlock() | n.RawBlock():
                return [{"t": "CodeBlock", "c": [_NOTHING, block.text]}]
            case n.Rule():
                return [{"t": "HorizontalRule"}]
            case n.PageBreak():
                return []
            case _:
                assert_never(block)

    def _marked(self, identifier: str, blocks: list[Json]) -> list[Json]:
        return [{"t": "Div", "c": [[identifier, [], []], blocks]}] if identifier else blocks

    def _list(self, block: n.List, level: int) -> Json:
        items = [self.blocks(item.blocks, level) for item in block.items]
        if block.tight:
            items = [[b | {"t": "Plain"} if b["t"] == "Para" else b for b in item] for item in items]
        if not block.ordered:
            return {"t": "BulletList", "c": items}
        style = [block.start, {"t": _LIST_STYLES[block.style]}, {"t": _DELIMITERS[block.delimiter]}]
        return {"t": "OrderedList", "c": [style, items]}

    def _table(self, block: n.Table, level: int) -> Json:
        rows = (*block.head, *block.body, *block.foot)
        count = max(width(slots(rows)), len(block.columns), 1)
        aligns = [c.align for c in block.columns] + [""] * (count - len(block.columns))
        columns = [[{"t": _ALIGN[a]}, {"t": "ColWidthDefault"}] for a in aligns]
        caption = [None, [{"t": "Plain", "c": self.inlines(block.caption)}] if block.caption else []]
        head, body, foot = (
            [self._row(row, level) for row in part] for part in (block.head, block.body, block.foot)
        )
        bodies = [[_NOTHING, 0, [], body]]
        return {
            "t": "Table",
            "c": [[block.id, [], []], caption, columns, [_NOTHING, head], bodies, [_NOTHING, foot]],
        }

    def _row(self, row: n.Row, level: int) -> Json:
        cells = [
            [_NOTHING, {"t": "AlignDefault"}, cell.rows, cell.columns, self.blocks(cell.blocks, level)]
            for cell in row.cells
        ]
        return [_NOTHING, cells]

    # Inlines

    def _span(self, inline: n.TextSpan | n.StyledInline) -> list[Json]:
        attr = [inline.id, list(inline.attrs.classes), []]
        inside = self.inlines(inline.inlines)
        return [{"t": "Span", "c": [attr, inside]}] if inline.id or inline.attrs.classes else inside

    def inlines(self, inlines: Iterable[n.Inline]) -> list[Json]:
        """Return the inlines."""
        return [made for inline in inlines for made in self._inline(inline)]

    def _inline(self, inline: n.Inline) -> list[Json]:
        if isinstance(inline, n.StyledInline):
            name = STYLED[type(inline)]
            return [{"t": name, "c": self.inlines(inline.inlines)}] if name else self._span(inline)
        match inline:
            case n.Text():
                return self._text(inline.text)
            case n.TextSpan():
                return self._span(inline)
            case n.Link():
                return [_link(self.inlines(inline.inlines), inline.href, inline.title)]
            case n.Citation():
                inside = self.inlines(inline.inlines)
                return [_link(inside, inline.href)] if inline.href else inside
            case n.CrossReference():
                return [_link(self.inlines(inline.inlines), f"#{inline.target}")]
            case n.InlineCode() | n.RawInline():
                return [{"t": "Code", "c": [_NOTHING, _in_one_line(inline.text)]}]
            case n.Math():
                return [self._formula(inline)]
            case n.Image():
                target = [self.images[inline.source], inline.title]
                size = [[name, given] for name in ("width", "height") if (given := getattr(inline, name))]
                # pandoc writes the alternative text of these formats without escaping it.
                alt = escape(inline.alt) if self.form in UNESCAPED else inline.alt
                return [{"t": "Image", "c": [[inline.id, [], size], self._text(alt), target]}]
            case n.LineBreak():
                return [{"t": "LineBreak"}]
            case n.NoteRef():
                return self._call(inline)
            case n.NoteCrossReference():
                return _words(inline.text)
            case n.PageMark():
                return []
            case _:
                assert_never(inline)

    def _text(self, text: str) -> list[Json]:
        """Return text; what the format would take for a command, and pandoc does not escape, is marked as text."""
        rule = COMMANDS.get(self.form)
        if rule is None:
            return _words(text)
        pattern, before, after = rule
        out: list[Json] = []
        at = 0
        for match in pattern.finditer(text):
            out += _words(text[at : match.start()])
            out += [{"t": "RawInline", "c": [self.form, before]}] if before else []
            out += _words(match[0])
            out += [{"t": "RawInline", "c": [self.form, after]}] if after else []
            at = match.end()
        return [*out, *_words(text[at:])]

    def _formula(self, math: n.Math) -> Json:
        """Return a formula; one that is published as TeX is code, so that a TeX program does not run its commands."""
        if self.numbered.formula(math) is None or _DEFINITIONS.search(math.text):
            return {"t": "Code", "c": [_NOTHING, _in_one_line(math.text)]}
        return {
            "t": "Math",
            "c": [{"t": "DisplayMath" if math.display else "InlineMath"}, math.text],
        }

    # Notes

    def _call(self, ref: n.NoteRef) -> list[Json]:
        call = self.numbered.call(ref)
        note = self.numbered.notes[call.note]
        if self.native:
            return [{"t": "Note", "c": self.blocks(note.blocks, 1) or [{"t": "Para", "c": []}]}]
        separator = [{"t": "Superscript", "c": _words(", ")}] if call.adjacent else []
        mark = _link(_words(call.label), f"#{note.anchor}")
        return [*separator, {"t": "Superscript", "c": [{"t": "Span", "c": [[call.anchor, [], []], [mark]]}]}]

    def _at_end(self, note: NumberedNote) -> list[Json]:
        blocks = self.blocks(note.blocks, 6)
        back = _link(_words(note.label), f"#{note.calls[0]}")
        head = [{"t": "Superscript", "c": [back]}, {"t": "Space"}]
        if blocks and blocks[0]["t"] == "Para":
            blocks[0] = {"t": "Para", "c": [*head, *blocks[0]["c"]]}
        else:
            blocks.insert(0, {"t": "Para", "c": head})
        return [{"t": "Div", "c": [[note.anchor, ["note"], []], blocks]}]


def counts_alike(numbered: NumberedDocument) -> bool:
    """Return whether pandoc, which numbers all notes in one series from 1, would give every note its current label."""
    return all(
        note.label == str(place) and len(note.calls) == 1 and not note.parent and note.kind == "foot"
        for place, note in enumerate(numbered.notes.values(), start=1)
    )


def _words(text: str) -> list[Json]:
    """Return a text as pandoc represents it: words and spaces."""
    out: list[Json] = []
    word = ""
    for character in text:
        if character != " ":
            word += character
            continue
        if word:
            out.append({"t": "Str", "c": word})
            word = ""
        out.append({"t": "Space"})
    return [*out, {"t": "Str", "c": word}] if word else out


def _link(inlines: list[Json], href: str, title: str = "") -> Json:
    return {"t": "Link", "c": [_NOTHING, inlines, [href, title]]}


def _in_one_line(text: str) -> str:
    """Return code in one line: in some formats, a line of it could begin a command."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
