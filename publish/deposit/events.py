"""PREMIS events of a deposit. The types are from the Library of Congress list (id.loc.gov/vocabulary/preservation/eventType)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.deposit.content import Event
from publish.verify import Report


def received(name: str, digest: str, packed_digest: str) -> Iterator[Event]:
    """Yield the events of receiving a manuscript; names of persons are removed from an office file before packing."""
    yield Event("capture", f"received with SHA-256 {digest}", "success", files=(name,))
    if digest != packed_digest:
        detail = "removed names of persons from document properties, comments and changes"
        yield Event("modification", detail, "success", files=(name,))


def made(publications: Sequence[str], source: str, report: Report) -> Iterator[Event]:
    """Yield the events of making, reading back and comparing the publication, and of validating an Akoma Ntoso file."""
    files = tuple(publications)
    yield Event("creation", f"made from {source}", "success", files=files)
    detail = "read the files back, and compared all notes in them with the manuscript: labels, order, texts, links and words"
    note = f"{len(report.reference.notes)} notes in {len(report.files)} files"
    yield Event("validation", detail, "pass" if report.agrees else "fail", note, files=files)
    structured = tuple(name for name in files if name.endswith(".akn.xml"))
    if structured:
        detail = "against Akoma Ntoso 3.0 (schema and naming convention)"
        yield Event("validation", detail, "pass", files=structured)


def signed(name: str, signer: str) -> Event:
    """Return the event of signing a PDF."""
    return Event("digital signature generation", f"PAdES, by {signer}", "success", files=(name,))


def identified(names: Sequence[str], register: str) -> Iterator[Event]:
    """Yield the events of identifying formats and computing digests."""
    yield Event("format identification", "by PRONOM", "success", agent=register, files=tuple(names))
    yield Event("message digest calculation", "SHA-256", "success", files=tuple(names))
