"""The result of a verification: a table of notes and formats for people, JSON for programs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from publish.conversion import decoded
from publish.diagnostics import PublishError
from publish.storage import Named, Readable, as_path, get, named
from publish.verify.compare import Finding, compare
from publish.verify.extractors.registry import extract, suffix_of
from publish.verify.observation import Observation, normalise_letters
from publish.verify.source.proof import SourceProof

if TYPE_CHECKING:
    from publish.verify.akn.tree import Fault

REPORT_VERSION = 1


class Seen(Struct, frozen=True):
    """A note as read back from a file."""

    label: str
    text: str
    """Text without white space and without hyphens at line ends, as compared."""
    calls: int
    """The number of calls that point to the note."""


class File(Struct, frozen=True):
    """A file that was read back."""

    format: str
    name: str
    sha256: str
    notes: int
    calls: int
    seen: tuple[Seen, ...] = ()


class Report(Struct, frozen=True):
    """The result of a verification. It is also the proof that is stored with a publication."""

    against: str
    """The reference of the comparison: the manuscript, or the observation that most files agree on."""
    reference: Observation
    files: tuple[File, ...]
    findings: tuple[Finding, ...]
    version: int = REPORT_VERSION
    source: SourceProof | None = None
    """Comparison of the source with the document; None if there is no source or no census of its format."""

    @property
    def agrees(self) -> bool:
        """Whether there are no differences."""
        return not self.findings

    def to_json(self) -> bytes:
        """Return the report as JSON, identical for identical files; paths are file names only."""
        reference = msgspec.structs.replace(self.reference, path=Path(self.reference.path).name)
        findings = tuple(msgspec.structs.replace(f, path=Path(f.path).name) for f in self.findings)
        against = reference.path if self.against == self.reference.path else self.against
        report = msgspec.structs.replace(self, against=against, reference=reference, findings=findings)
        data = msgspec.json.encode(report, order="deterministic")
        return msgspec.json.format(data, indent=1) + b"\n"


def proof_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"publish proof, version {REPORT_VERSION}",
        **msgspec.json.schema(Report),
    }


def from_json(data: bytes) -> Report:
    """Read a report back.

    Raises:
        msgspec.MsgspecError: if the data is not a report.
    """
    return decoded(data, Report)


def verify(
    sources: Sequence[Readable | Named],
    reference: Observation | None = None,
    inherited: Container[tuple[str, str]] = frozenset(),
) -> Report:
    """Read files back, compare each with a reference or with the majority, and check each against the standard of its format.

    A file that cannot be read is a finding as well (PUB-V009, PUB-V013).

    Args:
        sources: The files: paths, bytes, or binary streams.
        reference: The expected content.
        inherited: Violations of a standard, by code and message, that the manuscript already contains.
    """
    observations: list[Observation] = []
    files: list[File] = []
    findings: list[Finding] = []
    for source in sources:
        file = source if isinstance(source, Named) else named(source)
        path = as_path(file.name or f"unnamed{suffix_of(file.data or b'')}")
        try:
            data = get(path) if file.data is None else file.data
        except OSError as error:
            findings.append(
                Finding("PUB-V009", "", str(path), f"Cannot read file: {error.strerror or error}")
            )
            continue
        try:
            observation = extract(path, data)
        except PublishError as error:
            findings += (Finding(d.code, "", str(path), d.message) for d in error.diagnostics)
            continue
        observations.append(observation)
        findings += (
            found
            for found in conformance(observation.format, path, data)
            if (found.code, found.message) not in inherited
            and (reference is None or found.code not in OF_CONTENT)
        )
        findings += _shown(observation, path, data)
        digest = hashlib.sha256(data).hexdigest()
        counted = Counter(call.note for call in observation.calls)
        seen = tuple(
            Seen(note.label, normalise_letters(note.text), counted[k])
            for k, note in enumerate(observation.notes)
        )
        files.append(
            File(observation.format, path.name, digest, len(observation.notes), len(observation.calls), seen)
        )
    against = reference.path if reference is not None else ""
    if reference is None:
        if not observations:
            return Report("nothing", Observation("none", "", (), (), ""), tuple(files), tuple(findings))
        reference, agreeing = _agreed(observations)
        against = f"the content shared by {', '.join(Path(e.path).name for e in agreeing)}"
    for observation in observations:
        findings += compare(reference, observation)
    return Report(against, reference, tuple(files), tuple(findings))


def _shown(observation: Observation, path: Path, data: bytes) -> Iterator[Finding]:
    """Yield findings about what a file shows: active content, and words that are in the file but hidden."""
    from publish.verify.active import active_content  # loads lxml, which `publish check` does not need

    try:
        found = active_content(observation.format, data)
    except Exception:  # noqa: BLE001 - the extractor has read the file
        found = ["damaged part"]
    if found:
        message = f"File contains active content: {', '.join(list(dict.fromkeys(found))[:5])}"
        yield Finding("PUB-V040", observation.format, str(path), message)
    if observation.hidden.strip():
        words = " ".join(observation.hidden.split()[:6])
        message = f"File contains words that its program does not show: '{words[:80]}'"
        yield Finding("PUB-V041", observation.format, str(path), message)


RULES = {"akn": "publish.verify.akn:check"}
"""Checks that a format requires in addition to the comparison, by format."""

OF_CONTENT = frozenset({"PUB-V020", "PUB-V022", "PUB-V023"})
"""Codes of violations in the content and not in its encoding. If the expected content is known, it takes precedence."""


def conformance(form: str, path: Path, data: bytes) -> list[Finding]:
    """Return the findings of a check against the standard of a format."""
    target = RULES.get(form)
    if target is None:
        return []
    module, _, attribute = target.partition(":")
    faults: list[Fault] = getattr(import_module(module), attribute)(data)
    return [Finding(f.code, form, str(path), f.message, f.note, f.line) for f in faults]


def _agreed(observations: list[Observation]) -> tuple[Observation, list[Observation]]:
    """Return the observation that most files agree on, by labels, texts and words; of these, the most informative one."""

    def signature(observation: Observation) -> object:
        notes = tuple(
            sorted((note.label, normalise_letters(note.text), note.links) for note in observation.notes)
        )
        calls = tuple(
            sorted((c.label, c.within, normalise_letters(c.before)[-8:]) for c in observation.calls)
        )
        return notes, calls, normalise_letters(observation.text)

    signatures = [signature(observation) for observation in observations]
    counted = Counter(signatures)
    best = max(counted.values())
    chosen = next(s for s in signatures if counted[s] == best)
    agreeing = [e for e, s in zip(observations, signatures, strict=True) if s == chosen]
    order = sorted(agreeing, key=lambda e: (not e.exact, {"all": 0, "first": 1, "none": 2}[e.backlinks]))
    return order[0], agreeing


def table(report: Report) -> tuple[list[str], list[list[str]]]:
    """Return the head and rows of a table: a row per note, a column per file, `=` if all agrees, else the differences."""
    sources = [report.source.name] if report.source is not None else []
    names = [*sources, *(file.name for file in report.files)]
    head = ["note", *("source" for _ in sources), *(file.name for file in report.files)]

    def cell(label: str, name: str) -> str:
        own = [f for f in report.findings if f.note == label and Path(f.path).name == name]
        return ", ".join(dict.fromkeys(_WORDS.get(f.code, f.code) for f in own)) or "="

    labels = list(dict.fromkeys(note.label for note in report.reference.notes))
    labels += [x for x in dict.fromkeys(f.note for f in report.findings) if x and x not in labels]
    rows = [[label, *(cell(label, name) for name in names)] for label in labels]
    rows.append(["text", *(cell("", name) for name in names)])
    return head, rows


_WORDS = {
    "PUB-V001": "label",
    "PUB-V002": "text",
    "PUB-V003": "order",
    "PUB-V004": "link",
    "PUB-V005": "back link",
    "PUB-V006": "missing",
    "PUB-V007": "too many",
    "PUB-V008": "words",
    "PUB-V009": "unreadable",
    "PUB-V010": "place",
    "PUB-V011": "page",
    "PUB-V012": "address",
    "PUB-V014": "off page",
    "PUB-V015": "reference",
    "PUB-V040": "active content",
    "PUB-V041": "hidden words",
    "PUB-V016": "schema",
    "PUB-V017": "work",
    "PUB-V018": "identifiers",
    "PUB-V019": "pointers",
    "PUB-V020": "marker",
    "PUB-V021": "metadata",
    "PUB-V022": "residue",
    "PUB-V023": "questions",
    "PUB-V025": "label",
    "PUB-V026": "table",
    "PUB-V027": "image",
    "PUB-V030": "words",
    "PUB-V031": "words",
    "PUB-V032": "unseen words",
    "PUB-V033": "note",
    "PUB-V034": "label",
    "PUB-V035": "heading",
    "PUB-V036": "table",
    "PUB-V037": "image",
    "PUB-V038": "address",
    "PUB-V039": "not counted",
}

__all__ = ["File", "Report", "from_json", "table", "verify"]
