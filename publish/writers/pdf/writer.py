"""Write PDF: create HTML for print, lay it out and tag it."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.language import is_rtl
from publish.model.resources import Resource
from publish.resolve.numbered import NumberedDocument
from publish.style.css import font_addresses, print_css
from publish.style.furniture import values
from publish.writers import glyphs
from publish.writers.base import Context, Output, Pages
from publish.writers.html.page import root_language, whole
from publish.writers.html.target import Target
from publish.writers.html.tree import TreeBuilder
from publish.writers.pdf import engine
from publish.writers.pdf.options import PdfOptions
from publish.writers.pdf.variants import find_variant

ROUNDS = 8
"""Maximum number of layouts until the page numbers in a table of contents are correct and every table fits."""

FITS = (
    "it extends into the margin",
    "it is set at 80% of its size and extends into the margin",
    "it is set at 65% of its size, with words broken at permitted positions",
    "it is set at 50% of its size, with words broken anywhere",
    "its words are broken anywhere",
)
"""Steps to fit a table that is too wide; `publish.style.css.print` has a class `fit-1` … for each step."""

BREAK = len(FITS)
FEW_COLUMNS = 4

SETTLED = "settled"
"""Key of the last `_Settled` among the layouts of the context."""

IMAGE_SCHEME = "publish-picture:"
"""URL scheme with which the layout engine requests images; it can request nothing else."""


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one file, or another variant from the options.

    Raises:
        PublishError: PUB-W002, if the system library Pango is not installed; PUB-C001, if the variant is unknown.
    """
    variant = find_variant(context.options_as(PdfOptions).variant)
    html, css, resources, missing, fitted = _sources(numbered, context)
    identifier = hashlib.sha256(html.encode() + css.encode()).hexdigest()[:32].encode()
    language = numbered.document.metadata.language
    data = engine.render(html, css, resources, identifier, language, variant, context.layouts)
    source = numbered.document.source
    found = list(missing)
    for table, step in fitted:
        message = f"Table of {len(table.columns)} columns is wider than the page: {FITS[step - 1]}"
        found.append(make("PUB-W010", message, span=table.span, source=source))
    return Output(data, tuple(found))


def pages(numbered: NumberedDocument, context: Context) -> Pages:
    """Return where the pages begin, and the page of each anchor.

    Raises:
        PublishError: PUB-W002, if the system library Pango is not installed.
    """
    sources = _sources(numbered, context)
    return engine.pages(sources.html, sources.css, sources.resources, context.layouts)


class _Sources(NamedTuple):
    """Input of the layout: the document, its style sheet, and its images by their addresses."""

    html: str
    css: str
    resources: dict[str, Resource]
    missing: tuple[Diagnostic, ...]
    """Diagnostics for characters that no font of the house style contains."""
    fitted: list[tuple[n.Table, int]]
    """Tables that are too wide, and the step of `FITS` for each, from 1."""


class _Settled(NamedTuple):
    """Result of the last search for page numbers and fits."""

    plain: str
    """The document without page numbers, with tables at their full size."""
    numbers: dict[str, int]
    fits: dict[int, int]


def _sources(numbered: NumberedDocument, context: Context) -> _Sources:
    """Lay out a document until its page numbers, if any, are correct and its tables, if any, fit."""
    metadata = numbered.document.metadata
    css = print_css(context.style, values(metadata, numbered.title), rtl=is_rtl(metadata.language))
    addresses = image_addresses(numbered)
    resources = {addresses[key]: resource for key, resource in numbered.document.resources.items()}
    for address, face in font_addresses(context.style).items():
        resources[address] = Resource("font/ttf", Path(face.path).read_bytes())
    shown = glyphs.printable(numbered, context.style)
    names_pages = bool(numbered.contents()) or numbered.structure.page_references
    plain, tables = document_html(numbered, context, {}, {})
    # After the pages were found for other formats, the PDF begins with the same page numbers and fits.
    settled: _Settled = context.layouts.get(SETTLED, _Settled("", {}, {}))
    numbers, fits = (settled.numbers, settled.fits) if settled.plain == plain else ({}, {})
    again = document_html(numbered, context, numbers, fits)[0] if numbers or fits else plain
    html = shown.applied_to(again)
    for _ in range(ROUNDS if names_pages or tables else 0):
        found = engine.pages(html, css, resources, context.layouts)
        # The table of contents and references contain page numbers; to insert them can move the pages.
        new = found.anchors if names_pages else {}
        steps = {k: _next_step(tables[k], fits.get(k, 0)) for k in found.wide}
        if new == numbers and steps.items() <= fits.items():
            break
        numbers, fits = new, fits | steps
        html = shown.applied_to(document_html(numbered, context, numbers, fits)[0])
    context.layouts[SETTLED] = _Settled(plain, numbers, fits)
    fitted = [(tables[k], step) for k, step in sorted(fits.items())]
    return _Sources(html, css, resources, shown.diagnostics, fitted)


def _next_step(table: n.Table, step: int) -> int:
    """Return the next step for a table that is still too wide.

    A table of few columns is too wide because of a long word, and stays readable if this word is broken.
    """
    if len(table.columns) <= FEW_COLUMNS:
        return BREAK
    return min(step + 1, BREAK - 1)


def image_addresses(numbered: NumberedDocument) -> dict[str, str]:
    """Return an address for each image, without characters that a URL must escape."""
    return {key: f"{IMAGE_SCHEME}{k}" for k, key in enumerate(numbered.document.resources, start=1)}


def document_html(
    numbered: NumberedDocument, context: Context, pages: Mapping[str, int], fits: Mapping[int, int]
) -> tuple[str, list[n.Table]]:
    """Return the document as HTML for print: each note is at its call, and CSS floats it to the foot of the page.

    Args:
        numbered: The document.
        context: The context of the writer.
        pages: The page of each anchor that a table of contents names; a missing anchor gets page 0.
        fits: The step for each table that is too wide, by its index among the tables.

    Returns:
        The HTML page, and its tables in document order.
    """
    metadata = numbered.document.metadata
    html = ET.Element("html", root_language(numbered.document))
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "title").text = numbered.title
    pairs = {"generator": context.tool, "dcterms.created": context.stamp, "dcterms.modified": context.stamp}
    pairs |= {"description": metadata.subject} if metadata.subject else {}
    pairs |= {"keywords": ", ".join(metadata.keywords)} if metadata.keywords else {}
    for name, value in pairs.items():
        ET.SubElement(head, "meta", {"name": name, "content": value})
    for agent in metadata.agents_as("author"):
        ET.SubElement(head, "meta", {"name": "author", "content": agent.shown})
    main = ET.SubElement(ET.SubElement(html, "body"), "main")
    target = Target(
        notes="page",
        picture=image_addresses(numbered).__getitem__,
        page=lambda anchor: str(pages.get(anchor, 0)),
        fits=fits,
    )
    builder = TreeBuilder(numbered, target)
    whole(main, builder, numbered.document.blocks)
    builder.notes.at_end(main, numbered.notes.values())
    text = ET.tostring(html, encoding="unicode", method="html", short_empty_elements=False)
    return f"<!DOCTYPE html>{text}", builder.tables
