"""Conversion of markdown-it block tokens to blocks of the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.outline import Flat, Heading, nest
from publish.model.text import finish, plain_text
from publish.readers.markdown.cells import marked, row_cells
from publish.readers.markdown.inlines import InlineReader, Scope, attrs_of
from publish.readers.markdown.lists import Entry, arranged
from publish.readers.markdown.markers import LIST_STYLES, Chain, ListStyle, Marker
from publish.readers.markdown.positions import InlinePositions, Lines
from publish.readers.markdown.texts import read_text

PAGE_BREAKS = frozenset({"\\newpage", "\\pagebreak", "\\clearpage"})
Align = Literal["", "left", "center", "right"]

_END_ATTRS = re.compile(r"(?:[ \t]+|(?<![\]\s`*_]))\{[^{}]*\}[ \t]*$")
"""Attributes at the end of a heading or caption. Directly after a span, link or code, they belong to that inline."""
_CAPTION = re.compile(r"(Table|Tabel|Tableau|Tabelle|Figure|Figuur|Abbildung)?\s*:\s+")


class BlockReader:
    """Reader of the token stream of one manuscript, from start to end."""

    def __init__(self, scope: Scope, tokens: Sequence[Token], lines: Lines, markers: Chain) -> None:
        self.scope = scope
        self.markers = markers
        """Markers of list items that CommonMark does not support, by line from 0."""
        self.tokens = tokens
        self.lines = lines
        self.at = 0
        self.notes: dict[str, n.Note] = {}
        self.raw_inlines = False
        """Whether line ends are kept in text, for a dialect that needs them."""

    def read(self) -> list[Flat]:
        """Return all blocks, with headings not yet nested; store definitions of notes in `notes`."""
        return self._until("")

    def _until(self, end: str) -> list[Flat]:
        out: list[Flat] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == end:
                break
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                out += self._list(token, self._span(token))
                continue
            block = self._block(token)
            if block is not None:
                out.append(block)
        return out

    def _blocks(self, end: str) -> tuple[n.Block, ...]:
        return captioned(nest(self._until(end), self.scope.source))

    def _span(self, token: Token) -> Span | None:
        return self.lines.block(*token.map) if token.map else None

    def _block(self, token: Token) -> Flat | None:
        span = self._span(token)
        match token.type:
            case "paragraph_open":
                return self._paragraph(token, span)
            case "heading_open":
                return self._heading(token, span)
            case "dl_open":
                return self._definitions(span)
            case "blockquote_open":
                return n.Quote(self._blocks("blockquote_close"), attrs=attrs_of(token), span=span)
            case "table_open":
                return self._table(token, span)
            case "fence" | "code_block":
                language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
                return n.CodeBlock(
                    token.content.removesuffix("\n"), language, attrs=attrs_of(token), span=span
                )
            case "math_block":
                tex = token.content.strip()
                # Two pairs of dollar signs without content are not a formula.
                inline = n.Math(tex, display=True, span=span) if tex else n.Text("$$ $$", span=span)
                return n.Paragraph((inline,), span=span)
            case "hr":
                return n.Rule(span=span)
            case "footnote_reference_open":
                self._note(token, span)
                return None
            case "html_block":
                return self._html(token, span)
            case _:
                return None

    def _inlines(self, after: int = 0) -> tuple[n.Inline, ...]:
        """Read the inlines of the current `inline` token."""
        token = self.tokens[self.at]
        self.at += 1
        positions = InlinePositions(self.lines, token.content, token.map[0], after) if token.map else None
        return InlineReader(self.scope, positions).read(token.children or [])

    def _paragraph(self, token: Token, span: Span | None) -> n.Block:
        inlines = self._inlines()
        self.at += 1
        if len(inlines) == 1 and isinstance(inlines[0], n.Image) and inlines[0].title:
            image = inlines[0]
            paragraph = n.Paragraph((replace(image, title="", id=""),), span=span)
            number = image.span.line if image.span else len(self.notes)
            caption = read_text(image.title, self.scope, self.notes, f"caption-{number}")
            return n.Figure((paragraph,), caption, id=image.id, span=span)
        if plain_text(inlines).strip() in PAGE_BREAKS:
            return n.PageBreak(span=span)
        attrs, identifier = _without_id(attrs_of(token))
        return n.Paragraph(inlines, id=identifier, attrs=attrs, span=span)

    def _heading(self, token: Token, span: Span | None) -> Heading:
        inline = self.tokens[self.at]
        attrs, identifier = _without_id(attrs_of(token))
        end, given = _trailing(inline.content)
        inlines = _cut_end(self._inlines(), end)
        self.at += 1
        identifier, attrs = _added(given, identifier, attrs)
        return Heading(int(token.tag[1]), finish(inlines), identifier, attrs, span)

    def _list(self, token: Token, span: Span | None) -> list[n.List]:
        ordered = token.type == "ordered_list_open"
        close = token.type.replace("open", "close")
        entries: list[Entry] = []
        tight = True
        while (item := self.tokens[self.at]).type != close:
            self.at += 1
            start = self.at
            blocks = self._blocks("list_item_close")
            tight = tight and not any(
                t.type == "paragraph_open" and not t.hidden and t.level == item.level + 1
                for t in self.tokens[start : self.at]
            )
            marker = self.markers.get(item.map[0] if item.map else -1)
            plain = Marker("decimal", ")" if token.markup == ")" else ".", int(item.info or 1))
            listed = n.ListItem(blocks, span=self._span(item))
            entries.append(Entry(marker or plain, listed, counted=marker is None))
        self.at += 1
        attrs, identifier = _without_id(attrs_of(token, "start", "style"))
        if not ordered:
            items = tuple(entry.item for entry in entries)
            return [n.List(items, tight=tight, id=identifier, attrs=attrs, span=span)]
        style = str(token.attrGet("style") or "")
        made = [
            replace(x, attrs=replace(attrs, classes=(*attrs.classes, *x.attrs.classes)))
            for x in arranged(entries, tight=tight)
        ]
        made[0] = replace(made[0], id=identifier, span=span)
        if style in LIST_STYLES:
            return [replace(x, style=cast("ListStyle", style)) if x.style == "decimal" else x for x in made]
        if style:
            known = ", ".join(sorted(LIST_STYLES))
            self.scope.report("PUB-R022", f"Unknown list numbering: '{style}' (known: {known})", span)
        return made

    def _definitions(self, span: Span | None) -> n.DefinitionList:
        entries: list[n.Definition] = []
        while (token := self.tokens[self.at]).type != "dl_close":
            self.at += 1
            if token.type == "dt_open":
                entries.append(n.Definition(finish(self._inlines()), (), span=self._span(token)))
                self.at += 1
            elif token.type == "dd_open":
                last = entries[-1]
                entries[-1] = replace(last, definitions=(*last.definitions, self._blocks("dd_close")))
        self.at += 1
        return n.DefinitionList(tuple(entries), span=span)

    def _table(self, token: Token, span: Span | None) -> n.Table:
        head: list[n.Row] = []
        body: list[n.Row] = []
        columns: list[n.Column] = []
        rows = body
        while (part := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if part.type == "thead_open":
                rows = head
            elif part.type == "tbody_open":
                rows = body
            elif part.type == "tr_open":
                rows.append(self._row(part, columns if not columns else None))
        self.at += 1
        attrs, identifier = _without_id(attrs_of(token))
        return n.Table(tuple(columns), tuple(head), tuple(body), id=identifier, attrs=attrs, span=span)

    def _row(self, token: Token, columns: list[n.Column] | None) -> n.Row:
        cells: list[n.Cell] = []
        after = 0
        while (cell := self.tokens[self.at]).type != "tr_close":
            self.at += 1
            if columns is not None:
                align = str(cell.attrGet("style") or "").removeprefix("text-align:").strip()
                columns.append(n.Column(cast("Align", align)))
            content = self.tokens[self.at].content
            inlines = finish(self._inlines(after))
            span = self._span(cell) or self._span(token)
            after = self._after(token, content, after)
            blocks = (n.Paragraph(inlines, span=span),) if inlines else ()
            cells.append(n.Cell(blocks, attrs=marked(content), span=span))
            self.at += 1
        self.at += 1
        written = row_cells(self.lines.lines[token.map[0]]) if token.map else []
        if len(written) > len(cells):
            message = f"Row has {len(written)} cells, but the table has {len(cells)} columns; the extra cells are left out"
            self.scope.report("PUB-R023", message, self._span(token))
            extra = " ".join(written[len(cells) :])
            self.scope.account.append(AccountEntry("PUB-R023", extra, span=self._span(token)))
        return n.Row(tuple(cells), span=self._span(token))

    def _after(self, row: Token, content: str, after: int) -> int:
        line = self.lines.lines[row.map[0]] if row.map else ""
        found = line.find(content, after)
        return line.find("|", max(found, after) + len(content)) + 1 if found >= 0 else after

    def _note(self, token: Token, span: Span | None) -> None:
        label = str(token.meta["label"])
        blocks = self._blocks("footnote_reference_close")
        if label in self.notes:
            first = self.notes[label].span
            place = f" (first on line {first.line})" if first else ""
            self.scope.report("PUB-N003", f"Note '{label}' is defined twice{place}", span)
            return
        source_label = label if label.isdecimal() else ""
        self.notes[label] = n.Note(blocks, source_label=source_label, span=span)

    def _html(self, token: Token, span: Span | None) -> n.Block | None:
        text = token.content.strip()
        if text.startswith("<!--") and text.endswith("-->"):
            return None
        self.scope.report("PUB-R010", "This HTML is published as literal text", span)
        return n.RawBlock("html", text, span=span)


def _without_id(attrs: n.Attrs) -> tuple[n.Attrs, str]:
    identifier = attrs.get("id")
    if not identifier:
        return attrs, ""
    return n.Attrs(attrs.classes, tuple((k, v) for k, v in attrs.values if k != "id")), identifier


def _trailing(text: str) -> tuple[str, dict[str, str]]:
    """Return the attributes at the end of a text, as source and as values; empty if there are none."""
    trailing = _END_ATTRS.search(text)
    try:
        return (trailing.group(), dict(parse(trailing.group().strip())[1])) if trailing else ("", {})
    except ParseError:
        return "", {}


def _added(given: dict[str, str], identifier: str, attrs: n.Attrs) -> tuple[str, n.Attrs]:
    """Return an id and attributes, with those from the end of a heading or caption added."""
    if not given:
        return identifier, attrs
    classes = tuple(given.get("class", "").split())
    values = tuple((key, value) for key, value in given.items() if key not in {"id", "class"})
    return given.get("id", identifier), n.Attrs((*attrs.classes, *classes), (*attrs.values, *values))


def _cut_end(inlines: tuple[n.Inline, ...], end: str) -> tuple[n.Inline, ...]:
    last = inlines[-1] if inlines else None
    if end and isinstance(last, n.Text) and last.text.endswith(end.rstrip()):
        return (*inlines[:-1], replace(last, text=last.text[: -len(end.rstrip())].rstrip()))
    return inlines


def captioned(blocks: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
    """Convert `Table: …` or `: …` directly before or after a table to its caption, and `Figure: …` to that of an image."""
    out: list[n.Block] = []
    for block in blocks:
        previous = out[-1] if out else None
        caption = _caption(block)
        if caption is not None and isinstance(previous, n.Table) and not previous.caption:
            out[-1] = _with_caption(previous, caption)
        elif caption is not None and isinstance(previous, n.Paragraph) and _is_image(previous):
            out[-1] = _with_caption(n.Figure((previous,), span=previous.span), caption)
        elif isinstance(block, n.Table) and not block.caption and (before := _caption(previous)) is not None:
            out[-1] = _with_caption(block, before)
        elif isinstance(block, n.Section):
            out.append(replace(block, blocks=captioned(block.blocks)))
        else:
            out.append(block)
    return tuple(out)


def _with_caption(block: n.Table | n.Figure, caption: tuple[n.Inline, ...]) -> n.Table | n.Figure:
    """Return a table or figure with its caption, and with the attributes at the end of the caption: `{#id .class}`."""
    last = caption[-1] if caption else None
    end, given = _trailing(last.text) if isinstance(last, n.Text) else ("", {})
    identifier, attrs = _added(given, block.id, block.attrs)
    return replace(block, caption=_cut_end(caption, end), id=identifier, attrs=attrs)


def _is_image(paragraph: n.Paragraph) -> bool:
    return len(paragraph.inlines) == 1 and isinstance(paragraph.inlines[0], n.Image)


def _caption(block: n.Block | None) -> tuple[n.Inline, ...] | None:
    if not isinstance(block, n.Paragraph) or not block.inlines:
        return None
    first = block.inlines[0]
    match = _CAPTION.match(first.text) if isinstance(first, n.Text) else None
    if match is None or not isinstance(first, n.Text):
        return None
    rest = first.text[match.end() :]
    head = (replace(first, text=rest),) if rest else ()
    return finish((*head, *block.inlines[1:]))
