"""Steps before the writers, shared by all commands: read → profile → style → number → pages."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import check_ignored, without
from publish.engine.clock import given_time, timestamp
from publish.engine.components import check_options, options_of
from publish.engine.faults import reported
from publish.engine.given_values import given_values
from publish.engine.named_files import with_named_files
from publish.engine.numbering import number, with_pages
from publish.engine.paths import input_paths
from publish.engine.reading import read
from publish.entry_points import load
from publish.model.account import AccountEntry
from publish.model.nodes import Document, Image
from publish.model.walk import document_nodes
from publish.profiles.registry import find_profile
from publish.request import Request
from publish.resolve import NumberedDocument
from publish.storage import as_path, is_existing_file, is_remote
from publish.style import Style, load_style
from publish.version import __version__
from publish.writers.base import Context, Manifestation, Pages
from publish.writers.registry import WRITERS, WriterEntry, find_entry

DEFAULT_STYLE = "base"

PAGED = "pdf"
"""The format whose page numbers the other formats use."""

Step = Callable[[str], None]
"""Function that receives a short description before each step, for a progress display."""


class Input(Struct, frozen=True):
    """An input file of a publication."""

    use: str
    """`manuscript`, `image`, `style`, `font`, or the option that contains the path, such as `docx.template`."""
    path: str


class Rendering(Struct, frozen=True):
    """Data that the writers of all formats of a document share."""

    request: Request
    style: Style
    timestamp: dt.datetime
    """Time in all files of the document, in UTC."""
    layouts: dict[str, object] = field(default_factory=dict)
    """Cache in which the PDF writer keeps its last layout."""

    def context(
        self, entry: WriterEntry, *, manifestations: tuple[Manifestation, ...] = (), media: str = ""
    ) -> Context:
        """Return the data that a writer receives in addition to the document.

        Raises:
            PublishError: PUB-C001, if the request contains an unknown option of the format.
        """
        return Context(
            self.style,
            self.timestamp,
            f"publish {__version__}",
            options_of(entry, self.request),
            manifestations,
            media,
            self.layouts,
        )


class Prepared(Struct, frozen=True):
    """A document that is ready for every writer."""

    document: Document
    """The document from the reader, with the structure of its style."""
    numbered: NumberedDocument
    rendering: Rendering
    inputs: tuple[Input, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    account: tuple[AccountEntry, ...] = ()
    """Content that reader and profile left out or added on purpose."""
    pages: Pages | None = None
    """Pages of the PDF, if other formats refer to them."""

    @property
    def request(self) -> Request:
        """The request."""
        return self.rendering.request

    @property
    def style(self) -> Style:
        """The house style."""
        return self.rendering.style


def check(request: Request) -> Style | None:
    """Reject an invalid request before the manuscript is read; return the style that it names.

    Raises:
        PublishError: PUB-C001, PUB-S001, PUB-S002 or PUB-W003, if the request is invalid.
    """
    given_time(request.time)
    entries(request.formats)
    check_options(request.options)
    check_ignored(request.ignore)
    given_values(request.values)
    return load_style(request.style) if request.style else None


def entries(formats: tuple[str, ...]) -> tuple[WriterEntry, ...]:
    """Return the formats by name, each once, in the given order; `all` selects the default formats.

    Raises:
        PublishError: PUB-W003, if a format is unknown.
    """
    out: dict[str, WriterEntry] = {}
    for name in formats:
        for entry in [e for e in WRITERS if e.default] if name == "all" else [find_entry(name)]:
            out.setdefault(entry.name, entry)
    return tuple(out.values())


def prepare(request: Request, step: Step = lambda _: None) -> Prepared:
    """Read a manuscript, and do all work that its formats share.

    Args:
        request: The request. If it contains PDF and other formats, the other formats get the page marks of the PDF.
        step: Called with a short description before each step.

    Raises:
        PublishError: if the request is invalid or the manuscript cannot be read or numbered; with all diagnostics so far.
    """
    style = check(request)
    step(f"reading {request.source}")
    result = read(request)
    found = list(result.diagnostics)
    try:
        prepared = _prepared(request, result.document, style, found, step)
        return replace(prepared, account=result.account)
    except PublishError as error:
        raise PublishError((*found, *error.diagnostics)) from None


def prepare_document(document: Document, request: Request) -> Prepared:
    """Do the work of `prepare` for a document that was already read.

    Raises:
        PublishError: if the request is invalid or the document cannot be numbered.
    """
    return _prepared(request, document, check(request), [], lambda _: None)


def _prepared(
    request: Request, document: Document, named: Style | None, found: list[Diagnostic], step: Step
) -> Prepared:
    request, own = with_named_files(request, document)
    style = named or own or style_of_profile(document)
    found += style.problems
    step(f"numbering {request.source}")
    if document.structure is None:
        document = replace(document, structure=style.structure)
    rendering = Rendering(request, style, timestamp(document, request.time))

    def lay_out(numbered: NumberedDocument) -> Pages:
        entry = find_entry(PAGED)
        with reported(entry.name, document.source):
            pages: Pages = load(entry.pages)(numbered, rendering.context(entry))
            return pages

    resolved = number(document, lay_out)
    found += resolved.diagnostics
    numbered, pages = resolved.document, None
    names = [entry.name for entry in entries(request.formats)]
    if PAGED in names and len(names) > 1:
        # If the layout fails, the PDF writer reports the error, and the other formats get no page marks.
        with contextlib.suppress(PublishError):
            pages = lay_out(numbered)
            numbered = with_pages(numbered, pages)
    inputs = tuple(_inputs(request, document, style))
    return Prepared(document, numbered, rendering, inputs, without(found, request.ignore), pages=pages)


def style_of_profile(document: Document) -> Style:
    """Return the style of the profile of a document, else the default style.

    Raises:
        PublishError: PUB-S001 or PUB-S002, if the style cannot be loaded.
    """
    profile = find_profile(document.profile) if document.profile else None
    return load_style((profile.style if profile is not None else "") or DEFAULT_STYLE)


def _is_image(folder: Path, name: str) -> bool:
    """Return whether a name of a document is a file in the folder of the manuscript, and not a link out of it."""
    path = folder / name
    if not is_existing_file(path):
        return False
    return is_remote(path) or path.resolve().is_relative_to(folder.resolve())


def _inputs(request: Request, document: Document, style: Style) -> Iterator[Input]:
    """Yield all input files: manuscript, images, the style and its base styles, fonts, and files in options."""
    folder = Path(request.folder) if request.folder else None
    if request.data is None and (request.source or document.source):
        path = as_path(request.source or document.source)
        yield Input("manuscript", str(path))
        folder = path.parent
    if folder is not None:
        shown = {
            x.source for x in document_nodes(document) if isinstance(x, Image)
        } | document.resources.keys()
        yield from (Input("image", str(folder / name)) for name in sorted(shown) if _is_image(folder, name))
    yield from (Input("style" if path.endswith(".toml") else "font", path) for path in style.files)
    yield from (Input(found.setting, found.path) for found in input_paths(request))
