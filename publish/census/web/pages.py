"""Pages of a file, parsed like in a browser, with their ids and links."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from msgspec import Struct

Element = ET.Element

Place = tuple[str, str]
"""Path of a page, and an id on it."""

_OPS = "{http://www.idpf.org/2007/ops}type"
_DC = "{http://purl.org/dc/elements/1.1/}"

_TAG = re.compile(rb"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>[^>]*)>")

OPEN = frozenset(
    b"area base br col embed hr img input link meta source track wbr p li dd dt tr td th thead tbody tfoot option optgroup rt rp".split()
)
"""Elements that have no end tag, or need none."""

DEEPEST = 1000
MOST_ATTRIBUTES = 5000


class Page(Struct):
    """One page."""

    path: str
    root: Element
    body: Element
    parents: dict[Element, Element]


class Pages(Struct):
    """All pages of a file in reading order."""

    pages: list[Page]
    files: dict[str, bytes]
    """Images in the file, by path."""


def pages_of(data: bytes) -> Pages:
    """Parse a web page or an EPUB.

    Raises:
        ValueError: if the file has no pages.
    """
    if not data.startswith(b"PK"):
        return Pages([_page("", data)], {})
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = set(archive.namelist())
    container = ET.fromstring(archive.read("META-INF/container.xml"))  # noqa: S314 - expat limits entities
    opf = next(e.get("full-path", "") for e in container.iter() if _local(e) == "rootfile")
    package = ET.fromstring(archive.read(opf))  # noqa: S314
    items = {e.get("id"): e for e in package.iter() if _local(e) == "item"}
    found: list[Page] = []
    for reference in (e for e in package.iter() if _local(e) == "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(item.get("href", ""))))
        if path in names and item.get("media-type") == "application/xhtml+xml":
            found.append(_page(path, archive.read(path)))
    if not found:
        raise ValueError("No pages in the file")
    images = {
        n: archive.read(n) for n in names if n.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".svg"))
    }
    return Pages(found, images)


def _page(path: str, data: bytes) -> Page:
    try:
        root = ET.fromstring(data)  # noqa: S314
    except ET.ParseError:
        import tinyhtml5

        _check_shape(data)
        root = tinyhtml5.parse(data, namespace_html_elements=False, **_encoding(data))
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _local(element)
    body = root.find("body")
    parents = {child: parent for parent in root.iter() for child in parent}
    return Page(path, root, body if body is not None else root, parents)


def _check_shape(data: bytes) -> None:
    """Reject a page for which the parser needs quadratic time.

    Raises:
        ValueError: if its elements are nested too deeply or have too many attributes.
    """
    depth = 0
    for match in _TAG.finditer(data):
        name, rest = match["name"].lower(), match["rest"]
        if rest.count(b"=") > MOST_ATTRIBUTES:
            raise ValueError(f"An element has more than {MOST_ATTRIBUTES:,} attributes")
        if name in OPEN or rest.endswith(b"/"):
            continue
        depth = max(0, depth - 1) if match["end"] else depth + 1
        if depth > DEEPEST:
            raise ValueError(f"Elements are nested more than {DEEPEST:,} levels deep")


def _encoding(data: bytes) -> dict[str, str]:
    """Return UTF-8 as encoding if the bytes are valid UTF-8, whatever the page says."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return {}
    return {"override_encoding": "utf-8"}


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def roles(element: Element) -> set[str]:
    """Return the roles of an element (DPUB-ARIA 1.1, EPUB Structural Semantics)."""
    return {
        word
        for name in (_OPS, "epub:type", "role")
        for word in (element.get(name) or "").removeprefix("doc-").split()
    }


def ancestors(page: Page, element: Element) -> Iterator[Element]:
    """Yield an element and the elements around it, from the inside out, without the body."""
    current: Element | None = element
    while current is not None and current is not page.body:
        yield current
        current = page.parents.get(current)


def resolved(path: str, href: str) -> Place:
    """Return the page and id to which a link on a page leads."""
    file, _, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
    return target, unquote(fragment)


def text_of(element: Element) -> str:
    """Return the text of an element."""
    return "".join(element.itertext())
