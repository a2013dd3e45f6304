"""From a numbered document to the bytes of a format: style, time, writer."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from publish import __version__
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.engine.clock import timestamp
from publish.engine.files import read_bytes
from publish.model.nodes import Document
from publish.resolve import NumberedDocument
from publish.style import Style, load_style
from publish.writers.base import Context, Manifestation, Output, Template
from publish.writers.registry import find_entry, load_writer

PROFILE_STYLES = {"kamervragen": "aanhangsel"}
"""The house style of a profile, where neither the user nor the manuscript names one."""

DEFAULT_STYLE = "base"


def style_for(document: Document, name: str = "") -> Style:
    """The style with this name, else the one that the manuscript asks for, else its profile's, else the plain one."""
    wanted = name or document.settings.get("style", "")
    return load_style(wanted or PROFILE_STYLES.get(document.profile, DEFAULT_STYLE))


def context_for(  # noqa: PLR0913 - what the command line may say
    document: Document,
    style: str = "",
    pdf_variant: str = "",
    docx_template: str = "",
    manifestations: tuple[Manifestation, ...] = (),
    jurisdiction: str = "",
    *,
    enrich: bool = True,
    media: str = "",
    pdf_engine: str = "",
) -> Context:
    """What a writer may know beside the document.

    Raises:
        PublishError: there is no such style, or the Word template cannot be read.
    """
    return Context(
        style_for(document, style),
        timestamp(document),
        f"publish {__version__}",
        pdf_variant=pdf_variant,
        docx_template=Template(docx_template, read_bytes(Path(docx_template))) if docx_template else None,
        manifestations=manifestations,
        jurisdiction=jurisdiction,
        enriched=enrich,
        media=media,
        pdf_engine=pdf_engine,
    )


def write(  # noqa: PLR0913 - what the command line may say
    document: NumberedDocument,
    to: str,
    *,
    style: str = "",
    pdf_variant: str = "",
    docx_template: str = "",
    manifestations: tuple[Manifestation, ...] = (),
    jurisdiction: str = "",
    enrich: bool = True,
    media: str = "",
    pdf_engine: str = "",
) -> Output:
    """Write a numbered document in one format.

    Args:
        document: What `publish.resolve` made.
        to: Name of the format.
        style: Name or path of a house style.
        pdf_variant: The kind of PDF, such as `2b`, `4` or `ua-1`; empty is PDF/A-2a and PDF/UA-1.
        docx_template: Path of the office's own .docx or .dotx.
        manifestations: The other files that are made of the paper, for formats that point at them.
        jurisdiction: Akoma Ntoso: name or path of the tables by which the work is named; empty follows its country.
        enrich: Akoma Ntoso: whether persons, offices and bodies are marked in the text.
        pdf_engine: What lays out a PDF: `weasyprint` (where it is empty) or `typst`.
        media: Folder for pictures that stand beside the file, relative to it; empty puts them into it.

    Returns:
        The bytes of the file, those of files beside it, and the writer's diagnostics.

    Raises:
        PublishError: there is no such format or style, or the format cannot be written here.
    """
    entry = find_entry(to)
    context = context_for(
        document.document,
        style,
        pdf_variant,
        docx_template,
        manifestations,
        jurisdiction,
        enrich=enrich,
        media=media,
        pdf_engine=pdf_engine,
    )
    with reported(entry.name, document.document.source):
        return load_writer(entry, pdf_engine)(document, context)


@contextlib.contextmanager
def reported(format_name: str, source: str) -> Iterator[None]:
    """Turn what a format's own library raises into a diagnostic.

    Raises:
        PublishError: PUB-W005.
    """
    try:
        yield
    except PublishError:
        raise
    except Exception as error:
        if os.environ.get("PUBLISH_DEBUG"):
            raise
        message = f"{format_name}: {type(error).__name__}: {error}"
        hint = "set PUBLISH_DEBUG=1 to see where"
        raise PublishError(make("PUB-W005", message, source=source, hint=hint)) from error
