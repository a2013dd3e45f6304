"""Job that prepares, writes and verifies one manuscript."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from msgspec import Struct, field

from publish.diagnostics import Diagnostic, PublishError, has_errors
from publish.diagnostics.codes import make, without
from publish.engine.files import check_no_link, write_whole
from publish.engine.pipeline import Input, Prepared, Step, entries, prepare
from publish.engine.targets import REPORT_SUFFIX, stem, targets
from publish.engine.writing import write
from publish.request import Request
from publish.storage import Named, as_path, get
from publish.writers.base import Manifestation, Output
from publish.writers.registry import find_entry

if TYPE_CHECKING:
    from publish.verify import Report


Saved = TypeVar("Saved")
"""What is kept of an output: its path, or the output itself."""


EMBEDDING = frozenset({"akn", "akn-package", "markdown"})
"""Formats that can contain their images instead of a folder next to the file."""


class Result(Struct, frozen=True):
    """Result of a job."""

    source: str
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    report: Report | None = None
    inputs: tuple[Input, ...] = ()
    """Input files of the publication."""
    outputs: dict[str, Output] = field(default_factory=dict)
    """Output by format, if the job runs in memory."""

    @property
    def ok(self) -> bool:
        """Whether neither the manuscript nor an output has an error."""
        return not has_errors(self.diagnostics)


def run(request: Request, step: Step = lambda _: None) -> Result:
    """Write the files of a request. If one format fails, the other formats are still written.

    Args:
        request: The request.
        step: Called with a short description before each step, for a progress display.
    """
    try:
        paths = targets(request)
        prepared = prepare(request, step)
    except PublishError as error:
        return Result(request.source, (), error.diagnostics)
    keep = as_path(request.source) if request.data is None else None

    def save(path: Path, output: Output) -> str:
        for address, data in output.attachments.items():
            check_no_link(path.parent, address)
            write_whole(path.parent / address, data, keep=keep)
        write_whole(path, output.data, keep=keep)
        return str(path)

    found = list(prepared.diagnostics)
    files = _published(prepared, paths, save, found, step, media=not request.embed_images)
    report = _verified(prepared, list(files.values()), found, step)
    if report is not None and len(paths) > 1:
        name = f"{stem(request.source)}{REPORT_SUFFIX}"
        try:
            write_whole(as_path(request.output) / name, report.to_json())
        except PublishError as error:
            found += error.diagnostics
    kept = without(found, request.ignore)
    return Result(request.source, tuple(files.values()), kept, report, prepared.inputs)


def run_in_memory(request: Request) -> Result:
    """Return the files of a request as bytes, with embedded images, without writing to disk."""
    try:
        prepared = prepare(request)
    except PublishError as error:
        return Result(request.source, (), error.diagnostics)
    found = list(prepared.diagnostics)
    paths = {entry.name: Path(f"{stem(request.source)}{entry.suffix}") for entry in entries(request.formats)}
    outputs = _published(prepared, paths, lambda _, output: output, found)
    files = [Named(str(paths[name]), output.data) for name, output in outputs.items()]
    report = _verified(prepared, files, found)
    kept = without(found, request.ignore)
    return Result(request.source, (), kept, report, prepared.inputs, outputs)


def _published(
    prepared: Prepared,
    paths: Mapping[str, Path],
    save: Callable[[Path, Output], Saved],
    found: list[Diagnostic],
    step: Step = lambda _: None,
    *,
    media: bool = False,
) -> dict[str, Saved]:
    """Write and save each format; return what `save` returns, by format, without the formats that failed.

    Args:
        prepared: The prepared document.
        paths: Path of each format.
        save: Function that receives the path and the output of a format.
        found: List to which diagnostics are added.
        step: Called with a short description before each step.
        media: Whether images may be in a folder next to the file.
    """
    saved: dict[str, Saved] = {}
    for name, path in paths.items():
        step(f"writing {path}")
        folder = f"{stem(str(path))}.media" if media or name not in EMBEDDING else ""
        try:
            output = write(prepared, name, manifestations=_others(name, paths), media=folder)
            saved[name] = save(path, output)
        except PublishError as error:
            found += error.diagnostics
            continue
        found += output.diagnostics
    return saved


def _verified(
    prepared: Prepared,
    files: Sequence[str | Named],
    found: list[Diagnostic],
    step: Step = lambda _: None,
) -> Report | None:
    """Compare the files with the document, and add each finding as a diagnostic; None if nothing is to be compared."""
    if not prepared.request.verify or not files:
        return None
    step("Reading the outputs back")
    from publish.engine.source_proof import with_source
    from publish.verify import expect, verify
    from publish.verify.extractors.registry import format_of

    readable = [file for file in files if format_of(file.name if isinstance(file, Named) else file)]
    inherited = _inherited(prepared)
    if inherited:
        message = f"Source does not conform to the standard of its format ({len(inherited)} errors); publish kept the errors"
        found.append(make("PUB-V024", message, source=prepared.document.source))
    report = with_source(verify(readable, expect(prepared.numbered), inherited), prepared)
    found += (finding.diagnostic() for finding in report.findings)
    return report


def _others(name: str, paths: Mapping[str, Path]) -> tuple[Manifestation, ...]:
    """Return the other files of the job, as addresses in the same folder."""
    entries = ((find_entry(other), path) for other, path in paths.items() if other != name)
    return tuple(Manifestation(quote(path.name), entry.media_type, entry.title) for entry, path in entries)


def _inherited(prepared: Prepared) -> frozenset[tuple[str, str]]:
    """Return the errors (code and message) that a source written back unchanged already has against its standard."""
    origin, path = prepared.document.origin, as_path(prepared.document.source)
    if origin is None:
        return frozenset()
    from publish.verify import conformance

    data = prepared.request.data
    faults = conformance(origin.format, path, get(path) if data is None else data)
    return frozenset((fault.code, fault.message) for fault in faults)
