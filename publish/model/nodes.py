"""The document model. Read this file first: everything else reads it, changes it, or writes it out.

A `Document` is a tree of frozen values without parent pointers. Text is held in whole runs. Notes do not stand in
the tree: they live in `Document.notes` by id, and a `NoteRef` stands wherever a note is called, so that one note can
be called many times and still be one note. A kind of paper adds no node types: a question is
`Section(role="qa:question", number="3")`, and an unknown role is a plain section everywhere.

The two unions at the end of the node types, `Inline` and `Block`, are closed: `match` with `assert_never` makes mypy
name the case that a new node type would leave out.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from publish.diagnostics.types import Span
from publish.model.metadata import Metadata
from publish.model.origin import Origin
from publish.model.policy import NotePolicy
from publish.model.resources import Annotation, Resource
from publish.model.structure import Structure

MODEL_VERSION = 1
"""Raised when a stored document needs a migration to be read."""


class Attrs(Struct, frozen=True, gc=False, omit_defaults=True):
    """Classes and key/value pairs that the source gave a node, such as `{.wide lang=fr}` in Markdown."""

    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """The value of `key`, or `default`."""
        return dict(self.values).get(key, default)


NO_ATTRS = Attrs()


class Node(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True, tag_field="t"):
    """What every node has: an id (empty until resolve gives one), attributes, and its place in the source."""

    id: str = ""
    attrs: Attrs = NO_ATTRS
    span: Span | None = None


# Inlines ------------------------------------------------------------------------------------------------------------


class Text(Node, frozen=True, gc=False, tag="text"):
    """A run of characters. White space is the source's; a line end in the source is one space."""

    text: str


class Emphasis(Node, frozen=True, gc=False, tag="emphasis"):
    """Stress, usually shown in italics."""

    inlines: tuple[Inline, ...]


class Strong(Node, frozen=True, gc=False, tag="strong"):
    """Strong importance, usually shown in bold."""

    inlines: tuple[Inline, ...]


class SmallCaps(Node, frozen=True, gc=False, tag="small_caps"):
    """Small capitals."""

    inlines: tuple[Inline, ...]


class Superscript(Node, frozen=True, gc=False, tag="superscript"):
    """Raised text that is no note call, such as an exponent."""

    inlines: tuple[Inline, ...]


class Subscript(Node, frozen=True, gc=False, tag="subscript"):
    """Lowered text."""

    inlines: tuple[Inline, ...]


class Underline(Node, frozen=True, gc=False, tag="underline"):
    """Underlined text."""

    inlines: tuple[Inline, ...]


class Strikethrough(Node, frozen=True, gc=False, tag="strikethrough"):
    """Struck text."""

    inlines: tuple[Inline, ...]


class InlineQuote(Node, frozen=True, gc=False, tag="inline_quote"):
    """A quotation within a paragraph. Its quotation marks, if any, are in the text."""

    inlines: tuple[Inline, ...]


class TextSpan(Node, frozen=True, gc=False, tag="text_span"):
    """A stretch of text with a meaning or attributes, such as `role="date"` with its ISO date in `attrs`."""

    inlines: tuple[Inline, ...]
    role: str = ""


class Link(Node, frozen=True, gc=False, tag="link"):
    """A link out of the document: an absolute URL, or `mailto:`."""

    inlines: tuple[Inline, ...]
    href: str
    title: str = ""


class CrossReference(Node, frozen=True, gc=False, tag="cross_reference"):
    """A link to a node of this document, by id."""

    inlines: tuple[Inline, ...]
    target: str


class Citation(Node, frozen=True, gc=False, tag="citation"):
    """A reference to another publication, by identifier; `href` is where it can be read, if that is known."""

    inlines: tuple[Inline, ...]
    identifier: str
    href: str = ""
    scheme: str = ""
    """The kind of identifier, such as `kamerstuk`, `jci`, `ecli` or `celex`; empty where it is not known."""


class InlineCode(Node, frozen=True, gc=False, tag="inline_code"):
    """Code within a paragraph."""

    text: str


class Math(Node, frozen=True, gc=False, tag="math"):
    """A formula in TeX notation."""

    text: str
    display: bool = False


class Image(Node, frozen=True, gc=False, tag="image"):
    """A picture. `source` is a key of `Document.resources`; where it is none, the picture could not be had."""

    source: str
    alt: str = ""
    title: str = ""


class LineBreak(Node, frozen=True, gc=False, tag="line_break"):
    """A line end that is part of the text."""


class NoteRef(Node, frozen=True, gc=False, tag="note_ref"):
    """A call of the note with the id `note`, at this very place among the characters."""

    note: str


class NoteCrossReference(Node, frozen=True, gc=False, tag="note_cross_reference"):
    """The number of a note as words of the text cite it: the 4 of "see note 4". It follows the note's number."""

    note: str
    text: str
    """What the source prints; after resolve, the note's label."""


class PageMark(Node, frozen=True, gc=False, tag="page_mark"):
    """The place where a page of an earlier edition begins."""

    label: str


class RawInline(Node, frozen=True, gc=False, tag="raw_inline"):
    """Something within a paragraph that the reader has no type for, kept as it was written."""

    format: str
    text: str


