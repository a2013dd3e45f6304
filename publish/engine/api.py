"""The Python API: read, prepare, resolve, write, convert, verify, diff.

Each function takes a path, bytes or a binary stream, and every setting of a `Request` as a keyword. The functions have no
state and can be called from several threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import Any

import msgspec

from publish.conversion import converted
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.difference import Difference, compare_documents
from publish.engine.clock import timestamp
from publish.engine.components import short_forms, without_short_forms
from publish.engine.isolation import run_isolated
from publish.engine.job import Result, run, run_in_memory
from publish.engine.named_files import with_named_files
from publish.engine.pipeline import Prepared, Rendering, check, prepare_document, style_of_profile
from publish.engine.pipeline import prepare as prepare_request
from publish.engine.reading import read as read_request
from publish.engine.writing import write as write_prepared
from publish.model.nodes import Document
from publish.readers.base import ReadResult
from publish.request import Limits, Request
from publish.resolve import NumberedDocument, Resolved
from publish.storage import Readable, named
from publish.writers.base import Output

__all__ = ["convert", "diff", "prepare", "read", "resolve", "write"]


def request(source: Readable | Request, name: str = "", **settings: Any) -> Request:  # noqa: ANN401 - fields of Request
    """Build a request from a manuscript and settings.

    Args:
        source: A path or URL, bytes, a binary stream, or a request to which the settings are applied.
        name: The name of the bytes or stream; its suffix determines the format.
        settings: Fields of `Request`, or options of formats by their short form, such as `pdf_variant="2b"`.

    Raises:
        TypeError: if a setting does not exist or has the wrong type.
        PublishError: PUB-C001, if the value of a setting is invalid.
    """
    values: dict[str, Any] = {}
    if isinstance(source, Request):
        values = msgspec.structs.asdict(source)
    else:
        file = named(source, name)
        values = {"source": file.name, "data": file.data}
    plain = {key: fspath(value) if isinstance(value, PathLike) else value for key, value in settings.items()}
    plain, options = without_short_forms(plain, plain.pop("options", values.get("options") or {}))
    known = {field.name for field in msgspec.structs.fields(Request)}
    unknown = sorted(set(plain) - known)
    if unknown:
        raise TypeError(
            f"unexpected keyword argument '{unknown[0]}'; settings: {', '.join(sorted(known | set(short_forms())))}"
        )
    if isinstance(plain.get("formats"), str):
        plain["formats"] = (plain["formats"],)
    try:
        return converted({**values, **plain, "options": options}, Request)
    except msgspec.ValidationError as error:
        if str(error).startswith("Expected "):
            raise TypeError(str(error)) from None
        raise PublishError(make("PUB-C001", str(error))) from None


def read(source: Readable | Request, *, name: str = "", **settings: Any) -> ReadResult:  # noqa: ANN401
    """Read a manuscript into a document, without numbering it.

    Args:
        source: A path or URL, bytes, a binary stream, or a request.
        name: The name of the bytes or stream.
        settings: Fields of `Request`.

    Returns:
        The document, with its structure and metadata, and the diagnostics of reader and profile.

    Raises:
        PublishError: if the manuscript cannot be read.
        TypeError: if an argument has the wrong type.
    """
    return read_request(request(source, name, **settings))


def prepare(source: Readable | Request | Document, *, name: str = "", **settings: Any) -> Prepared:  # noqa: ANN401
    """Run all steps before the writers: read, recognise the document type, choose the style, number, lay out if needed.

    Args:
        source: A path or URL, bytes, a binary stream, a request, or the document that `read` returned.
        name: The name of the bytes or stream.
        settings: Fields of `Request`.

    Raises:
        PublishError: if the manuscript cannot be read or numbered.
        TypeError: if an argument has the wrong type.
    """
    if isinstance(source, Document):
        return prepare_document(source, request(Request(formats=()), **settings))
    return prepare_request(request(source, name, **{"formats": (), **settings}))


def resolve(document: Document, **settings: Any) -> Resolved:  # noqa: ANN401
    """Assign all numbers, ids and links of a document, as `convert` does.

    Args:
        document: The document that `read` returned.
        settings: Fields of `Request`, such as the style, which determines what is numbered.

    Raises:
        PublishError: if the style is not found or the document cannot be laid out.
        TypeError: if an argument has the wrong type.
    """
    if not isinstance(document, Document):
        raise TypeError(f"expected a Document, not {type(document).__name__}")
    prepared = prepare(document, **settings)
    return Resolved(prepared.numbered, prepared.diagnostics)


def write(document: Prepared | NumberedDocument | Document, to: str, **settings: Any) -> Output:  # noqa: ANN401
    """Write a document in one format, as bytes.

    Args:
        document: The result of `prepare`, the numbered document of `resolve`, or the document that `read` returned.
        to: Name of the format.
        settings: Fields of `Request`; ignored for the result of `prepare`, which has its own settings.

    Returns:
        The bytes of the file, the bytes of its attachments, and the diagnostics of the writer.

    Raises:
        PublishError: if the format is unknown or cannot be written on this system.
        TypeError: if an argument has the wrong type.
    """
    if isinstance(document, Document):
        document = prepare(document, **settings)
    elif isinstance(document, NumberedDocument):
        paper = document.document
        asked, own = with_named_files(request(Request(formats=()), **settings), paper)
        style = check(asked) or own or style_of_profile(paper)
        rendering = Rendering(asked, style, timestamp(paper, asked.time))
        document = Prepared(paper, document, rendering)
    elif not isinstance(document, Prepared):
        raise TypeError(f"expected what prepare() or resolve() returns, not {type(document).__name__}")
    if not isinstance(to, str):
        raise TypeError(f"expected the name of a format, not {type(to).__name__}")
    return write_prepared(document, to)


def convert(
    source: Readable | Request,
    to: Sequence[str] = ("all",),
    output: str | PathLike[str] | None = "output",
    *,
    name: str = "",
    limits: Limits | None = None,
    **settings: Any,  # noqa: ANN401
) -> Result:
    """Publish a manuscript: write its files, read them back, and compare their notes and text.

    Args:
        source: A path or URL, bytes, a binary stream, or a request.
        to: Names of formats; `all` selects the formats that `publish build` writes by default.
        output: A folder, or for one format a file; None writes nothing to disk and returns the files in `Result.outputs`.
        name: The name of the bytes or stream.
        limits: Limits of time and memory, for files that come from others; the work is then done in a new process.
        settings: Fields of `Request`.

    Returns:
        The written files, all diagnostics, and the verification report.

    Raises:
        PublishError: if no file could be written.
        TypeError: if an argument has the wrong type.
    """
    formats = (to,) if isinstance(to, str) else tuple(to)
    in_memory = output is None and not isinstance(source, Request)
    if isinstance(source, Request):
        asked = request(source, **settings)
    else:
        place = {} if output is None else {"output": fspath(output)}
        asked = request(source, name, formats=formats, **place, **settings)
    if limits is not None:
        result = run_isolated(asked, limits, in_memory=in_memory)
    else:
        result = run_in_memory(asked) if in_memory else run(asked)
    if not result.files and not result.outputs:
        raise PublishError(result.diagnostics)
    return result


def diff(old: Readable | Request, new: Readable | Request, **settings: Any) -> Difference:  # noqa: ANN401
    """Compare the structure, text and notes of two versions of a document.

    Args:
        old: Old version: a path or URL, bytes, a binary stream, or a request.
        new: New version: a path or URL, bytes, a binary stream, or a request.
        settings: Fields of `Request`, applied to both versions.

    Raises:
        PublishError: if one of the versions cannot be read.
        TypeError: if an argument has the wrong type.
    """
    first, second = (prepare(source, **settings).numbered for source in (old, new))
    return compare_documents(first, second)
