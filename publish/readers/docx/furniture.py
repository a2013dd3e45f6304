"""Headers and footers, which contain for example the date and the reference of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.readers.docx.names import MC, R, W, is_on, value
from publish.readers.docx.package import DocxPackage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def furniture(package: DocxPackage, document: Element, settings: Element | None, kind: str) -> str:
    """Return the lines of all headers or footers that Word shows, each line once.

    Args:
        package: The file.
        document: Main part of the file.
        settings: Settings of the file, if any.
        kind: `header` or `footer`.
    """
    # Many files contain headers and footers for even pages that they do not use (ISO/IEC 29500-1, 17.15.1.35).
    even = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
    shown = [
        e.get(R + "id", "")
        for e in document.iter(f"{W}{kind}Reference")
        if even or value(e, "type") != "even"
    ]
    lines: dict[str, None] = {}
    for identifier in shown:
        relation = package.main_relations.get(identifier)
        if relation is not None and relation.target in package.archive.names:
            lines.update(dict.fromkeys(_lines(package.tree(relation.target))))
    return "\n".join(lines)


def _lines(root: Element) -> Iterator[str]:
    for paragraph in root.iter(W + "p"):
        if any(ancestor.tag == MC + "Fallback" for ancestor in paragraph.iterancestors()):
            continue
        text = " ".join("".join(_own(paragraph)).split())
        if text:
            yield text


def _own(element: Element) -> Iterator[str]:
    """Yield the characters of a paragraph, without those of text boxes that are anchored in it."""
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in {W + "tab", W + "br", W + "cr"}:
            yield " "
        elif child.tag not in {
            W + "p",
            W + "txbxContent",
            MC + "AlternateContent",
            W + "drawing",
            W + "pict",
        }:
            yield from _own(child)
