"""Everything else that pandoc reads, through its JSON.

pandoc keeps no positions, and prints a note that is called twice twice; PUB-R016 says so once a document. It is run in
its sandbox, so that a document cannot make it read other files, and with a time limit.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.metadata import Agent, Metadata
from publish.model.outline import Flat, Heading, nest
from publish.model.text import merge_text, plain_text
from publish.readers.addresses import is_address
from publish.readers.base import ReadResult, Source
from publish.readers.pictures import Pictures

FORMATS = {
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".rst": "rst",
    ".org": "org",
    ".epub": "epub",
    ".docbook": "docbook",
    ".dbk": "docbook",
    ".jats": "jats",
    ".typ": "typst",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
    ".textile": "textile",
    ".opml": "opml",
    ".fb2": "fb2",
    ".ipynb": "ipynb",
    ".csv": "csv",
    ".tsv": "tsv",
}
"""pandoc's name for each kind of file."""

ROOTS = {
    "article": "jats",
    "book": "docbook",
    "chapter": "docbook",
    "FictionBook": "fb2",
    "opml": "opml",
    "html": "html",
}
"""pandoc's name for an XML file by the name of its root, where the suffix does not tell."""

_DOCBOOK = b"docbook"
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def recognise(data: bytes) -> bool:
    """Whether a file is no XML, or XML of a kind that pandoc reads."""
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or _xml_kind(data) != ""


def _xml_kind(data: bytes) -> str:
    """Pandoc's name for an XML file; empty where it reads none of its kind."""
    match = _ROOT.search(data[:4096])
    root = match[2].decode() if match else ""
    if root.lower() == "html":
        return "html"
    if root == "article" and _DOCBOOK in data[:4096].lower():
        return "docbook"
    return ROOTS.get(root, "")


_STYLES: dict[str, Callable[[tuple[n.Inline, ...]], n.Inline]] = {
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

Json = Any


def read(source: Source) -> ReadResult:
    """Read a file with pandoc.

    Raises:
        PublishError: PUB-R009, where pandoc refuses the file or takes too long.
    """
    suffix = PurePath(source.name).suffix.lower()
    reader = _Reader(source)
    kind = _xml_kind(source.data) if suffix == ".xml" else FORMATS.get(suffix, suffix.lstrip("."))
    tree = _pandoc(source, kind)
    return reader.document(tree)


def run_pandoc(data: bytes, kind: str, seconds: float) -> Json:
    """Pandoc's tree of a file, made in its sandbox.

    Args:
        data: The file.
        kind: pandoc's name for its format.
        seconds: How long pandoc may take.

    Raises:
        subprocess.CalledProcessError: pandoc refuses the file; its words are in `stderr`.
        subprocess.TimeoutExpired: pandoc takes longer.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "-f", kind, "-t", "json", "--sandbox"]
    done = subprocess.run(  # noqa: S603 - pandoc's own path, and no shell
        command, input=data, capture_output=True, timeout=seconds, check=True
    )
    return json.loads(done.stdout)


def _pandoc(source: Source, kind: str) -> Json:
    try:
        return run_pandoc(source.data, kind, source.options.seconds)
    except subprocess.TimeoutExpired:
        message = f"pandoc took longer than {source.options.seconds} seconds"
        raise PublishError(make("PUB-R031", message, source=source.name)) from None
    except subprocess.CalledProcessError as error:
        reason = " ".join(error.stderr.decode("utf-8", "replace").split())[:300]
        raise PublishError(make("PUB-R009", f"pandoc refuses it as {kind}: {reason}", source=source.name)) from None


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.pictures = Pictures(source.folder, source.name)
        self.notes: dict[str, n.Note] = {}
        self.found: list[Diagnostic] = []

    def document(self, tree: Json) -> ReadResult:
        message = (
            "read through pandoc: there are no line numbers, and a note that was called twice is two notes"
        )
        self.found.append(make("PUB-R016", message, source=self.source.name))
        meta = tree["meta"]
        title = self._meta_inlines(meta.get("title"))
        blocks = nest(self.flat(tree["blocks"]), self.source.name, self.found)
        language = plain_text(self._meta_inlines(meta.get("lang")))
        authors = meta.get("author", {})
        listed = authors.get("c", []) if authors.get("t") == "MetaList" else [authors] if authors else []
        names = [plain_text(self._meta_inlines(a)) for a in listed]
        metadata = Metadata(
            title=plain_text(title),
            language=language,
            agents=tuple(Agent("author", name) for name in names if name),
        )
        document = n.Document(
            metadata,
            blocks,
            title=title,
            notes=self.notes,
            resources=self.pictures.loaded,
            source=self.source.name,
        )
        return ReadResult(document, (*self.found, *self.pictures.diagnostics))

    def _meta_inlines(self, value: Json) -> tuple[n.Inline, ...]:
        if not isinstance(value, dict):
            return ()
        if value["t"] == "MetaInlines":
            return self.inlines(value["c"])
        return (n.Text(value["c"]),) if value["t"] == "MetaString" else ()

    # Blocks

    def blocks(self, blocks: Json) -> tuple[n.Block, ...]:
        return nest(self.flat(blocks))

    def flat(self, blocks: Json) -> list[Flat]:
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
                return self.flat(c[1])
            case "RawBlock":
                self.found.append(
                    make("PUB-R010", f"this {c[0]} is published as literal text", source=self.source.name)
                )
                return [n.RawBlock(c[0], c[1])]
            case _:
                return []

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
                key = self.pictures.load(c[2][0], None)
                return (n.Image(key, plain_text(self.inlines(c[1])), c[2][1]),)
            case "Note":
                key = f"note-{len(self.notes) + 1}"
                self.notes[key] = n.Note(())
                self.notes[key] = n.Note(self.blocks(c))
                return (n.NoteRef(key),)
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
            case _ if kind in _STYLES:
                return (_STYLES[kind](self.inlines(c)),)
            case _:
                return ()

    def _link(self, inlines: tuple[n.Inline, ...], href: str, title: str) -> tuple[n.Inline, ...]:
        if href.startswith("#"):
            return (n.CrossReference(inlines, href[1:]),)
        if not is_address(href):
            message = f"the link to '{href}' is published as plain text"
            self.found.append(make("PUB-R017", message, source=self.source.name))
            return inlines
        return (n.Link(inlines, href, title),)


def _attrs(attr: Json) -> tuple[str, n.Attrs]:
    identifier, classes, values = attr
    return identifier, n.Attrs(tuple(classes), tuple((k, v) for k, v in values))


def _tight(items: Json) -> bool:
    return all(not item or item[0]["t"] == "Plain" for item in items)
