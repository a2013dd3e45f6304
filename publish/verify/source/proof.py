"""Result of the comparison of a source with the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from publish.census.types import Census
from publish.census.words import first_words, words
from publish.model.account import AccountEntry
from publish.resolve.numbered import NumberedDocument
from publish.verify.compare import Finding
from publish.verify.source.content import content_of
from publish.verify.source.parts import PARTS, Comparison, paired
from publish.verify.source.words import Balance


class LeftOut(Struct, frozen=True, omit_defaults=True):
    """Content that differs between source and document on purpose."""

    code: str
    """Code of the diagnostic that reports it, or a short reason."""
    words: int
    text: str
    """The first words."""
    added: bool = False
    """Whether the document contains it and the source does not."""


class SourceProof(Struct, frozen=True):
    """Result of the comparison of a source with the document."""

    name: str
    sha256: str
    method: str
    """Library or program that counted the source."""
    words: int
    """Number of words that the source shows."""
    accounted: int
    """Number of these words that are in the document or in the account."""
    notes: int
    labels: int
    tables: int
    images: int
    links: int
    unseen: dict[str, int]
    """Number of words in the source that are not shown, by reason."""
    left_out: tuple[LeftOut, ...] = ()


def compare_source(
    census: Census, account: Sequence[AccountEntry], numbered: NumberedDocument, sha256: str
) -> tuple[SourceProof, list[Finding]]:
    """Compare a census with the numbered document.

    Args:
        census: What the source shows.
        account: What reader and profile left out or added on purpose.
        numbered: The document that is published.
        sha256: Digest of the source.
    """
    content = content_of(numbered)
    balance = Balance(census, account, content, {key: note.label for key, note in numbered.notes.items()})
    path = numbered.document.source
    comparison = Comparison(census, account, content, path, paired(census.notes, content.notes))
    findings = list(balance.findings(path))
    for kind, compare in PARTS.items():
        if kind in census.counted:
            findings += compare(comparison)
    total = balance.source.total()
    proof = SourceProof(
        Path(path).name,
        sha256,
        census.method,
        total,
        total - balance.lost.total(),
        len(census.notes),
        sum(1 for p in census.passages if p.label and p.text.strip()),
        len(census.tables),
        len(census.images),
        len(census.links),
        _unseen(census),
        tuple(
            LeftOut(e.code, len(words(e.text)), first_words(e.text), e.added)
            for e in account
            if e.kind == "words" and e.text.strip()
        ),
    )
    return proof, findings


def _unseen(census: Census) -> dict[str, int]:
    out: Counter[str] = Counter()
    for unseen in census.unseen:
        out[unseen.reason] += len(words(unseen.text))
    return dict(sorted(out.items()))
