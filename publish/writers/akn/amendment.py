"""Amendments: the content of the change and its justification."""

from __future__ import annotations

from publish.model import nodes as n
from publish.model.text import plain_text
from publish.writers.akn.part import Part, starts_with
from publish.writers.akn.xml import sub

CONTENT, JUSTIFICATION = "amendmentContent", "amendmentJustification"


def write(part: Part) -> None:
    """Append the preface and the body."""
    part.opening()
    body = part.sub("amendmentBody", "body")
    words = part.jurisdiction.containers.get(JUSTIFICATION, ())
    name, element = "", body
    for block in part.blocks:
        titled = isinstance(block, n.Section) and starts_with(plain_text(block.title), words)
        wanted = JUSTIFICATION if titled else name or CONTENT
        if wanted != name:
            element, name = sub(body, wanted), wanted
        part.content.block(element, block, part.prefix)
    if not len(body):
        part.content.empty(sub(body, CONTENT), part.prefix)
