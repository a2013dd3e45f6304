"""A numbered document as a manuscript: front matter, text, notes."""

from __future__ import annotations

from publish.model.policy import MARKED, NotePolicy
from publish.resolve.numbered import NumberedDocument, NumberedNote
from publish.writers.attachments import ImageAttachments
from publish.writers.base import Context, Output
from publish.writers.markdown.blocks import Blocks
from publish.writers.markdown.inlines import Inlines
from publish.writers.markdown.matter import front_matter


def write(numbered: NumberedDocument, context: Context) -> Output:
    """Write the Markdown that publish reads, with its images as attachments."""
    document = numbered.document
    labels, policy = labelled(numbered)
    images = ImageAttachments(context.media)
    inlines = Inlines(numbered, images, labels.__getitem__)
    blocks = Blocks(inlines)
    title = inlines.text(document.title, heading=True).strip()
    parts = [
        front_matter(document, title, policy).rstrip("\n"),
        blocks.text((*document.front, *document.blocks)),
        *(_note(labels[note.id], note, blocks) for note in numbered.notes.values()),
    ]
    text = "\n\n".join(filter(None, parts)) + "\n"
    return Output(text.encode(), attachments=images.files)


def _note(label: str, note: NumberedNote, blocks: Blocks) -> str:
    first, *rest = blocks.text(note.blocks).split("\n")
    return "\n".join([f"[^{label}]: {first}", *(f"    {row}" if row else "" for row in rest)])


def labelled(numbered: NumberedDocument) -> tuple[dict[str, str], NotePolicy]:
    """Return the label of each note in the manuscript, by id, and the numbering of notes in the manuscript.

    If the printed numbers equal a simple count, the manuscript uses automatic numbers. If the numbers of the source are kept,
    the manuscript contains each of them once. Any other note gets a generated label.
    """
    policy = numbered.document.note_policy
    notes = list(numbered.notes.values())
    counted = [str(number) for number in range(1, len(notes) + 1)]
    if [note.label for note in notes] == counted and not any(note.series or note.table for note in notes):
        return {note.id: note.label for note in notes}, NotePolicy()
    out: dict[str, str] = {}
    for number, note in zip(counted, notes, strict=True):
        series = note.series if note.series and note.series != MARKED and policy.knows(note.series) else ""
        prefix = f"{series}:" if series else ""
        source = numbered.document.notes[note.id].source_label
        kept = source if policy.of(series).source_labels == "keep" and source.isdecimal() else ""
        own = f"{prefix}{kept}"
        out[note.id] = own if kept and own not in out.values() else f"{prefix}n{number}"
    return out, policy
