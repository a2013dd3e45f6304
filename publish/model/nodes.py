"""Document model. Read this file first: all other code reads, changes or writes this model.

A `Document` is a tree of frozen values without parent pointers. Text is stored in whole runs. The tree does not contain
notes: `Document.notes` contains them by id, and a `NoteRef` is at each position that calls a note. One note can therefore
have many calls. A document type adds no node types: a question is `Section(role="qa:question", number="3")`, and all code
treats a section with an unknown role as a plain section.

The unions `Inline` and `Block`, defined after the node types, are closed: `match` with `assert_never` makes mypy report
code that does not handle a new node type.
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
"""Version of the model. Increase it if a stored document needs a migration before it can be read."""


class Attrs(Struct, frozen=True, gc=False, omit_defaults=True):
    """Classes and key/value pairs of a node in the source, such as `{.wide lang=fr}` in Markdown."""

    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of `key`, or `default` if the key is missing."""
        return dict(self.values).get(key, default) if self.values else default


NO_ATTRS = Attrs()


class Node(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True, tag_field="t"):
    """Common fields of all nodes: id (empty until resolve assigns one), attributes, and position in the source."""

    id: str = ""
    attrs: Attrs = NO_ATTRS
    span: Span | None = None


# Inlines ------------------------------------------------------------------------------------------------------------


class Text(Node, frozen=True, gc=False, tag="text"):
    """A run of characters with the white space of the source. A line end in the source is one space."""

    text: str


class Emphasis(Node, frozen=True, gc=False, tag="emphasis"):
    """Emphasis, usually shown in italics."""

    inlines: tuple[Inline, ...]


class Strong(Node, frozen=True, gc=False, tag="strong"):
    """Strong importance, usually shown in bold."""

    inlines: tuple[Inline, ...]


class SmallCaps(Node, frozen=True, gc=False, tag="small_caps"):
    """Small capitals."""

    inlines: tuple[Inline, ...]


class Superscript(Node, frozen=True, gc=False, tag="superscript"):
    """Superscript that is not a note call, such as an exponent."""

    inlines: tuple[Inline, ...]


class Subscript(Node, frozen=True, gc=False, tag="subscript"):
    """Subscript."""

    inlines: tuple[Inline, ...]


class Underline(Node, frozen=True, gc=False, tag="underline"):
    """Underlined text."""

    inlines: tuple[Inline, ...]


class Strikethrough(Node, frozen=True, gc=False, tag="strikethrough"):
    """Text that is struck through."""

    inlines: tuple[Inline, ...]


class InlineQuote(Node, frozen=True, gc=False, tag="inline_quote"):
    """A quotation within a paragraph. Its quotation marks, if any, are in the text."""

    inlines: tuple[Inline, ...]


class TextSpan(Node, frozen=True, gc=False, tag="text_span"):
    """Text with a role or attributes, such as `role="date"` with the ISO date in `attrs`."""

    inlines: tuple[Inline, ...]
    role: str = ""


class Link(Node, frozen=True, gc=False, tag="link"):
    """A link to a target outside the document: an absolute URL, or `mailto:`."""

    inlines: tuple[Inline, ...]
    href: str
    title: str = ""


class CrossReference(Node, frozen=True, gc=False, tag="cross_reference"):
    """A link to a node of this document, by id."""

    inlines: tuple[Inline, ...]
    target: str


class Citation(Node, frozen=True, gc=False, tag="citation"):
    """A reference to another publication, by identifier; `href` is its address, if known."""

    inlines: tuple[Inline, ...]
    identifier: str
    href: str = ""
    scheme: str = ""
    """Type of identifier, such as `kamerstuk`, `jci`, `ecli` or `celex`; empty if unknown."""


class InlineCode(Node, frozen=True, gc=False, tag="inline_code"):
    """Code within a paragraph."""

    text: str


class Math(Node, frozen=True, gc=False, tag="math"):
    """A formula in TeX notation."""

    text: str
    display: bool = False


class Image(Node, frozen=True, gc=False, tag="image"):
    """An image. `source` is a key of `Document.resources`; if the key is missing there, the image could not be loaded."""

    source: str
    alt: str = ""
    title: str = ""
    width: str = ""  # `40mm` or `50%` of the text; if empty, 96 pixels are an inch (`publish.model.lengths`)
    height: str = ""
    decorative: bool = False


