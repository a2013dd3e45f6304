"""Collections: each section of the manuscript is a separate document with separate metadata."""

from __future__ import annotations

from publish.model import nodes as n
from publish.writers.akn.part import Part, first_section


def write(part: Part) -> None:
    """Append the preface and the components; content before the first section belongs to the preface."""
    first = first_section(part.blocks)
    before, sections = part.blocks[:first], part.blocks[first:]
    if not sections:
        before, sections = (), (n.Section((), before),)
    preface = part.opening()
    if before:
        if preface is None:
            preface = part.sub("preface", "preface")
        part.content.blocks(preface, before, part.eid("preface"))
    body = part.sub("collectionBody", "collectionBody")
    for number, block in enumerate(sections, start=1):
        section = block if isinstance(block, n.Section) else n.Section((), (block,))
        part.component(body, section, number)
