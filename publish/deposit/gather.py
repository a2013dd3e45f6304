"""Collect the content of a package: publish from the packed files, so that the publication can be reproduced from them."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from publish.deposit import events, metadata, recipe
from publish.deposit.anonymise import anonymise
from publish.deposit.content import DepositContent, Item, Use
from publish.deposit.formats import identify, register
from publish.deposit.identity import identity
from publish.deposit.names import Names
from publish.deposit.premis import NAME as PREMIS
from publish.deposit.premis import premis
from publish.deposit.request import DepositRequest
from publish.deposit.signing import Signer
from publish.deposit.validators import validated
from publish.diagnostics import Diagnostic, PublishError
from publish.engine.batch.fingerprint import versions
from publish.engine.job import Result, run
from publish.engine.paths import with_paths
from publish.engine.pipeline import Prepared, entries, prepare
from publish.engine.targets import targets
from publish.options import PathKind
from publish.request import Request
from publish.storage import as_path, read_bytes
from publish.temporary import temporary_folder
from publish.verify import Report, verify
from publish.version import __version__

ABOUT = {
    "pdf": "the paper as printed: tagged PDF/A",
    "docx": "the paper as a Word document",
    "odt": "the paper in an open office format",
    "epub": "the paper for e-readers",
    "akn": "the structure of the paper: Akoma Ntoso",
    "html": "the paper as a single-file web page",
    "source": "an image used in the manuscript",
    "style": "the house style",
    "jurisdiction": "the lookup tables used to form the name of the work",
    "template": "the Word template of the office",
}
"""Description of a file, by the format of a publication or by the folder of an input file."""

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".epub": "application/epub+zip",
    ".akn.xml": "application/akn+xml",
}


class Gathered(Struct, frozen=True):
    """The result of publishing a manuscript for a deposit."""

    content: DepositContent
    diagnostics: tuple[Diagnostic, ...]
    result: Result
    source_sha256: str
    """Digest of the manuscript as received."""


def gather(asked: DepositRequest, signer: Signer | None = None) -> Gathered:
    """Publish a manuscript, and collect the files to pack.

    Args:
        asked: The request for the deposit.
        signer: The signer of the PDF; if None, nothing is signed.

    Raises:
        PublishError: if information is missing or a file is invalid; nothing is packed.
    """
    with temporary_folder() as folder:
        return _gathered(asked, signer, folder)


def _gathered(asked: DepositRequest, signer: Signer | None, folder: Path) -> Gathered:
    received = read_bytes(as_path(asked.request.source))
    prepared = prepare(replace(asked.request, formats=()))
    known = identity(prepared.document.metadata, asked)
    inputs = _packed_inputs(prepared)
    for path, data in inputs.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    names = Names()
    publications = {
        entry.name: names.take(f"{known.name}{entry.suffix}") for entry in entries(asked.request.formats)
    }
    stored = {path: names.take(_flat(path)) for path in inputs}
    made = _recipe(
        replace(asked.request, options=prepared.request.options),
        prepared,
        stored,
        tuple(publications.values()),
        received,
    )
    request = recipe.request_of(made, str(folder), str(folder / "publication"))

    result = run(request)
    found = _of_received(result.diagnostics, request.source, asked.request.source)
    if not result.ok or result.report is None:
        raise PublishError(found)
    written = {publications[kind]: path for kind, path in targets(request).items()}
    files = {name: path.read_bytes() for name, path in written.items()}
    own = stored[made.source]
    history = [
        *events.received(own, made.source_sha256, hashlib.sha256(inputs[made.source]).hexdigest()),
        *events.made(made.publications, own, result.report),
        *(event for name, path in written.items() for event in validated(path, name, made.pdf_variant)),
    ]
    if signer is not None and "pdf" in publications:
        name = publications["pdf"]
        files[name], signed = _signed(name, files[name], signer, folder, result.report)
        history += [events.signed(name, signer.name), *validated(signed, name, made.pdf_variant)]
        made = replace(made, signed=(name,))

    renamed = {path.name: name for name, path in written.items()}
    about = metadata.files(prepared.numbered.document, result.report, made, files, renamed)
    raw: list[tuple[str, bytes, Use, str]] = [
        (name, files[name], "publication", ABOUT.get(kind, kind)) for kind, name in publications.items()
    ]
    raw += [(stored[path], data, _use(path), _what(path, made.source)) for path, data in inputs.items()]
    raw += [(name, data, "metadata", metadata.ABOUT[name]) for name, data in about.items()]
    content = DepositContent(
        known.name,
        known.values["naam"],
        known.identifier,
        known.source,
        prepared.document.metadata,
        known.values,
        prepared.rendering.timestamp,
        f"publish {__version__}",
        _items(raw),
        (*history, *events.identified([name for name, *_ in raw], register())),
    )
    content = replace(content, items=(*content.items, *_items([_premis(content)])))
    return Gathered(content, found, replace(result, inputs=prepared.inputs), made.source_sha256)


def _packed_inputs(prepared: Prepared) -> dict[str, bytes]:
    """Return the files that the document depends on, by their relative paths, with the manuscript first."""
    source = as_path(prepared.request.source)
    out: dict[str, bytes] = {}
    for item in prepared.inputs:
        path = as_path(item.path)
        data = read_bytes(path)
        match item.use:
            case "manuscript":
                out[f"source/{path.name}"] = anonymise(path.name, data)
            case "image":
                inside = path.is_relative_to(source.parent)
                place = path.relative_to(source.parent).as_posix() if inside else ""
                if place in prepared.document.resources and ".." not in place.split("/"):
                    out[f"source/{place}"] = anonymise(place, data)
            case "style" | "font":
                folder = path.parent if item.use == "style" else path.parent.parent
                out[f"style/{folder.name}/{path.relative_to(folder)}"] = data
            case _:
                out[f"{item.use.rpartition('.')[2]}/{path.name}"] = anonymise(path.name, data)
    return out


def _recipe(
    request: Request,
    prepared: Prepared,
    stored: dict[str, str],
    publications: tuple[str, ...],
    received: bytes,
) -> recipe.Recipe:
    """Return the recipe that makes the publication from the files of the package."""
    packed = {
        item.path: f"{item.use.rpartition('.')[2]}/{as_path(item.path).name}" for item in prepared.inputs
    }
    own = [path for path in stored if path.startswith("style/") and path.endswith("/style.toml")][-1]

    def change(name: str, _: PathKind, value: str) -> str:
        return packed.get(value, value) if "." in name else value

    asked = replace(
        with_paths(request, change),
        source=next(iter(stored)),
        output="",
        style=own.rpartition("/")[0],
        profile=prepared.document.profile,
        embed_images=True,
        verify=True,
        time=prepared.rendering.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return recipe.Recipe(
        request=asked,
        source_sha256=hashlib.sha256(received).hexdigest(),
        files=stored,
        publications=publications,
        fonts=recipe.fonts_digest(),
        versions={"publish": __version__, **versions()},
    )


def _signed(name: str, data: bytes, signer: Signer, folder: Path, report: Report) -> tuple[bytes, Path]:
    """Sign a PDF, which must be the last step, read it back again, and return it with its path.

    Raises:
        PublishError: if it cannot be signed, or its content differs after signing.
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


def _premis(content: DepositContent) -> tuple[str, bytes, Use, str]:
    return PREMIS, premis(content), "metadata", "the record of actions on the files (PREMIS 3.0)"


def _use(path: str) -> Use:
    return "source" if path.startswith("source/") else "metadata"


def _what(path: str, source: str) -> str:
    folder = path.partition("/")[0]
    return "the manuscript" if path == source else ABOUT.get(folder, folder)


def _flat(path: str) -> str:
    """Return the name of a file in a package that has no folder for it."""
    parts = [part for part in PurePosixPath(path).parts if part != "fonts"]
    return "-".join(parts).replace("-style.toml", ".toml")


def _of_received(diagnostics: tuple[Diagnostic, ...], there: str, source: str) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the packed manuscript as diagnostics of the received manuscript."""
    return tuple(
        replace(d, source=source) if d.source == there else replace(d, source=Path(d.source).name)
        for d in diagnostics
    )


def _media_type(name: str) -> str:
    found = next((kind for suffix, kind in MEDIA_TYPES.items() if name.lower().endswith(suffix)), None)
    return found or mimetypes.guess_type(name)[0] or "application/octet-stream"
