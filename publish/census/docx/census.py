"""Entry of the census of Word files."""

from __future__ import annotations

from publish.census.docx.notes import bookmarks_around_calls, labels, notes
from publish.census.docx.numbering import Numbering
from publish.census.docx.package import Element, Package, W
from publish.census.docx.shown import Files
from publish.census.docx.story import Story
from publish.census.docx.styles import Styles
from publish.census.types import Census, SourceFile, Unseen


def take(source: SourceFile) -> Census:
    """Count what Word shows.

    Raises:
        ValueError: if the file is not a Word file.
    """
    package = Package(source.data)
    document = package.tree(package.main)
    files = Files(
        package,
        Styles(package.part("styles")),
        Numbering(package.part("numbering")),
        source.track_changes,
        bookmarks_around_calls(document),
    )
    body = document.find(W + "body")
    if body is None:
        raise ValueError("Main part has no body")
    story = Story(files, package.main)
    shown = story.read(body)
    found = labels(shown.calls, document, package.part("settings"))
    listed, stories, uncalled = notes(shown.calls, found, files)
    for note in stories:
        shown.tables += note.shown.tables
        shown.images += note.shown.images
        shown.links += note.shown.links
        shown.unseen += note.shown.unseen
    unseen = [*shown.unseen, *uncalled, *_elsewhere(package)]
    return Census(
        "docx",
        tuple(shown.passages),
        (*listed, *shown.notes),
        tuple(shown.tables),
        tuple(shown.images),
        tuple(shown.links),
        tuple(unseen),
        method="xml.etree",
    )


def _elsewhere(package: Package) -> list[Unseen]:
    """Return the words of headers, footers and comments."""
    reasons = {"header": "header or footer", "footer": "header or footer", "comments": "comment"}
    out: list[Unseen] = []
    for kind, target, outside in package.of_main.values():
        if kind in reasons and not outside and target in package.names:
            text = _words(package.tree(target))
            out += [Unseen(reasons[kind], text)] if text.strip() else []
    return out


def _words(root: Element) -> str:
    return " ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p"))
