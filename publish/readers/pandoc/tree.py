"""Convert the JSON tree of pandoc to a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry, Kind
from publish.model.lengths import length, of_css
from publish.model.metadata import Agent, Metadata
from publish.model.outline import Flat, Heading, nest
from publish.model.policy import MARKED, NotePolicy, Series
from publish.model.text import merge_text, plain_text, without_start
from publish.model.walk import change_document, nodes_in
from publish.readers.addresses import is_address
from publish.readers.archives import Archive
from publish.readers.base import ReadResult, Source
from publish.readers.images import ImageLoader
from publish.readers.pandoc.options import PandocOptions

Json = Any

STYLED: dict[str, Callable[[tuple[n.Inline, ...]], n.Inline]] = {
    "Emph": n.Emphasis,
    "Strong": n.Strong,
    "SmallCaps": n.SmallCaps,
    "Superscript": n.Superscript,
    "Subscript": n.Subscript,
    "Underline": n.Underline,
    "Strikeout": n.Strikethrough,
}
_LISTS = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}
_DELIMITERS = {"OneParen": ")", "TwoParens": "()"}
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}

CALL_CLASS, PAGE_CLASS, REFERENCE_CLASS = "publish-note", "publish-page", "publish-note-reference"
"""Classes of spans that `publish.readers.web` inserts for calls, page marks and references to notes."""


class TreeReader:
    """Reader of the pandoc tree of one source."""

    def __init__(self, source: Source, archive: Archive | None = None) -> None:
        self.source = source
        self.merge_identical_notes = source.options_as(PandocOptions).merge_identical_notes
        self.images = ImageLoader(source.folder, source.name)
        self.notes: dict[str, n.Note] = {}
        self.found: list[Diagnostic] = []
        self.archive = archive
        self.note_blocks: dict[str, Json] = {}
        """Notes that were extracted before pandoc read the text, by the keys in the spans of their calls."""
        self.note_labels: dict[str, str] = {}
        self.note_series: dict[str, str] = {}

    def document(self, tree: Json) -> ReadResult:
        """Convert a tree to a document."""
        meta = tree["meta"]
        title = self._meta_inlines(meta.get("title"))
        front = (
            self.blocks(meta["abstract"]["c"]) if meta.get("abstract", {}).get("t") == "MetaBlocks" else ()
        )
        blocks = nest(self.flat(tree["blocks"]), self.source.name, self.found)
        message = "Read through pandoc: no line numbers"
        if not self.note_blocks:
            message += ", and a note called twice becomes two notes"
        same = _identical(self.notes)
        if same and self.merge_identical_notes:
            message = f"Read through pandoc: no line numbers; {len(same)} notes with the same text as another note are merged with it"
        elif same:
            message += f"; {len(same)} notes have the same text as another note (`--merge-identical-notes` merges them)"
        self.found.append(make("PUB-R016", message, source=self.source.name))
        language = plain_text(self._meta_inlines(meta.get("lang")))
        authors = meta.get("author", {})
        listed = authors.get("c", []) if authors.get("t") == "MetaList" else [authors] if authors else []
        names = [plain_text(self._meta_inlines(a)) for a in listed]
        metadata = Metadata(
            title=plain_text(title),
            language=language,
            agents=tuple(Agent("author", name) for name in names if name),
        )
        marked = any(note.series == MARKED for note in self.notes.values())
        document = n.Document(
            metadata,
            blocks,
            title=title,
            front=front,
            notes=self.notes,
            note_policy=NotePolicy(series={MARKED: Series(source_labels="keep")}) if marked else NotePolicy(),
            resources=self.images.loaded,
            source=self.source.name,
        )
        account: list[AccountEntry] = []
        if same and self.merge_identical_notes:
            kinds: tuple[Kind, ...] = ("words", "note")
            account = [
                AccountEntry("PUB-R016", _words_of(self.notes[key].blocks), kind)
                for key in same
                for kind in kinds
            ]
            document = _merged(document, same)
        return ReadResult(document, (*self.found, *self.images.diagnostics), tuple(account))

    def _meta_inlines(self, value: Json) -> tuple[n.Inline, ...]:
        if not isinstance(value, dict):
            return ()
        if value["t"] == "MetaInlines":
            return self.inlines(value["c"])
        return (n.Text(value["c"]),) if value["t"] == "MetaString" else ()

    # Blocks

    def blocks(self, blocks: Json) -> tuple[n.Block, ...]:
        """Convert blocks, with headings as sections."""
        return nest(self.flat(blocks))

    def flat(self, blocks: Json) -> list[Flat]:
        """Convert blocks to a flat list that includes the headings."""
        out: list[Flat] = []
        for block in blocks:
            out += self._block(block["t"], block.get("c"))
        return out

    def _block(self, kind: str, c: Json) -> list[Flat]:
        match kind:
            case "Para" | "Plain":
                return [n.Paragraph(self.inlines(c))]
            case "Header":
                identifier, attrs = _attrs(c[1])
                return [Heading(c[0], self.inlines(c[2]), identifier, attrs)]
            case "BulletList":
                return [n.List(tuple(n.ListItem(self.blocks(i)) for i in c), tight=_tight(c))]
            case "OrderedList":
                return [self._numbered(c)]
            case "DefinitionList":
                entries = (n.Definition(self.inlines(t), tuple(self.blocks(d) for d in ds)) for t, ds in c)
                return [n.DefinitionList(tuple(entries))]
            case "BlockQuote":
                return [n.Quote(self.blocks(c))]
            case "CodeBlock":
                return [n.CodeBlock(c[1], c[0][1][0] if c[0][1] else "")]
            case "LineBlock":
                lines = [self.inlines(line) for line in c]
                joined = [x for line in lines for x in (*line, n.LineBreak())][:-1]
                return [n.Paragraph(tuple(joined))]
            case "HorizontalRule":
                return [n.Rule()]
            case "Table":
                return [self._table(c)]
            case "Figure":
                caption = tuple(x for b in c[1][1] for x in self.inlines(b.get("c", [])))
                return [n.Figure(self.blocks(c[2]), caption, id=c[0][0])]
            case "Div":
                return _named(self.flat(c[1]), c[0][0])
            case "RawBlock":
                self.found.append(
                    make("PUB-R010", f"This {c[0]} is published as literal text", source=self.source.name)
                )
                return [n.RawBlock(c[0], c[1])]
            case "Null":
                return []
            case _:
                self._unknown(kind, c)
                return [n.RawBlock("pandoc", text)] if (text := _strings(c)) else []

    def _unknown(self, kind: str, c: Json) -> None:
        message = f"Unknown pandoc element '{kind}'; its text is kept: '{_strings(c)[:40]}'"
        self.found.append(make("PUB-R034", message, source=self.source.name))

    def _numbered(self, c: Json) -> n.List:
        (start, style, delimiter), items = c
        return n.List(
            tuple(n.ListItem(self.blocks(item)) for item in items),
            ordered=True,
            start=start,
            style=_LISTS.get(style["t"], "decimal"),  # type: ignore[arg-type]
            delimiter=_DELIMITERS.get(delimiter["t"], "."),  # type: ignore[arg-type]
            tight=_tight(items),
        )

    def _table(self, c: Json) -> n.Table:
        attr, caption, columns, head, bodies, foot = c
        specs = (
            n.Column(_ALIGN.get(a["t"], ""), w["c"] if w["t"] == "ColWidth" else 0.0)  # type: ignore[arg-type]
            for a, w in columns
        )
        inlines = tuple(x for b in caption[1] for x in self.inlines(b.get("c", [])))
        body = tuple(self._row(r) for b in bodies for r in (*b[2], *b[3]))
        head_rows, foot_rows = (tuple(self._row(r) for r in part[1]) for part in (head, foot))
        head_rows = tuple(r for r in head_rows if any(cell.blocks for cell in r.cells))
        return n.Table(tuple(specs), head_rows, body, foot_rows, inlines, id=attr[0])

    def _row(self, row: Json) -> n.Row:
        return n.Row(
            tuple(n.Cell(self.blocks(blocks), columns, rows) for _, _, rows, columns, blocks in row[1])
        )

    # Inlines

    def inlines(self, inlines: Json) -> tuple[n.Inline, ...]:
        """Convert inlines, and join adjacent texts."""
        out: list[n.Inline] = []
        for inline in inlines:
            out += self._inline(inline["t"], inline.get("c"))
        return merge_text(tuple(out))

    def _inline(self, kind: str, c: Json) -> tuple[n.Inline, ...]:
        match kind:
            case "Str":
                return (n.Text(c),)
            case "Space" | "SoftBreak":
                return (n.Text(" "),)
            case "LineBreak":
                return (n.LineBreak(),)
            case "Quoted":
                left, right = ("‘", "’") if c[0]["t"] == "SingleQuote" else ("“", "”")
                return (n.Text(left), *self.inlines(c[1]), n.Text(right))
            case "Code":
                return (n.InlineCode(c[1]),)
            case "Math":
                return (n.Math(c[1], display=c[0]["t"] == "DisplayMath"),)
            case "Link":
                return self._link(self.inlines(c[1]), c[2][0], c[2][1])
            case "Image":
                return (self._image(c[2][0], plain_text(self.inlines(c[1])), dict(c[0][2])),)
            case "Note":
                key = f"note-{len(self.notes) + 1}"
                self.notes[key] = n.Note(())
                self.notes[key] = n.Note(self.blocks(c))
                return (n.NoteRef(key),)
            case "Span" if c[0][1] == [CALL_CLASS]:
                return self._lifted(_strings(c[1]))
            case "Span" if c[0][1] == [REFERENCE_CLASS]:
                return (n.NoteCrossReference(_strings(c[1]), dict(c[0][2]).get("label", "")),)
            case "Span" if c[0][1] == [PAGE_CLASS]:
                label = _strings(c[1])
                return (n.PageMark(label, id=f"page-{label}"),)
            case "Span":
                identifier, attrs = _attrs(c[0])
                return (n.TextSpan(self.inlines(c[1]), id=identifier, attrs=attrs),)
            case "Cite":
                return self.inlines(c[1])
            case "RawInline":
                self.found.append(
                    make("PUB-R010", f"{c[1]!r} is published as literal text", source=self.source.name)
                )
                return (n.RawInline(c[0], c[1]),)
            case _ if kind in STYLED:
                return (STYLED[kind](self.inlines(c)),)
            case _:
                self._unknown(kind, c)
                return (n.RawInline("pandoc", text),) if (text := _strings(c)) else ()

    def _lifted(self, key: str) -> tuple[n.Inline, ...]:
        """Convert the call of an extracted note, and read the note at its first call."""
        if key not in self.notes and key in self.note_blocks:
            label = self.note_labels.get(key, "")
            self.notes[key] = n.Note(())  # prevents that a call within the note reads it again
            series = self.note_series.get(key) or ("" if label.isdecimal() or not label else MARKED)
            first, *rest = self.blocks(self.note_blocks[key]) or (None,)
            if isinstance(first, n.Paragraph):
                first = replace(first, inlines=without_start(first.inlines, " \u00a0"))
            self.notes[key] = n.Note((first, *rest) if first is not None else (), series, label)
        return (n.NoteRef(key),)

    def _image(self, address: str, alt: str, given: dict[str, str]) -> n.Image:
        """Load an image from the archive, or from a path relative to the file.

        Args:
            address: Its address.
            alt: Its alternative text.
            given: Its attributes.
        """
        names = self.archive.names if self.archive is not None else frozenset()
        member = next((name for name in names if name == address or name.endswith(f"/{address}")), "")
        if self.archive is not None and member:
            self.images.add(address, self.archive.read(member), None)
        else:
            address = self.images.load(address, None)
        width, height = of_css(given.get("style", ""))
        width, height = width or length(given.get("width", "")), height or length(given.get("height", ""))
        decorative = given.get("role") in {"presentation", "none"}
        return n.Image(address, alt, "", width, height, decorative)

    def _link(self, inlines: tuple[n.Inline, ...], href: str, title: str) -> tuple[n.Inline, ...]:
        if href.startswith("#"):
            return (n.CrossReference(inlines, href[1:]),)
        if not is_address(href):
            message = f"Link to '{href}' is published as plain text"
            self.found.append(make("PUB-R017", message, source=self.source.name))
            return inlines
        return (n.Link(inlines, href, title),)


def _words_of(blocks: tuple[n.Block, ...]) -> str:
    return " ".join(x.text for x in nodes_in(blocks) if isinstance(x, n.Text | n.InlineCode | n.CodeBlock))


def _named(blocks: list[Flat], identifier: str) -> list[Flat]:
    """Give the id of a division to its first block, unless that block already has an id."""
    first = blocks[0] if blocks else None
    if not identifier or first is None or first.id:
        return blocks
    return [replace(first, id=identifier), *blocks[1:]]


def _identical(notes: dict[str, n.Note]) -> dict[str, str]:
    """Map each note with the same content as an earlier note to that earlier note."""
    first: dict[tuple[n.Block, ...], str] = {}
    return {
        key: first[note.blocks] for key, note in notes.items() if first.setdefault(note.blocks, key) != key
    }


def _merged(document: n.Document, same: dict[str, str]) -> n.Document:
    """Merge notes with the same content into one note that is called several times."""

    def lead(inline: n.Inline) -> n.Inline:
        return (
            n.NoteRef(same[inline.note]) if isinstance(inline, n.NoteRef) and inline.note in same else inline
        )

    document = change_document(document, lead)
    return replace(document, notes={key: note for key, note in document.notes.items() if key not in same})


def _strings(tree: Json) -> str:
    """Return the text in a part of the pandoc tree."""
    if isinstance(tree, dict):
        if tree.get("t") in {"Str", "Code"}:
            return str(tree["c"] if tree["t"] == "Str" else tree["c"][1])
        return " " if tree.get("t") in {"Space", "SoftBreak", "LineBreak"} else _strings(tree.get("c"))
    return "".join(map(_strings, tree)) if isinstance(tree, list) else ""


def _attrs(attr: Json) -> tuple[str, n.Attrs]:
    identifier, classes, values = attr
    return identifier, n.Attrs(tuple(classes), tuple((k, v) for k, v in values))


def _tight(items: Json) -> bool:
    return all(not item or item[0]["t"] == "Plain" for item in items)
