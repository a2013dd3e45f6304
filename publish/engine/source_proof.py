"""Proof of a source: take its census, and compare the census with the prepared document."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from publish.census import take
from publish.census.types import SourceFile
from publish.engine.pipeline import Prepared
from publish.model.account import AccountEntry
from publish.readers.base import Source
from publish.readers.pandoc.kinds import format_of
from publish.readers.registry import find_reader
from publish.storage import as_path, read_bytes
from publish.verify import Report
from publish.verify.compare import Finding
from publish.verify.source import SourceProof, compare_source
from publish.verify.source.words import SOURCE

RELABELLED = frozenset({"PUB-N004", "PUB-N011", "PUB-N012", "PUB-N013"})
"""Diagnostics that report labels of notes that differ from those of the source."""


def with_source(report: Report, prepared: Prepared) -> Report:
    """Return a report with the proof of the source and its findings."""
    proof, findings = prove_source(prepared)
    return replace(report, source=proof, findings=(*findings, *report.findings))


def prove_source(prepared: Prepared) -> tuple[SourceProof | None, list[Finding]]:
    """Compare the source of a document with the document.

    Returns:
        The proof, or None if there is no census for the format of the source, and the differences. If the census fails, the
        only finding is PUB-V039.
    """
    request = prepared.request
    name = request.source or prepared.document.source
    data = request.data if request.data is not None else read_bytes(as_path(name))
    reader = find_reader(request.reader, Source(name, data, None)).name
    try:
        kind = format_of(name, data) if reader == "pandoc" else ""
        census = take(SourceFile(name, data, reader, kind, request.track_changes))
    except Exception as error:  # noqa: BLE001 - a census must not stop a publication that its reader could read
        why = " ".join(str(error).split()) or type(error).__name__
        return None, [Finding("PUB-V039", SOURCE, name, f"Source cannot be counted: {why}")]
    if census is None:
        return None, []
    account = list(prepared.account)
    if any(d.code in RELABELLED for d in prepared.diagnostics):
        account.append(AccountEntry("PUB-N004", kind="note label"))
    return compare_source(census, account, prepared.numbered, hashlib.sha256(data).hexdigest())
