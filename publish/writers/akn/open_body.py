"""Documents with an open body (`doc`, `statement`, `debateReport`).

Sections are titled blocks, because `tblock` allows text after a nested heading.
"""

from __future__ import annotations

from publish.writers.akn.part import Part


def write(part: Part) -> None:
    """Append preface and main body."""
    part.opening()
    body = part.sub("mainBody", "body")
    part.content.blocks(body, part.blocks, part.prefix)
    if not len(body):
        part.content.empty(body, part.prefix)