class LineBreak(Node, frozen=True, gc=False, tag="line_break"):
    """A line break that is part of the text."""


class NoteRef(Node, frozen=True, gc=False, tag="note_ref"):
    """Call of the note with the id `note`, at its exact position in the text."""

    note: str


class NoteCrossReference(Node, frozen=True, gc=False, tag="note_cross_reference"):
    """Label of a note that the text cites, such as 4 in "see note 4". It changes with the label of the note."""

    note: str
    text: str
    """Text in the source; after resolve, the label of the note."""


class PageMark(Node, frozen=True, gc=False, tag="page_mark"):
    """Position at which a page of an earlier publication begins."""

    label: str


class RawInline(Node, frozen=True, gc=False, tag="raw_inline"):
    """Content of a paragraph for which the reader has no node type, kept as written in the source."""

    format: str
    text: str


StyledInline = (
    Emphasis | Strong | SmallCaps | Superscript | Subscript | Underline | Strikethrough | InlineQuote
)
"""Inlines that contain inlines and differ only in appearance.

Each reader and writer has one table of them (`tests/model/test_styled_inlines.py`).
"""

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
    """A paragraph. If necessary, a role gives its function, such as `number` in the front matter of a document."""

    inlines: tuple[Inline, ...]
    role: str = ""


class Section(Node, frozen=True, gc=False, tag="section"):
    """A heading with all content below it. A section without a title is a plain group of blocks."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    role: str = ""
    number: str = ""
    """Number or numbers in the source, as digits: `3`, or `4 5` for a joint answer."""


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
    """A table cell that contains blocks."""

    blocks: tuple[Block, ...]
    columns: int = 1
    """Number of columns that the cell spans."""
    rows: int = 1
    """Number of rows that the cell spans."""
    header: bool = False
    """Whether the cell is a header outside the head of the table, such as the first cell of a row."""


class Row(Node, frozen=True, gc=False):
    """A table row."""

    cells: tuple[Cell, ...]


class Column(Struct, frozen=True, gc=False, omit_defaults=True):
    """Properties of a table column."""

    align: Literal["", "left", "center", "right"] = ""
    width: float = 0.0
    """Share of the table width, from 0 to 1; with 0, the writer decides."""


class Table(Node, frozen=True, gc=False, tag="table"):
    """A table. Rows in `head` are repeated on each page of the table."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()


class Figure(Node, frozen=True, gc=False, tag="figure"):
    """One or more images or other blocks, with a caption."""

    blocks: tuple[Block, ...]
    caption: tuple[Inline, ...] = ()


class CodeBlock(Node, frozen=True, gc=False, tag="code_block"):
    """Lines of code with significant white space."""

    text: str
    language: str = ""


class Rule(Node, frozen=True, gc=False, tag="rule"):
    """A thematic break, usually shown as a horizontal line."""


class PageBreak(Node, frozen=True, gc=False, tag="page_break"):
    """A page break, for formats with pages."""


class RawBlock(Node, frozen=True, gc=False, tag="raw_block"):
    """A block for which the reader has no node type, kept as written in the source."""

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
    """A note with its content, stored once for all its calls."""

    blocks: tuple[Block, ...]
    series: str = ""
    """Series that numbers the note (`publish.model.policy`); empty means the default series of the document."""
    source_label: str = ""
    """Label that the source prints at the note; empty if the source has none."""


class Document(Struct, frozen=True, omit_defaults=True):
    """A manuscript as read, without numbers. `publish.resolve` prepares it for the writers."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    title: tuple[Inline, ...] = ()
    """Title as displayed, with notes and emphasis; `metadata.title` is its plain text."""
    front: tuple[Block, ...] = ()
    """Blocks before the body, such as the opening lines of a parliamentary document."""
    notes: dict[str, Note] = field(default_factory=dict)
    note_policy: NotePolicy = NotePolicy()
    structure: Structure | None = None
    """Numbering of sections and captions, and table of contents; with None, the house style decides."""
    resources: dict[str, Resource] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    origin: Origin | None = None
    """Data for writing the document back to its source format; None if the document cannot be written back."""
    settings: dict[str, str] = field(default_factory=dict)
    """Settings of the publication in the manuscript: `style`, `profile`."""
    profile: str = ""
    """Document type, as recognised by `publish.profiles` or set by the user."""
    source: str = ""
    """File name as given by the user."""
    version: int = MODEL_VERSION