StyledInline = (
    Emphasis | Strong | SmallCaps | Superscript | Subscript | Underline | Strikethrough | InlineQuote
)
"""Inlines that hold inlines and only look different. Each reader and writer has one table of them (`tests/model/test_styled_inlines.py`)."""

Inline = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Underline
    | Strikethrough
    | InlineQuote
    | TextSpan
    | Link
    | CrossReference
    | Citation
    | InlineCode
    | Math
    | Image
    | LineBreak
    | NoteRef
    | NoteCrossReference
    | PageMark
    | RawInline
)


# Blocks -------------------------------------------------------------------------------------------------------------


class Paragraph(Node, frozen=True, gc=False, tag="paragraph"):
    """A paragraph. A role says what it is where that matters, such as `number` in a paper's front matter."""

    inlines: tuple[Inline, ...]
    role: str = ""


class Section(Node, frozen=True, gc=False, tag="section"):
    """A heading with all that stands under it. Without a title it is a plain group of blocks."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    role: str = ""
    number: str = ""
    """The number or numbers that the source gives it, as digits: `3`, or `4 5` for a joint answer."""


class ListItem(Node, frozen=True, gc=False):
    """One item of a list."""

    blocks: tuple[Block, ...]


class List(Node, frozen=True, gc=False, tag="list"):
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    style: Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"] = "decimal"
    delimiter: Literal[".", ")", "()"] = "."
    tight: bool = True


class Definition(Node, frozen=True, gc=False):
    """A term and its definitions."""

    term: tuple[Inline, ...]
    definitions: tuple[tuple[Block, ...], ...]


class DefinitionList(Node, frozen=True, gc=False, tag="definition_list"):
    """A list of terms and definitions."""

    items: tuple[Definition, ...]


class Quote(Node, frozen=True, gc=False, tag="quote"):
    """A block quotation."""

    blocks: tuple[Block, ...]


class Cell(Node, frozen=True, gc=False):
    """A table cell; it holds blocks."""

    blocks: tuple[Block, ...]
    columns: int = 1
    """How many columns it covers."""
    rows: int = 1
    """How many rows it covers."""
    header: bool = False
    """Whether it is a header outside the table's head, such as the first cell of a row."""


class Row(Node, frozen=True, gc=False):
    """A table row."""

    cells: tuple[Cell, ...]


class Column(Struct, frozen=True, gc=False, omit_defaults=True):
    """What holds for a column of a table."""

    align: Literal["", "left", "center", "right"] = ""
    width: float = 0.0
    """Share of the table's width from 0 to 1; 0 lets the writer decide."""


class Table(Node, frozen=True, gc=False, tag="table"):
    """A table. Rows in `head` repeat on each page that the table runs over."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()


class Figure(Node, frozen=True, gc=False, tag="figure"):
    """One or more pictures, or other blocks, with a caption."""

    blocks: tuple[Block, ...]
    caption: tuple[Inline, ...] = ()


class CodeBlock(Node, frozen=True, gc=False, tag="code_block"):
    """Lines of code; white space counts."""

    text: str
    language: str = ""


class Rule(Node, frozen=True, gc=False, tag="rule"):
    """A break in the matter, usually shown as a rule."""


class PageBreak(Node, frozen=True, gc=False, tag="page_break"):
    """What follows begins a page, where there are pages."""


class RawBlock(Node, frozen=True, gc=False, tag="raw_block"):
    """A block that the reader has no type for, kept as it was written."""

    format: str
    text: str


Block = (
    Paragraph
    | Section
    | List
    | DefinitionList
    | Quote
    | Table
    | Figure
    | CodeBlock
    | Rule
    | PageBreak
    | RawBlock
)


# Notes and the document ---------------------------------------------------------------------------------------------


class Note(Node, frozen=True, gc=False):
    """A note: what it says, once, wherever and however often it is called."""

    blocks: tuple[Block, ...]
    series: str = ""
    """The series in which it is numbered (`publish.model.policy`); empty is the document's own."""
    source_label: str = ""
    """The number or sign that the source prints at the note; empty where the source has none."""


class Document(Struct, frozen=True, omit_defaults=True):
    """A manuscript, read: nothing in it is numbered yet. `publish.resolve` makes it ready for the writers."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    title: tuple[Inline, ...] = ()
    """The title as it is shown, with its notes and emphasis; `metadata.title` is its plain text."""
    front: tuple[Block, ...] = ()
    """What stands before the body, such as the opening lines of a parliamentary paper."""
    notes: dict[str, Note] = field(default_factory=dict)
    note_policy: NotePolicy = NotePolicy()
    structure: Structure | None = None
    """What is numbered and listed; None leaves it to the house style."""
    resources: dict[str, Resource] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    origin: Origin | None = None
    """What it carries for the way back; None for a document that has no such way."""
    settings: dict[str, str] = field(default_factory=dict)
    """What the manuscript itself asks of its publication: `style`, `profile`."""
    profile: str = ""
    """The kind of paper, as `publish.profiles` recognised it or the user said."""
    source: str = ""
    """The file as the user named it."""
    version: int = MODEL_VERSION
