"""The reader for web pages and EPUB."""

from __future__ import annotations

import copy
import posixpath
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree
from msgspec.structs import replace

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model.account import AccountEntry
from publish.readers.base import ReadResult, Source
from publish.readers.pandoc.program import Json, pandoc_tree
from publish.readers.pandoc.tree import TreeReader
from publish.readers.web.drawings import place_drawings, remove_embedded
from publish.readers.web.notes import lift, target
from publish.readers.web.pairs import mark_pairs
from publish.readers.web.parts import Book, Part, book
from publish.readers.web.shown import (
    complete_columns,
    drop_roles,
    number_items,
    remove_hidden,
    remove_navigation,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read(source: Source) -> ReadResult:
    """Read a web page or an EPUB.

    Raises:
        PublishError: PUB-R009, if the file is damaged; PUB-R030, if it is too large; PUB-R031, if it exceeds the time limit.
    """
    read_book = book(source)
    removed = [remove_hidden(part.body, part.sheets) for part in read_book.parts]
    hidden = sum(count for count, _ in removed)
    navigation = [entry for part in read_book.parts for entry in remove_navigation(part.body)]
    embedded = Counter(name for part in read_book.parts for name in remove_embedded(part.body))
    mark_pairs(read_book.parts)
    lifting = lift(read_book.parts)
    notes, headings = lifting.notes, lifting.headings
    for part in read_book.parts:
        _settle(part, read_book)
    tree, lost = _tree(source, [_division(part.body, _name(part.path)) for part in read_book.parts])
    reader = TreeReader(source, read_book.archive)
    if notes:  # the pandoc blocks of each note, by its key
        inner, more = _tree(source, [_division(note.element, note.key) for note in notes])
        reader.note_blocks = {b["c"][0][0]: b["c"][1] for b in inner["blocks"] if b["t"] == "Div"}
        lost += more
    reader.note_labels = {note.key: note.label for note in notes}
    reader.note_series = {note.key: note.series for note in notes}
    result = reader.document(tree)
    found = [*result.diagnostics, *lost]
    if read_book.removed:
        message = f"Control characters were removed from {read_book.removed} passages of text"
        found.append(make("PUB-R018", message, source=source.name))
    if hidden:
        times = f" ({hidden} times)" if hidden > 1 else ""
        found.append(make("PUB-R036", f"Hidden text is left out{times}", source=source.name))
    for name, count in embedded.items():
        times = f" ({count} times)" if count > 1 else ""
        message = f"Content of '{name}' is not published{times}"
        found.append(make("PUB-R041", message, source=source.name))
    for address in lifting.dead:
        message = f"Called note not found: '{address}'; its call is published as a link"
        found.append(make("PUB-R038", message, source=source.name))
    if headings:
        named = ", ".join(f"'{heading}'" for heading in headings)
        message = f"Headings above notes are left out, because publish places the notes itself: {named}"
        found.append(make("PUB-R058", message, source=source.name))
    given = read_book.metadata
    metadata = replace(
        result.document.metadata,
        title=result.document.metadata.title or given.title,
        language=result.document.metadata.language or given.language,
        rights=given.rights,
        agents=result.document.metadata.agents or given.agents,
    )
    for entry in navigation:
        if entry.kind == "words":
            message = f"Navigation is left out: '{entry.text[:60]}'"
            found.append(make("PUB-R064", message, source=source.name))
    by_css = (entry for _, entries in removed for entry in entries)
    account = (*by_css, *navigation, *(AccountEntry("PUB-R058", heading) for heading in headings))
    return ReadResult(replace(result.document, metadata=metadata), tuple(found), (*result.account, *account))


def _tree(source: Source, divisions: list[Element]) -> tuple[Json, list[Diagnostic]]:
    """Return the pandoc tree of a page of these divisions, and diagnostics about lost content."""
    whole = etree.Element("html")
    etree.SubElement(whole, "body").extend(divisions)
    return pandoc_tree(source, etree.tostring(whole, encoding="UTF-8", method="html"), "html")


def _division(element: Element, name: str) -> Element:
    """Copy the content of an element into a division with this id."""
    division = etree.Element("div", {"id": name} if name else {})
    division.text = element.text
    for child in element:
        division.append(copy.deepcopy(child))
    return division


def _name(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _settle(part: Part, whole: Book) -> None:
    """Change the ids and addresses of one page so that they are valid in the combined pages."""
    place_drawings(part.body)
    complete_columns(part.body)
    drop_roles(part.body)
    number_items(part.body)
    for aside in part.body.iter("aside"):
        aside.tag = "div"  # pandoc drops the id of an aside
    if whole.archive is None:
        return
    folder = posixpath.dirname(part.path)
    pages = {other.path for other in whole.parts}
    for element in part.body.iter(etree.Element):
        if identifier := element.get("id"):
            element.set("id", f"{_name(part.path)}-{identifier}")
        source = element.get("src")
        if source and "://" not in source:
            element.set("src", posixpath.normpath(posixpath.join(folder, unquote(source))))
        href = element.get("href")
        if href and "://" not in href:
            path, _ = target(part.path, href)
            fragment = href.partition("#")[2]
            if path in pages:
                element.set("href", f"#{_name(path)}-{fragment}" if fragment else f"#{_name(path)}")
