"""What the elements of Akoma Ntoso are in the model, and what is read off one element."""

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
"""Elements that look like something. What an amendment takes out is struck, what it puts in is underlined."""

SPAN_STYLES: dict[str, Callable[..., n.Inline]] = {
    "small-caps": n.SmallCaps,
    "strikethrough": n.Strikethrough,
    "quotation": n.InlineQuote,
}
"""The same by the class of a `span`."""

LITERAL: dict[str, Callable[[str, n.Attrs], n.Inline]] = {
    "code": lambda text, attrs: n.InlineCode(text, attrs=attrs),
    "math": lambda text, attrs: n.Math(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawInline("text", text, attrs=attrs),
}
"""What a `span` of a class is whose text is no language."""

VERBATIM: dict[str, Callable[[str, n.Attrs], n.Block]] = {
    "code": lambda text, attrs: n.CodeBlock(text, attrs=attrs),
    "raw": lambda text, attrs: n.RawBlock("text", text, attrs=attrs),
    "rule": lambda _, attrs: n.Rule(attrs=attrs),
    "empty": lambda _, attrs: n.Section((), (), attrs=attrs),
    "page-break": lambda _, attrs: n.PageBreak(attrs=attrs),
}
"""What a `block` of a name is that holds no sentences."""

NUMBERS = frozenset({"lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})
"""Classes of a numbered list that say how its numbers look."""

DELIMITERS: dict[str, Any] = {"parenthesis": ")", "parentheses": "()"}
"""Classes of a numbered list that say what stands around its numbers."""

OPENINGS = frozenset({"coverPage", "preface", "header"})
"""Parts of a document in which its title stands."""

POINTS = frozenset({"point", "indent"})
"""Containers that are the items of a list."""

QUOTED = frozenset({"quotedStructure", "embeddedStructure"})
"""Structures that a sentence quotes; the standard has them within the paragraph."""

APART = ELEMENT_ONLY | PARAGRAPHS | {*TITLES, "li"}
"""Elements of which the words of one do not join those of the next."""

WITHIN_ITEMS = LISTS | {"p", "table", "blockList"}
"""What stands as a block in an item of a list, beside its text."""

ROLES = {"question": roles.QUESTION, "answer": roles.ANSWER}
"""Roles of the model for elements that mean the same; any other is a role of its own name."""

SPANS = {"docTitle": roles.TITLE, "date": roles.DATE, "docDate": roles.DATE}

_SPACE = re.compile(r"[ \t\n\r]+")

HEADED_BY_CLASS = {"docType": roles.DOCUMENT_TYPE, "docNumber": roles.NUMBER}
"""Roles of paragraphs of a preface that hold nothing but one of these."""


def declared(element: Element) -> dict[str, str]:
    """The namespaces that an element declares and that are not in force around it, by prefix; empty is the default one."""
    parent = element.getparent()
    around = parent.nsmap if parent is not None else {}
    return {prefix or "": str(uri) for prefix, uri in element.nsmap.items() if around.get(prefix) != uri}


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def one_of(known: Container[str], element: Element, otherwise: str) -> Any:  # noqa: ANN401 - a literal of the model
    """The class of an element that is known, or another value."""
    return next((name for name in classes(element) if name in known), otherwise)


def quotes(element: Element) -> bool:
    """Whether a structure is quoted in a paragraph, and not only in a note of it."""
    return any(
        local(child) in QUOTED or (local(child) != "authorialNote" and quotes(child)) for child in element
    )


def holds_text(element: Element) -> bool:
    """Whether an element holds characters of its own, and not only those of the elements in it."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in texts)


def raw_text(raw: str, span: Span | None) -> n.Text:
    """A run of characters with single spaces; what it was is carried where that differs."""
    text = _SPACE.sub(" ", raw)
    attrs = n.Attrs(values=((carried.RAW_TEXT, raw),)) if text != raw else n.NO_ATTRS
    return n.Text(text, attrs=attrs, span=span)


def trimmed(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Inlines whose first and last text shows no white space at the ends of the paragraph."""
    out = list(inlines)
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        end = out[index] if out else None
        if isinstance(end, n.Text) and strip(end.text, " ") != end.text:
            raw = end.attrs.get(carried.RAW_TEXT, end.text)
            attrs = n.Attrs(values=((carried.RAW_TEXT, raw),))
            out[index] = replace(end, text=strip(end.text, " "), attrs=attrs)
    return tuple(out)


def with_number(blocks: tuple[n.Block, ...], title: tuple[n.Inline, ...]) -> tuple[n.Block, ...] | None:
    """The blocks with a number at the head of their first paragraph; None where they do not begin with one."""
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
    """The attributes of an element as XML, for one that has no node of its own."""
    copy = etree.Element(element.tag, {str(k): str(v) for k, v in element.attrib.items()})
    return etree.tostring(copy, encoding="unicode")


def count_of(text: str | None) -> int:
    """The number of rows or columns that a cell covers."""
    return int(text) if text and text.isdecimal() and 0 < int(text) < 1000 else 1
