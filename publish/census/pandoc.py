"""Census of formats that are read through pandoc: the tree of pandoc is the source, and what pandoc loses is not counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from publish.census.collector import Collector
from publish.census.numbers import item_number
from publish.census.types import ALL, BULLET, Census, SourceFile, SourceImage
from publish.pandoc import run_pandoc

Json = Any

SECONDS = 60
WRAPPERS = frozenset({"Emph", "Strong", "SmallCaps", "Superscript", "Subscript", "Underline", "Strikeout"})
_SCHEMES = ("http:", "https:", "mailto:", "ftp:", "tel:")
_FORMS = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}
_AROUND = {"OneParen": "{})", "TwoParens": "({})"}


def take(source: SourceFile) -> Census:
    """Count the text of the tree that pandoc makes of a file.

    Raises:
        PublishError: PUB-C004, if pandoc is missing.
        subprocess.SubprocessError: if pandoc cannot read the file.
    """
    data = source.data
    if source.pandoc_format == "rtf":
        # LibreOffice marks notes as ignorable (RTF 1.9.1, destinations).
        data = data.replace(b"{\\*\\footnote", b"{\\footnote")
    elif source.pandoc_format == "latex":
        # Pandoc skips these notes; their order is that of their texts.
        data = re.sub(rb"\\(?:footnotetext(?:\[[^\]]*\])?|endnote)(?=\s*\{)", rb"\\footnote", data)
    done = run_pandoc(["-f", source.pandoc_format, "-t", "json", "--sandbox"], data, SECONDS)
    tree = json.loads(done.stdout)
    counter = _Counter()
    for name in ("title", "abstract"):
        counter.meta(tree["meta"].get(name))
    possible = [" ".join(_strings(tree["meta"]))]
    counter.blocks(tree["blocks"])
    return counter.out.census("pandoc", ALL, f"tree of pandoc ({source.pandoc_format})", tuple(possible))


class _Counter:
    def __init__(self) -> None:
        self.out = Collector()

    def meta(self, value: Json) -> None:
        """Count a title or abstract."""
        if not isinstance(value, dict):
            return
        if value["t"] == "MetaInlines":
            self._passage(value["c"])
        elif value["t"] == "MetaString":
            self.out.words.append(value["c"])
            self.out.end()
        elif value["t"] == "MetaBlocks":
            self.blocks(value["c"])

    def blocks(self, blocks: Json) -> None:
        """Count blocks."""
        for block in blocks:
            self._block(block["t"], block.get("c"))

    def _passage(self, inlines: Json) -> None:
        self._inlines(inlines)
        self.out.end()

    def _block(self, kind: str, c: Json) -> None:
        match kind:
            case "Para" | "Plain":
                self._passage(c)
            case "Header":
                self.out.heading = True
                self._passage(c[2])
                self.out.heading = False
            case "BulletList":
                self._items((BULLET for _ in c), c)
            case "OrderedList":
                self._items(_labels(c[0], len(c[1])), c[1])
            case "DefinitionList":
                for term, definitions in c:
                    self._passage(term)
                    for definition in definitions:
                        self.blocks(definition)
            case "BlockQuote":
                self.blocks(c)
            case "CodeBlock" | "RawBlock":
                self.out.words.append(c[1])
                self.out.end()
            case "LineBlock":
                for line in c:
                    self._passage(line)
            case "Table":
                self._table(c)
            case "Figure":
                self.blocks(c[2])
                self.blocks(c[1][1])
            case "Div":
                self.blocks(c[1])
            case _:
                self.out.words += _strings(c)
                self.out.end()

    def _items(self, labels: Iterator[str], items: Json) -> None:
        for label, item in zip(labels, items, strict=True):
            self.out.end_item()
            self.out.label = label
            self.blocks(item)
            self.out.end_item()

    def _table(self, c: Json) -> None:
        _, caption, columns, head, bodies, foot = c
        self.blocks(caption[1])
        rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
        begun = self.out.begin_table()
        shown = 0
        for index, row in enumerate(rows):
            for cell in row[1]:
                self.blocks(cell[4])
            shown += index >= len(head[1]) or any(cell[4] for cell in row[1])
        self.out.end_table(begun, shown, len(columns))

    def _inlines(self, inlines: Json) -> None:
        for inline in inlines:
            self._inline(inline["t"], inline.get("c"))

    def _inline(self, kind: str, c: Json) -> None:
        match kind:
            case "Str":
                self.out.words.append(c)
            case "Space" | "SoftBreak" | "LineBreak" | "Math":
                self.out.words.append(" ")
            case "Code" | "RawInline":
                self.out.words.append(c[1])
            case "Quoted" | "Cite" | "Span":
                self._inlines(c[1])
            case "Link":
                if c[2][0].startswith(_SCHEMES) and c[1]:
                    self.out.links.append(c[2][0])
                self._inlines(c[1])
            case "Image":
                self.out.words.append(" ")
                self.out.images.append(SourceImage("", c[2][0]))
            case "Note":
                aside = self.out.begin_note()
                key = str(len(self.out.notes))
                self.blocks(c)
                self.out.end_note(key, "", aside)
            case _ if kind in WRAPPERS:
                self._inlines(c)
            case _:
                self.out.words += _strings(c)


def _labels(attributes: Json, count: int) -> Iterator[str]:
    start, style, delimiter = attributes
    around = _AROUND.get(delimiter["t"], "{}.")
    for number in range(start, start + count):
        text = item_number(number, _FORMS.get(style["t"], ""))
        yield around.format(text)


def _strings(tree: Json) -> list[str]:
    if isinstance(tree, dict):
        if tree.get("t") in {"Str", "MetaString"}:
            return [str(tree["c"])]
        return _strings(tree["c"]) if "c" in tree else [x for value in tree.values() for x in _strings(value)]
    return [x for item in tree for x in _strings(item)] if isinstance(tree, list) else []
