"""From a manuscript to the content of a package: its files are made of what is packed, so that they can be made again of it."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import tempfile
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from publish import __version__
from publish.deposit import asked, canonical, packed
from publish.deposit.content import Content, Event, Item, Use
from publish.deposit.formats import identify, register
from publish.deposit.names import Names, safe
from publish.deposit.premis import NAME as PREMIS
from publish.deposit.premis import premis
from publish.deposit.request import Request
from publish.deposit.scrub import scrubbed
from publish.deposit.signing import Signer
from publish.deposit.validators import validated
from publish.diagnostics import Diagnostic, PublishError, has_errors
from publish.engine.batch.keys import versions
from publish.engine.clock import timestamp
from publish.engine.files import read_bytes
from publish.engine.job import Job, Result, run, targets
from publish.engine.numbering import number
from publish.engine.reading import read
from publish.engine.writing import style_for
from publish.model.nodes import Document
from publish.model.schema import json_schema, to_json
from publish.places import place
from publish.style.load import fonts_folder, style_files
from publish.verify.report import proof_schema, verify
from publish.writers.registry import find_entry

ABOUT = {
    "pdf": "the paper as it is printed: PDF/A, tagged",
    "docx": "the paper for Word",
    "odt": "the paper in an open office format",
    "epub": "the paper for reading systems",
    "akn": "the paper's structure: Akoma Ntoso",
    "html": "the paper as a web page in one file",
}


class Gathered(msgspec.Struct, frozen=True):
    """What came of a manuscript."""

    content: Content
    diagnostics: tuple[Diagnostic, ...]
    result: Result
    pictures: tuple[str, ...]
    """The files beside the manuscript that it shows."""


def gather(request: Request) -> Gathered:
    """Publish a manuscript, and put together what is packed.

    Raises:
        PublishError: something is missing, or a file is not as it must be; nothing is packed.
    """
    with tempfile.TemporaryDirectory(prefix="publish-") as name:
        return _Gatherer(request, Path(name)).gathered()


class _Gatherer:
    def __init__(self, request: Request, folder: Path) -> None:
        self.request = request
        self.folder = folder
        self.names = Names()
        self.events: list[Event] = []
        self.packed_as: dict[str, str] = {}
        """The name in the package of each file that was made."""

    def gathered(self) -> Gathered:
        request = self.request
        received = read_bytes(place(request.source))
        document = read(
            request.source, reader=request.reader, profile=request.profile, options=request.options
        ).document
        values, name, identifier, source_of_it = _identity(document, request)
        asked.missing(values, request.packages, request.source)
        sources = self._sources(document, received)
        style = self._style(document)
        job, made = self._made(document, sources, style, hashlib.sha256(received).hexdigest())
        result = run(job)
        if not result.ok or has_errors(result.diagnostics):
            raise PublishError(_of_received(result.diagnostics, job.source, request.source))
        publications, self.packed_as = self._publications(job, name)
        stored = {path: self.names.take(_flat(path)) for path in {**sources, **style}}
        made = replace(made, files=stored, publications=tuple(publications))
        self._tell(made, received, result)
        signed = self._signed(publications, result)
        made = replace(made, signed=signed)
        raw: list[tuple[str, bytes, Use, str]] = [
            (n, data, "publication", ABOUT.get(kind, kind)) for n, (kind, data) in publications.items()
        ]
        raw += [(stored[path], data, "source", _about(path, made.source)) for path, data in sources.items()]
        raw += [(stored[path], data, "metadata", "the house style") for path, data in style.items()]
        raw += self._metadata(document, result, made, publications)
        content = self._content(raw, document, values, (name, identifier, source_of_it))
        found = tuple(_of_received(result.diagnostics, job.source, request.source))
        shown = tuple(
            str(place(request.source).parent / path.removeprefix("source/")) for path in list(sources)[1:]
        )
        return Gathered(content, found, result, shown)

    # What is packed

    def _sources(self, document: Document, received: bytes) -> dict[str, bytes]:
        """The manuscript and its pictures, at the places that they have to each other."""
        source = place(self.request.source)
        out = {f"source/{source.name}": scrubbed(source.name, received)}
        for key in document.resources:
            beside = source.parent / key
            if (
                not PurePosixPath(key).is_absolute()
                and ".." not in PurePosixPath(key).parts
                and beside.is_file()
            ):
                out[f"source/{key}"] = read_bytes(beside)
        return out

    def _style(self, document: Document) -> dict[str, bytes]:
        """The files of the house style, in a folder for each style that it is made of."""
        wanted = style_for(document, self.request.style)
        return {
            f"style/{path.parent.name}/{path.name}"
            if path.suffix == ".toml"
            else f"style/{path.parent.parent.name}/fonts/{path.name}": path.read_bytes()
            for path in style_files(str(Path(wanted.folder) / "style.toml"))
        }

    def _made(
        self, document: Document, sources: dict[str, bytes], style: dict[str, bytes], digest: str
    ) -> tuple[Job, packed.Made]:
        request = self.request
        for path, data in {**sources, **style}.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(data)
        own = next(iter(sources))
        last = [path for path in style if path.endswith("style.toml")][-1]
        made = packed.Made(
            own,
            digest,
            request.formats,
            timestamp(document).strftime("%Y-%m-%dT%H:%M:%SZ"),
            last,
            document.profile,
            request.reader,
            request.pdf_variant,
            request.pdf_engine,
            request.jurisdiction,
            request.enrich,
            request.options,
            {},
            (),
            fonts_digest(),
            {"publish": __version__, **versions()},
        )
        return job_of(made, self.folder, self.folder / "publication"), made

    def _publications(self, job: Job, name: str) -> tuple[dict[str, tuple[str, bytes]], dict[str, str]]:
        """What was made, under its name in the package, with its format and bytes; and that name by the one that it had."""
        out: dict[str, tuple[str, bytes]] = {}
        names: dict[str, str] = {}
        for kind, path in targets(job).items():
            own = self.names.take(f"{name}{find_entry(kind).suffix}")
            out[own] = (kind, path.read_bytes())
            names[path.name] = own
        return out, names

    # What was done

    def _tell(self, made: packed.Made, received: bytes, result: Result) -> None:
        stored = made.files[made.source]
        self.events.append(
            Event(
                "capture",
                f"received with SHA-256 {hashlib.sha256(received).hexdigest()}",
                "success",
                files=(stored,),
            )
        )
        if (
            hashlib.sha256(received).hexdigest()
            != hashlib.sha256((self.folder / made.source).read_bytes()).hexdigest()
        ):
            detail = "names of persons taken out of document properties, comments and changes"
            self.events.append(Event("modification", detail, "success", files=(stored,)))
        self.events.append(Event("creation", f"made of {stored}", "success", files=tuple(made.publications)))
        report = result.report
        assert report is not None, "a deposit is verified"
        notes = len(report.reference.notes)
        detail = "labels, order, texts, links and words of all notes compared with the manuscript, in the files read back"
        self.events.append(
            Event(
                "validation",
                detail,
                "pass" if report.agrees else "fail",
                f"{notes} notes in {len(report.files)} files",
                files=tuple(made.publications),
            )
        )
        akn = tuple(n for n in made.publications if n.endswith(".akn.xml"))
        if akn:
            self.events.append(
                Event(
                    "validation", "against Akoma Ntoso 3.0 (schema and naming convention)", "pass", files=akn
                )
            )
        for path in map(Path, result.files):
            for event in validated(path.parent, (path.name,), made.pdf_variant):
                self.events.append(replace(event, files=(self.packed_as[path.name],)))

    def _signed(self, publications: dict[str, tuple[str, bytes]], result: Result) -> tuple[str, ...]:
        """Sign the PDF, which is the last that is done to it, and read it back once more."""
        request = self.request
        if not request.certificate:
            return ()
        signer = Signer(request.certificate, request.passphrase, request.timestamps)
        out: list[str] = []
        for name, (kind, data) in publications.items():
            if kind != "pdf":
                continue
            signed = signer.pdf(data)
            path = self.folder / "publication" / f"signed-{name}"
            path.write_bytes(signed)
            assert result.report is not None, "a deposit is verified"
            again = verify([path], result.report.reference)
            if not again.agrees:
                raise PublishError(tuple(f.diagnostic() for f in again.findings))
            publications[name] = (kind, signed)
            self.events += [
                Event("digital signature generation", f"PAdES, by {signer.name}", "success", files=(name,))
            ]
            self.events += [
                replace(event, files=(name,))
                for event in validated(path.parent, (path.name,), request.pdf_variant)
            ]
            out.append(name)
        return tuple(out)

    # Metadata

    def _metadata(
        self,
        document: Document,
        result: Result,
        made: packed.Made,
        publications: dict[str, tuple[str, bytes]],
    ) -> list[tuple[str, bytes, Use, str]]:
        assert result.report is not None, "a deposit is verified"
        # The model as it was resolved, without annotations, which name persons and are not published.
        numbered = number(document, style=str(self.folder / made.style), pdf_engine=made.pdf_engine).document
        plain = replace(numbered.document, annotations=(), source=PurePosixPath(made.source).name)
        named = self.packed_as
        report = replace(
            result.report,
            files=tuple(
                replace(
                    f, name=named[f.name], sha256=hashlib.sha256(publications[named[f.name]][1]).hexdigest()
                )
                for f in result.report.files
            ),
        )
        digests = {
            name: dict(
                zip(
                    ("sha256", "method", "canonical"),
                    (hashlib.sha256(data).hexdigest(), *canonical.canonical(name, data)),
                    strict=True,
                )
            )
            for name, (_, data) in publications.items()
        }
        listed = {"methods": canonical.METHODS, "files": digests}
        return [
            (
                "verify.json",
                report.to_json(),
                "metadata",
                "the proof: each note in each format, as read back",
            ),
            ("verify.schema.json", _json(proof_schema()), "metadata", "the JSON Schema of verify.json"),
            (
                "digests.json",
                _json(listed),
                "metadata",
                "digests of the files, and of what they say whatever compressed them",
            ),
            ("model.json", to_json(plain) + b"\n", "metadata", "the document model"),
            ("model.schema.json", _json(json_schema()), "metadata", "the JSON Schema of model.json"),
            (packed.NAME, packed.to_json(made), "metadata", "how the publication was made, to make it again"),
        ]

    def _content(
        self,
        raw: list[tuple[str, bytes, Use, str]],
        document: Document,
        values: dict[str, str],
        identity: tuple[str, str, str],
    ) -> Content:
        for name, *_ in raw:
            self.names.taken.add(name.lower())
        formats = identify({name: data for name, data, _, _ in raw})
        self.events.append(
            Event(
                "format identification",
                "by PRONOM",
                "success",
                agent=register(),
                files=tuple(name for name, *_ in raw),
            )
        )
        self.events.append(
            Event("message digest calculation", "SHA-256", "success", files=tuple(name for name, *_ in raw))
        )
        items = tuple(
            Item(name, data, use, _media_type(name), formats[name], about) for name, data, use, about in raw
        )
        name, identifier, source = identity
        content = Content(
            name,
            values["naam"],
            identifier,
            source,
            document.metadata,
            values,
            timestamp(document),
            f"publish {__version__}",
            items,
            tuple(self.events),
        )
        proof = premis(content)
        puid = identify({PREMIS: proof})[PREMIS]
        about = "what was done with the files (PREMIS 3.0)"
        return replace(
            content, items=(*items, Item(PREMIS, proof, "metadata", "application/xml", puid, about))
        )


def job_of(made: packed.Made, folder: Path, output: Path) -> Job:
    """The job that makes the publication of what is packed."""
    return Job(
        str(folder / made.source),
        made.formats,
        str(output),
        style=str((folder / made.style).parent),
        profile=made.profile,
        reader=made.reader,
        pdf_variant=made.pdf_variant,
        options=made.options,
        jurisdiction=made.jurisdiction,
        enrich=made.enrich,
        pdf_engine=made.pdf_engine,
        embedded=True,
    )


def fonts_digest() -> str:
    """A digest over the fonts of the house, which are in the files and not in the package."""
    lines = (
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in sorted(fonts_folder().glob("*.ttf"))
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _identity(document: Document, request: Request) -> tuple[dict[str, str], str, str, str]:
    """What the archive must be told, with what the paper itself says; the object's name; its identifier and whose that is."""
    metadata = document.metadata
    values = {"naam": metadata.title or metadata.subject, **request.values}
    official = metadata.identifier("officielebekendmakingen")
    known = official or metadata.reference
    identifier = values.get("identificatie") or known
    source = values.get("identificatieBron") or (
        "officielebekendmakingen.nl"
        if identifier == official and official
        else values.get("archiefvormer", "")
    )
    values |= {"identificatie": identifier, "identificatieBron": source}
    name = safe(official or PurePosixPath(str(request.source)).name.split(".")[0])
    return values, name, identifier, source


def _of_received(diagnostics: tuple[Diagnostic, ...], there: str, source: str) -> tuple[Diagnostic, ...]:
    """Diagnostics of the packed manuscript, as those of the one that was received."""
    return tuple(
        replace(d, source=source) if d.source == there else replace(d, source=Path(d.source).name)
        for d in diagnostics
    )


def _flat(path: str) -> str:
    """The name of a file in a package that has no folders for it."""
    parts = PurePosixPath(path).parts
    if parts[0] == "style":
        return f"style-{'-'.join(part for part in parts[1:] if part != 'fonts')}".replace(
            "-style.toml", ".toml"
        )
    return f"source-{'-'.join(parts[1:])}"


def _about(path: str, source: str) -> str:
    return "the manuscript" if path == source else "a picture of the manuscript"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _media_type(name: str) -> str:
    known = {
        ".md": "text/markdown",
        ".toml": "application/toml",
        ".epub": "application/epub+zip",
        ".akn.xml": "application/akn+xml",
    }
    found = next((kind for suffix, kind in known.items() if name.lower().endswith(suffix)), None)
    return found or mimetypes.guess_type(name)[0] or "application/octet-stream"
