"""From a manuscript to the content of a package: its files are made of what is packed, so that they can be made again of it."""

from __future__ import annotations

import hashlib
import mimetypes
import tempfile
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from publish import __version__
from publish.deposit import metadata, packed, told
from publish.deposit.content import Content, Item, Use
from publish.deposit.formats import identify, register
from publish.deposit.identity import identity
from publish.deposit.names import Names
from publish.deposit.premis import NAME as PREMIS
from publish.deposit.premis import premis
from publish.deposit.request import Request
from publish.deposit.scrub import scrubbed
from publish.deposit.signing import Signer
from publish.deposit.validators import validated
from publish.diagnostics import Diagnostic, PublishError
from publish.engine.batch.keys import versions
from publish.engine.clock import timestamp
from publish.engine.files import read_bytes
from publish.engine.job import Result, entries, run, targets
from publish.engine.numbering import number
from publish.engine.reading import read
from publish.engine.writing import style_for
from publish.model.nodes import Document
from publish.places import place
from publish.style.load import style_files
from publish.verify import Report, verify

ABOUT = {
    "pdf": "the paper as it is printed: PDF/A, tagged",
    "docx": "the paper for Word",
    "odt": "the paper in an open office format",
    "epub": "the paper for reading systems",
    "akn": "the paper's structure: Akoma Ntoso",
    "html": "the paper as a web page in one file",
    "source": "a picture of the manuscript",
    "style": "the house style",
    "jurisdiction": "the tables by which the work is named",
}
"""What a file is: by the format of a publication, or by the folder of what it was made of."""

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".epub": "application/epub+zip",
    ".akn.xml": "application/akn+xml",
}


class Gathered(Struct, frozen=True):
    """What came of a manuscript."""

    content: Content
    diagnostics: tuple[Diagnostic, ...]
    result: Result
    pictures: tuple[str, ...]
    """The files beside the manuscript that it shows."""


def gather(request: Request, signer: Signer | None = None) -> Gathered:
    """Publish a manuscript, and put together what is packed.

    Args:
        request: What is asked.
        signer: What signs the PDF; nothing is signed without one.

    Raises:
        PublishError: something is missing, or a file is not as it must be; nothing is packed.
    """
    with tempfile.TemporaryDirectory(prefix="publish-") as name:
        return _gathered(request, signer, Path(name))


def _gathered(request: Request, signer: Signer | None, folder: Path) -> Gathered:
    received = read_bytes(place(request.source))
    document = read(
        request.source, reader=request.reader, profile=request.profile, options=request.options
    ).document
    known = identity(document.metadata, request)
    inputs = _inputs(document, request, received)
    for path, data in inputs.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    names = Names()
    publications = {
        entry.name: names.take(f"{known.name}{entry.suffix}") for entry in entries(request.formats)
    }
    stored = {path: names.take(_flat(path)) for path in inputs}
    made = _made(document, request, stored, tuple(publications.values()), received)
    job = packed.job_of(made, folder, folder / "publication")

    result = run(job)
    found = _of_received(result.diagnostics, job.source, request.source)
    if not result.ok or result.report is None:
        raise PublishError(found)
    written = {publications[kind]: path for kind, path in targets(job).items()}
    files = {name: path.read_bytes() for name, path in written.items()}
    own = stored[made.source]
    events = [
        *told.received(own, made.source_sha256, hashlib.sha256(inputs[made.source]).hexdigest()),
        *told.made(made.publications, own, result.report),
        *(event for name, path in written.items() for event in validated(path, name, made.pdf_variant)),
    ]
    if signer is not None and "pdf" in publications:
        name = publications["pdf"]
        files[name], place_of_it = _signed(name, files[name], signer, folder, result.report)
        events += [told.signed(name, signer.name), *validated(place_of_it, name, made.pdf_variant)]
        made = replace(made, signed=(name,))

    resolved = number(document, style=job.style, pdf_engine=made.pdf_engine).document.document
    renamed = {path.name: name for name, path in written.items()}
    about = metadata.files(resolved, result.report, made, files, renamed)
    raw: list[tuple[str, bytes, Use, str]] = [
        (name, files[name], "publication", ABOUT.get(kind, kind)) for kind, name in publications.items()
    ]
    raw += [(stored[path], data, _use(path), _what(path, made.source)) for path, data in inputs.items()]
    raw += [(name, data, "metadata", metadata.ABOUT[name]) for name, data in about.items()]
    content = Content(
        known.name,
        known.values["naam"],
        known.identifier,
        known.source,
        document.metadata,
        known.values,
        timestamp(document),
        f"publish {__version__}",
        _items(raw),
        (*events, *told.identified([name for name, *_ in raw], register())),
    )
    content = replace(content, items=(*content.items, *_items([_premis(content)])))
    beside = place(request.source).parent
    shown = [str(beside / path.partition("/")[2]) for path in inputs if _is_picture(path, made.source)]
    return Gathered(content, found, result, tuple(shown))


