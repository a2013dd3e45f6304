"""Read the pages of a web page or EPUB, in reading order."""

from __future__ import annotations

import contextlib
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import lxml.html
from lxml import etree
from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.metadata import Agent, Metadata
from publish.readers.archives import Archive
from publish.readers.base import Source
from publish.readers.text import FORBIDDEN, without_forbidden
from publish.readers.trees import local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"

_PAGE_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)

MOST_ATTRIBUTES = 1000
"""Maximum number of attributes of an element; browsers and parsers need quadratic time for them."""


class Part(Struct):
    """One page."""

    path: str
    """The name of the page in the package; empty if the page is the file itself."""
    body: Element
    sheets: tuple[str, ...] = ()
    """Texts of the style sheets in the package that the page links."""


class Book(Struct):
    """All pages and the metadata of a file."""

    parts: list[Part]
    metadata: Metadata
    archive: Archive | None = None
    removed: int = 0
    """The number of texts with characters that no format can contain."""


def book(source: Source) -> Book:
    """Read the pages of a file.

    Raises:
        PublishError: PUB-R009, if the file is damaged.
    """
    if source.data.startswith(b"PK"):
        return _epub(source)
    root, removed = _page(source.data, source.name)
    title = " ".join((root.findtext(".//title") or "").split())
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Book([Part("", _body(root))], Metadata(title=title, language=language), removed=removed)


def _epub(source: Source) -> Book:
    archive = Archive(source)
    container = parse(archive.read(CONTAINER), source.name, CONTAINER)
    place = next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "")
    if place not in archive.names:
        raise archive.damaged("No package document in the file")
    package = parse(archive.read(place), source.name, place)
    folder = posixpath.dirname(place)
    items = {e.get("id", ""): e for e in package.iter(OPF + "item")}
    parts: list[Part] = []
    removed = 0
    for reference in package.iter(OPF + "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") != XHTML or "nav" in (item.get("properties") or "").split():
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if path in archive.names:
            root, found = _page(archive.read(path), f"{source.name}/{path}")
            parts.append(Part(path, _body(root), _sheets(root, path, archive)))
            removed += found
    if not parts:
        raise archive.damaged("No pages in the file")
    return Book(parts, _metadata(package), archive, removed)


def _sheets(root: Element, path: str, archive: Archive) -> tuple[str, ...]:
    """Return the style sheets of a page that are in the package."""
    folder = posixpath.dirname(path)
    out: list[str] = []
    for link in root.iter("link"):
        if "stylesheet" in (link.get("rel") or "").lower().split():
            name = posixpath.normpath(posixpath.join(folder, unquote(link.get("href") or "")))
            out += [archive.read(name).decode("utf-8", "replace")] if name in archive.names else []
    return tuple(out)


def _metadata(package: Element) -> Metadata:
    def first(name: str) -> str:
        return next(
            (" ".join((e.text or "").split()) for e in package.iter(DC + name) if (e.text or "").strip()), ""
        )

    authors = tuple(
        Agent("author", " ".join((e.text or "").split())) for e in package.iter(DC + "creator") if e.text
    )
    return Metadata(title=first("title"), language=first("language"), rights=first("rights"), agents=authors)


def _page(data: bytes, name: str) -> tuple[Element, int]:
    """Return a page as elements without namespaces, and the number of its texts that were cleaned.

    A page that is not XML is parsed as HTML, like in browsers, which accept characters that XML forbids.
    """
    removed = 0
    try:
        root = parse(data, name)
    except PublishError:
        parser = lxml.html.HTMLParser(encoding=_encoding(data))
        try:
            # A browser shows what follows these optional end tags; libxml2 drops it.
            root = lxml.html.document_fromstring(_PAGE_END.sub(b"", data), parser=parser)
        except (etree.ParserError, ValueError) as error:
            raise PublishError(make("PUB-R009", f"Not a web page: {error}", source=name)) from None
        _check(root, parser, name)
        removed = sum(map(_clean, root.iter(etree.Element)))
    for element in root.iter(etree.Element):
        if str(element.tag).startswith("{http://www.w3.org/1999/xhtml}"):
            element.tag = local(element)
    return root, removed


def _check(root: Element, parser: lxml.html.HTMLParser, name: str) -> None:
    """Reject a page that the parser did not read to its end, or whose parsing takes too much work.

    Raises:
        PublishError: PUB-R009 or PUB-R021.
    """
    for error in parser.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            if "depth" in error.message:
                raise PublishError(
                    make("PUB-R021", "Elements are nested more than 255 levels deep", source=name)
                )
            message = f"Parser stopped at line {error.line}: {error.message}"
            raise PublishError(make("PUB-R009", message, source=name))
    if any(len(element.attrib) > MOST_ATTRIBUTES for element in root.iter(etree.Element)):
        message = f"An element has more than {MOST_ATTRIBUTES:,} attributes"
        raise PublishError(make("PUB-R009", message, source=name))


def _clean(element: Element) -> int:
    """Remove characters that XML forbids from the texts of an element, and return the number of changed texts."""
    texts = [
        text
        for text in (element.text, element.tail, *map(str, element.attrib.values()))
        if text and FORBIDDEN.search(text)
    ]
    if texts:
        element.text, element.tail = (
            without_forbidden(element.text or ""),
            without_forbidden(element.tail or ""),
        )
        attributes = element.attrib.items()
        element.attrib.clear()
        for name, value in attributes:
            with contextlib.suppress(ValueError):  # browsers also accept attribute names that XML forbids
                element.set(name, without_forbidden(str(value)))
    return len(texts)


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _body(root: Element) -> Element:
    body = root.find("body")
    return body if body is not None else root
