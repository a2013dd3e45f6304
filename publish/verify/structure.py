"""Structure of a document and of a file: labels of list items and headings, sizes of tables, alternative texts.

A file is read with the census of its format, which shares no code with the writers.
"""

from __future__ import annotations

from msgspec.structs import replace

from publish.census import take
from publish.census.types import BULLET, SourceFile
from publish.census.words import words
from publish.model import nodes as n
from publish.model.grid import slots, width
from publish.model.walk import nodes_in
from publish.resolve.numbered import NumberedDocument
from publish.verify.observation import Observation
from publish.verify.source.content import content_of

READERS = {"docx": "docx", "odt": "odt", "html": "web", "epub": "web", "akn": "akn", "op": "op"}
"""Name of the census for each format whose structure is read."""

FIRST = 6
"""Number of words that identify an item, including those of its label."""


def with_structure(observation: Observation, data: bytes) -> Observation:
    """Return the observation of a file with its structure, if the format has a census."""
    reader = READERS.get(observation.format)
    try:
        census = take(SourceFile(observation.path, data, reader)) if reader else None
    except Exception:  # noqa: BLE001 - the extractor has read the file; a damaged part is found by its words
        return observation
    if census is None:
        return observation
    return replace(
        observation,
        items=tuple(item_key(p.label, p.text) for p in census.passages if p.text.strip()),
        tables=tuple((table.rows, table.columns) for table in census.tables),
        images=tuple(" ".join(image.alt.split()) for image in census.images),
        hidden=" ".join(unseen.text for unseen in census.unseen if unseen.reason.startswith("hidden")),
        structured=True,
    )


def with_expected_structure(observation: Observation, numbered: NumberedDocument) -> Observation:
    """Return the observation of a document with the structure that every file should have."""
    if numbered.document.origin is not None:
        return observation  # other formats show parts of its elements as text
    content = content_of(numbered, styled=True)
    in_notes = [block for note in numbered.notes.values() for block in note.blocks]
    labelled = (p for p in content.passages if words(p.label) and p.text.strip())
    return replace(
        observation,
        items=tuple(item_key(p.label, p.text) for p in labelled),
        tables=tuple((table.rows, table.columns) for table in content.tables),
        note_tables=tuple(_size(t) for t in nodes_in(in_notes) if isinstance(t, n.Table)),
        images=tuple(" ".join(image.alt.split()) for image in content.images),
        structured=True,
    )


def _size(table: n.Table) -> tuple[int, int]:
    rows = (*table.head, *table.body, *table.foot)
    return len(rows), max(width(slots(rows)), len(table.columns))


def item_key(label: str, text: str) -> str:
    """Return the first words of an item, with its label."""
    own = [] if label == BULLET else words(label)
    return " ".join((*own, *words(text.strip()[:200]))[:FIRST])
