"""A job: one manuscript, its formats and where they go. It is small, and runs anywhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from publish.diagnostics import Diagnostic, PublishError, has_errors
from publish.diagnostics.codes import make
from publish.engine.files import write_whole
from publish.engine.numbering import number, with_pages
from publish.engine.reading import read as read_manuscript
from publish.engine.writing import style_for, write
from publish.model.nodes import Document, Image
from publish.model.options import DEFAULT, Options
from publish.model.walk import document_nodes
from publish.places import get, is_remote, place
from publish.resolve import NumberedDocument
from publish.verify import Report, conformance, expect, verify
from publish.verify.extract import format_of
from publish.writers.base import Manifestation
from publish.writers.pdf_variants import find_variant
from publish.writers.registry import WRITERS, WriterEntry, find_entry

REPORT_SUFFIX = ".verify.json"


class Job(Struct, frozen=True):
    """What to make of one manuscript."""

    source: str
    formats: tuple[str, ...] = ("all",)
    output: str = "output"
    style: str = ""
    profile: str = ""
    reader: str = ""
    verify: bool = True
    pdf_variant: str = ""
    docx_template: str = ""
    options: Options = DEFAULT
    jurisdiction: str = ""
    enrich: bool = True
    pdf_engine: str = ""
    embedded: bool = False
    """Whether pictures go into each file, and none beside it."""


class Result(Struct, frozen=True):
    """What came of a job."""

    source: str
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    report: Report | None = None
    resources: tuple[str, ...] = ()
    """The files beside the manuscript that it shows."""

    @property
    def ok(self) -> bool:
        """Whether neither the manuscript nor an output has an error."""
        return not has_errors(self.diagnostics)


def entries(formats: tuple[str, ...]) -> tuple[WriterEntry, ...]:
    """The formats by name, each once, in the order given; `all` is every default format.

    Raises:
        PublishError: PUB-W003, where there is no such format.
    """
    out: dict[str, WriterEntry] = {}
    for name in formats:
        for entry in [e for e in WRITERS if e.default] if name == "all" else [find_entry(name)]:
            out.setdefault(entry.name, entry)
    return tuple(out.values())


def targets(job: Job) -> dict[str, Path]:
    """Where each format of a job goes: a folder, or the very file that was named."""
    chosen = entries(job.formats)
    output = place(job.output)
    is_folder = not is_remote(output) and output.is_dir()
    names = {w.name for w in WRITERS if output.name.lower().endswith(w.suffix)} if not is_folder else set()
    if names and (len(chosen) > 1 or chosen[0].name not in names):
        hint = "name a folder, or one format and a file of its kind"
        raise PublishError(make("PUB-C001", f"-o {output} names a file of another kind", hint=hint))
    if len(chosen) == 1 and output.suffix and not is_folder:
        return {chosen[0].name: output}
    stem = _stem(job.source)
    return {entry.name: output / f"{stem}{entry.suffix}" for entry in chosen}


def _stem(source: str) -> str:
    name = Path(source).name
    for entry in WRITERS:
        if name.lower().endswith(entry.suffix) and entry.suffix.count(".") > 1:
            return name[: -len(entry.suffix)]
    return Path(name).stem or "untitled"


def run(job: Job, step: Callable[[str], None] = lambda _: None) -> Result:
    """Do a job. One format that fails does not keep the others from being written.

    Args:
        job: What to do.
        step: Called with a few words before each step, for a progress display.
    """
    found: list[Diagnostic] = []
    files: list[str] = []
    try:
        places = targets(job)
        find_variant(job.pdf_variant)
        step(f"reading {job.source}")
        read = read_manuscript(job.source, reader=job.reader, profile=job.profile, options=job.options)
        found += read.diagnostics
        found += style_for(read.document, job.style).problems
        step(f"numbering {job.source}")
        resolved = number(read.document, style=job.style, pdf_engine=job.pdf_engine)
        found += resolved.diagnostics
        document = resolved.document
        if "pdf" in places and len(places) > 1:
            # What has no pages of its own gets the PDF's, if there is a PDF to cite; where none can be made, its writer says so.
            with contextlib.suppress(PublishError):
                document = with_pages(document, style=job.style, pdf_engine=job.pdf_engine)
    except PublishError as error:
        return Result(job.source, (), (*found, *error.diagnostics))
    for name, path in places.items():
        step(f"writing {path}")
        try:
            output = write(
                document,
                name,
                style=job.style,
                pdf_variant=job.pdf_variant if name == "pdf" else "",
                docx_template=job.docx_template if name == "docx" else "",
                manifestations=_others(name, places),
                jurisdiction=job.jurisdiction,
                enrich=job.enrich,
                pdf_engine=job.pdf_engine,
                media="" if job.embedded else f"{_stem(str(path))}.media",
            )
            for address, data in output.beside.items():
                write_whole(path.parent / address, data, keep=place(job.source))
            write_whole(path, output.data, keep=place(job.source))
        except PublishError as error:
            found += error.diagnostics
            continue
        found += output.diagnostics
        files.append(str(path))
    report = None
    if job.verify and files:
        step("reading the files back")
        report = _check(document, files, found)
        if len(places) > 1:
            try:
                write_whole(place(job.output) / f"{_stem(job.source)}{REPORT_SUFFIX}", report.to_json())
            except PublishError as error:
                found += error.diagnostics
    return Result(job.source, tuple(files), tuple(found), report, _resources(document.document))


def _resources(document: Document) -> tuple[str, ...]:
    """The files beside a manuscript that it shows, and where others would be that are missing."""
    folder = place(document.source).parent
    names = {x.source for x in document_nodes(document) if isinstance(x, Image)} | document.resources.keys()
    return tuple(sorted(str(folder / name) for name in names if (folder / name).is_file()))


def _others(name: str, places: Mapping[str, Path]) -> tuple[Manifestation, ...]:
    """What else the job makes of the paper, as addresses in the same folder."""
    entries = ((find_entry(other), path) for other, path in places.items() if other != name)
    return tuple(Manifestation(quote(path.name), entry.media_type, entry.title) for entry, path in entries)


def _check(numbered: NumberedDocument, files: list[str], found: list[Diagnostic]) -> Report:
    """Compare the files with the model; each finding becomes a diagnostic."""
    readable = [path for path in files if format_of(path)]
    inherited = _inherited(numbered.document)
    if inherited:
        message = f"against its own standard it has {len(inherited)} faults, which are kept"
        found.append(make("PUB-V024", message, source=numbered.document.source))
    report = verify(readable, expect(numbered), inherited)
    found += (finding.diagnostic() for finding in report.findings)
    return report


def _inherited(document: Document) -> frozenset[tuple[str, str]]:
    """What a manuscript that is written back as it was has already against its standard, by code and message."""
    path = place(document.source)
    if document.origin is None or not path.is_file():
        return frozenset()
    faults = conformance(document.origin.format, path, get(path))
    return frozenset((fault.code, fault.message) for fault in faults)
