"""Parse untrusted XML: well-formed, without entities of a DTD and without network access."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from publish.diagnostics import PublishError, Span
from publish.diagnostics.codes import make
from publish.xml_parsers import closed_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(rb"""(<\?xml[^>]*encoding=["'])([A-Za-z0-9._-]+)(["'])""")
_ASCII = frozenset({b"US-ASCII", b"ASCII"})


def parse(data: bytes, source: str, part: str = "", *, comments: bool = False) -> Element:
    """Parse an XML text and return its root element.

    Older publications of KOOP declare US-ASCII but are UTF-8. The function reads such a text as UTF-8.

    Args:
        data: The text.
        source: The name of the manuscript.
        part: The name of the text in its package; empty for the manuscript itself.
        comments: Whether to keep comments and processing instructions.

    Raises:
        PublishError: PUB-R009, if the XML is not well-formed (with line and column), or if it declares entities.
    """
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf")[:200])
    if declared and declared[2].upper() in _ASCII:
        data = data.replace(declared[0], declared[1] + b"UTF-8" + declared[3], 1)
    if any("<!ENTITY".encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
        message = "XML declares entities, which are not read"
        raise PublishError(make("PUB-R009", message, source=source, hint="Use the characters themselves"))
    # Duplicate values of `xml:id` are reported, not rejected.
    parser = closed_parser(collect_ids=False, remove_comments=not comments, remove_pis=not comments)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        span = Span(max(line, 1), max(column, 1)) if not part else None
        where = f"{part}, line {line}: " if part else ""
        message = f"{where}Not well-formed XML: {error.msg or 'the text is empty'}"
        raise PublishError(make("PUB-R009", message, span=span, source=source)) from None
    except ValueError as error:
        raise PublishError(make("PUB-R009", f"Not XML: {error}", source=source)) from None


def local(element: Element) -> str:
    """Return the name of an element without its namespace; empty for a comment or processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """Return the namespace of an element; empty if it has none."""
    return (
        element.tag[1:].partition("}")[0]
        if isinstance(element.tag, str) and element.tag.startswith("{")
        else ""
    )


def remove(element: Element, tail: str | None = None) -> None:
    """Remove an element with its content and keep the text after it.

    Args:
        element: The element; nothing changes if it has no parent.
        tail: The text to keep; by default, all text after the element.
    """
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    kept = (element.tail or "") if tail is None else tail
    if before is not None:
        before.tail = (before.tail or "") + kept
    else:
        parent.text = (parent.text or "") + kept
    parent.remove(element)


def words(element: Element, without: frozenset[str]) -> str:
    """Return the text of an element in order, without the content of the elements in `without` but with the text after them.

    Args:
        element: The element.
        without: Local names of elements to leave out, such as notes.
    """
    parts: list[str] = []

    def walk(inner: Element) -> None:
        parts.append(inner.text or "")
        for child in inner:
            if local(child) not in without and local(child):
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return " ".join("".join(parts).split())
