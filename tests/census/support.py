"""Functions to take the census of a source and to compare it with the document."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from publish.census import Census, take
from publish.census.types import SourceFile
from publish.engine.pipeline import Prepared, prepare
from publish.engine.source_proof import prove_source
from publish.readers.base import Source
from publish.readers.pandoc.kinds import format_of
from publish.readers.registry import find_reader
from publish.request import Request
from publish.verify import Finding
from publish.verify.source import SourceProof

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "cases"
EXAMPLES = ROOT.parent / "examples"


def census_of(source: Path | bytes, name: str = "", **settings: str) -> Census:
    """Return the census of a file, or of bytes with a name."""
    name = name or str(source)
    data = source if isinstance(source, bytes) else source.read_bytes()
    reader = find_reader("", Source(name, data, None)).name
    kind = format_of(name, data) if reader == "pandoc" else ""
    census = take(SourceFile(name, data, reader, kind, **settings))
    assert census is not None, f"no census for {name}"
    return census


def prepared(source: Path | bytes, name: str = "", **settings: object) -> Prepared:
    """Return the prepared document of a file, or of bytes with a name."""
    if isinstance(source, Path):
        return prepare(Request(source=str(source), formats=(), **settings))  # type: ignore[arg-type]
    return prepare(Request(source=name, data=source, formats=(), **settings))  # type: ignore[arg-type]


def proved(source: Path | bytes, name: str = "", **settings: object) -> tuple[SourceProof, list[Finding]]:
    """Compare a source with its document."""
    proof, findings = prove_source(prepared(source, name, **settings))
    assert proof is not None, findings
    return proof, findings


def shown(census: Census) -> list[tuple[str, str]]:
    """Return the label and the text of each passage."""
    return [(p.label, " ".join(p.text.split())) for p in census.passages]


def notes(census: Census) -> list[tuple[str, str]]:
    """Return the label and the text of each note."""
    return [(note.label, " ".join(note.text.split())) for note in census.notes]


def unseen(census: Census) -> set[tuple[str, str]]:
    """Return the reason and the words of everything that is not shown."""
    return {(u.reason, " ".join(u.text.split())) for u in census.unseen}


__all__ = ["CASES", "EXAMPLES", "census_of", "notes", "prepared", "proved", "replace", "shown", "unseen"]
