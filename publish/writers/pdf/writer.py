"""The PDF writer: HTML for print, laid out, then tagged."""

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
"""Layouts that are tried until the pages in a list of contents are true, and every table fits."""

FITS = (
    "it extends into the margin",
    "it is set at 80% of its size and extends into the margin",
    "it is set at 65% of its size, with words broken at permitted positions",
    "it is set at 50% of its size, with words broken anywhere",
    "its words are broken anywhere",
)
"""What is done, step by step, to a table that is too wide; `publish.style.css.print` has a class `fit-1` … for each."""

BREAK = len(FITS)
FEW_COLUMNS = 4

IMAGE_SCHEME = "publish-picture:"
"""The scheme under which the layout engine asks for pictures; nothing else can be asked for."""


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one file, or another variant that is asked for.

    Raises:
        PublishError: PUB-W002, where the system library Pango is not installed; PUB-C001, where there is no such variant.
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
    """Where the pages begin, and on which page each anchor stands.

    Raises:
        PublishError: PUB-W002, where the system library Pango is not installed.
    """
    sources = _sources(numbered, context)
    return engine.pages(sources.html, sources.css, sources.resources, context.layouts)


class _Sources(NamedTuple):
    """What is laid out: the document, its style sheet, and its pictures by their addresses."""

    html: str
    css: str
    resources: dict[str, Resource]
    missing: tuple[Diagnostic, ...]
    """What no font of the house can show."""
    fitted: list[tuple[n.Table, int]]
    """Tables that are too wide, and how far each was made to fit: a step of `FITS`, from 1."""


def _sources(numbered: NumberedDocument, context: Context) -> _Sources:
    """Lay a document out until its page numbers are true and its tables fit, as far as it has any."""
    metadata = numbered.document.metadata
    css = print_css(context.style, values(metadata, numbered.title), rtl=is_rtl(metadata.language))
    addresses = image_addresses(numbered)
    resources = {addresses[key]: resource for key, resource in numbered.document.resources.items()}
    for address, face in font_addresses(context.style).items():
        resources[address] = Resource("font/ttf", Path(face.path).read_bytes())
    shown = glyphs.printable(numbered, context.style)
    names_pages = bool(numbered.contents()) or numbered.structure.page_references
    numbers: dict[str, int] = {}
    fits: dict[int, int] = {}
    html, tables = document_html(numbered, context, numbers, fits)
    html = html.translate(shown.instead)
    for _ in range(ROUNDS if names_pages or tables else 0):
        found = engine.pages(html, css, resources, context.layouts)
        # The list of contents and references name pages, which may move as they get their numbers.
        new = found.anchors if names_pages else {}
        steps = {k: _next_step(tables[k], fits.get(k, 0)) for k in found.wide}
        if new == numbers and steps.items() <= fits.items():
            break
        numbers = new
        fits |= steps
        html = document_html(numbered, context, numbers, fits)[0].translate(shown.instead)
    fitted = [(tables[k], step) for k, step in sorted(fits.items())]
    return _Sources(html, css, resources, shown.diagnostics, fitted)


def _next_step(table: n.Table, step: int) -> int:
    """What is done to a table that is still too wide; one of few columns is so by a long word, and stays readable when that is broken."""
    if len(table.columns) <= FEW_COLUMNS:
        return BREAK
    return min(step + 1, BREAK - 1)


def image_addresses(numbered: NumberedDocument) -> dict[str, str]:
    """An address for each picture without any character that a URL would have to escape."""
    return {key: f"{IMAGE_SCHEME}{k}" for k, key in enumerate(numbered.document.resources, start=1)}


def document_html(
    numbered: NumberedDocument, context: Context, pages: Mapping[str, int], fits: Mapping[int, int]
) -> tuple[str, list[n.Table]]:
    """The document as HTML for print: each note stands at its call, from where CSS floats it to the foot.

    Args:
        numbered: The document.
        context: What the writer knows beside it.
        pages: The page of each anchor that a list of contents names; what is not there is page 0.
        fits: How far tables that are too wide are made to fit, by their place among the tables.

    Returns:
        The page, and the tables in the order in which they stand in it.
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
