"""Convert a numbered document to Typst source, and compile it to a PDF."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint
from publish.resolve.numbered import NumberedDocument
from publish.style.fonts import own_faces
from publish.style.load import fonts_folder
from publish.temporary import temporary_folder
from publish.writers.base import Context, Output, Pages
from publish.writers.glyphs import printable
from publish.writers.pdf.options import PdfOptions
from publish.writers.pdf.variants import find_variant
from publish.writers.typst.images import ImageFiles
from publish.writers.typst.positions import QUERY, Found, Marks, found
from publish.writers.typst.prelude import prelude
from publish.writers.typst.source import SourceBuilder

MAIN = "main.typ"
MARKED = "marked"
"""Key among the layouts of the context: Typst has laid out the source with marks."""


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write PDF/A-2a and PDF/UA-1 in one file, or another variant that Typst supports.

    Raises:
        PublishError: PUB-W014, if the package `typst` is not installed; PUB-W015, if Typst rejects the document;
            PUB-C001, if Typst does not support the variant.
    """
    variant = find_variant(context.options_as(PdfOptions).variant)
    if not variant.typst:
        message = f"Typst engine cannot write PDF variant '{variant.name}'"
        raise PublishError(
            make("PUB-C001", message, hint="Choose another variant, or use `--pdf-engine weasyprint`")
        )
    # Marks do not change the PDF. After `pages`, Typst reuses the layout of the same source.
    files, missing = _source(numbered, context, Marks(wanted=MARKED in context.layouts))
    with _compiler(files, context, numbered.document.source) as compiler:
        data = compiler.compile(format="pdf", pdf_standards=list(variant.typst))
    return Output(data, missing)


def write_source(numbered: NumberedDocument, context: Context) -> Output:
    """Write the source and its images; to compile it, use the fonts of the style (`typst compile --font-path`)."""
    files, missing = _source(numbered, context, Marks(), context.media)
    return Output(files.pop(MAIN), missing, files)


def pages(numbered: NumberedDocument, context: Context) -> Pages:
    """Return the page of each anchor, and where pages begin.

    A word that is divided between two pages counts for the first page.

    Raises:
        PublishError: PUB-W014 or PUB-W015.
    """
    context.layouts[MARKED] = True
    first = _pages(numbered, context, Marks(wanted=True))
    return (
        _pages(numbered, context, Marks(wanted=True, divided=first.divided)).pages
        if first.divided
        else first.pages
    )


def _pages(numbered: NumberedDocument, context: Context, marks: Marks) -> Found:
    files, _ = _source(numbered, context, marks)
    with _compiler(files, context, numbered.document.source) as compiler:
        (reported,) = json.loads(compiler.query(QUERY, field="value"))
    return found(reported)


def _source(
    numbered: NumberedDocument, context: Context, marks: Marks, media: str = ""
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the files for Typst, and diagnostics for characters that cannot be printed."""
    shown = printable(numbered, context.style)
    images = ImageFiles(numbered.document.resources, context.style, media)
    body = shown.applied_to(SourceBuilder(numbered, context.style, images, marks).whole())
    return {MAIN: f"{prelude(numbered, context)}\n{body}\n".encode(), **images.files}, shown.diagnostics


@contextlib.contextmanager
def _compiler(files: dict[str, bytes], context: Context, source: str) -> Iterator[Any]:
    """Yield a Typst compiler for a document, with only the fonts of publish and of the style, and only these files.

    Raises:
        PublishError: PUB-W014, if Typst is not installed; PUB-W015, if Typst rejects the document.
    """
    engine: Any  # its type annotations do not describe its arguments
    try:
        import typst as engine
    except ImportError:
        hint = f"{extra_hint('typst')}; or omit `--pdf-engine`"
        raise PublishError(make("PUB-W014", "Package not installed: typst", hint=hint)) from None
    own = {face.path.rpartition("/")[0] for face in own_faces(context.style.folder)}
    with temporary_folder() as folder:
        for name, data in files.items():
            (folder / name).write_bytes(data)
        try:
            yield engine.Compiler(
                folder / MAIN,
                root=str(folder),
                font_paths=[str(fonts_folder()), *sorted(own)],
                ignore_system_fonts=True,
            )
        except engine.TypstError as error:
            message = str(error).strip().removeprefix("error: ")
            raise PublishError(make("PUB-W015", message, source=source)) from None