def _inputs(document: Document, request: Request, received: bytes) -> dict[str, bytes]:
    """Of what the publication is made, at the places that they have to each other: the manuscript comes first."""
    source = place(request.source)
    out = {f"source/{source.name}": scrubbed(source.name, received)}
    for key in document.resources:
        path = PurePosixPath(key)
        if not path.is_absolute() and ".." not in path.parts and (source.parent / key).is_file():
            out[f"source/{key}"] = read_bytes(source.parent / key)
    wanted = style_for(document, request.style)
    for file in style_files(str(Path(wanted.folder) / "style.toml")):
        folder = file.parent if file.suffix == ".toml" else file.parent.parent
        out[f"style/{folder.name}/{file.relative_to(folder)}"] = file.read_bytes()
    tables = Path(request.jurisdiction)
    if request.jurisdiction and tables.is_file():
        out[f"jurisdiction/{tables.name}"] = tables.read_bytes()
    return out


def _made(
    document: Document,
    request: Request,
    stored: dict[str, str],
    publications: tuple[str, ...],
    received: bytes,
) -> packed.Made:
    tables = next((path for path in stored if path.startswith("jurisdiction/")), request.jurisdiction)
    return packed.Made(
        source=next(iter(stored)),
        source_sha256=hashlib.sha256(received).hexdigest(),
        formats=request.formats,
        time=timestamp(document).strftime("%Y-%m-%dT%H:%M:%SZ"),
        style=[path for path in stored if path.startswith("style/") and path.endswith("/style.toml")][-1],
        profile=document.profile,
        reader=request.reader,
        pdf_variant=request.pdf_variant,
        pdf_engine=request.pdf_engine,
        jurisdiction=tables,
        enrich=request.enrich,
        options=request.options,
        files=stored,
        publications=publications,
        fonts=packed.fonts_digest(),
        versions={"publish": __version__, **versions()},
    )


def _signed(name: str, data: bytes, signer: Signer, folder: Path, report: Report) -> tuple[bytes, Path]:
    """A signed PDF, which is the last that is done to it, read back once more; and where it lies.

    Raises:
        PublishError: it cannot be signed, or does not say the same any more.
    """
    signed = signer.pdf(data)
    path = folder / "signed" / name
    path.parent.mkdir()
    path.write_bytes(signed)
    again = verify([path], report.reference)
    if not again.agrees:
        raise PublishError(tuple(finding.diagnostic() for finding in again.findings))
    return signed, path


def _items(raw: list[tuple[str, bytes, Use, str]]) -> tuple[Item, ...]:
    formats = identify({name: data for name, data, _, _ in raw})
    return tuple(
        Item(name, data, use, _media_type(name), formats[name], what) for name, data, use, what in raw
    )


def _premis(content: Content) -> tuple[str, bytes, Use, str]:
    return PREMIS, premis(content), "metadata", "what was done with the files (PREMIS 3.0)"


def _use(path: str) -> Use:
    return "source" if path.startswith("source/") else "metadata"


def _is_picture(path: str, source: str) -> bool:
    return path.startswith("source/") and path != source


def _what(path: str, source: str) -> str:
    return "the manuscript" if path == source else ABOUT[path.partition("/")[0]]


def _flat(path: str) -> str:
    """The name of a file in a package that has no folders for it."""
    parts = [part for part in PurePosixPath(path).parts if part != "fonts"]
    return "-".join(parts).replace("-style.toml", ".toml")


def _of_received(diagnostics: tuple[Diagnostic, ...], there: str, source: str) -> tuple[Diagnostic, ...]:
    """Diagnostics of the packed manuscript, as those of the one that was received."""
    return tuple(
        replace(d, source=source) if d.source == there else replace(d, source=Path(d.source).name)
        for d in diagnostics
    )


def _media_type(name: str) -> str:
    found = next((kind for suffix, kind in MEDIA_TYPES.items() if name.lower().endswith(suffix)), None)
    return found or mimetypes.guess_type(name)[0] or "application/octet-stream"
