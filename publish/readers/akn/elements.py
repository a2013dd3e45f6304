"""Nodes of the model for the elements of Akoma Ntoso, and functions that read one element."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Any

from lxml import etree
from msgspec.structs import replace

from publish.akn import carried
from publish.akn.names import ELEMENT_ONLY, LISTS, PARAGRAPHS, TITLES
from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model import roles
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STYLED: dict[str, Callable[..., n.Inline]] = {
    "b": n.Strong,
    "i": n.Emphasis,
    "u": n.Underline,
    "sup": n.Superscript,
    "sub": n.Subscript,
    "del": n.Strikethrough,
    "ins": n.Underline,
}
"""Elements of formatted text. Text that an amendment deletes is struck through; text that it inserts is underlined."""

SPAN_STYLES: dict[str, Callable[..., n.Inline]] = {
    "small-caps": n.SmallCaps,
    "strikethrough": n.Strikethrough,
    "quotation": n.InlineQuote,
}
"""Formatted text by the class of a `span`."""

LITERAL: dict[str, Callable[[str, n.Attrs], n.Inline]] = {
    "code": lambda text, attrs: n.InlineCode(text, attrs=attrs),
    "math": lambda text, attrs: n.Math(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawInline("text", text, attrs=attrs),
}
"""Inlines for a `span` whose text is not natural language, by class."""

VERBATIM: dict[str, Callable[[str, n.Attrs], n.Block]] = {
    "code": lambda text, attrs: n.CodeBlock(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawBlock("text", text, attrs=attrs),
    "rule": lambda _, attrs: n.Rule(attrs=attrs),
    "empty": lambda _, attrs: n.Section((), (), attrs=attrs),
    "page-break": lambda _, attrs: n.PageBreak(attrs=attrs),
}
"""Blocks for a `block` that contains no sentences, by name."""

NUMBERS = frozenset({"lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})
"""Classes of a numbered list that give the format of its numbers."""

DELIMITERS: dict[str, Any] = {"parenthesis": ")", "parentheses": "()"}
"""Classes of a numbered list that give the delimiters of its numbers."""

OPENINGS = frozenset({"coverPage", "preface", "header"})
"""Parts of a document that contain its title."""

POINTS = frozenset({"point", "indent"})
"""Containers that are list items."""

QUOTED = frozenset({"quotedStructure", "embeddedStructure"})
"""Structures that a sentence quotes; in the standard they are inside the paragraph."""

APART = ELEMENT_ONLY | PARAGRAPHS | {*TITLES, "li"}
"""Elements whose words must not join the words of the next element."""

WITHIN_ITEMS = LISTS | {"p", "table", "blockList"}
"""Elements that are blocks in a list item, in addition to its text."""

ROLES = {"question": roles.QUESTION, "answer": roles.ANSWER}
"""Roles of the model for elements with the same meaning; any other element gets a role with its own name."""

SPANS = {"docTitle": roles.TITLE, "date": roles.DATE, "docDate": roles.DATE}

_SPACE = re.compile(r"[ \t\n\r]+")

HEADED_BY_CLASS = {"docType": roles.DOCUMENT_TYPE, "docNumber": roles.NUMBER}
"""Roles of paragraphs of a preface that contain only one of these elements."""


def declared(element: Element) -> dict[str, str]:
    """Return the namespaces that an element declares and that are not in scope at its parent, by prefix.

    The empty prefix is the default namespace.
    """
    parent = element.getparent()
    around = parent.nsmap if parent is not None else {}
    return {prefix or "": str(uri) for prefix, uri in element.nsmap.items() if around.get(prefix) != uri}


def classes(element: Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def one_of(known: Container[str], element: Element, otherwise: str) -> Any:  # noqa: ANN401 - a literal of the model
    """Return the first class of an element that is known, or else `otherwise`."""
    return next((name for name in classes(element) if name in known), otherwise)


def quotes(element: Element) -> bool:
    """Return whether a paragraph quotes a structure, and not only in one of its notes."""
    return any(
        local(child) in QUOTED or (local(child) != "authorialNote" and quotes(child)) for child in element
    )


def holds_text(element: Element) -> bool:
    """Return whether an element contains text directly, and not only in its child elements."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in texts)


def raw_text(raw: str, span: Span | None) -> n.Text:
    """Return a run of characters with single spaces; an attribute keeps the original text if it differs."""
    text = _SPACE.sub(" ", raw)
    attrs = n.Attrs(values=((carried.RAW_TEXT, raw),)) if text != raw else n.NO_ATTRS
    return n.Text(text, attrs=attrs, span=span)


def trimmed(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Remove white space at the ends of a paragraph from the first and last text; an attribute keeps the original."""
    out = list(inlines)
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        end = out[index] if out else None
        if isinstance(end, n.Text) and strip(end.text, " ") != end.text:
            raw = end.attrs.get(carried.RAW_TEXT, end.text)
            attrs = n.Attrs(values=((carried.RAW_TEXT, raw),))
            out[index] = replace(end, text=strip(end.text, " "), attrs=attrs)
    return tuple(out)


def with_number(blocks: tuple[n.Block, ...], title: tuple[n.Inline, ...]) -> tuple[n.Block, ...] | None:
    """Return the blocks with a number at the start of the first paragraph; None if they do not begin with a paragraph."""
    first = blocks[0] if blocks else None
    if isinstance(first, n.Section) and not first.title:
        inner = with_number(first.blocks, title)
        return None if inner is None else (replace(first, blocks=inner), *blocks[1:])
    if not isinstance(first, n.Paragraph):
        return None
    marked = tuple(
        replace(x, attrs=n.Attrs(x.attrs.classes, (*x.attrs.values, (carried.RUN_IN, "1"))))
        if isinstance(x, n.TextSpan)
        else x
        for x in title
    )
    gap = n.Text(" ", attrs=n.Attrs(values=((carried.RUN_IN, "1"),)))
    return (replace(first, inlines=(*marked, gap, *first.inlines)), *blocks[1:])


def packed(element: Element) -> str:
    """Return the attributes of an element as XML, for an element without a node."""
    copy = etree.Element(element.tag, {str(k): str(v) for k, v in element.attrib.items()})
    return etree.tostring(copy, encoding="unicode")


def count_of(text: str | None) -> int:
    """Return the number of rows or columns that a cell spans."""
    return int(text) if text and text.isdecimal() and 0 < int(text) < 1000 else 1
