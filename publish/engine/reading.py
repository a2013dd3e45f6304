"""Read the document of a request: reader, then profile, then references."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from publish.diagnostics import Diagnostic, PublishError
from publish.diagnostics.codes import make
from publish.engine.components import options_of
from publish.engine.faults import reported
from publish.engine.given_values import given_values, with_values
from publish.model.account import AccountEntry
from publish.profiles import apply_profile
from publish.readers.base import ReadResult, Source
from publish.readers.characters import with_allowed_characters
from publish.readers.languages import with_language_of_words
from publish.readers.registry import find_reader, load_reader
from publish.references.linking import link_references
from publish.request import Request
from publish.storage import MEGABYTE, as_path, read_bytes

OF_IMAGES = frozenset({"PUB-R019", "PUB-R024", "PUB-R068"})
"""Diagnostics about how an image is published."""

HINTS = {
    "PUB-R030": "raise the limit with --max-megabytes, or divide the manuscript",
    "PUB-R031": "raise the limit with --seconds, or divide the manuscript",
}
"""How to raise a limit of reading, by code."""


def read(request: Request) -> ReadResult:
    """Read a manuscript into a document.

    Returns:
        The document, with its structure and metadata, and the diagnostics of reader and profile.

    Raises:
        PublishError: if the manuscript cannot be read.
    """
    try:
        return _read(request)
    except PublishError as error:
        raise PublishError(
            [replace(d, hint=d.hint or HINTS.get(d.code, "")) for d in error.diagnostics]
        ) from error


def _read(request: Request) -> ReadResult:
    source = _source(request)
    with _reported(source.name), _limited(source.name, source.seconds):
        entry = find_reader(request.reader, source)
        result = load_reader(entry)(replace(source, options=options_of(entry, request)))
        result = with_allowed_characters(result)
        if entry.program_language:
            result = with_language_of_words(result)
        document, given = with_values(result.document, given_values(request.values))
        profiled = apply_profile(document, request.profile, request.options)
        read_from = _of_published_images(result.diagnostics, profiled.account)
        found = (*read_from, *profiled.diagnostics)
        account = (*result.account, *given, *profiled.account)
        # A document that is written back unchanged keeps its existing references.
        if not request.references or profiled.document.origin is not None:
            return ReadResult(profiled.document, found, account)
        linked = link_references(profiled.document)
    return ReadResult(linked.document, (*found, *linked.diagnostics), account)


def _of_published_images(
    found: Sequence[Diagnostic], account: Sequence[AccountEntry]
) -> tuple[Diagnostic, ...]:
    """Return diagnostics without those about images that a profile left out, such as the logo of a letter."""
    names = {entry.text for entry in account if entry.kind == "image" and not entry.added}
    about = tuple(f"image '{name.lower()}'" for name in names)
    return tuple(
        d for d in found if d.code not in OF_IMAGES or not any(name in d.message.lower() for name in about)
    )


def _source(request: Request) -> Source:
    """Return the manuscript from the data of the request or from its file.

    Raises:
        PublishError: if the manuscript cannot be read, is empty, or is too large.
    """
    if request.data is not None:
        name, data = request.source or "manuscript", request.data
        folder = Path(request.folder) if request.folder else None
    else:
        path = as_path(request.source)
        name, data, folder = str(path), read_bytes(path, request.max_megabytes), path.parent
    if len(data) > request.max_megabytes * MEGABYTE:
        raise PublishError(make("PUB-R030", f"File is larger than {request.max_megabytes} MB", source=name))
    if not data:
        raise PublishError(make("PUB-R003", "File is empty", source=name))
    return Source(name, data, folder, request.track_changes, request.max_megabytes, request.seconds)


@contextlib.contextmanager
def _reported(name: str) -> Iterator[None]:
    """Convert any exception in a reader to a diagnostic, so that only this manuscript fails.

    Raises:
        PublishError: PUB-R021, if the document is nested too deeply; PUB-R049, for any other error.
    """
    with reported("Reader failed", name, "PUB-R049"):
        try:
            yield
        except RecursionError:
            message = "Content is nested too deeply"
            raise PublishError(make("PUB-R021", message, source=name)) from None


@contextlib.contextmanager
def _limited(name: str, seconds: int) -> Iterator[None]:
    """Stop reading after a time limit, also in code that does not check the time.

    This works only in the main thread, on systems with `setitimer`, and if no other code uses the timer. Otherwise only
    the deadlines of the readers apply.

    Raises:
        PublishError: PUB-R031, if the time limit is exceeded.
    """
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not able or any(signal.getitimer(signal.ITIMER_REAL)):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise PublishError(make("PUB-R031", f"Reading timed out after {seconds} seconds", source=name))

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
